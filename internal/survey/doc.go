// Package survey asks the ward's 部署 what they do about information security, and makes the report of it: the
// ward's own structure and wording, its numbers counted from the replies and from the cameras.
//
// Invariants:
//   - Whom a survey asks is what the list of 部署 said when it was opened: later names and reorganisations do
//     not change it.
//   - An answer fits its form at every version: a question is answered only where the answers before it make
//     it one, so 用紙指定 <= 禁止 <= 対象 <= 部署 holds by construction.
//   - No number of a report is written anywhere: each is counted from replies that were handed in, or from
//     the cameras in force.
//   - What a 部署 wrote stays: 主な回答 are edited beside the original. Every version of a survey and of a
//     reply is kept, with who made it and why.
//   - Every change is in the audit log before it takes effect, without its words.
//
// Who somebody is and holds which post the caller says (record.Actor). It imports its peer inbox's types
// because replies that are owed wait in people's inboxes. It knows no HTTP and no footage.
package survey
