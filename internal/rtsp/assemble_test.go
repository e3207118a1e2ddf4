package rtsp

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/pion/rtp"
	"github.com/stretchr/testify/require"

	"yagura/internal/media"
)

// wire is a script of packets for an assembler.
type wire struct {
	a    *assembler
	seq  uint16
	lost uint64
	got  [][]string // NAL units of the whole access units
	bad  int
}

func newWire(codec media.Codec) *wire {
	w := &wire{seq: 65530}
	w.a = &assembler{codec: codec, lost: func(n uint64) { w.lost += n }, emit: func(au *accessUnit) {
		if au.damaged {
			w.bad++
			return
		}
		var nals []string
		for _, n := range au.nals {
			nals = append(nals, string(n))
		}
		w.got = append(w.got, nals)
	}}
	return w
}

func (w *wire) send(ts uint32, marker bool, payload string) {
	w.a.packet(&rtp.Header{SequenceNumber: w.seq, Timestamp: ts, Marker: marker}, []byte(payload))
	w.seq++
}

const (
	sps = "\x67sps"
	pps = "\x68pps"
	sei = "\x06sei"
	idr = "\x65\x88idr"
	p1  = "\x41\x9ap1"
	p2  = "\x41\x1ap2" // a slice that is not a picture's first
)

func TestAssembler(t *testing.T) {
	for _, tc := range []struct {
		name   string
		script func(w *wire)
		want   [][]string
		bad    int
	}{
		{"plain", func(w *wire) {
			w.send(1, false, sps)
			w.send(1, false, pps)
			w.send(1, true, idr)
			w.send(2, true, p1)
		}, [][]string{{sps, pps, idr}, {p1}}, 0},
		{"aggregate and fragments", func(w *wire) {
			w.send(1, false, "\x18\x00\x04"+sps+"\x00\x04"+pps)
			w.send(1, false, "\x7c\x85\x88i")
			w.send(1, false, "\x7c\x05d")
			w.send(1, true, "\x7c\x45r")
		}, [][]string{{sps, pps, idr}}, 0},
		{"no markers", func(w *wire) {
			w.send(1, false, idr)
			w.send(2, false, p1)
			w.send(3, false, p1)
		}, [][]string{{idr}, {p1}}, 0},
		{"markers on everything", func(w *wire) {
			for ts := range uint32(3) {
				w.send(ts, true, sei)
				w.send(ts, true, p1)
			}
		}, [][]string{{sei, p1}, {sei, p1}, {sei, p1}}, 0},
		{"markers on every slice", func(w *wire) {
			for ts := range uint32(4) {
				w.send(ts, true, p1)
				w.send(ts, true, p2)
			}
		}, [][]string{{p1}, {p1, p2}, {p1, p2}}, 1},
		{"parameter sets with a time of their own", func(w *wire) {
			w.send(1, true, sps)
			w.send(1, true, pps)
			w.send(2, true, idr)
		}, [][]string{{sps, pps, idr}}, 0},
		{"two pictures at one time", func(w *wire) {
			w.send(1, true, idr)
			w.send(1, true, idr)
		}, [][]string{{idr}, {idr}}, 0},
		{"lost inside", func(w *wire) {
			w.send(1, true, idr)
			w.send(2, false, p1)
			w.seq++
			w.send(2, true, p2)
			w.send(3, true, p1)
		}, [][]string{{idr}, {p1}}, 1},
		{"lost tail", func(w *wire) {
			w.send(1, false, p1)
			w.seq++
			w.send(2, true, p1)
		}, [][]string{{p1}}, 1},
		{"lost first slice", func(w *wire) {
			w.send(1, true, p1)
			w.seq++
			w.send(2, true, p2)
			w.send(3, true, p1)
		}, [][]string{{p1}, {p1}}, 1},
		{"lost SEI", func(w *wire) {
			for ts := range uint32(2) {
				w.send(ts, false, sei)
				w.send(ts, true, p1)
			}
			w.seq++
			w.send(2, true, p1)
			w.send(3, false, sei)
			w.send(3, true, p1)
		}, [][]string{{sei, p1}, {sei, p1}, {sei, p1}}, 1},
		{"a whole picture lost", func(w *wire) {
			w.send(1, true, p1)
			w.seq++
			w.send(3, true, p1)
		}, [][]string{{p1}, {p1}}, 0},
		{"fragment without start", func(w *wire) {
			w.send(1, false, "\x7c\x05d")
			w.send(1, true, "\x7c\x45r")
			w.send(2, true, p1)
		}, [][]string{{p1}}, 1},
		{"duplicates", func(w *wire) {
			w.send(1, false, p1)
			w.seq--
			w.send(1, false, p1)
			w.send(1, true, p2)
		}, [][]string{{p1, p2}}, 0},
		{"start codes", func(w *wire) {
			w.send(1, true, sps+"\x00\x00\x00\x01"+pps+"\x00\x00\x01"+idr)
			w.send(2, true, "\x00\x00\x00\x01"+p1)
		}, [][]string{{sps, pps, idr}, {p1}}, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := newWire(media.H264)
			tc.script(w)
			require.Equal(t, tc.want, w.got)
			require.Equal(t, tc.bad, w.bad)
		})
	}
}

