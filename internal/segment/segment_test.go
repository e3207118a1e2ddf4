package segment

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"yagura/internal/media"
	"yagura/internal/vms"
)

const start = vms.Instant(1496278800000000) // 2017-06-01T01:00:00Z

var testTrack = &media.Track{
	Codec: media.H264, Width: 320, Height: 240,
	SPS: []byte{0x67, 0x42, 0xc0, 0x1e, 0xd9, 0x00, 0xa0, 0x47, 0xfe, 0x88}, PPS: []byte{0x68, 0xce, 0x3c, 0x80},
}

func testHeader(t *media.Track) Header {
	return Header{
		Feed: vms.Feed{Camera: "a1-07", Stream: vms.Main}, Track: t, Run: start, Seq: 3, Epoch: 7, Prev: Hash{1, 2, 3},
		Gaps: []vms.Gap{{Span: vms.Span{From: start - 5e6, To: start}, Cause: vms.Unreachable}},
	}
}

// steady makes n units at 15 fps, a key frame every gop, from DTS 900000.
func steady(n, gop, size int) []*media.Unit {
	noise := rand.New(rand.NewPCG(1, 2))
	units := make([]*media.Unit, n)
	for i := range units {
		nal := make([]byte, size)
		for k := range nal {
			nal[k] = byte(noise.Uint32())
		}
		dts := 900000 + int64(i)*6000
		units[i] = &media.Unit{
			Track: testTrack, PTS: dts, DTS: dts, Run: start, Key: i%gop == 0,
			At: start.Add(media.Ticks(int64(i)*6000)) + vms.Instant(i%3), NALs: [][]byte{{9, 0xf0}, nal},
		}
	}
	return units
}

// write makes a closed segment.
func write(t testing.TB, h Header, units []*media.Unit) ([]byte, *Summary) {
	t.Helper()
	var out bytes.Buffer
	w, err := NewWriter(&out, h)
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range units {
		if err := w.Write(u); err != nil {
			t.Fatal(err)
		}
	}
	s, err := w.Close(0, 1500*time.Microsecond)
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), s
}

func read(t rapid.TB, b []byte, s *Summary) []*media.Unit {
	t.Helper()
	var all []*media.Unit
	for _, f := range s.Fragments {
		units, err := ReadFragment(b[f.Off:f.Off+f.Len], s.Track, s.Run, f)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, units...)
	}
	return all
}

func drawUnits(t *rapid.T) []*media.Unit {
	dts := rapid.Int64Range(-1<<40, 1<<40).Draw(t, "dts")
	at := start
	var units []*media.Unit
	for i := range rapid.IntRange(1, 60).Draw(t, "units") {
		u := &media.Unit{Track: testTrack, DTS: dts, Run: start, Key: i == 0 || rapid.IntRange(0, 9).Draw(t, "key") == 0}
		u.PTS = dts + rapid.Int64Range(-100000, 1000000).Draw(t, "reorder")
		u.At = at + vms.Instant(rapid.Int64Range(-400000, 400000).Draw(t, "jitter"))
		for range rapid.SampledFrom([]int{1, 1, 2, 3, 40}).Draw(t, "nals") {
			u.NALs = append(u.NALs, rapid.SliceOfN(rapid.Byte(), 1, 300).Draw(t, "nal"))
		}
		units = append(units, u)
		step := rapid.SampledFrom([]int64{1, 2999, 3000, 6000, 90000, 90001, 450000, 1 << 33}).Draw(t, "step")
		dts, at = dts+step, at.Add(media.Ticks(step))
	}
	return units
}

func TestUnitsComeBackExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		units := drawUnits(t)
		var out bytes.Buffer
		w, err := NewWriter(&out, testHeader(testTrack))
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range units {
			if err := w.Write(u); err != nil {
				t.Fatal(err)
			}
			if rapid.IntRange(0, 15).Draw(t, "flush") == 0 {
				if err := w.Flush(); err != nil {
					t.Fatal(err)
				}
			}
		}
		closed, err := w.Close(0, time.Second)
		if err != nil {
			t.Fatal(err)
		}
		s, err := Verify(bytes.NewReader(out.Bytes()), int64(out.Len()))
		if err != nil || !reflect.DeepEqual(closed, s) {
			t.Fatalf("%v; opened differs from closed:\n%s", err, cmp.Diff(closed, s))
		}
		if s.Fragments, err = DecodeTable(EncodeTable(s.Fragments)); err != nil {
			t.Fatal(err)
		}
		if got := read(t, out.Bytes(), s); !reflect.DeepEqual(units, got) {
			t.Fatalf("units differ:\n%s", cmp.Diff(units, got))
		}
	})
}

func TestFragmentsBeginAtKeyFramesAndEverySecond(t *testing.T) {
	_, s := write(t, testHeader(testTrack), steady(60, 40, 100))
	var got [][2]any
	for _, f := range s.Fragments {
		got = append(got, [2]any{f.Units, f.Key})
	}
	want := [][2]any{{15, true}, {15, false}, {10, false}, {15, true}, {5, false}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatal(diff)
	}
	if want := (vms.Span{From: start, To: start.Add(4*time.Second) + 1}); s.Span != want {
		t.Errorf("span %v, want %v", s.Span, want)
	}
	if len(s.Activity) != 4 || s.Activity[0] != 14*102 || s.Activity[2] != 14*102 {
		t.Errorf("activity %v", s.Activity)
	}
}

