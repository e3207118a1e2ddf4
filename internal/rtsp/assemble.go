package rtsp

import (
	"bytes"

	"github.com/pion/rtp"

	"yagura/internal/media"
)

// accessUnit is one coded picture as it came off the wire. Its bytes are valid until the next packet.
type accessUnit struct {
	ts      uint32
	nals    [][]byte
	damaged bool // something of it is missing; nals hold what there is
	large   bool // it broke a limit, and nals are empty
	ext     []byte
}

// assembler puts RTP packets together to access units, by RFC 6184 and RFC 7798 (modes without
// interleaving). A picture ends at the marker bit or where the timestamp changes; markers on
// parameter sets, SEI or single slices, as some cameras set them, do not tear it apart. It copies
// what it keeps, so packets may be reused.
type assembler struct {
	codec media.Codec
	emit  func(*accessUnit)
	lost  func(n uint64)

	expect  uint16 // next sequence number
	started bool
	gap     bool // packets are missing before the present one

	unit      accessUnit
	buf       []byte  // the NAL units of the present unit, one behind the other
	ends      []int   // where each ends in buf
	open      bool    // the unit has begun
	headless  bool    // ... behind missing packets
	heads     [2]byte // what units begin with, those without and those with a key frame
	picture   bool    // ... a slice
	fragment  bool    // a fragmented NAL unit is being put together
	emitted   uint32  // timestamp of the unit last emitted
	byTime    bool    // markers cannot be trusted: split by timestamp only
	startCode bool    // the camera sends Annex B start codes inside packets
}

// packet takes the next packet. Its payload is not kept.
func (a *assembler) packet(h *rtp.Header, payload []byte) {
	if !a.sequence(h.SequenceNumber) {
		return
	}
	a.turn(h.Timestamp)
	if h.Extension && len(a.unit.ext) == 0 {
		a.unit.ext = append(a.unit.ext[:0], h.GetExtension(0)...)
	}
	if !a.payload(payload) {
		a.unit.damaged = true
	}
	a.gap = false
	if len(a.buf) > maxUnitSize || len(a.ends) > maxUnitNALs {
		a.unit.large, a.unit.damaged = true, true
		a.buf, a.ends = a.buf[:0], a.ends[:0]
	}
	if h.Marker && a.whole() && !a.byTime {
		a.flush()
	}
}

// sequence follows the sequence numbers and reports whether the packet is to be used.
func (a *assembler) sequence(n uint16) bool {
	d := int16(n - a.expect)
	switch {
	case !a.started:
		a.gap = true // whatever came before was not for us
	case d == 0:
	case d < 0 && d > -100:
		return false // a duplicate, or too late
	default:
		a.gap = true
		if d > 0 && d < 3000 {
			a.lost(uint64(d))
		}
	}
	a.started, a.expect = true, n+1
	return true
}

// turn ends the present unit where the timestamp says that another begins.
func (a *assembler) turn(ts uint32) {
	if a.fragment && (a.gap || ts != a.unit.ts) {
		a.cutFragment()
		a.unit.damaged = true
	}
	if a.open && ts != a.unit.ts && a.whole() {
		a.unit.damaged = a.unit.damaged || a.gap // its tail may be missing
		a.flush()
	}
	switch {
	case !a.open:
		a.headless = a.gap
	case a.gap:
		a.unit.damaged = true
	}
	a.unit.ts, a.open = ts, true
}

// whole reports whether the unit can end here: parameter sets and SEI alone belong to what follows.
func (a *assembler) whole() bool { return a.picture || a.unit.damaged }

func (a *assembler) flush() {
	if a.fragment {
		a.cutFragment()
		a.unit.damaged = true
	}
	a.unit.nals = a.unit.nals[:0]
	start := 0
	for _, end := range a.ends {
		a.unit.nals = append(a.unit.nals, a.buf[start:end])
		start = end
	}
	a.checkHead()
	a.emitted = a.unit.ts
	a.emit(&a.unit)
	if cap(a.buf) > 1<<20 && len(a.buf) < cap(a.buf)/8 {
		a.buf = nil
	}
	a.buf, a.ends = a.buf[:0], a.ends[:0]
	a.unit.damaged, a.unit.large, a.unit.ext = false, false, a.unit.ext[:0]
	a.open, a.picture = false, false
}

// checkHead finds out whether packets lost before the unit were its own: its pictures used to begin
// with another kind of NAL unit.
func (a *assembler) checkHead() {
	if a.unit.damaged || len(a.unit.nals) == 0 {
		return
	}
	usual := &a.heads[0]
	for _, nal := range a.unit.nals {
		if isKey(a.codec, nal) {
			usual = &a.heads[1]
		}
	}
	head := nalType(a.codec, a.unit.nals[0])
	if !a.headless {
		*usual = head
	} else if *usual != 0 && *usual != head {
		a.unit.damaged = true
	}
}

// cutFragment drops the NAL unit that is being put together.
func (a *assembler) cutFragment() {
	a.buf = a.buf[:a.start()]
	a.fragment = false
}

func (a *assembler) start() int {
	if len(a.ends) == 0 {
		return 0
	}
	return a.ends[len(a.ends)-1]
}

func (a *assembler) payload(p []byte) bool {
	if a.codec == media.H265 {
		return a.payload265(p)
	}
	return a.payload264(p)
}

