package archive

import (
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"
)

const (
	firstPause = 500 * time.Millisecond
	mostPause  = 30 * time.Second
)

// outage holds work back while what it needs does not answer: pauses grow, with jitter, and one try
// at a time finds out whether it is over. One line of log when it begins, one when it ends.
type outage struct {
	what string
	log  *slog.Logger

	mu      sync.Mutex
	since   time.Time // zero: all is well
	next    time.Time
	pause   time.Duration
	probing bool
	err     error
	count   int
}

// allow reports whether to try now; if not, after how long to ask again.
func (o *outage) allow(now time.Time) (bool, time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case o.since.IsZero():
		return true, 0
	case o.probing:
		return false, firstPause
	case now.Before(o.next):
		return false, min(o.next.Sub(now), lookEvery)
	}
	o.probing = true
	return true, 0
}

// release gives back a permission that was not used.
func (o *outage) release() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.probing = false
}

// failed notes a try that failed.
func (o *outage) failed(now time.Time, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.probing, o.err = false, err
	o.count++
	if o.since.IsZero() {
		o.since, o.pause = now, firstPause
		o.log.Error(o.what+" does not take what is recorded; trying again", "err", err)
	} else {
		o.pause = min(2*o.pause, mostPause)
	}
	o.next = now.Add(o.pause/2 + rand.N(o.pause))
}

// worked notes a try that succeeded.
func (o *outage) worked(now time.Time) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.since.IsZero() {
		o.log.Info(o.what+" is back", "away", now.Sub(o.since).Round(time.Second), "tries", o.count)
	}
	o.since, o.err, o.probing, o.count = time.Time{}, nil, false, 0
}

// state is since when it does not answer, and why; zero and nil when it does.
func (o *outage) state() (since time.Time, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.since, o.err
}
