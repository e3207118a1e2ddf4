// Package media is the contract of the system: what io.Reader and io.Writer are to bytes, Reader
// and Writer are to access units. A camera writes; a stream is a Writer that hands out Readers;
// recorder, relay and viewer read; the archive player is a Reader too.
//
// Invariants: a Unit is immutable once written and may be shared by any number of readers;
// NAL units are the camera's bits, unchanged (without start codes or length prefixes).
package media

import (
	"context"
	"errors"
	"fmt"
	"time"

	"yagura/internal/vms"
)

// ClockRate is the rate of PTS and DTS, in Hz.
const ClockRate = 90000

// Codec is how a track is coded.
type Codec string

const (
	H264 Codec = "h264" // ITU-T H.264 | ISO/IEC 14496-10
	H265 Codec = "h265" // ITU-T H.265 | ISO/IEC 23008-2
)

// Track describes coded video. It never changes: other parameter sets are another *Track.
type Track struct {
	Codec         Codec
	VPS, SPS, PPS []byte // NAL units without start code; VPS for H.265 only
	Width, Height int    // px, after cropping
	Reordered     bool   // output order may differ from decoding order (B-frames)
}

// Same reports whether both describe the same parameter sets.
func (t *Track) Same(o *Track) bool {
	return t == o || t != nil && o != nil && t.Codec == o.Codec &&
		string(t.VPS) == string(o.VPS) && string(t.SPS) == string(o.SPS) && string(t.PPS) == string(o.PPS)
}

// Unit is one access unit: one coded picture and what belongs to it.
type Unit struct {
	Track *Track
	PTS   int64       // presentation time, 90 kHz, unwrapped, per run
	DTS   int64       // decoding time, 90 kHz; strictly rising within a run
	At    vms.Instant // arrival, on the node's clock, smoothed over RTP time; of the presentation time
	Run   vms.Instant // identity of the continuous run the unit belongs to: At of its first unit
	Key   bool        // decoding can start here (IDR; H.265: IRAP)
	NALs  [][]byte
}

// Size is the number of bytes of the NAL units.
func (u *Unit) Size() int {
	n := 0
	for _, nal := range u.NALs {
		n += len(nal)
	}
	return n
}

// Ticks converts 90 kHz ticks to a duration.
func Ticks(n int64) time.Duration {
	return time.Duration(n/ClockRate)*time.Second + time.Duration(n%ClockRate)*time.Second/ClockRate
}

// ToTicks converts a duration to 90 kHz ticks.
func ToTicks(d time.Duration) int64 {
	return int64(d/time.Second)*ClockRate + int64(d%time.Second)*ClockRate/int64(time.Second)
}

// Writer takes units in decoding order. WriteUnit never blocks on readers, disks or networks; the
// unit and its NAL units belong to the Writer from then on and are not changed by anyone.
type Writer interface {
	WriteUnit(u *Unit) error
}

// Reader hands out units in decoding order. ReadUnit waits for the next one. It returns
// *Lagged when units were dropped for this reader (reading goes on after it, at a key frame),
// *Gap when the archive has nothing for a stretch (reading goes on behind it),
// io.EOF when there will be no more, or ctx's error.
type Reader interface {
	ReadUnit(ctx context.Context) (*Unit, error)
	Close() error
}

// Seeker is a Reader of the past that can be steered, as io.Seeker is to io.Reader. It paces: a unit
// is handed out when it is due. Not reading is pausing. Calls are made by the goroutine that reads;
// cancelling a ReadUnit loses nothing.
type Seeker interface {
	// Seek moves to the picture shown at the instant: the last one with At ≤ at, or the first
	// behind it where none is. The next units read, all due at once, are the run-up from its key
	// frame up to and including that picture; then what follows, paced. Where at lies in a gap,
	// ReadUnit says so first. It fails with vms.Denied outside what the viewer may see.
	Seek(ctx context.Context, at vms.Instant) error
	// SetRate sets the pace, and anchors it anew at the present picture (so it also resumes after
	// a pause): 1 is real time, negative is reverse. Above 8, and in reverse, only key frames are
	// read, at most 12 a second of wall time.
	SetRate(rate float64) error
}

// Lagged says that a reader was too slow and units were dropped for it.
type Lagged struct {
	Span vms.Span // from the first dropped unit to the next one read
	N    int      // units dropped
}

func (l *Lagged) Error() string {
	return fmt.Sprintf("reader lagged: %d units dropped in %v", l.N, l.Span)
}

// Gap says that there is no footage for a stretch, and why.
type Gap struct{ vms.Gap }

func (g *Gap) Error() string { return fmt.Sprintf("no footage in %v: %s", g.Span, g.Cause) }

// ErrClosed is returned by a Reader after Close.
var ErrClosed = errors.New("reader closed")
