package rtsp

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/media"
	"yagura/internal/vms"
)

// world is a camera and the way to us, simulated.
type world struct {
	t     *testing.T
	a     arrival
	rng   *rand.Rand
	start vms.Instant
	taken float64 // s since start, when the next picture is taken
	frame float64 // s between pictures
	gop   int
	ppm   float64 // how much too fast the camera's clock runs
	rtp0  uint32
	bump  float64 // s the timestamps jumped so far
	delay func(taken float64) float64

	clock   float64 // s this node's clock stepped so far
	epoch   uint64
	n       int
	arrived float64
	lastAt  vms.Instant
	lastPTS int64
	runs    int
	run     vms.Instant
}

func newWorld(t *testing.T) *world {
	return &world{t: t, rng: rand.New(rand.NewPCG(1, 2)), start: 1_700_000_000_000_000, frame: 1.0 / 15, gop: 30,
		rtp0: 4_294_000_000, delay: func(float64) float64 { return 0.005 }}
}

// next sends one picture and returns how far its At is from when it was taken, s.
func (w *world) next() float64 {
	rtp := w.rtp0 + uint32(int64(math.Round((w.taken*(1+w.ppm*1e-6)+w.bump)*media.ClockRate)))
	w.arrived = max(w.arrived, w.taken+w.delay(w.taken)) // TCP keeps the order
	m := w.a.observe(rtp, w.start+vms.Instant((w.arrived+w.clock)*1e6), w.epoch)
	key := w.n%w.gop == 0
	pts, at, run := w.a.stamp(m, key)
	if run != w.run {
		require.True(w.t, key)
		require.Equal(w.t, run, at)
		w.runs++
	} else if at <= w.lastAt || pts <= w.lastPTS {
		require.FailNow(w.t, "time runs backwards", "picture %d", w.n)
	}
	w.run, w.lastAt, w.lastPTS = run, at, pts
	e := float64(at-w.start)/1e6 - w.taken - w.clock
	w.n++
	w.taken += w.frame
	return e
}

// jitter is 5 ms, mostly a little more, at times half a second.
func (w *world) jitter(float64) float64 {
	d := 0.005 + w.rng.ExpFloat64()*0.01
	if w.rng.IntN(500) == 0 {
		d += 0.5 * w.rng.Float64()
	}
	return d
}

func TestArrivalFollowsDriftForADay(t *testing.T) {
	for _, ppm := range []float64{-100, 0, 100} {
		w := newWorld(t)
		w.ppm, w.delay = ppm, w.jitter
		worst := 0.0
		for w.taken < 24*3600 {
			e := w.next()
			if w.taken > 10 {
				worst = max(worst, math.Abs(e-0.005))
			}
		}
		require.Less(t, worst, 0.004, "%v ppm", ppm)
		require.Equal(t, 1, w.runs)
	}
}

func TestArrivalSurvivesWrapsWithoutATrace(t *testing.T) {
	w := newWorld(t)
	w.rtp0 = math.MaxUint32 - 90000
	for range 100 {
		require.InDelta(t, 0.005, w.next(), 1e-4)
	}
	require.Equal(t, 1, w.runs)
	require.Equal(t, int64(runStart+99*6000), w.lastPTS)
}

// TestArrivalOpeningBurst: a camera that first sends its last two seconds at once.
func TestArrivalOpeningBurst(t *testing.T) {
	w := newWorld(t)
	w.delay = func(taken float64) float64 { return max(0.005, 2.005-taken) }
	var held []mark
	for !w.a.settled {
		w.arrived = max(w.arrived, w.taken+w.delay(w.taken))
		held = append(held, w.a.observe(uint32(math.Round(w.taken*90000)), w.start+vms.Instant(w.arrived*1e6), 0))
		w.taken += w.frame
	}
	require.Len(t, held, 32)
	for i, m := range held {
		_, at, _ := w.a.stamp(m, i == 0)
		require.InDelta(t, float64(i)*w.frame+0.005, float64(at-w.start)/1e6, 0.001)
	}
}

// TestArrivalHiccup: the network stands still for a while; the pictures keep their times.
func TestArrivalHiccup(t *testing.T) {
	w := newWorld(t)
	w.delay = func(taken float64) float64 {
		if taken > 20 && taken < 24 {
			return 24.005 - taken
		}
		return 0.005
	}
	for w.taken < 60 {
		require.InDelta(t, 0.005, w.next(), 0.02)
	}
	require.Equal(t, 1, w.runs)
}

func TestArrivalJumpStartsARunAtAKeyFrame(t *testing.T) {
	for _, bump := range []float64{3600, -3600, 0.7, -0.7, 86400 / 2, -5} {
		w := newWorld(t)
		w.delay = w.jitter
		for w.taken < 30.5 {
			w.next()
		}
		w.bump = bump
		for w.taken < 60 {
			require.InDelta(t, 0.005, w.next(), 0.7, "%v", bump)
		}
		for w.taken < 90 {
			require.InDelta(t, 0.005, w.next(), 0.005, "%v", bump)
		}
		require.Equal(t, 2, w.runs, "%v", bump)
	}
}

// TestArrivalDelayChangedForGood: a camera whose clock stood still with the picture.
func TestArrivalDelayChangedForGood(t *testing.T) {
	w := newWorld(t)
	for w.taken < 20 {
		w.next()
	}
	w.taken, w.bump = w.taken+3, w.bump-3
	for w.taken < 30 {
		w.next()
	}
	for w.taken < 60 {
		require.InDelta(t, 0.005, w.next(), 0.005)
	}
	require.Equal(t, 2, w.runs)
}

func TestArrivalClockStep(t *testing.T) {
	for _, step := range []float64{3600, -3600, 0.6} {
		w := newWorld(t)
		for w.taken < 20.5 {
			w.next()
		}
		w.clock, w.epoch = step, 1
		for w.run < w.start+vms.Instant(step*1e6) || w.runs == 1 {
			w.next()
			require.Less(t, w.taken, 23.0)
		}
		for w.taken < 60 {
			require.InDelta(t, 0.005, w.next(), 0.005, "%v", step)
		}
		require.Equal(t, 2, w.runs)
	}
}

func TestArrivalEqualTimestamps(t *testing.T) {
	w := newWorld(t)
	var d decoding
	d.restart()
	last := int64(-1)
	for i := range 100 {
		now := w.start + vms.Instant(time.Duration(i)*66*time.Millisecond/time.Microsecond)
		m := w.a.observe(uint32(i/2*12000), now, 0)
		pts, at, _ := w.a.stamp(m, i == 0)
		require.Greater(t, at, w.lastAt)
		w.lastAt = at
		pts, dts := d.next(&media.Track{}, nil, i == 0, pts)
		require.Greater(t, dts, last)
		require.GreaterOrEqual(t, pts, dts)
		last = dts
	}
}
