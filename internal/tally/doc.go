// Package tally says how far the ward and its units have done what its rules ask for: done, late, missing,
// for a fiscal year, as it was known at an instant.
//
// Invariants:
//   - Figures come from the records alone, as they stood at the instant asked for: what was told to the assembly
//     comes out again, whatever was corrected since.
//   - Whatever is due is done, late, missing, or still open: the four add up.
//   - Somebody sees figures of units whose records they may read, and sums of those alone.
//
// It imports its peer compliance, whose obligations these are. It shows no record.
package tally
