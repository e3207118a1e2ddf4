package segment

import (
	"errors"
	"io"
	"os"
	"time"

	"yagura/internal/media"
	"yagura/internal/vms"
)

var errSkeleton = errors.New("segment: not written yet")

// Writer appends units to one segment. It is used by one goroutine at a time.
type Writer struct{}

// NewWriter checks the header. Nothing is written before the first fragment is complete: header and
// first fragment then go out together in one Write.
func NewWriter(w io.Writer, h Header) (*Writer, error) { return nil, errSkeleton }

// Write takes the next unit; before that, it may write the fragment that ends there. It fails with
// vms.Invalid, and takes nothing, for a unit that does not belong in this segment: a first unit that
// is no key frame, other parameter sets, another run, DTS not rising. Any other error is that of the
// underlying Write and stays: the file is torn at its last fragment.
func (w *Writer) Write(u *media.Unit) error { return errSkeleton }

// Flush writes the units taken so far as a fragment.
func (w *Writer) Flush() error { return errSkeleton }

// Fragments returns those written so far. The slice is never changed afterwards; it may be shared.
func (w *Writer) Fragments() []Fragment { return nil }

// Size is the number of bytes written so far.
func (w *Writer) Size() int64 { return 0 }

// Span is the stretch written so far.
func (w *Writer) Span() vms.Span { return vms.Span{} }

// Header is the header as written: with DTS, once a unit was taken.
func (w *Writer) Header() Header { return Header{} }

// Close flushes and writes the trailer. end is At of the next segment's first unit where that
// follows without a gap, else 0: the span then ends with the last unit. A segment without units
// fails with vms.Invalid, code "empty-segment". The underlying writer is not closed.
func (w *Writer) Close(end vms.Instant, clockOffset time.Duration) (*Summary, error) {
	return nil, errSkeleton
}

// Open reads what a file says about itself: header and trailer, two or three small reads. Without a
// valid trailer it reads the whole file; the Summary then is Torn. A file without header, or with
// no whole fragment, fails with vms.Invalid, code "empty-segment".
func Open(r io.ReaderAt, size int64) (*Summary, error) { return nil, errSkeleton }

// Repair cuts a torn file behind its last whole fragment and writes the trailer. It does not sync. A
// whole file is left alone. It fails as Open does.
func Repair(f *os.File) (*Summary, error) { return nil, errSkeleton }

// Verify recomputes every hash and the root from the bytes; an error says what differs.
func Verify(r io.ReaderAt, size int64) (*Summary, error) { return nil, errSkeleton }

// ReadFragment returns the units of one fragment. b are its Len bytes; they belong to the units from
// then on. It fails with vms.Invalid, code "damaged", where b is not what Hash says or is no fragment.
func ReadFragment(b []byte, track *media.Track, run vms.Instant, f Fragment) ([]*media.Unit, error) {
	return nil, errSkeleton
}

// EncodeTable packs a fragment table for the index row: about 45 bytes per fragment.
func EncodeTable(fragments []Fragment) []byte { return nil }

// DecodeTable unpacks what EncodeTable made. Anything else fails with vms.Invalid.
func DecodeTable(b []byte) ([]Fragment, error) { return nil, errSkeleton }
