// Package archive keeps recorded footage: a spool of segments on local disk, an uploader that
// moves them to a blob.Store, and an index in the database of what is stored.
//
// A directory is the queue, an object is the truth, a row is the index: spool file → object,
// verified → row → spool file removed. Every step may be repeated after a crash.
//
// Invariants:
//   - A row has its object: the object first, the row second; to delete: hide the row, delete the
//     object with all its versions, delete the row.
//   - Recorded plus explained gaps is wall time. Every gap has a cause.
//   - Recordings of one feed never overlap. Keys and rows are in UTC.
//   - Retention is the only thing that deletes footage, and never what is held. Unknown objects are
//     reported, never deleted.
//   - Nothing here runs in WriteUnit's goroutine; a slow disk, store or database stalls no camera.
//
// It does not know about HTTP sessions or people, nor who may see what.
package archive

import (
	"context"
	"errors"

	"yagura/internal/media"
	"yagura/internal/segment"
	"yagura/internal/vms"
)

// Segment is a stretch of footage of one feed, wherever it lies.
type Segment struct {
	Feed      vms.Feed
	Span      vms.Span
	Run       vms.Instant
	Seq       int64
	Key       string // of its object, now or later
	Size      int64  // bytes of the whole file; of those written so far while Open
	Epoch     int64  // of the lease under which it was recorded
	Root      segment.Hash
	Track     *media.Track
	Fragments []segment.Fragment // in file order; shared, not to be changed
	Open      bool               // it is still growing
	Activity  []uint32           // bytes of non-key pictures per second since Span.From; nil while Open
}

// Archive is the footage of all feeds.
type Archive struct{}

var errSkeleton = errors.New("archive: not written yet")

// Find returns the segments of which some part lies in span, in order, without overlap, wherever
// they lie: in the store, in this node's spool, in another's; the growing one included.
func (a *Archive) Find(ctx context.Context, feed vms.Feed, span vms.Span) ([]*Segment, error) {
	return nil, errSkeleton
}

// Recordings returns what is recorded within span, joined where it is contiguous, and the gaps with
// their causes; together they are span up to now, without overlap.
func (a *Archive) Recordings(ctx context.Context, feed vms.Feed, span vms.Span) ([]vms.Span, []vms.Gap, error) {
	return nil, nil, errSkeleton
}

// Read returns n bytes of the segment's file from off, or all from off where n < 0. It reads the
// spool file where there is one, else the object. A missing one is fs.ErrNotExist.
func (a *Archive) Read(ctx context.Context, s *Segment, off, n int64) ([]byte, error) {
	return nil, errSkeleton
}

// Wait blocks until there is footage that ends behind after.
func (a *Archive) Wait(ctx context.Context, feed vms.Feed, after vms.Instant) error {
	return errSkeleton
}
