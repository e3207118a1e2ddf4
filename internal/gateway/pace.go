package gateway

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"yagura/internal/vms"
)

// pace holds back who asks too often: so many at once, then one per interval, each by themselves.
type pace struct {
	every time.Duration
	burst int

	mu sync.Mutex
	by map[string]*rate.Limiter
}

// mostPaced is how many are told apart; past that, those who rested are forgotten, or else all.
const mostPaced = 10_000

func newPace(every time.Duration, burst int) *pace {
	return &pace{every: every, burst: burst, by: map[string]*rate.Limiter{}}
}

// allow reports whether somebody may ask once more now.
func (p *pace) allow(who string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	l := p.by[who]
	if l == nil {
		p.makeRoom()
		l = rate.NewLimiter(rate.Every(p.every), p.burst)
		p.by[who] = l
	}
	return l.Allow()
}

// makeRoom forgets whose limiter is as new. mu is held.
func (p *pace) makeRoom() {
	if len(p.by) < mostPaced {
		return
	}
	for who, l := range p.by {
		if l.Tokens() >= float64(p.burst) {
			delete(p.by, who)
		}
	}
	if len(p.by) >= mostPaced {
		clear(p.by)
	}
}

// errBusy is said to who asks too often.
var errBusy = vms.Errorf(vms.Conflict, "busy", "続けて操作されたため、しばらく受け付けられません。時間をおいて、もう一度お試しください。 Too many requests; try again later.")
