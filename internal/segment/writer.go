package segment

import (
	"crypto/sha256"
	"fmt"
	"io"
	"math"
	"slices"
	"time"

	"yagura/internal/media"
	"yagura/internal/vms"
)

// Writer appends units to one segment. It is used by one goroutine at a time.
type Writer struct {
	out    io.Writer
	err    error // of out; stays
	period int64 // longest stretch of DTS in a fragment, 90 kHz

	units []*media.Unit // of the fragment to come
	bytes int           // of their NAL units
	last  int64         // DTS of the last unit taken
	step  int64         // between the last two

	written
}

// written is what is known about the part of a segment that is in the file.
type written struct {
	header    Header
	digest    Hash // of the header's bytes
	size      int64
	span      vms.Span
	fragments []Fragment
	keys      []int64 // PTS of each key fragment, in order, of the run
	activity  []uint32
}

// NewWriter checks the header. Nothing is written before the first fragment is complete: header and
// first fragment then go out together in one Write.
func NewWriter(w io.Writer, h Header) (*Writer, error) {
	if h.Fragment <= 0 {
		h.Fragment = time.Second
	}
	h.Fragment = min(h.Fragment, maxPeriod)
	if err := h.check(); err != nil {
		return nil, err
	}
	return &Writer{out: w, period: media.ToTicks(h.Fragment), written: written{header: h}}, nil
}

// Write takes the next unit; before that, it may write the fragment that ends there. It fails with
// vms.Invalid, and takes nothing, for a unit that does not belong in this segment: a first unit that
// is no key frame, other parameter sets, another run, DTS not rising. Any other error is that of the
// underlying Write and stays: the file is torn at its last fragment.
func (w *Writer) Write(u *media.Unit) error {
	if w.err != nil {
		return w.err
	}
	if err := w.check(u); err != nil {
		return err
	}
	if w.fresh() {
		w.header.DTS, w.last = u.DTS, u.DTS
	}
	if w.cuts(u) {
		if err := w.flush(u.DTS - w.last); err != nil {
			return err
		}
	}
	if u.DTS > w.last {
		w.step = u.DTS - w.last
	}
	w.last = u.DTS
	w.units = append(w.units, u)
	w.bytes += u.Size()
	return nil
}

// fresh reports whether no unit was taken yet.
func (w *Writer) fresh() bool { return len(w.units) == 0 && len(w.fragments) == 0 }

func (w *Writer) check(u *media.Unit) error {
	bad := func(code, why string) error {
		return vms.Errorf(vms.Invalid, code, "segment %v/%d: unit at %v: %s", w.header.Feed, w.header.Seq, u.At, why)
	}
	switch {
	case !u.Track.Same(w.header.Track):
		return bad("other-track", "other parameter sets")
	case u.Run != w.header.Run:
		return bad("other-run", "another run")
	case w.fresh() && !u.Key:
		return bad("no-key-frame", "a segment begins with a key frame")
	case !w.fresh() && u.DTS <= w.last:
		return bad("bad-time", "DTS does not rise")
	case u.PTS-u.DTS > math.MaxInt32 || u.PTS-u.DTS < math.MinInt32 || u.At < 0 || u.At>>32 >= 1e6:
		return bad("bad-time", "time out of range")
	case u.Size() == 0 || u.Size() > maxUnit:
		return bad("bad-size", fmt.Sprintf("%d bytes", u.Size()))
	}
	return nil
}

// cuts reports whether u begins a new fragment. With the unit's own duration guessed from the last
// step, no more than a period is ever held back.
func (w *Writer) cuts(u *media.Unit) bool {
	if len(w.units) == 0 {
		return false
	}
	first := w.units[0]
	deviation := u.At - line(first.At, u.PTS-first.PTS)
	return u.Key || u.DTS-first.DTS+u.DTS-w.last > w.period ||
		len(w.units) == maxUnits || w.bytes+u.Size() > maxFragment ||
		deviation > math.MaxInt32 || deviation < math.MinInt32
}

