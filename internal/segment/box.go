package segment

import (
	"encoding/binary"
	"math"

	"yagura/internal/vms"
)

// User types of our uuid boxes: one random UUID, numbered in its last byte.
var (
	headerUUID   = [16]byte{0x2b, 0x7c, 0x1a, 0x54, 0x9e, 0x0d, 0x4f, 0x3b, 0x8d, 0x61, 0x59, 0x41, 0x47, 0x55, 0x52, 0x01}
	fragmentUUID = [16]byte{0x2b, 0x7c, 0x1a, 0x54, 0x9e, 0x0d, 0x4f, 0x3b, 0x8d, 0x61, 0x59, 0x41, 0x47, 0x55, 0x52, 0x02}
	trailerUUID  = [16]byte{0x2b, 0x7c, 0x1a, 0x54, 0x9e, 0x0d, 0x4f, 0x3b, 0x8d, 0x61, 0x59, 0x41, 0x47, 0x55, 0x52, 0x03}
)

func u16(b []byte, v uint16) []byte { return binary.BigEndian.AppendUint16(b, v) }
func u32(b []byte, v uint32) []byte { return binary.BigEndian.AppendUint32(b, v) }
func u64(b []byte, v uint64) []byte { return binary.BigEndian.AppendUint64(b, v) }

func zeros(b []byte, n int) []byte { return append(b, make([]byte, n)...) }

// box appends a box whose content body appends.
func box(b []byte, kind string, body func([]byte) []byte) []byte {
	start := len(b)
	b = append(u32(b, 0), kind...)
	b = body(b)
	binary.BigEndian.PutUint32(b[start:], uint32(len(b)-start))
	return b
}

// full appends a box with version and flags.
func full(b []byte, kind string, version byte, flags uint32, body func([]byte) []byte) []byte {
	return box(b, kind, func(b []byte) []byte { return body(u32(b, uint32(version)<<24|flags)) })
}

// boxes walks the boxes in b; each is given its content. It stops at the first that does not fit.
func boxes(b []byte, yield func(kind string, body []byte) bool) {
	for len(b) >= 8 {
		n := binary.BigEndian.Uint32(b)
		if n < 8 || uint64(n) > uint64(len(b)) {
			return
		}
		if !yield(string(b[4:8]), b[8:n]) {
			return
		}
		b = b[n:]
	}
}

// child returns the content of the first box at the end of path, or nil.
func child(b []byte, path ...string) []byte {
	for _, want := range path {
		var found []byte
		boxes(b, func(kind string, body []byte) bool {
			if kind == want {
				found = body
			}
			return found == nil
		})
		if b = found; b == nil {
			return nil
		}
	}
	return b
}

const ntpEpoch = 2208988800 // seconds from 1900 to 1970 (RFC 5905)

// toNTP converts to an NTP timestamp, rounding to the nearest 2⁻³² s; years 1970 to 2106.
func toNTP(i vms.Instant) uint64 {
	sec, us := uint64(i)/1e6, uint64(i)%1e6
	return (sec+ntpEpoch)<<32 | (us<<32+5e5)/1e6
}

// fromNTP is the inverse of toNTP, exact to the microsecond; the era is the one after 1970.
func fromNTP(n uint64) vms.Instant {
	sec := uint64(uint32(n>>32) - uint32(ntpEpoch&math.MaxUint32))
	return vms.Instant(sec*1e6 + (n&math.MaxUint32*1e6+1<<31)>>32)
}
