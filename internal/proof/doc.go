// Package proof holds no code: its tests show on real processes what Yagura promises of its whole.
//
// Each proof starts the real binary on real files, databases and stores, with simulated cameras whose
// every unit carries a stamp; disturbs it; and then reads the recorded objects back, unit by unit, by
// nothing but the segment reader, and compares them with what the cameras say they sent. No frame is
// taken to be recorded because the system says so.
//
// go test runs each proof at a small size; scripts/soak NAME runs it at its full one (-full), prints
// its seed, and puts its figures into docs/benchmarks.md.
package proof
