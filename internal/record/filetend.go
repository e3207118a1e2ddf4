package record

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"time"

	"yagura/internal/attachment"
	"yagura/internal/db"
	"yagura/internal/vms"
)

const (
	waitsFor   = 24 * time.Hour  // a file for its record
	forgetsIn  = time.Hour       // how often those are looked for
	secondLook = 2 * time.Second // at objects without a row
)

// TendFiles forgets files that never became part of a record, on the one node that holds the lease.
func (s *Store) TendFiles(ctx context.Context, leases *db.Leases, log *slog.Logger) error {
	return leases.Keep(ctx, "record-files", forgetsIn, func(ctx context.Context, _ *db.Lease) {
		n, err := s.ForgetFiles(ctx)
		if err != nil && ctx.Err() == nil {
			log.Error("files of no record were not removed", "err", err)
		}
		if n > 0 {
			log.Info("files of no record were removed", "files", n)
		}
	})
}

// ForgetFiles removes files that have waited for their record for a day: the row is hidden, the object removed, then the
// row. It may be broken off, and repeated. What no row knows it leaves alone: after a database was restored from a backup,
// that may be what the rows of since then knew.
func (s *Store) ForgetFiles(ctx context.Context) (n int, err error) {
	if s.Shelf == nil {
		return 0, nil
	}
	if _, err := s.DB.Exec(ctx, `UPDATE record_file SET state = $1 WHERE state = $2 AND at_us < $3`, fileLeaving, fileWaiting, s.Now().Add(-waitsFor)); err != nil {
		return 0, err
	}
	leaving, err := filesWhere(ctx, s.DB, `state = $1`, fileLeaving)
	if err != nil {
		return 0, err
	}
	var errs []error
	for _, f := range leaving {
		if err := s.Shelf.Remove(ctx, f.ID, f.SHA256); err != nil {
			errs = append(errs, err)
			continue
		}
		if _, err := s.DB.Exec(ctx, `DELETE FROM record_file WHERE id = $1`, f.ID); err != nil {
			return n, errors.Join(append(errs, err)...)
		}
		n++
	}
	return n, errors.Join(errs...)
}

func filesWhere(ctx context.Context, d *db.DB, where string, args ...any) ([]File, error) {
	return db.Collect(db.Rows(d.Query(ctx, `SELECT `+fileColumns+` FROM record_file WHERE `+where+` ORDER BY id`, args...)), func(row db.Row) (File, error) { return scanFile(row) })
}

// FileReport is what CheckFiles found.
type FileReport struct {
	Files    int // rows
	Bytes    int64
	Findings []string // a line each; none: all is well
}

// CheckFiles compares the rows of attached files with their objects, in both directions; deep reads each and computes its
// hash anew. It changes nothing.
func CheckFiles(ctx context.Context, d *db.DB, shelf *attachment.Shelf, deep bool) (*FileReport, error) {
	r := &FileReport{}
	objects := map[string]int64{}
	for info, err := range shelf.List(ctx) { // before the rows: an object comes first
		if err != nil {
			return nil, err
		}
		objects[info.Key] = info.Size
	}
	rows, err := filesWhere(ctx, d, `state <> $1`, fileLeaving)
	if err != nil {
		return nil, err
	}
	for _, f := range rows {
		key := attachment.Key(f.SHA256, f.ID)
		size, listed := objects[key]
		delete(objects, key)
		r.Files, r.Bytes = r.Files+1, r.Bytes+f.Size
		if listed && size == f.Size && !deep {
			continue
		}
		if err := shelf.Verify(ctx, f.ID, f.SHA256, f.Size); vms.Code(err) != "" {
			if still, e := filesWhere(ctx, d, `id = $1 AND state <> $2`, f.ID, fileLeaving); e != nil || len(still) == 0 {
				continue // it was removed meanwhile
			}
			r.Findings = append(r.Findings, fmt.Sprintf("attachment %s: %v", f.ID, err))
		} else if err != nil {
			return nil, err
		}
	}
	return r, r.unknown(ctx, d, objects)
}

// unknown tells of objects without a row. An object is there shortly before its row, and shortly after: they are looked
// for once more.
func (r *FileReport) unknown(ctx context.Context, d *db.DB, objects map[string]int64) error {
	if len(objects) == 0 {
		return nil
	}
	vms.Sleep(ctx, secondLook)
	rows, err := filesWhere(ctx, d, `state <> ''`)
	if err != nil {
		return err
	}
	for _, f := range rows {
		delete(objects, attachment.Key(f.SHA256, f.ID))
	}
	for _, key := range slices.Sorted(maps.Keys(objects)) {
		r.Findings = append(r.Findings, "attachment "+key+": no row knows this object; it is left alone")
	}
	return nil
}
