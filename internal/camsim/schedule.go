package camsim

import (
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"yagura/internal/media"
	"yagura/internal/vms"
)

const (
	periodLength = 10 * time.Minute // drawn at once; the schedule is a function of its number
	stagger      = time.Hour        // cameras are shifted against each other by up to this
	busyEvery    = 4 * time.Minute  // mean time between events in office hours
	quietEvery   = 15 * time.Minute // and outside them
	lightShare   = 12               // one event in so many is a change of light, where there is one
)

var ward = time.FixedZone("JST", 9*3600) // office hours are the ward's

// Schedule says what every camera shows at every moment: a function of Library, Seed and time.
// Main and sub show the same shot at the same moment. The fields do not change once it is in use.
type Schedule struct {
	Library *Library
	Seed    uint64
	Stamp   bool                   // every unit carries its Stamp
	Cues    map[vms.CameraID][]Cue // what happens at set moments, in order
}

// Cue makes a shot begin at the first frame due at or after At; the next cue cuts it short. In the ten
// minutes around it nothing but quiet and cues is shown.
type Cue struct {
	At   vms.Instant
	Shot string // a name among the scene's events or light; others are not shown
}

// Event is something other than quiet.
type Event struct {
	vms.Span
	Name  string // the shot's name
	Light bool   // a change of light, nobody moves
}

// Footage yields the units whose capture time lies in the span, in decoding order, from the first
// key frame on: one run, At being the capture time, DTS beginning at 0. They are what a live
// session of that moment was sent. It yields nothing for a stream the scene does not have.
func (s *Schedule) Footage(f vms.Feed, span vms.Span) iter.Seq[*media.Unit] {
	return func(yield func(*media.Unit) bool) {
		r := s.reel(f)
		if r == nil {
			return
		}
		var run vms.Instant
		var zero int64
		for n := r.number(span.From); r.time(n) < span.To+r.late(); n++ {
			c, i := r.at(n)
			fr := &c.frames[i]
			at := instant(r.ticks(n) + fr.pts)
			if run == 0 && !fr.key || !span.Contains(at) {
				continue
			}
			if run == 0 {
				run, zero = at, r.ticks(n)
			}
			dts := r.ticks(n) - zero
			u := &media.Unit{
				Track: c.Track, DTS: dts, PTS: dts + c.delay + fr.pts, At: at, Run: run, Key: fr.key, NALs: fr.nals,
			}
			if s.Stamp {
				nal := appendStamp(nil, c.Track.Codec, Stamp{Feed: f, Seq: uint64(n), At: at})
				u.NALs = withNAL(fr.nals, fr.slice, nal)
			}
			if !yield(u) {
				return
			}
		}
	}
}

func withNAL(nals [][]byte, i int, nal []byte) [][]byte {
	out := make([][]byte, 0, len(nals)+1)
	out = append(out, nals[:i]...)
	out = append(out, nal)
	return append(out, nals[i:]...)
}

// Events lists what happens at a camera in the span, in order; events that reach over its edges whole.
func (s *Schedule) Events(id vms.CameraID, span vms.Span) []Event {
	r := s.reel(vms.Feed{Camera: id, Stream: vms.Main})
	if r == nil {
		return nil
	}
	var out []Event
	first := floorDiv(r.number(span.From), r.period)
	for p := first; r.time(p*r.period) < span.To; p++ {
		cuts := r.draw(p)
		for i, c := range cuts {
			end := c.end(r)
			if i+1 < len(cuts) {
				end = cuts[i+1].from
			}
			e := Event{Name: c.shot.Name, Light: c.light}
			e.From = r.time(p*r.period + int64(c.from))
			e.To = r.time(p*r.period + int64(end))
			again := c.from < 0 && p > first // a cue that began in the period before
			if c.event && !again && e.Overlaps(span) {
				out = append(out, e)
			}
		}
	}
	return out
}

// reel is one feed's endless film: frame n is due at phase + n × frame ticks since 1970.
type reel struct {
	scene  *Scene
	stream vms.Stream
	seed   uint64
	frame  int64 // ticks per frame
	phase  int64 // ticks
	period int64 // frames
	cues   []Cue

	drawn int64 // the period cuts belong to
	cuts  []cut
}

type cut struct {
	from         int // frame of the period
	shot         *Shot
	event, light bool
}

// reel returns the film of a feed, nil if the scene has no such stream.
func (s *Schedule) reel(f vms.Feed) *reel {
	scene := s.Library.Scene(f.Camera)
	c := scene.Quiet[0].clip(f.Stream)
	if c == nil {
		return nil
	}
	h := mix(s.Seed ^ hash(string(f.Camera)))
	return &reel{
		scene: scene, stream: f.Stream, seed: h, frame: c.Frame,
		phase:  int64(h % uint64(media.ToTicks(stagger))),
		period: media.ToTicks(periodLength) / c.Frame,
		drawn:  math.MinInt64,
		cues:   s.Cues[f.Camera],
	}
}