func (a *assembler) payload264(p []byte) bool {
	if len(p) == 0 {
		return false
	}
	switch typ := p[0] & 0x1f; {
	case typ == 28: // FU-A
		if len(p) < 2 {
			return false
		}
		return a.fragmented(p[1]&0x80 != 0, p[1]&0x40 != 0, p[2:], p[0]&0xe0|p[1]&0x1f)
	case typ == 24: // STAP-A
		return a.aggregated(p[1:])
	case typ == 0 && !bytes.HasPrefix(p, []byte{0, 0}) || typ > 24:
		return false
	}
	return a.single(p)
}

func (a *assembler) payload265(p []byte) bool {
	if len(p) < 2 {
		return false
	}
	switch typ := p[0] >> 1 & 0x3f; {
	case typ == 49: // fragmentation unit
		if len(p) < 3 {
			return false
		}
		return a.fragmented(p[2]&0x80 != 0, p[2]&0x40 != 0, p[3:], p[0]&0x81|p[2]&0x3f<<1, p[1])
	case typ == 48: // aggregation packet
		return a.aggregated(p[2:])
	case typ > 49:
		return false
	}
	return a.single(p)
}

func (a *assembler) single(p []byte) bool {
	ok := !a.fragment
	if a.fragment {
		a.cutFragment()
	}
	if a.unit.large {
		return ok
	}
	a.buf = append(a.buf, p...)
	return a.finish() && ok
}

func (a *assembler) aggregated(p []byte) bool {
	ok := true
	for len(p) >= 2 {
		n := int(p[0])<<8 | int(p[1])
		if n == 0 {
			return ok && len(bytes.Trim(p, "\x00")) == 0 // padding
		}
		if n > len(p)-2 {
			return false
		}
		ok = a.single(p[2:2+n]) && ok
		p = p[2+n:]
	}
	return ok && len(p) == 0
}

func (a *assembler) fragmented(first, last bool, p []byte, header ...byte) bool {
	ok := true
	if first {
		if a.fragment {
			a.cutFragment()
			ok = false
		}
		a.fragment = true
		if !a.unit.large {
			a.buf = append(a.buf, header...)
		}
	}
	if !a.fragment {
		return false // its start was lost
	}
	if !a.unit.large {
		a.buf = append(a.buf, p...)
	}
	if last {
		a.fragment = false
		if !a.unit.large {
			return a.finish() && ok
		}
	}
	return ok
}

// finish closes the NAL unit at the end of buf and looks at it.
func (a *assembler) finish() bool {
	start := a.start()
	nal := a.buf[start:]
	vcl := isSlice(a.codec, nal)
	if !vcl && !a.startCode {
		a.startCode = bytes.Contains(nal, []byte{0, 0, 1})
	}
	if a.startCode {
		return a.split(start)
	}
	a.ends = append(a.ends, len(a.buf))
	return a.slice(nal, vcl)
}

// split cuts at Annex B start codes, which some cameras leave inside packets.
func (a *assembler) split(start int) bool {
	rest := bytes.Clone(a.buf[start:])
	a.buf = a.buf[:start]
	ok := true
	for len(rest) > 0 {
		nal := rest
		if i := bytes.Index(rest, []byte{0, 0, 1}); i >= 0 {
			nal, rest = rest[:i], rest[i+3:]
		} else {
			rest = nil
		}
		if nal = bytes.TrimRight(nal, "\x00"); len(nal) == 0 {
			continue
		}
		a.buf = append(a.buf, nal...)
		a.ends = append(a.ends, len(a.buf))
		ok = a.slice(nal, isSlice(a.codec, nal)) && ok
	}
	return ok
}

// slice notes a picture's slice, and finds out when the first slice is missing.
func (a *assembler) slice(nal []byte, vcl bool) bool {
	if !vcl {
		return true
	}
	had := a.picture
	a.picture = true
	if had || firstSlice(a.codec, nal) {
		return true
	}
	if !a.gap && a.unit.ts == a.emitted {
		a.byTime = true // the marker came in the middle of a picture
	}
	return false
}

func nalType(codec media.Codec, nal []byte) byte {
	switch {
	case len(nal) == 0:
		return 0
	case codec == media.H265:
		return nal[0] >> 1 & 0x3f
	}
	return nal[0] & 0x1f
}

func isSlice(codec media.Codec, nal []byte) bool {
	typ := nalType(codec, nal)
	if codec == media.H265 {
		return len(nal) > 2 && typ < 32
	}
	return len(nal) > 1 && typ >= 1 && typ <= 5
}

// firstSlice reports whether the slice is the first of its picture.
func firstSlice(codec media.Codec, nal []byte) bool {
	if codec == media.H265 {
		return nal[2]&0x80 != 0 // first_slice_segment_in_pic_flag
	}
	typ := nalType(codec, nal)
	return typ == 3 || typ == 4 || nal[1]&0x80 != 0 // first_mb_in_slice = 0
}

// isKey reports whether decoding can start at the picture: IDR, in H.265 IRAP.
func isKey(codec media.Codec, nal []byte) bool {
	typ := nalType(codec, nal)
	if codec == media.H265 {
		return len(nal) > 2 && typ >= 16 && typ <= 23
	}
	return typ == 5
}