func TestAssembler265(t *testing.T) {
	const vps, sps, idr, p = "\x40\x01v", "\x42\x01s", "\x26\x01\x80idr", "\x02\x01\x80p"
	w := newWire(media.H265)
	w.send(1, false, "\x60\x01\x00\x03"+vps+"\x00\x03"+sps)
	w.send(1, false, "\x62\x01\x93\x80i")
	w.send(1, false, "\x62\x01\x13d")
	w.send(1, true, "\x62\x01\x53r")
	w.send(2, true, p)
	require.Equal(t, [][]string{{vps, sps, idr}, {p}}, w.got)
	require.Zero(t, w.bad)
}

func TestAssemblerLimitsMemory(t *testing.T) {
	w := newWire(media.H264)
	w.send(1, false, "\x7c\x85\x88")
	for range 20 << 10 {
		w.send(1, false, "\x7c\x05"+string(make([]byte, 1400)))
	}
	require.Less(t, cap(w.a.buf), 3*maxUnitSize)
	w.send(2, true, idr)
	require.Equal(t, [][]string{{idr}}, w.got)
	require.Equal(t, 1, w.bad)
	require.LessOrEqual(t, cap(w.a.buf), 1<<20)

	for range 2 * maxUnitNALs {
		w.send(3, false, sei)
	}
	w.send(4, true, p1)
	require.Equal(t, 2, w.bad)
}

// TestAssemblerRandom: what comes out whole went in whole, whatever is lost and however it was cut.
func TestAssemblerRandom(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	w := newWire(media.H264)
	sent := map[string]bool{}
	whole := 0
	for ts := range uint32(20000) {
		n := 1 + rng.IntN(4000)
		nal := append([]byte{0x41, 0x80, byte(ts >> 16), byte(ts >> 8), byte(ts), 1}, bytes.Repeat([]byte{0xaa}, n)...)
		sent[string(nal)] = true
		complete := true
		for at := 1; at < len(nal); at += 1000 {
			end := min(at+1000, len(nal))
			head := []byte{0x5c, 0x01}
			if at == 1 {
				head[1] |= 0x80
			}
			if end == len(nal) {
				head[1] |= 0x40
			}
			if rng.IntN(50) == 0 {
				w.seq, complete = w.seq+1, false
				continue
			}
			w.send(ts, end == len(nal), string(append(head, nal[at:end]...)))
		}
		if complete {
			whole++
		}
	}
	require.Len(t, w.got, whole)
	for _, au := range w.got {
		require.Len(t, au, 1)
		require.True(t, sent[au[0]])
	}
}

func FuzzAssembler(f *testing.F) {
	f.Add([]byte{0, 4, 0x67, 1, 2, 3, 1, 5, 0x7c, 0x85, 0x88, 1, 2}, false)
	f.Add([]byte{1, 3, 0x62, 1, 0x93, 1, 2, 0x40, 1}, true)
	f.Fuzz(func(t *testing.T, script []byte, hevc bool) {
		codec := media.H264
		if hevc {
			codec = media.H265
		}
		var p parameters
		var d decoding
		d.restart()
		a := &assembler{codec: codec, lost: func(uint64) {}, emit: func(au *accessUnit) {
			if !au.damaged && p.keyFrame(codec, au.nals) {
				d.next(&media.Track{Codec: codec, SPS: p.sps, PPS: p.pps, Reordered: true}, own(au.nals), true, int64(au.ts))
			}
		}}
		var h rtp.Header
		for len(script) > 2 {
			h.SequenceNumber += uint16(script[0] >> 6)
			h.Timestamp += uint32(script[0] >> 4 & 3)
			h.Marker = script[0]&1 != 0
			n := min(int(script[1]), len(script)-2)
			a.packet(&h, script[2:2+n])
			script = script[2+n:]
			h.SequenceNumber++
		}
	})
}