// Flush writes the units taken so far as a fragment. The duration of the last is taken from the one
// before.
func (w *Writer) Flush() error {
	if w.err != nil || len(w.units) == 0 {
		return w.err
	}
	const unknown = media.ClockRate / 30
	if w.step == 0 {
		return w.flush(unknown)
	}
	return w.flush(w.step)
}

func (w *Writer) flush(last int64) error {
	buf := buffers.Get().(*[]byte)
	b, off := (*buf)[:0], 0
	if w.size == 0 {
		head, err := w.header.encode()
		if err != nil {
			return err
		}
		w.digest = sha256.Sum256(head)
		b, off = append(b, head...), len(head)
	}
	b = appendFragment(b, w.units, uint32(len(w.fragments)+1), w.header.DTS, last)
	if err := w.write(b); err != nil {
		return err
	}
	w.account(describe(b[off:], w.size+int64(off), w.units, last), w.units)
	if *buf = b; cap(b) <= maxBuffer {
		buffers.Put(buf)
	}
	clear(w.units)
	w.units, w.bytes = w.units[:0], 0
	return nil
}

func (w *Writer) write(b []byte) error {
	n, err := w.out.Write(b)
	if err == nil && n < len(b) {
		err = io.ErrShortWrite
	}
	if err != nil {
		w.err = fmt.Errorf("write segment %v/%d: %w", w.header.Feed, w.header.Seq, err)
	}
	return w.err
}

// account adds a fragment that is in the file.
func (w *written) account(f Fragment, units []*media.Unit) {
	if len(w.fragments) == 0 {
		w.span.From = f.From
	}
	w.span.To = max(w.span.To, f.End)
	w.size = f.Off + f.Len
	w.fragments = append(w.fragments, f)
	if f.Key {
		w.keys = append(w.keys, units[0].PTS)
	}
	const most = 24 * 3600
	for _, u := range units {
		second := int64(max(0, u.At-w.span.From) / 1e6)
		if u.Key || second >= most {
			continue
		}
		for int64(len(w.activity)) <= second {
			w.activity = append(w.activity, 0)
		}
		w.activity[second] += uint32(u.Size())
	}
}

// Fragments returns those written so far. The slice is never changed afterwards; it may be shared.
func (w *Writer) Fragments() []Fragment { return w.fragments[:len(w.fragments):len(w.fragments)] }

// Activity is that of the Summary, as far as it is written; a copy.
func (w *Writer) Activity() []uint32 { return slices.Clone(w.activity) }

// Size is the number of bytes written so far.
func (w *Writer) Size() int64 { return w.size }

// Span is the stretch written so far.
func (w *Writer) Span() vms.Span { return w.span }

// Header is the header as written: with DTS, once a unit was taken.
func (w *Writer) Header() Header { return w.header }

// Close flushes and writes the trailer. end is At of the next segment's first unit where that
// follows without a gap, else 0: the span then ends with the last unit. A segment without units
// fails with vms.Invalid, code "empty-segment". The underlying writer is not closed.
func (w *Writer) Close(end vms.Instant, clockOffset time.Duration) (*Summary, error) {
	if w.fresh() {
		return nil, errEmpty
	}
	if err := w.Flush(); err != nil {
		return nil, err
	}
	if end > w.span.From {
		w.span.To = end
	}
	tail, root, err := w.trailer(clockOffset)
	if err != nil {
		return nil, err
	}
	s := w.summary()
	if err := w.write(tail); err != nil {
		return nil, err
	}
	w.size += int64(len(tail))
	s.Root, s.ClockOffset, s.Size, s.Torn = root, clockOffset, w.size, false
	return s, nil
}

// summary is that of a torn file that ends here.
func (w *written) summary() *Summary {
	return &Summary{
		Header: w.header, Span: w.span, Fragments: w.fragments, Activity: w.activity,
		Size: w.size, Good: w.size, Torn: true,
	}
}
