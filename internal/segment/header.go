package segment

import (
	"encoding/json"
	"math"
	"time"

	"yagura/internal/media"
	"yagura/internal/vms"
)

const (
	version   = 1       // of the statements and of the layout of a fragment
	maxHeader = 1 << 20 // bytes of ftyp and moov
	trackID   = 1
)

// identity is the JSON in the moov's uuid box.
type identity struct {
	Version   int          `json:"version"`
	Camera    vms.CameraID `json:"camera"`
	Stream    vms.Stream   `json:"stream"`
	Run       vms.Instant  `json:"run"`
	Sequence  int64        `json:"sequence"`
	Epoch     int64        `json:"epoch"`
	Prev      Hash         `json:"prev"`
	DTS       int64        `json:"dts"`
	Reordered bool         `json:"reordered"`
	Fragment  int64        `json:"fragment_us"`
	Gaps      []vms.Gap    `json:"gaps,omitempty"`
}

func checkTrack(t *media.Track) error {
	set := func(nal []byte, least int) bool { return len(nal) >= least && len(nal) <= math.MaxUint16 }
	switch {
	case t == nil:
	case t.Width <= 0 || t.Height <= 0 || t.Width > math.MaxUint16 || t.Height > math.MaxUint16:
	case t.Codec == media.H264 && set(t.SPS, 4) && set(t.PPS, 1):
		return nil
	case t.Codec == media.H265 && set(t.VPS, 1) && set(t.SPS, 15) && set(t.PPS, 1) && media.GeneralProfile(t.SPS) != nil:
		return nil
	}
	return vms.Errorf(vms.Invalid, "bad-track", "segment: parameter sets or picture size are missing")
}

func (h *Header) check() error {
	if err := checkTrack(h.Track); err != nil {
		return err
	}
	const mostGaps = 4096 // keeps the header below maxHeader
	if !h.Feed.Camera.Valid() || !h.Feed.Stream.Valid() || h.Seq < 0 || len(h.Gaps) > mostGaps {
		return vms.Errorf(vms.Invalid, "bad-header", "segment: %v, sequence %d, %d gaps is no header", h.Feed, h.Seq, len(h.Gaps))
	}
	return nil
}

func (h *Header) identity() identity {
	return identity{
		Version: version, Camera: h.Feed.Camera, Stream: h.Feed.Stream, Run: h.Run, Sequence: h.Seq, Epoch: h.Epoch,
		Prev: h.Prev, DTS: h.DTS, Reordered: h.Track.Reordered, Fragment: h.Fragment.Microseconds(), Gaps: h.Gaps,
	}
}

// encode makes ftyp and moov.
func (h *Header) encode() ([]byte, error) {
	id, err := json.Marshal(h.identity())
	if err != nil {
		return nil, err
	}
	b := box(nil, "ftyp", func(b []byte) []byte {
		return append(u32(append(b, "iso6"...), 0), "iso6iso5mp41"...)
	})
	b = box(b, "moov", func(b []byte) []byte {
		b = movieHeader(b)
		b = box(b, "trak", func(b []byte) []byte { return track(b, h.Track) })
		b = box(b, "mvex", func(b []byte) []byte {
			return full(b, "trex", 0, 0, func(b []byte) []byte {
				return zeros(u32(u32(b, trackID), 1), 12)
			})
		})
		return box(b, "uuid", func(b []byte) []byte { return append(append(b, headerUUID[:]...), id...) })
	})
	return b, nil
}

// matrix appends the unity matrix (8.2.2).
func matrix(b []byte) []byte {
	for _, v := range [9]uint32{1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30} {
		b = u32(b, v)
	}
	return b
}

func movieHeader(b []byte) []byte {
	return full(b, "mvhd", 0, 0, func(b []byte) []byte {
		b = zeros(b, 8)
		b = u32(b, media.ClockRate)
		b = u32(b, 0)     // duration: in the fragments
		b = u32(b, 1<<16) // rate
		b = zeros(u16(b, 1<<8), 10)
		b = zeros(matrix(b), 24)
		return u32(b, trackID+1)
	})
}

func track(b []byte, t *media.Track) []byte {
	b = full(b, "tkhd", 0, 3, func(b []byte) []byte {
		b = zeros(b, 8)
		b = zeros(u32(b, trackID), 24)
		b = matrix(b)
		b = u32(b, uint32(t.Width)<<16)
		return u32(b, uint32(t.Height)<<16)
	})
	return box(b, "mdia", func(b []byte) []byte {
		b = full(b, "mdhd", 0, 0, func(b []byte) []byte {
			b = u32(zeros(b, 8), media.ClockRate)
			return u16(u16(u32(b, 0), 0x55c4), 0) // language "und"
		})
		b = full(b, "hdlr", 0, 0, func(b []byte) []byte {
			b = append(zeros(b, 4), "vide"...)
			return append(zeros(b, 12), "yagura\x00"...)
		})
		return box(b, "minf", func(b []byte) []byte { return mediaInfo(b, t) })
	})
}

func mediaInfo(b []byte, t *media.Track) []byte {
	b = full(b, "vmhd", 0, 1, func(b []byte) []byte { return zeros(b, 8) })
	b = box(b, "dinf", func(b []byte) []byte {
		return full(b, "dref", 0, 0, func(b []byte) []byte {
			return full(u32(b, 1), "url ", 0, 1, func(b []byte) []byte { return b })
		})
	})
	return box(b, "stbl", func(b []byte) []byte {
		b = full(b, "stsd", 0, 0, func(b []byte) []byte { return sampleEntry(u32(b, 1), t) })
		for _, empty := range []string{"stts", "stsc", "stco"} {
			b = full(b, empty, 0, 0, func(b []byte) []byte { return u32(b, 0) })
		}
		return full(b, "stsz", 0, 0, func(b []byte) []byte { return zeros(b, 8) })
	})
}

// parseHeader reads ftyp and moov at the beginning of b; n is how many bytes they take.
func parseHeader(b []byte) (h *Header, n int, err error) {
	bad := vms.Errorf(vms.Invalid, "empty-segment", "segment: no whole header")
	var moov []byte
	boxes(b, func(kind string, body []byte) bool {
		if n += 8 + len(body); kind == "moov" {
			moov = body
		}
		return kind == "ftyp"
	})
	if moov == nil {
		return nil, 0, bad
	}
	own := child(moov, "uuid")
	t := parseEntry(child(moov, "trak", "mdia", "minf", "stbl", "stsd"))
	var id identity
	if t == nil || len(own) < 16 || [16]byte(own) != headerUUID || json.Unmarshal(own[16:], &id) != nil {
		return nil, 0, bad
	}
	if id.Version != version {
		return nil, 0, vms.Errorf(vms.Invalid, "bad-version", "segment: version %d is not known here", id.Version)
	}
	t.Reordered = id.Reordered
	h = &Header{
		Feed: vms.Feed{Camera: id.Camera, Stream: id.Stream}, Track: t, Run: id.Run, Seq: id.Sequence, Epoch: id.Epoch,
		Prev: id.Prev, Gaps: id.Gaps, Fragment: time.Duration(id.Fragment) * time.Microsecond, DTS: id.DTS,
	}
	if h.check() != nil {
		return nil, 0, bad
	}
	return h, n, nil
}
