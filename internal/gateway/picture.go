package gateway

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"net/http"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"yagura/internal/media"
	"yagura/internal/vms"
	"yagura/internal/whep"
)

const (
	pictureType  = "application/vnd.yagura.picture"
	pictureFetch = 8  // pictures of one sign-in at once
	maxCase      = 64 // characters
)

// picture answers one picture of the past as what a browser's WebCodecs decodes it from.
func (g *Gateway) picture(w http.ResponseWriter, r *http.Request) {
	c := who(r.Context())
	q, caseRef, err := g.pictureRequest(r)
	if err != nil {
		g.fail(w, r, err)
		return
	}
	if !g.pictures.take(c.session.ID) {
		g.fail(w, r, tooMany(pictureFetch))
		return
	}
	defer g.pictures.give(c.session.ID)
	units, err := g.Viewing.For(c.session, c.source).ForCase(caseRef).Picture(r.Context(), q)
	if err != nil {
		g.fail(w, r, err)
		return
	}
	writePicture(w, units)
}

func (g *Gateway) pictureRequest(r *http.Request) (q whep.Request, caseRef string, err error) {
	query := r.URL.Query()
	q = whep.Request{Camera: vms.CameraID(r.PathValue("id")), Stream: vms.Stream(query.Get("stream")), Purpose: query.Get("purpose")}
	if q.Stream == "" {
		q.Stream = g.usualStream(q.Camera)
	}
	if !q.Stream.Valid() {
		return q, "", vms.Errorf(vms.Invalid, "bad-stream", "stream is main or sub, not %q", q.Stream)
	}
	if q.At, err = vms.ParseInstant(query.Get("at")); err == nil && q.At == 0 {
		err = vms.Errorf(vms.Invalid, "bad-time", "there is no footage of 1970")
	}
	caseRef = strings.TrimSpace(query.Get("case"))
	if utf8.RuneCountInString(caseRef) > maxCase || strings.ContainsFunc(caseRef, unicode.IsControl) {
		return q, "", vms.Errorf(vms.Invalid, "bad-case", "事案番号は%d文字までです。 A case has at most %d characters.", maxCase, maxCase)
	}
	return q, caseRef, err
}

// writePicture writes units in decoding order, each as its length (4 bytes, of what follows), its
// moment (8 bytes, µs), whether it is a key frame (1 byte), and its NAL units with start codes; numbers
// are big-endian.
func writePicture(w http.ResponseWriter, units []*media.Unit) {
	var last vms.Instant
	total := 0
	for _, u := range units {
		last, total = max(last, u.At), total+4+9+annexBSize(u)
	}
	h := w.Header()
	h.Set("Content-Type", pictureType)
	h.Set("Content-Length", strconv.Itoa(total))
	h.Set("X-Yagura-Codec", units[0].Track.CodecString())
	h.Set("X-Yagura-At", last.String())
	out := bufio.NewWriterSize(w, 64<<10)
	for _, u := range units {
		head := binary.BigEndian.AppendUint32(nil, uint32(9+annexBSize(u)))
		head = append(binary.BigEndian.AppendUint64(head, uint64(u.At)), 0)
		if u.Key {
			head[len(head)-1] = 1
		}
		_, _ = out.Write(head) // the connection is gone where this fails, here and below
		for _, nal := range whole(u) {
			_, _ = out.Write(startCode)
			_, _ = out.Write(nal)
		}
	}
	_ = out.Flush()
}

var startCode = []byte{0, 0, 0, 1}

// whole returns a unit's NAL units; those of a key frame with the parameter sets decoding begins with.
func whole(u *media.Unit) [][]byte {
	if !u.Key {
		return u.NALs
	}
	var nals [][]byte
	for _, set := range [][]byte{u.Track.VPS, u.Track.SPS, u.Track.PPS} {
		if len(set) > 0 && !contains(u.NALs, set) {
			nals = append(nals, set)
		}
	}
	return append(nals, u.NALs...)
}

func contains(nals [][]byte, nal []byte) bool {
	for _, n := range nals {
		if bytes.Equal(n, nal) {
			return true
		}
	}
	return false
}

func annexBSize(u *media.Unit) (n int) {
	for _, nal := range whole(u) {
		n += len(startCode) + len(nal)
	}
	return n
}
