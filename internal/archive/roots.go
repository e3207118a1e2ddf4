package archive

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"

	"yagura/internal/db"
	"yagura/internal/segment"
	"yagura/internal/vms"
)

// rootsAtOnce is how many segments share one Merkle tree at most.
const rootsAtOnce = 1000

// RootSegments has say write down the Merkle root over the roots of the segments that came into the
// index since the last time, at most rootsAtOnce a call of it, and keeps beside each segment where its
// root stands in that tree. The place goes when the footage is erased.
//
// What say returns names the record. After a crash between the two, segments are written down again.
func (a *Archive) RootSegments(ctx context.Context, say func(ctx context.Context, count int, root segment.Hash) (string, error)) error {
	for {
		n, err := a.rootSome(ctx, say)
		if err != nil {
			return fmt.Errorf("write down the roots of segments: %w", err)
		}
		if n < rootsAtOnce {
			return nil
		}
	}
}

func (a *Archive) rootSome(ctx context.Context, say func(context.Context, int, segment.Hash) (string, error)) (int, error) {
	fresh, err := briefs(a.cfg.DB.Query(ctx, `SELECT `+brief+` FROM segment WHERE rooted = '' AND state <> 'hidden'
		ORDER BY camera, stream, start_us, key LIMIT $1`, rootsAtOnce))
	if err != nil || len(fresh) == 0 {
		return 0, err
	}
	roots := make([]segment.Hash, len(fresh))
	for i, s := range fresh {
		roots[i] = s.Root
	}
	root, paths := segment.MerklePaths(roots)
	record, err := say(ctx, len(fresh), root)
	if err != nil {
		return 0, err
	}
	return len(fresh), a.cfg.DB.Tx(ctx, func(tx *db.Tx) error {
		for i, s := range fresh {
			_, err := tx.Exec(ctx, `UPDATE segment SET rooted = $1, root_path = $2 WHERE camera = $3 AND stream = $4 AND start_us = $5 AND key = $6 AND rooted = ''`,
				record, encodePath(i, len(fresh), paths[i]), s.Feed.Camera, s.Feed.Stream, s.Span.From, s.Key)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Inclusion says which record holds the root of a segment: segment.Included tells whether it does.
type Inclusion struct {
	Record string // id of the row in the audit log
	Place  int    // among the leaves
	Count  int
	Path   []segment.Hash
}

// Inclusion returns where the root of a segment in the index was written down; vms.NotFound where it
// was not, because it came within the last minute, or before there was such a record.
func (a *Archive) Inclusion(ctx context.Context, s *Segment) (Inclusion, error) {
	var in Inclusion
	var path []byte
	err := a.cfg.DB.QueryRow(ctx, `SELECT rooted, root_path FROM segment WHERE camera = $1 AND stream = $2 AND start_us = $3 AND key = $4 AND root_path IS NOT NULL`,
		s.Feed.Camera, s.Feed.Stream, s.Span.From, s.Key).Scan(&in.Record, &path)
	if errors.Is(err, sql.ErrNoRows) {
		return in, vms.Errorf(vms.NotFound, "no-record", "the root of %s is not in the audit log", s.Key)
	}
	if err == nil {
		err = in.decode(path)
	}
	if err != nil {
		return in, fmt.Errorf("where the root of %s is written down: %w", s.Key, err)
	}
	return in, nil
}

func encodePath(place, count int, path []segment.Hash) []byte {
	b := binary.AppendUvarint(binary.AppendUvarint(nil, uint64(place)), uint64(count))
	for _, h := range path {
		b = append(b, h[:]...)
	}
	return b
}

func (in *Inclusion) decode(b []byte) error {
	for _, v := range []*int{&in.Place, &in.Count} {
		n, size := binary.Uvarint(b)
		if size <= 0 || n > rootsAtOnce {
			return errors.New("damaged")
		}
		*v, b = int(n), b[size:]
	}
	if len(b)%len(segment.Hash{}) != 0 {
		return errors.New("damaged")
	}
	for ; len(b) > 0; b = b[len(segment.Hash{}):] {
		in.Path = append(in.Path, segment.Hash(b))
	}
	return nil
}
