// Package segment writes and reads recorded footage: about a minute of one camera stream as a
// fragmented MP4 file (ISO/IEC 14496-12) that is only ever appended to:
//
//	ftyp moov (prft moof mdat)* uuid mfra
//
// A fragment begins at every key frame and at least every second, also inside a long group of
// pictures, and reaches the file in one Write: a torn file loses at most its last fragment.
//
// Invariants:
//   - NAL units are stored unchanged, all of them, as samples with four-byte lengths. Empty NAL
//     units carry no bits and are left out.
//   - A segment begins with a key frame and has one Track and one Run throughout; DTS rises strictly.
//   - PTS, DTS, At, Key and Run of a unit come back exactly. Standard readers find the wall time in
//     the prft box before each fragment (8.16.5), which is exact for the fragment's first unit; a
//     uuid box in the fragment holds, in µs, by how much each further unit differs from the line
//     through it. Time of the file is DTS relative to the segment's first unit.
//   - Every fragment carries a CRC-32C over itself, so that a file torn by a power cut is known to be
//     torn, and says in its moov whose it is and which gaps went before it.
//   - The uuid trailer holds the SHA-256 of every fragment. Root is the Merkle tree hash of RFC 6962
//     over the digests of the header, of each fragment and of the trailer's statement, in file order;
//     the header names the root of the run's previous segment.
//
// It does no more I/O than its Writer and ReaderAt, knows no directories, and never panics on what
// it reads.
package segment

import (
	"time"

	"yagura/internal/media"
	"yagura/internal/vms"
)

// Hash is a SHA-256 digest.
type Hash [32]byte

// Header is what is known when a segment begins. It is in the moov box, so a torn file has it too.
type Header struct {
	Feed  vms.Feed
	Track *media.Track
	Run   vms.Instant // identity of the run, as in the units
	Seq   int64       // number of the segment within the run, from 0
	Epoch int64       // of the lease under which it was recorded
	Prev  Hash        // Root of the run's previous segment; zero for the first
	Gaps  []vms.Gap   // what is missing right before this segment, in order, and why

	// Fragment is the longest stretch of DTS in one fragment; 0 means one second.
	Fragment time.Duration
	// DTS of the first unit, 90 kHz. The Writer takes it from that unit.
	DTS int64
}

// Fragment is one entry of the fragment table: where a fragment lies and what it holds.
type Fragment struct {
	Off   int64       `json:"off"`   // bytes from the beginning of the file
	Len   int64       `json:"len"`   // bytes, prft, moof and mdat together
	From  vms.Instant `json:"from"`  // At of its first unit, in decoding order
	Low   vms.Instant `json:"low"`   // earliest At in it; differs from From only where pictures are reordered
	End   vms.Instant `json:"end"`   // where its footage ends: the latest At plus the duration of the last unit
	DTS   int64       `json:"dts"`   // of its first unit, 90 kHz, as in the unit
	Units int         `json:"units"` // how many
	Key   bool        `json:"key"`   // its first unit is a key frame
	Hash  Hash        `json:"sha256"`
}

// Summary is all that is known about a segment without reading its pictures.
type Summary struct {
	Header
	Span        vms.Span      // From: At of the first unit. To: At of the next segment's, or the end of the last unit
	Fragments   []Fragment    // in file order
	Root        Hash          // zero while Torn
	ClockOffset time.Duration // of the camera's clock against ours, as last measured; 0 where unknown
	Activity    []uint32      // bytes of non-key pictures per second of At since Span.From
	Size        int64         // bytes of the whole file
	Torn        bool          // it has no valid trailer; what is here comes from its fragments
	Good        int64         // bytes up to the end of the last whole fragment
}
