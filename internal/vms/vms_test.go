package vms

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestClockFollowsDriftSlowlyAndStepsAtOnce(t *testing.T) {
	var wall Instant = 1_000_000_000
	var mono time.Duration
	c := newClock(func() (Instant, time.Duration) { return wall, mono })
	pass := func(real time.Duration) { mono += real; wall = wall.Add(real) }

	pass(10 * time.Second)
	now, epoch := c.Now()
	require.Equal(t, wall, now)
	require.Zero(t, epoch)

	wall = wall.Add(100 * time.Millisecond) // a small correction is followed at 500 ppm
	before, _ := c.Now()
	pass(10 * time.Second)
	now, epoch = c.Now()
	require.Equal(t, 10*time.Second+5*time.Millisecond, now.Sub(before))
	require.Zero(t, epoch)
	for range 100 {
		pass(10 * time.Second)
		now, _ = c.Now()
	}
	require.Equal(t, wall, now)

	wall = wall.Add(-time.Hour) // a step is taken at once, in a new epoch
	now, epoch = c.Now()
	require.Equal(t, wall, now)
	require.EqualValues(t, 1, epoch)
}

func TestClockNeverGoesBackWithoutAStep(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var wall Instant
		var mono time.Duration
		c := newClock(func() (Instant, time.Duration) { return wall, mono })
		last, epoch := c.Now()
		for range 50 {
			d := time.Duration(rapid.Int64Range(0, int64(5*time.Second)).Draw(t, "d"))
			jitter := time.Duration(rapid.Int64Range(-int64(300*time.Millisecond), int64(300*time.Millisecond)).Draw(t, "jitter"))
			mono += d
			wall = wall.Add(d + jitter)
			now, e := c.Now()
			if e == epoch && now < last {
				t.Fatalf("went from %v back to %v", last, now)
			}
			last, epoch = now, e
		}
	})
}

func TestSpansCoverExactly(t *testing.T) {
	span := rapid.Custom(func(t *rapid.T) Span {
		from := rapid.Int64Range(0, 60).Draw(t, "from")
		return Span{Instant(from), Instant(from + rapid.Int64Range(-2, 20).Draw(t, "len"))}
	})
	covers := func(spans []Span, i Instant) (n int) {
		for _, s := range spans {
			if s.Contains(i) {
				n++
			}
		}
		return n
	}
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.SliceOfN(span, 0, 6).Draw(t, "a")
		b := rapid.SliceOfN(span, 0, 6).Draw(t, "b")
		union, rest := Union(a), Subtract(a, b)
		for i := Instant(-3); i < 90; i++ {
			if want := min(1, covers(a, i)); covers(union, i) != want {
				t.Fatalf("union %v covers %d wrongly", union, i)
			}
			want := 0
			if covers(a, i) > 0 && covers(b, i) == 0 {
				want = 1
			}
			if covers(rest, i) != want {
				t.Fatalf("subtract %v covers %d wrongly", rest, i)
			}
		}
		for i := 1; i < len(union); i++ {
			if union[i].From <= union[i-1].To {
				t.Fatalf("union not joined: %v", union)
			}
		}
	})
}

func TestInstantText(t *testing.T) {
	i, err := ParseInstant("2017-06-01T09:00:00.123456+09:00")
	require.NoError(t, err)
	b, err := json.Marshal(i)
	require.NoError(t, err)
	require.Equal(t, `"2017-06-01T00:00:00.123456Z"`, string(b))
	var back Instant
	require.NoError(t, json.Unmarshal(b, &back))
	require.Equal(t, i, back)
	for _, bad := range []string{"", "now", "2017-06-01", "1969-12-31T23:59:59Z", "99999-01-01T00:00:00Z"} {
		_, err := ParseInstant(bad)
		require.ErrorIs(t, err, Invalid, bad)
		require.Equal(t, "bad-time", Code(err))
	}
}

func TestCameraID(t *testing.T) {
	for id, want := range map[CameraID]bool{"a1-01": true, "c-egota-3": true, "": false, "A1": false, "a/b": false, "..": false,
		"a234567890123456789012345678901": true, "a23456789012345678901234567890123": false} {
		require.Equal(t, want, id.Valid(), id)
	}
}
