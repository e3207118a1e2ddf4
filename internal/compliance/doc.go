// Package compliance is the ward's other information-security records: patrols, awareness, memo paper,
// private devices, the induction of temporary staff, the management system, information systems, the
// regulation, terminals, notices, complaints. Each is a kind of record (package record), declared in a file
// of its own.
//
// Invariants:
//   - What the rules of the ward ask for holds by construction: paper is designated only where memos are
//     prohibited, nobody gets a terminal ID before the consent is signed, sheets issued are sheets returned,
//     destroyed or open.
//   - Records of footage and records of offices are apart: nothing here opens footage, and the media side
//     does not know of it.
package compliance
