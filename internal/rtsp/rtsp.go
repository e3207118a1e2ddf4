// Package rtsp speaks RTSP: Client takes the pictures of a camera (or of another node) and writes
// them as media.Units; Server hands streams to other nodes. Both stand on gortsplib, which is
// imported nowhere else.
//
// Invariants: NAL units leave as they came, in order; an access unit with a hole is dropped and
// counted, never written; a run begins with a key frame, its DTS rises strictly and its At never
// runs backwards; nothing but the address the caller's dialler accepts is ever connected to, and
// credentials go nowhere else, not even into an error.
//
// It does not reconnect, record or decide who may watch. Audio is never set up.
package rtsp

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"yagura/internal/vms"
)

const (
	setupTime      = 5 * time.Second // from dialling to the answer to PLAY
	stallAfter     = 5 * time.Second // default of Client.StallAfter
	never          = 10 * 365 * 24 * time.Hour
	keyFrameTime   = 10 * time.Second // packets without a unit for this long are reported
	maxUnitSize    = 8 << 20          // bytes of one access unit
	strangePackets = 10               // with another SSRC, before it is believed
	maxUnitNALs    = 1024             // NAL units of one access unit
)

// Failure says why a connection gave no (more) footage.
type Failure struct {
	Cause vms.Cause
	Err   error // carries no credentials
}

func (f *Failure) Error() string { return fmt.Sprintf("%s: %v", f.Cause, f.Err) }
func (f *Failure) Unwrap() error { return f.Err }

func failure(cause vms.Cause, format string, args ...any) error {
	return &Failure{cause, fmt.Errorf(format, args...)}
}

// EventKind is what an Event tells.
type EventKind int

const (
	Connected EventKind = iota // PLAY was answered; no unit yet
	Flowing                    // a unit was written, the first or the first since Waiting
	Waiting                    // packets arrive, but no unit came out of them for 10 s; Cause says why
)

func (k EventKind) String() string { return [...]string{"connected", "flowing", "waiting"}[k] }

// Event is a change in a connection that goes on.
type Event struct {
	Kind  EventKind
	Cause vms.Cause // of Waiting: NoKeyFrame or Damaged
}

// Stats counts since the Client was made, over all its connections.
type Stats struct {
	Packets uint64 // RTP packets of the video received
	Lost    uint64 // RTP packets missing, by sequence number
	Bytes   uint64 // RTP payload received
	Frames  uint64 // units written
	Dropped uint64 // access units dropped: incomplete, too large, or not decodable
	Offset  int64  // µs the peer's wall clock is ahead of this node's, by its last RTCP sender report
	Offsets uint64 // sender reports that Offset was measured from; 0: Offset is unknown
}

type counters struct {
	packets, lost, bytes, frames, dropped, offsets atomic.Uint64
	offset                                         atomic.Int64
}

func (c *counters) stats() Stats {
	return Stats{
		Packets: c.packets.Load(), Lost: c.lost.Load(), Bytes: c.bytes.Load(), Frames: c.frames.Load(),
		Dropped: c.dropped.Load(), Offset: c.offset.Load(), Offsets: c.offsets.Load(),
	}
}

// scrub returns err without the secrets of user and password in its text.
func scrub(err error, user, password string) error {
	if err == nil || password == "" {
		return err
	}
	text := err.Error()
	for _, secret := range []string{url.UserPassword(user, password).String(), url.QueryEscape(password), password} {
		text = strings.ReplaceAll(text, secret, "…")
	}
	if text == err.Error() {
		return err
	}
	return errors.New(text)
}
