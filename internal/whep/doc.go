// Package whep sends one camera at a time to one browser: a media.Reader becomes the video track of
// a WebRTC peer connection (WHEP, draft-ietf-wish-whep), and a data channel named "control" steers
// it. Live and past are one session on one track; a viewer may change between them, and to another
// camera, without a new connection.
//
// Invariants:
//   - Nothing is sent that Source did not open. When a view's right is withdrawn no further packet
//     leaves, and the connection closes.
//   - One output RTP clock per viewer. It only rises; every unit is stamped anew (90 kHz).
//   - NAL units are the camera's. Parameter sets are inserted before key frames that lack them;
//     access unit delimiters and filler are left out, as RFC 6184 allows.
//   - A slow viewer hinders nobody: it has its own goroutine and reads from its own cursor. It gets
//     less than it asked for, never more: not all pictures where it wishes for key frames only.
//
// Beside it, Probe echoes: it lets a browser find out whether media would reach it.
//
// It does not know people, rights, HTTP routes or where footage lies: Source does.
package whep
