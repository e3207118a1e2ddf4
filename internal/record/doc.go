// Package record keeps records of any kind: a kind is a declaration of fields, states and moves, and
// everything else follows from it: storage with history, search and filters, deadlines, approvals,
// import, export, printed forms.
//
// Invariants:
//   - Every version of a record is kept: who wrote it, when, why, and what it said. A record that left its
//     open states is never edited; a correction is a version with a reason, and its state stays.
//   - What a record says fits its kind at every version: fields that are required are there, those whose
//     condition does not hold are empty, no move is made whose needs are not met, and no correction takes away
//     what a move needed.
//   - Whoever and whatever a record names was there on the record's day when it was written in. What it named
//     then stays, whatever became of it.
//   - A record keeps the name its unit had when it was written: what was reported in 2017 prints as of 2017.
//   - Every change is in the audit log before it takes effect, by kind and number, without its words.
//   - Several records change together or not at all (import, a batch).
//
// Who somebody is, and which posts they hold for which unit, the caller says (Actor). It imports its peer
// audit, because no change may take effect that is not in the log. It knows no HTTP and no footage.
package record
