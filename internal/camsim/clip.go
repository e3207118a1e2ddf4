package camsim

import (
	"bytes"
	"fmt"
	"os"

	"github.com/bluenviron/mediacommon/v2/pkg/codecs/h264"
	"github.com/bluenviron/mediacommon/v2/pkg/codecs/h265"
	"github.com/bluenviron/mediacommon/v2/pkg/formats/mp4/codecs"
	"github.com/bluenviron/mediacommon/v2/pkg/formats/pmp4"

	"yagura/internal/media"
)

// Clip is a piece of coded video with a constant frame rate, ready to be sent. It begins at a key
// frame and never changes.
type Clip struct {
	Track *media.Track
	Frame int64 // 90 kHz ticks per frame

	frames []frame
	delay  int64 // ticks between capture and sending that reordering costs
}

// frame is one access unit in decoding order.
type frame struct {
	key     bool
	pts     int64    // capture time relative to sending time, ticks, ≤ 0
	nals    [][]byte // parameter sets first where key
	packets []packet
	params  int // how many of nals, and of packets, are parameter sets
	stamp   int // index into packets where a stamp belongs: before the first slice
	slice   int // index into nals of the first slice
}

// Len is the number of frames.
func (c *Clip) Len() int { return len(c.frames) }

// Ticks is the clip's length at 90 kHz.
func (c *Clip) Ticks() int64 { return c.Frame * int64(len(c.frames)) }

// LoadClip reads an MP4 file: its first video track, H.264 or H.265. Access unit delimiters are
// left out; parameter sets stand before every key frame.
func LoadClip(path string) (*Clip, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	c, err := ParseClip(b)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return c, nil
}

// ParseClip is LoadClip for a file in memory.
func ParseClip(b []byte) (*Clip, error) {
	var p pmp4.Presentation
	if err := p.Unmarshal(bytes.NewReader(b)); err != nil {
		return nil, fmt.Errorf("mp4: %w", err)
	}
	for _, t := range p.Tracks {
		if t.Codec != nil && t.Codec.IsVideo() {
			return newClip(t)
		}
	}
	return nil, fmt.Errorf("mp4: no video track")
}

func newClip(t *pmp4.Track) (*Clip, error) {
	track, err := trackOf(t.Codec)
	if err != nil {
		return nil, err
	}
	if len(t.Samples) == 0 || t.Samples[0].IsNonSyncSample {
		return nil, fmt.Errorf("clip does not begin with a key frame")
	}
	scale := func(n int64) int64 { return n * media.ClockRate / int64(t.TimeScale) }
	var total int64
	for _, s := range t.Samples {
		total += int64(s.Duration)
	}
	c := &Clip{
		Track: track,
		Frame: (scale(total) + int64(len(t.Samples))/2) / int64(len(t.Samples)),
		delay: scale(int64(t.Samples[0].PTSOffset)),
	}
	if c.Frame <= 0 {
		return nil, fmt.Errorf("clip has no duration")
	}
	for i, s := range t.Samples {
		b, err := s.GetPayload()
		if err != nil {
			return nil, err
		}
		fr, err := newFrame(track, b)
		if err != nil {
			return nil, fmt.Errorf("frame %d: %w", i, err)
		}
		fr.pts = scale(int64(s.PTSOffset)) - c.delay
		track.Reordered = track.Reordered || fr.pts != 0
		c.frames = append(c.frames, fr)
	}
	return c, nil
}

func trackOf(codec codecs.Codec) (*media.Track, error) {
	switch c := codec.(type) {
	case *codecs.H264:
		var sps h264.SPS
		if err := sps.Unmarshal(c.SPS); err != nil {
			return nil, fmt.Errorf("sps: %w", err)
		}
		return &media.Track{Codec: media.H264, SPS: c.SPS, PPS: c.PPS, Width: sps.Width(), Height: sps.Height()}, nil
	case *codecs.H265:
		var sps h265.SPS
		if err := sps.Unmarshal(c.SPS); err != nil {
			return nil, fmt.Errorf("sps: %w", err)
		}
		return &media.Track{
			Codec: media.H265, VPS: c.VPS, SPS: c.SPS, PPS: c.PPS, Width: sps.Width(), Height: sps.Height(),
		}, nil
	}
	return nil, fmt.Errorf("codec %T is not H.264 or H.265", codec)
}

func newFrame(t *media.Track, sample []byte) (frame, error) {
	var nals h264.AVCC
	if err := nals.Unmarshal(sample); err != nil {
		return frame{}, err
	}
	var fr frame
	var rest [][]byte
	for _, nal := range nals {
		switch classify(t.Codec, nal) {
		case parameterSet, delimiter:
			continue
		case keySlice:
			fr.key = true
		}
		rest = append(rest, nal)
	}
	if fr.key {
		fr.nals = parameterSets(t)
		fr.params = len(fr.nals)
	}
	fr.nals = append(fr.nals, rest...)
	fr.slice, fr.stamp = -1, -1
	for i, nal := range fr.nals {
		if k := classify(t.Codec, nal); fr.slice < 0 && (k == slice || k == keySlice) {
			fr.slice, fr.stamp = i, len(fr.packets)
		}
		fr.packets = appendPackets(fr.packets, t.Codec, nal)
	}
	if fr.slice < 0 {
		return frame{}, fmt.Errorf("no picture in it")
	}
	fr.packets[len(fr.packets)-1].marker = true
	return fr, nil
}

func parameterSets(t *media.Track) [][]byte {
	if t.Codec == media.H265 {
		return [][]byte{t.VPS, t.SPS, t.PPS}
	}
	return [][]byte{t.SPS, t.PPS}
}

type nalKind int

const (
	other nalKind = iota
	slice
	keySlice
	parameterSet
	delimiter
)

// classify follows H.264 table 7-1 and H.265 table 7-1.
func classify(codec media.Codec, nal []byte) nalKind {
	if codec == media.H265 {
		switch typ := nal[0] >> 1 & 0x3f; {
		case typ >= 16 && typ <= 21:
			return keySlice
		case typ < 32:
			return slice
		case typ <= 34:
			return parameterSet
		case typ == 35:
			return delimiter
		}
		return other
	}
	switch typ := nal[0] & 0x1f; {
	case typ == 5:
		return keySlice
	case typ >= 1 && typ <= 4:
		return slice
	case typ == 7 || typ == 8:
		return parameterSet
	case typ == 9:
		return delimiter
	}
	return other
}