// counter counts the writes.
type counter struct {
	bytes.Buffer
	writes int
}

func (c *counter) Write(b []byte) (int, error) { c.writes++; return c.Buffer.Write(b) }

func TestOneWritePerFragmentAndNoUnitHeldLongerThanASecond(t *testing.T) {
	var out counter
	w, _ := NewWriter(&out, testHeader(testTrack))
	for i, u := range steady(46, 46, 50) {
		if err := w.Write(u); err != nil {
			t.Fatal(err)
		}
		if want := i / 15; out.writes != want || len(w.Fragments()) != want {
			t.Fatalf("after unit %d: %d writes, %d fragments, want %d", i, out.writes, len(w.Fragments()), want)
		}
		if w.Size() != int64(out.Len()) {
			t.Fatalf("size %d, want %d", w.Size(), out.Len())
		}
	}
}

func TestWriterRefusesWhatDoesNotBelong(t *testing.T) {
	units := steady(3, 10, 20)
	other := *testTrack
	other.PPS = []byte{0x68, 1}
	change := func(f func(*media.Unit)) *media.Unit { u := *units[2]; f(&u); return &u }
	for code, u := range map[string]*media.Unit{
		"other-track": change(func(u *media.Unit) { u.Track = &other }),
		"other-run":   change(func(u *media.Unit) { u.Run++ }),
		"bad-time":    change(func(u *media.Unit) { u.DTS = units[1].DTS }),
		"bad-size":    change(func(u *media.Unit) { u.NALs = [][]byte{{}} }),
	} {
		w, _ := NewWriter(io.Discard, testHeader(testTrack))
		if err := w.Write(units[1]); vms.Code(err) != "no-key-frame" {
			t.Errorf("got %v", err)
		}
		w.Write(units[0])
		w.Write(units[1])
		if err := w.Write(u); vms.Code(err) != code || !errors.Is(err, vms.Invalid) {
			t.Errorf("got %v, want %s", err, code)
		}
		if err := w.Write(units[2]); err != nil {
			t.Errorf("after %s: %v", code, err)
		}
	}
}

func TestRepairAtEveryTruncation(t *testing.T) {
	whole, want := write(t, testHeader(testTrack), steady(5, 2, 20))
	name := filepath.Join(t.TempDir(), "torn.mp4")
	for n := range len(whole) + 1 {
		checkRepair(t, name, whole[:n:n], n, want)
		if n%8 == 0 { // a power cut may leave zeros
			checkRepair(t, name, append(whole[:n:n], make([]byte, 100)...), n, want)
		}
	}
}

// checkRepair repairs a file of which n bytes are right.
func checkRepair(t *testing.T, name string, b []byte, n int, want *Summary) {
	t.Helper()
	if err := os.WriteFile(name, b, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	complete := 0
	for _, frag := range want.Fragments {
		if frag.Off+frag.Len <= int64(n) {
			complete++
		}
	}
	s, err := Repair(f)
	if complete == 0 {
		if vms.Code(err) != "empty-segment" {
			t.Fatalf("cut at %d: got %v", n, err)
		}
		return
	}
	if err != nil || !slices.Equal(want.Fragments[:complete], s.Fragments) {
		t.Fatalf("cut at %d: %v, %d fragments, want %d", n, err, len(s.Fragments), complete)
	}
	st, _ := f.Stat()
	verified, err := Verify(f, st.Size())
	if err != nil || !reflect.DeepEqual(s, verified) {
		t.Fatalf("cut at %d: repaired and verified differ: %v", n, err)
	}
	if !slices.Equal(s.Gaps, want.Gaps) || s.Prev != want.Prev || s.DTS != want.DTS {
		t.Fatalf("cut at %d: header %+v", n, s.Header)
	}
}

func TestVerifyFindsEveryFlippedByte(t *testing.T) {
	whole, _ := write(t, testHeader(testTrack), steady(4, 2, 20))
	for i := range whole {
		whole[i] ^= 0x41
		if _, err := Verify(bytes.NewReader(whole), int64(len(whole))); err == nil {
			t.Fatalf("byte %d of %d changed, and nobody saw it", i, len(whole))
		}
		whole[i] ^= 0x41
	}
}

func TestWriteErrorStays(t *testing.T) {
	full := errors.New("disk full")
	w, _ := NewWriter(writerFunc(func([]byte) (int, error) { return 0, full }), testHeader(testTrack))
	for _, u := range steady(15, 15, 20) {
		if err := w.Write(u); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		if err := w.Flush(); !errors.Is(err, full) {
			t.Fatalf("got %v", err)
		}
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

// TestMerkleRoot checks against RFC 6962 2.1 spelled out for three entries.
func TestMerkleRoot(t *testing.T) {
	leaf := func(h Hash) Hash { return sha256.Sum256(append([]byte{0}, h[:]...)) }
	node := func(l, r Hash) Hash { return sha256.Sum256(append(append([]byte{1}, l[:]...), r[:]...)) }
	a, b, c := Hash{1}, Hash{2}, Hash{3}
	if got, want := MerkleRoot([]Hash{a, b, c}), node(node(leaf(a), leaf(b)), leaf(c)); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestNTPIsExactToTheMicrosecond(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := vms.Instant(rapid.Int64Range(0, 1<<32*1e6-1).Draw(t, "at"))
		if got := fromNTP(toNTP(at)); got != at {
			t.Fatalf("got %v, want %v", got, at)
		}
	})
}
