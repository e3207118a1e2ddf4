// Package attachment keeps the content of files that people attach to what they write: it takes them in, sees by what
// is in them that they are what their names say, puts them into the object store and gives them out again.
//
// Invariants:
//   - An object's key holds the SHA-256 of its content, and the id of the one upload it belongs to. So removing what
//     nobody used never removes what somebody else attached, though it were the same to the byte.
//   - What is given out was hashed anew before its first byte: a damaged file is an error.
//   - A file passes through a temporary one in a folder of the node's; memory stays flat.
//
// It imports its peer blob, whose objects they are. Who may attach or read what, and the rows that know of a file, are
// those of the rooms above.
package attachment
