package segment

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"yagura/internal/vms"
)

const (
	firstRead = 8 << 10
	tailRead  = 64 << 10
	maxTail   = 64 << 20
)

var errEmpty = vms.Errorf(vms.Invalid, "empty-segment", "segment: no whole fragment")

// Open reads what a file says about itself: header and trailer, two or three small reads. Without a
// valid trailer it reads the whole file; the Summary then is Torn. A file without header, or with
// no whole fragment, fails with vms.Invalid, code "empty-segment".
func Open(r io.ReaderAt, size int64) (*Summary, error) {
	w, err := openHeader(r, size)
	if err != nil {
		return nil, err
	}
	st, root, err := readTrailer(r, size, w)
	if err == nil {
		last := st.Fragments[len(st.Fragments)-1]
		return &Summary{
			Header: w.header, Span: st.Span, Fragments: st.Fragments, Root: root, Activity: st.Activity,
			ClockOffset: time.Duration(st.ClockOffset) * time.Microsecond, Size: size, Good: last.Off + last.Len,
		}, nil
	}
	if !errors.Is(err, vms.Invalid) {
		return nil, err
	}
	if err := w.scan(r, size); err != nil {
		return nil, err
	}
	s := w.summary()
	s.Size = size
	return s, nil
}

// openHeader reads the header; size is its length.
func openHeader(r io.ReaderAt, size int64) (*written, error) {
	b, err := readAt(r, 0, min(size, firstRead))
	if err != nil {
		return nil, err
	}
	if n := headerLen(b); n > len(b) && n <= maxHeader && int64(n) <= size {
		if b, err = readAt(r, 0, int64(n)); err != nil {
			return nil, err
		}
	}
	h, n, err := parseHeader(b)
	if err != nil {
		return nil, err
	}
	return &written{header: *h, digest: sha256.Sum256(b[:n]), size: int64(n)}, nil
}

// headerLen is how long ftyp and moov are by their first bytes; 0 where it is too early to say.
func headerLen(b []byte) int {
	if len(b) < 8 {
		return 0
	}
	moov := int(binary.BigEndian.Uint32(b))
	if moov > len(b)-8 {
		return 0
	}
	return moov + int(binary.BigEndian.Uint32(b[moov:]))
}

func readTrailer(r io.ReaderAt, size int64, w *written) (*statement, Hash, error) {
	for want := int64(tailRead); ; {
		n := min(want, size)
		b, err := readAt(r, size-n, n)
		if err != nil {
			return nil, Hash{}, err
		}
		start, _, ok := trailerBounds(b)
		if ok && start < 0 && want == tailRead && n-int64(start) <= min(size, maxTail) {
			want = n - int64(start)
			continue
		}
		return parseTrailer(b, size-n, w.size, w.digest)
	}
}

func readAt(r io.ReaderAt, off, n int64) ([]byte, error) {
	b := make([]byte, n)
	got, err := r.ReadAt(b, off)
	if got == len(b) {
		return b, nil
	}
	return nil, fmt.Errorf("read segment: %d of %d bytes at %d: %w", got, n, off, err)
}

// scan adds the whole fragments that follow what is there.
func (w *written) scan(r io.ReaderAt, size int64) error {
	for {
		n, err := fragmentLen(r, w.size, size)
		if err != nil {
			return err
		}
		if n == 0 {
			break
		}
		b, err := readAt(r, w.size, n)
		if err != nil {
			return err
		}
		tfdt, err := fragmentTime(b)
		if err != nil || tfdt < 0 || !whole(b) {
			break
		}
		units, last, err := parseFragment(b, w.header.Track, w.header.Run, w.header.DTS)
		if err != nil {
			break
		}
		w.account(describe(b, w.size, units, last), units)
	}
	if len(w.fragments) == 0 {
		return errEmpty
	}
	return nil
}

// fragmentLen is how long the fragment at off is by its first boxes; 0 where none is, or not all of it.
func fragmentLen(r io.ReaderAt, off, size int64) (int64, error) {
	const head = moofAt + 8
	if size-off < head {
		return 0, nil
	}
	b, err := readAt(r, off, head)
	if err != nil {
		return 0, err
	}
	mdat := moofAt + int64(binary.BigEndian.Uint32(b[moofAt:]))
	if string(b[prftAt+4:prftAt+8]) != "prft" || string(b[moofAt+4:]) != "moof" || size-off < mdat+8 {
		return 0, nil
	}
	if b, err = readAt(r, off+mdat, 8); err != nil {
		return 0, err
	}
	n := mdat + int64(binary.BigEndian.Uint32(b))
	if n > size-off {
		return 0, nil
	}
	return n, nil
}

// Repair cuts a torn file behind its last whole fragment and writes the trailer. It does not sync. A
// whole file is left alone. It fails as Open does.
func Repair(f *os.File) (*Summary, error) {
	st, err := f.Stat()
	if err != nil {
		return nil, err
	}
	s, err := Open(f, st.Size())
	if err != nil || !s.Torn {
		return s, err
	}
	w, err := openHeader(f, st.Size())
	if err != nil {
		return nil, err
	}
	if err := w.scan(f, st.Size()); err != nil {
		return nil, err
	}
	if err := f.Truncate(w.size); err != nil {
		return nil, err
	}
	rest := &Writer{out: io.NewOffsetWriter(f, w.size), written: *w}
	return rest.Close(0, 0)
}

// Verify recomputes every hash and the root from the bytes; an error says what differs.
func Verify(r io.ReaderAt, size int64) (*Summary, error) {
	s, err := Open(r, size)
	if err != nil {
		return nil, err
	}
	if s.Torn {
		return nil, vms.Errorf(vms.Invalid, "damaged", "segment %v/%d has no valid trailer", s.Feed, s.Seq)
	}
	for i, f := range s.Fragments {
		b, err := readAt(r, f.Off, f.Len)
		if err != nil {
			return nil, err
		}
		if _, err := ReadFragment(b, s.Track, s.Run, f); err != nil {
			return nil, fmt.Errorf("fragment %d of %d from %v: %w", i+1, len(s.Fragments), f.From, err)
		}
	}
	return s, nil
}
