// Package digest tells people by mail, once on a day or a week, how much they owe and where to look.
//
// Invariants:
//   - Of a day nobody gets two. That a mail is on its way is written down before it leaves; where it is not known
//     whether it arrived, it is not sent again, and administrators are told.
//   - A mail holds names of kinds and deadlines, counts, and a link: nothing out of a record, and no name.
//   - One node sends, under a lease. It never speaks in clear but to its own machine.
//
// It knows no records: what is owed it is told.
package digest
