package ingest

import (
	"math/rand/v2"
	"time"

	"yagura/internal/rtsp"
	"yagura/internal/vms"
)

const (
	firstPause   = 200 * time.Millisecond
	longestPause = 2 * time.Second  // a camera that answers again is seen within 3 s
	refusedPause = 30 * time.Second // no lock-out by trying wrong credentials
	refusedTries = 3
	uselessPause = 30 * time.Second // trying again cannot help before somebody changes something
)

// pause is how long to wait after the n-th failure in a row. It is spread over half its length, so
// that a hundred cameras behind one switch do not come back in step.
func pause(cause vms.Cause, n int) time.Duration {
	d := min(longestPause, firstPause<<min(n-1, 8))
	switch cause {
	case vms.Refused:
		if n >= refusedTries {
			d = refusedPause
		}
	case vms.Redirected, vms.Forbidden, vms.Unsupported:
		if n > 1 {
			d = uselessPause
		}
	}
	return d/2 + rand.N(d/2)
}

const meterTime = 4 * time.Second // rates are of at least this long

// meter turns counters into rates.
type meter struct {
	at              vms.Instant
	last            rtsp.Stats
	bits, fps, loss float64
}

// rates returns bits and pictures per second and the share of packets lost, of the last seconds.
func (m *meter) rates(now vms.Instant, s rtsp.Stats) (bits, fps, loss float64) {
	passed := now.Sub(m.at)
	if m.at == 0 {
		m.at, m.last = now, s
	} else if passed >= meterTime {
		m.bits = float64(s.Bytes-m.last.Bytes) * 8 / passed.Seconds()
		m.fps = float64(s.Frames-m.last.Frames) / passed.Seconds()
		m.loss = 0
		if lost, got := s.Lost-m.last.Lost, s.Packets-m.last.Packets; lost+got > 0 {
			m.loss = float64(lost) / float64(lost+got)
		}
		m.at, m.last = now, s
	}
	return m.bits, m.fps, m.loss
}
