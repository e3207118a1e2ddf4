// Package oplog is 操作ログ解析: what members of staff looked up in the resident system, counted, compared
// with their peers, and turned into hints that somebody has to answer.
//
// Invariants:
//   - No searched person is known here: numbers are pseudonyms before anything is stored (package event),
//     and the key is not in the database. Nothing here turns a pseudonym back; two people may decide that
//     this is done in the system the log came from.
//   - An event counts once, and only when the whole of its file was taken.
//   - 解析担当 reads pseudonyms of staff too; heads read their own staff; nobody reads, or decides about, a
//     hint at themselves: it goes to the level above.
//   - Who reads anything of it is in the audit log before it is answered.
//   - In what leaves the room, every number below Least is 「＊」.
//   - A hint is figures beside those of peers, never a verdict, and not for judging performance.
//
// Sub-rooms: event reads logs, hint finds what is unusual, sample makes logs for tests and the demo. It shows
// no footage; whoever asks for it does so elsewhere, by the time and terminal of a hint.
package oplog
