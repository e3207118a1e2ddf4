package camsim

import (
	"os"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"yagura/internal/media"
	"yagura/internal/vms"
)

// drawn makes a clip that is never decoded: its only NAL unit names it.
func drawn(name string, frames int) *Clip {
	c := &Clip{Track: &media.Track{Codec: media.H264}, Frame: 9000}
	for i := range frames {
		c.frames = append(c.frames, frame{key: i%20 == 0, nals: [][]byte{[]byte(name)}})
	}
	return c
}

func drawnShot(name string, seconds int) *Shot {
	return &Shot{Name: name, Main: drawn("main "+name, seconds*10), Sub: drawn("sub "+name, seconds*10)}
}

func office(seed uint64) *Schedule {
	return &Schedule{Seed: seed, Stamp: true, Library: NewLibrary(map[string]*Scene{
		"counter": {
			Quiet:  []*Shot{drawnShot("q1", 20), drawnShot("q2", 30)},
			Events: []*Shot{drawnShot("e1", 12), drawnShot("e2", 25)},
			Light:  []*Shot{drawnShot("off", 15)},
		},
	}, nil)}
}

var morning, _ = vms.ParseInstant("2017-06-01T00:00:00Z") // 09:00 in the ward

func hours(from vms.Instant, n int) vms.Span {
	return vms.Span{From: from, To: from.Add(time.Duration(n) * time.Hour)}
}

type shown struct {
	at   vms.Instant
	name string
}

func film(s *Schedule, id vms.CameraID, st vms.Stream, span vms.Span) []shown {
	var out []shown
	for u := range s.Footage(vms.Feed{Camera: id, Stream: st}, span) {
		out = append(out, shown{u.At, string(u.NALs[len(u.NALs)-1])})
	}
	return out
}

// TestFootageIsAFunctionOfTime: however a span is asked for, each moment shows the same.
func TestFootageIsAFunctionOfTime(t *testing.T) {
	t.Parallel()
	whole := film(office(1), "a1-01", vms.Main, hours(morning, 1))
	require.InDelta(t, 36000, len(whole), 21)
	rapid.Check(t, func(t *rapid.T) {
		from := whole[0].at.Add(time.Duration(rapid.Int64Range(0, 3500e9).Draw(t, "from")))
		to := from.Add(time.Duration(rapid.Int64Range(0, 90e9).Draw(t, "length")))
		got := film(office(1), "a1-01", vms.Main, vms.Span{From: from, To: to})
		want := slices.DeleteFunc(slices.Clone(whole), func(s shown) bool { return s.at < from || s.at >= to })
		if d := len(want) - len(got); d < 0 || d > 20 || !slices.Equal(got, want[d:]) { // up to the first key frame
			t.Fatalf("[%v, %v): got %d units, want the last of %d", from, to, len(got), len(want))
		}
	})
}

func TestFootageIsOneRunFromAKeyFrame(t *testing.T) {
	var last *media.Unit
	for u := range office(1).Footage(vms.Feed{Camera: "a1-01", Stream: vms.Sub}, hours(morning, 1)) {
		st, ok := StampOf(u.NALs)
		require.True(t, ok)
		require.Equal(t, u.At, st.At)
		if last == nil {
			require.True(t, u.Key)
			require.Equal(t, u.At, u.Run)
			require.Zero(t, u.DTS)
		} else if last.DTS+9000 != u.DTS || last.Run != u.Run || u.At.Sub(last.At).Round(time.Millisecond) != 100*time.Millisecond {
			t.Fatalf("%+v follows %+v", u, last)
		}
		last = u
	}
}

func TestMainAndSubShowTheSame(t *testing.T) {
	main := film(office(1), "a1-01", vms.Main, hours(morning, 2))
	sub := film(office(1), "a1-01", vms.Sub, hours(morning, 2))
	require.Equal(t, len(main), len(sub))
	for i := range main {
		if main[i].at != sub[i].at || main[i].name[len("main "):] != sub[i].name[len("sub "):] {
			t.Fatalf("main %v, sub %v", main[i], sub[i])
		}
	}
}

func TestNoDayRepeats(t *testing.T) {
	t.Parallel()
	day := func(n int, id vms.CameraID, seed uint64) []shown {
		from := morning.Add(time.Duration(n) * 24 * time.Hour)
		out := film(office(seed), id, vms.Main, hours(from, 1))
		for i := range out {
			out[i].at = vms.Instant(out[i].at.Sub(from))
		}
		return out
	}
	first := day(0, "a1-01", 1)
	require.True(t, slices.Equal(first, day(0, "a1-01", 1)))
	require.False(t, slices.Equal(first, day(1, "a1-01", 1)))
	require.False(t, slices.Equal(first, day(0, "a1-01", 2)), "other seed")
	require.False(t, slices.Equal(first, day(0, "a1-02", 1)), "same scene, other camera")
}

