// Package sample writes what the ward's records would look like after two fiscal years of use: people,
// terminals, patrols, inductions and the rest, relative to a day. The demo has it, and so have tests that
// want a ward that lives.
//
// Invariants:
//   - The same seed and day make the same records. Nobody in them exists.
//   - Records come in by record.Retell, by the posts of people of the sample: every step is one that they may
//     make, in an order in which it can have happened. Nothing is written into tables.
//   - A kind that has records is left alone, so it can be run again, and after a crash.
package sample
