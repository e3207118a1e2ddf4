package camsim

import (
	"bytes"
	"strconv"
	"strings"

	"yagura/internal/media"
	"yagura/internal/vms"
)

// Stamp identifies an access unit: it travels in the unit as an SEI message and survives
// recording, so that a test can tell which units arrived where, and when they were captured.
type Stamp struct {
	vms.Feed
	Seq uint64      // counts the camera's frames, sent or not; without a hole nothing was lost
	At  vms.Instant // capture time, by this host's clock
}

var stampID = []byte("yagura-camsim-01") // uuid_iso_iec_11578 of user_data_unregistered

// appendStamp appends a SEI NAL unit (H.264 D.1.7, H.265 D.2.7: user_data_unregistered). The
// message is text, which never needs emulation prevention.
func appendStamp(to []byte, codec media.Codec, s Stamp) []byte {
	if codec == media.H265 {
		to = append(to, 39<<1, 1)
	} else {
		to = append(to, 6)
	}
	to = append(to, 5, 0)
	size := len(to)
	to = append(to, stampID...)
	to = append(to, s.Camera...)
	to = append(to, ' ')
	to = append(to, s.Stream...)
	to = append(to, ' ')
	to = strconv.AppendUint(to, s.Seq, 10)
	to = append(to, ' ')
	to = strconv.AppendInt(to, int64(s.At), 10)
	to[size-1] = byte(len(to) - size) // at most 16+32+1+4+1+20+1+20 < 255
	return append(to, 0x80)
}

// ParseStamp reads the stamp from a NAL unit, if it is one.
func ParseStamp(nal []byte) (Stamp, bool) {
	switch {
	case len(nal) > 2 && nal[0] == 6:
		nal = nal[1:]
	case len(nal) > 3 && nal[0] == 39<<1:
		nal = nal[2:]
	default:
		return Stamp{}, false
	}
	if nal[0] != 5 || len(nal) < 2+int(nal[1]) || !bytes.HasPrefix(nal[2:], stampID) || int(nal[1]) < len(stampID) {
		return Stamp{}, false
	}
	part := strings.Split(string(nal[2+len(stampID):2+int(nal[1])]), " ")
	if len(part) != 4 {
		return Stamp{}, false
	}
	seq, err1 := strconv.ParseUint(part[2], 10, 64)
	at, err2 := strconv.ParseInt(part[3], 10, 64)
	s := Stamp{Feed: vms.Feed{Camera: vms.CameraID(part[0]), Stream: vms.Stream(part[1])}, Seq: seq, At: vms.Instant(at)}
	return s, err1 == nil && err2 == nil && s.Camera.Valid() && s.Stream.Valid()
}

// StampOf returns the first stamp among a unit's NAL units.
func StampOf(nals [][]byte) (Stamp, bool) {
	for _, nal := range nals {
		if s, ok := ParseStamp(nal); ok {
			return s, true
		}
	}
	return Stamp{}, false
}
