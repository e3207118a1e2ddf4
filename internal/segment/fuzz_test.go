package segment

import (
	"bytes"
	"crypto/sha256"
	"testing"
)

func FuzzOpen(f *testing.F) {
	whole, s := write(f, testHeader(testTrack), steady(8, 3, 20))
	f.Add(whole)
	f.Add(whole[:s.Fragments[1].Off+10])
	f.Add(whole[:40])
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := Open(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		for _, frag := range s.Fragments {
			if frag.Off < 0 || frag.Len <= 0 || frag.Off+frag.Len > int64(len(b)) {
				t.Fatalf("fragment outside the file: %+v", frag)
			}
			ReadFragment(b[frag.Off:frag.Off+frag.Len], s.Track, s.Run, frag)
		}
	})
}

func FuzzReadFragment(f *testing.F) {
	whole, s := write(f, testHeader(testTrack), steady(8, 3, 20))
	for _, frag := range s.Fragments {
		f.Add(whole[frag.Off : frag.Off+frag.Len])
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		units, err := ReadFragment(b, testTrack, start, Fragment{Len: int64(len(b)), Hash: sha256.Sum256(b)})
		if err == nil && len(units) == 0 {
			t.Fatal("no units and no error")
		}
	})
}

func FuzzDecodeTable(f *testing.F) {
	_, s := write(f, testHeader(testTrack), steady(8, 3, 20))
	f.Add(EncodeTable(s.Fragments))
	f.Fuzz(func(t *testing.T, b []byte) {
		if table, err := DecodeTable(b); err == nil && len(table) > len(b) {
			t.Fatal("more fragments than bytes")
		}
	})
}