// loop is a reel of one clip whose frame 0 is due at the given tick.
func loop(c *Clip, st vms.Stream, phase int64) *reel {
	scene := &Scene{Quiet: []*Shot{{Main: c, Sub: c}}}
	return &reel{scene: scene, stream: st, frame: c.Frame, phase: phase, period: media.ToTicks(periodLength) / c.Frame}
}

func (r *reel) ticks(n int64) int64      { return r.phase + n*r.frame }
func (r *reel) time(n int64) vms.Instant { return instant(r.ticks(n)) }

// number returns the first frame that is due at or after t.
func (r *reel) number(t vms.Instant) int64 {
	return -floorDiv(-(ticksOf(t) - r.phase), r.frame)
}

// late is how long after its capture a frame may be sent, because of reordering.
func (r *reel) late() vms.Instant { return vms.Instant(0).Add(media.Ticks(16 * r.frame)) }

// at returns the clip shown at frame n, and the frame of it.
func (r *reel) at(n int64) (*Clip, int) {
	if len(r.scene.Quiet) == 1 && len(r.scene.Events) == 0 && len(r.scene.Light) == 0 {
		c := r.scene.Quiet[0].clip(r.stream)
		return c, int(n - floorDiv(n, int64(c.Len()))*int64(c.Len()))
	}
	p := floorDiv(n, r.period)
	if p != r.drawn {
		r.drawn, r.cuts = p, r.draw(p)
	}
	pos := int(n - p*r.period)
	i := len(r.cuts) - 1
	for r.cuts[i].from > pos {
		i--
	}
	return r.cuts[i].shot.clip(r.stream), pos - r.cuts[i].from
}

// draw makes the cuts of a period: quiet shots, and now and then an event between them. The last
// quiet shot is cut short at the period's end, which is as good as any: the next begins at a key frame.
func (r *reel) draw(p int64) []cut {
	rng := rand.New(rand.NewPCG(r.seed, uint64(p)))
	if cued := r.cued(p); len(cued) > 0 {
		return r.around(cued, rng)
	}
	var cuts []cut
	quiet := 0.0 // seconds since the last event
	for pos := 0; pos < int(r.period); {
		mean := eventsEvery(r.time(p*r.period + int64(pos))).Seconds()
		c := cut{from: pos, event: rng.Float64() < 1-math.Exp(-quiet/mean)}
		if c.event {
			c.shot, c.light = r.drawEvent(rng)
			quiet = 0
		}
		if c.shot == nil || c.end(r) > int(r.period) {
			c = r.quiet(pos, rng)
			quiet = media.Ticks(c.shot.clip(r.stream).Ticks()).Seconds()
		}
		cuts = append(cuts, c)
		pos = c.end(r)
	}
	return cuts
}

func (r *reel) quiet(pos int, rng *rand.Rand) cut {
	return cut{from: pos, shot: r.scene.Quiet[rng.IntN(len(r.scene.Quiet))]}
}

// end is the frame of the period behind the cut's shot.
func (c cut) end(r *reel) int { return c.from + c.shot.clip(r.stream).Len() }

// cued returns the cuts that cues make in a period; the first may have begun before it.
func (r *reel) cued(p int64) []cut {
	var out []cut
	for _, cue := range r.cues {
		c := cut{from: int(r.number(cue.At) - p*r.period), event: true}
		for i, s := range slices.Concat(r.scene.Events, r.scene.Light) {
			if s.Name == cue.Shot {
				c.shot, c.light = s, i >= len(r.scene.Events)
			}
		}
		if c.shot == nil || c.from >= int(r.period) {
			continue
		}
		if c.from <= 0 {
			out = nil // it replaced what was before
		}
		out = append(out, c)
	}
	if len(out) > 0 && out[0].end(r) <= 0 {
		out = out[1:]
	}
	return out
}

// around fills the time between cuts with quiet.
func (r *reel) around(cued []cut, rng *rand.Rand) []cut {
	var cuts []cut
	pos := 0
	for _, c := range append(cued, cut{from: int(r.period)}) {
		for pos < c.from {
			q := r.quiet(pos, rng)
			cuts = append(cuts, q)
			pos = q.end(r)
		}
		if c.shot != nil {
			cuts = append(cuts, c)
			pos = c.end(r)
		}
	}
	return cuts
}

func (r *reel) drawEvent(rng *rand.Rand) (*Shot, bool) {
	from, light := r.scene.Events, false
	if len(r.scene.Light) > 0 && (rng.IntN(lightShare) == 0 || len(from) == 0) {
		from, light = r.scene.Light, true
	}
	if len(from) == 0 {
		return nil, false
	}
	return from[rng.IntN(len(from))], light
}

func eventsEvery(at vms.Instant) time.Duration {
	t := at.Time().In(ward)
	minute := t.Hour()*60 + t.Minute()
	if minute < 8*60+15 || minute >= 19*60+30 {
		return quietEvery
	}
	return busyEvery
}

// ticksOf and instant convert between µs and 90 kHz ticks since 1970; 100 µs are 9 ticks. instant rounds up
// so that number(instant(ticks)) is the same frame.
func ticksOf(t vms.Instant) int64 { return floorDiv(int64(t)*9, 100) }
func instant(ticks int64) vms.Instant {
	return vms.Instant(-floorDiv(-ticks*100, 9))
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
