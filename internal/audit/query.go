package audit

import (
	"context"
	"fmt"

	"yagura/internal/db"
	"yagura/internal/vms"
)

// Filter chooses rows; empty fields choose all.
type Filter struct {
	Actor  string
	Camera vms.CameraID
	Time   vms.Span // when the row was written; both zero: always
	Before int64    // rows with a lower number only, for the next page; 0: from the newest
	Limit  int      // 0: 100
}

// Query returns rows, newest first.
func (l *Log) Query(ctx context.Context, f Filter) ([]Entry, error) {
	if f.Limit <= 0 {
		f.Limit = 100
	}
	if f.Before == 0 {
		f.Before = 1 << 62
	}
	if f.Time.To == 0 {
		f.Time.To = 1 << 62
	}
	rows, err := l.db.Query(ctx, `SELECT `+columns+` FROM audit WHERE seq < $1 AND at_us >= $2 AND at_us < $3
		AND ($4 = '' OR actor = $4) AND ($5 = '' OR camera = $5) ORDER BY seq DESC LIMIT $6`,
		f.Before, int64(f.Time.From), int64(f.Time.To), f.Actor, string(f.Camera), f.Limit)
	if err != nil {
		return nil, fmt.Errorf("read the audit log: %w", err)
	}
	defer rows.Close()
	var out []Entry
	for rows.Next() {
		e, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("read the audit log: %w", err)
		}
		out = append(out, e)
	}
	return out, rows.Err()
}

func one(ctx context.Context, tx *db.Tx, id string) (Entry, error) {
	return scan(tx.QueryRow(ctx, `SELECT `+columns+` FROM audit WHERE id = $1`, id))
}

func scan(row interface{ Scan(...any) error }) (e Entry, err error) {
	var ranges string
	err = row.Scan(&e.Seq, &e.ID, &e.Time, &e.Node, &e.Actor, &e.Session, &e.Source, &e.Action, &e.Outcome, &e.Camera, &e.Stream,
		&e.Footage, &e.Purpose, &e.Refers, &ranges, &e.Detail)
	if err == nil {
		e.Ranges, err = decodeRanges(ranges)
	}
	return e, err
}