func TestEventsAreRareAndWhereFootageShowsThem(t *testing.T) {
	s := office(1)
	span := hours(morning, 10)
	events := s.Events("a1-01", span)
	require.InDelta(t, 10*60/4, len(events), 60, "about one in four minutes")
	var light int
	for _, e := range events {
		from := e.From.Add(time.Millisecond) // frames lie on µs only roughly
		for _, u := range film(s, "a1-01", vms.Main, vms.Span{From: e.From, To: e.To}) {
			require.Equal(t, "main "+e.Name, u.name)
		}
		before := film(s, "a1-01", vms.Main, vms.Span{From: from.Add(-5 * time.Second), To: e.From})
		for _, u := range before {
			require.NotEqual(t, "main "+e.Name, u.name)
		}
		if e.Light {
			light++
		}
	}
	require.Less(t, light*4, len(events))
	night := s.Events("a1-01", hours(morning.Add(14*time.Hour), 8))
	require.Less(t, len(night), len(events)/2)
}

func TestCuesSayWhatHappens(t *testing.T) {
	s := office(1)
	at := morning.Add(9*time.Hour + 12*time.Minute)
	s.Cues = map[vms.CameraID][]Cue{"a1-07": {{at, "e1"}, {at.Add(5 * time.Second), "e2"}, {at.Add(time.Minute), "nothing"}}}
	got := s.Events("a1-07", vms.Span{From: at, To: at.Add(time.Minute)})
	require.Len(t, got, 2)
	require.Equal(t, []string{"e1", "e2"}, []string{got[0].Name, got[1].Name})
	require.InDelta(t, 0, got[0].From.Sub(at).Seconds(), 0.1)
	require.Equal(t, got[0].To, got[1].From, "cut short by the next")
	var names []string
	for _, u := range film(s, "a1-07", vms.Sub, vms.Span{From: got[0].From, To: got[1].To}) {
		names = append(names, u.name)
	}
	require.Equal(t, []string{"sub e1", "sub e2"}, slices.Compact(names))
	require.Equal(t, office(1).Events("a1-08", hours(morning, 10)), s.Events("a1-08", hours(morning, 10)))
}

// TestCueCrossesPeriods: wherever in the ten minutes a cue falls, its shot is shown whole and listed once.
func TestCueCrossesPeriods(t *testing.T) {
	for i := range 45 {
		at := morning.Add(time.Duration(i) * 14 * time.Second)
		s := office(1)
		s.Cues = map[vms.CameraID][]Cue{"a1-07": {{at, "e2"}}}
		from := vms.Span{From: at.Add(-time.Minute), To: at.Add(time.Minute)}
		events := slices.DeleteFunc(s.Events("a1-07", from), func(e Event) bool { return e.From < at })
		require.NotEmpty(t, events)
		require.Equal(t, 25*time.Second, events[0].Duration().Round(time.Millisecond))
		n := 0
		for _, u := range film(s, "a1-07", vms.Main, events[0].Span) {
			require.Equal(t, "main e2", u.name)
			n++
		}
		require.Equal(t, 250, n)
		if len(events) > 1 {
			require.GreaterOrEqual(t, events[1].From, events[0].To)
		}
	}
}

func TestLoadLibrary(t *testing.T) {
	t.Parallel()
	mp4 := func(o Options) *fstest.MapFile { return mapFile(t, o) }
	main, sub := Options{Width: 640, Height: 360, FPS: 10, Seconds: 2}, Options{FPS: 10, Seconds: 2}
	dir := fstest.MapFS{
		"clips.yaml": {Data: []byte(`fps: 10
scenes:
  counter: {quiet: [q1], events: [e1], main: {width: 640, height: 360}, sub: {width: 320, height: 180}}
cameras: {a1-01: counter}
`)},
		"counter/main-q1.mp4": mp4(main), "counter/sub-q1.mp4": mp4(sub),
		"counter/main-e1.mp4": mp4(main), "counter/sub-e1.mp4": mp4(sub),
	}
	lib, err := LoadLibrary(dir)
	require.NoError(t, err)
	require.Equal(t, 640, lib.Scene("a1-01").Quiet[0].Main.Track.Width)
	require.Equal(t, lib.Scene("a1-01"), lib.Scene("unnamed"))

	for want, change := range map[string]func(fstest.MapFS){
		"file does not exist":        func(d fstest.MapFS) { delete(d, "counter/sub-e1.mp4") },
		"parameter sets differ":      func(d fstest.MapFS) { d["counter/main-e1.mp4"] = mp4(sub) },
		"main has 20 frames, sub 30": func(d fstest.MapFS) { d["counter/sub-e1.mp4"] = mp4(Options{FPS: 10, Seconds: 3}) },
		"not 10 frames a second":     func(d fstest.MapFS) { d["counter/main-q1.mp4"] = mp4(Options{Width: 640, Height: 360}) },
		"unknown field":              func(d fstest.MapFS) { d["clips.yaml"] = &fstest.MapFile{Data: []byte("speed: 3\n")} },
		"has no quiet clip":          func(d fstest.MapFS) { d["clips.yaml"] = &fstest.MapFile{Data: []byte("scenes: {x: {}}\n")} },
		`counter/main-e1.mp4: mp4: `: func(d fstest.MapFS) { d["counter/main-e1.mp4"] = &fstest.MapFile{Data: []byte("no")} },
	} {
		broken := fstest.MapFS{}
		for k, v := range dir {
			broken[k] = v
		}
		change(broken)
		_, err := LoadLibrary(broken)
		require.ErrorContains(t, err, want)
	}
}

func mapFile(t *testing.T, o Options) *fstest.MapFile {
	path, err := TestFile(t.Context(), o)
	require.NoError(t, err)
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	return &fstest.MapFile{Data: b}
}
