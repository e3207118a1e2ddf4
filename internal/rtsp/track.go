package rtsp

import (
	"bytes"

	"github.com/bluenviron/mediacommon/v2/pkg/codecs/h264"
	"github.com/bluenviron/mediacommon/v2/pkg/codecs/h265"

	"yagura/internal/media"
)

// parameters follows a stream's parameter sets and makes a new Track when they change. They count
// only together with a key frame: what comes between is in the NAL units anyhow.
type parameters struct {
	vps, sps, pps []byte
	track         *media.Track // nil until they are complete and understood
	maybe         bool         // the SPS leaves open whether pictures are reordered
}

// offer takes parameter sets from the session description.
func (p *parameters) offer(codec media.Codec, vps, sps, pps []byte) {
	p.vps, p.sps, p.pps = bytes.Clone(vps), bytes.Clone(sps), bytes.Clone(pps)
	p.update(codec)
}

// keyFrame takes those in a key frame, the first of each kind, and reports whether the frame can be
// decoded with what is known.
func (p *parameters) keyFrame(codec media.Codec, nals [][]byte) bool {
	vps, sps, pps := sets(codec, nals)
	changed := replace(&p.vps, vps)
	changed = replace(&p.sps, sps) || changed
	changed = replace(&p.pps, pps) || changed
	if changed || p.track == nil {
		p.update(codec)
	}
	return p.track != nil
}

// differ reports whether the NAL units carry other parameter sets than the known ones.
func (p *parameters) differ(codec media.Codec, nals [][]byte) bool {
	vps, sps, pps := sets(codec, nals)
	return vps != nil && !bytes.Equal(vps, p.vps) || sps != nil && !bytes.Equal(sps, p.sps) ||
		pps != nil && !bytes.Equal(pps, p.pps)
}

func replace(have *[]byte, got []byte) bool {
	if got == nil || bytes.Equal(*have, got) {
		return false
	}
	*have = bytes.Clone(got)
	return true
}

func sets(codec media.Codec, nals [][]byte) (vps, sps, pps []byte) {
	first := func(set *[]byte, nal []byte) {
		if *set == nil {
			*set = nal
		}
	}
	for _, nal := range nals {
		switch typ := nalType(codec, nal); {
		case codec == media.H264 && typ == 7, codec == media.H265 && typ == 33:
			first(&sps, nal)
		case codec == media.H264 && typ == 8, codec == media.H265 && typ == 34:
			first(&pps, nal)
		case codec == media.H265 && typ == 32:
			first(&vps, nal)
		}
	}
	return vps, sps, pps
}

func (p *parameters) update(codec media.Codec) {
	p.track, p.maybe = nil, false
	if len(p.sps) == 0 || len(p.pps) == 0 || codec == media.H265 && len(p.vps) == 0 {
		return
	}
	t := &media.Track{Codec: codec, VPS: p.vps, SPS: p.sps, PPS: p.pps}
	if codec == media.H265 {
		var sps h265.SPS
		if sps.Unmarshal(p.sps) != nil {
			return
		}
		t.Width, t.Height = sps.Width(), sps.Height()
		for _, n := range sps.MaxNumReorderPics {
			t.Reordered = t.Reordered || n > 0
		}
	} else {
		var sps h264.SPS
		if sps.Unmarshal(p.sps) != nil {
			return
		}
		t.Width, t.Height = sps.Width(), sps.Height()
		t.Reordered, p.maybe = reorders(&sps)
	}
	if t.Width > 0 && t.Height > 0 {
		p.track = t
	}
}

// reorders says whether output order differs from decoding order, or whether that is open.
func reorders(sps *h264.SPS) (yes, maybe bool) {
	const baseline = 66
	if sps.PicOrderCntType == 2 || sps.ProfileIdc == baseline || sps.MaxNumRefFrames < 2 {
		return false, false
	}
	if sps.VUI != nil && sps.VUI.BitstreamRestriction != nil {
		return sps.VUI.BitstreamRestriction.MaxNumReorderFrames > 0, false
	}
	return false, true
}

// reordered is called when a picture went back in time though its track does not say so: from the
// next key frame on it does.
func (p *parameters) reordered() {
	if p.maybe {
		t := *p.track
		t.Reordered = true
		p.track, p.maybe = &t, false
	}
}

// decoding gives units their DTS, strictly rising.
type decoding struct {
	track *media.Track // the extractor is for
	avc   *h264.DTSExtractor
	hevc  *h265.DTSExtractor
	last  int64
}

// restart begins a new run.
func (d *decoding) restart() { *d = decoding{last: -1 << 62} }

// next returns the unit's DTS, and its PTS, which is moved where the stream's own order of
// timestamps is impossible.
func (d *decoding) next(track *media.Track, nals [][]byte, key bool, pts int64) (outPTS, dts int64) {
	dts = pts
	if track.Reordered {
		dts = d.extract(track, nals, key, pts)
	}
	dts = max(dts, d.last+1)
	d.last = dts
	return max(pts, dts), dts
}

func (d *decoding) extract(track *media.Track, nals [][]byte, key bool, pts int64) int64 {
	if track != d.track {
		d.track, d.avc, d.hevc = track, &h264.DTSExtractor{}, &h265.DTSExtractor{}
		d.avc.Initialize()
		d.hevc.Initialize()
	}
	if key { // the sets may have come in the session description only
		nals = append([][]byte{track.SPS, track.PPS}, nals...)
	}
	var dts int64
	var err error
	if track.Codec == media.H265 {
		dts, err = d.hevc.Extract(nals, pts)
	} else {
		dts, err = d.avc.Extract(nals, pts)
	}
	if err != nil {
		return min(pts, d.last+1)
	}
	return dts
}
