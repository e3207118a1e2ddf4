package segment

import (
	"crypto/sha256"
	"io"
	"testing"

	"yagura/internal/media"
)

// BenchmarkWriter writes 15 fps of 12.5 KB (1.5 Mbit/s), a key frame every 2 s.
func BenchmarkWriter(b *testing.B) {
	units := steady(150, 30, 12500)
	size := 0
	for _, u := range units {
		size += u.Size()
	}
	b.SetBytes(int64(size / len(units)))
	b.ReportAllocs()
	var w *Writer
	for i := 0; b.Loop(); i++ {
		u := *units[i%len(units)] // times go on: one allocation per unit is the benchmark's
		if i%900 == 0 {
			w, _ = NewWriter(io.Discard, testHeader(testTrack))
		}
		u.DTS = int64(i) * 6000
		u.PTS, u.At = u.DTS, start.Add(media.Ticks(u.DTS))
		if err := w.Write(&u); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFloor is what cannot be avoided for the same bytes: copying and hashing.
func BenchmarkFloor(b *testing.B) {
	units := steady(15, 15, 12500)
	buf := make([]byte, 0, 1<<20)
	b.SetBytes(int64(units[0].Size()))
	for i := 0; b.Loop(); i++ {
		buf = appendSample(buf, units[i%15])
		if i%15 == 14 {
			sha256.Sum256(buf)
			buf = buf[:0]
		}
	}
}

func BenchmarkReadFragment(b *testing.B) {
	whole, s := write(b, testHeader(testTrack), steady(15, 15, 12500))
	f := s.Fragments[0]
	b.SetBytes(f.Len)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ReadFragment(whole[f.Off:f.Off+f.Len], testTrack, start, f); err != nil {
			b.Fatal(err)
		}
	}
}
