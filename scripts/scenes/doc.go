// Command scenes draws the office scenes the simulated cameras show: rooms seen from a ceiling corner, and the
// people who come, sit, hand over papers and leave.
//
// Everything is made of three shapes (box, ball, round cone). What never moves is drawn once per scene with its
// light kept apart by source (daylight, lamps, late lamps, screens), so that a lamp can go off without drawing the
// room again; people and what they move are drawn over it, frame by frame, against the same depth.
//
// Invariants: a picture depends on nothing but scene, clip and frame number; a clip begins and ends in the scene's
// rest pose, so clips can be spliced at key frames; all clips of a scene and stream share one SPS and PPS.
//
// It is not a simulation of light, shows no readable text and no faces, and draws no camera name or time.
package main
