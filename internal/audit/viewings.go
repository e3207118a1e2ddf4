package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"yagura/internal/vms"
)

// Viewing is a view with its end.
type Viewing struct {
	Entry             // as it began; Ranges is what was seen
	Ended vms.Instant // 0: nobody said so yet
	Why   string      // why it ended
}

// Viewings returns the views, refused ones left out, that these people began within span, oldest first.
func (l *Log) Viewings(ctx context.Context, actors []string, span vms.Span) ([]Viewing, error) {
	if len(actors) == 0 {
		return nil, nil
	}
	args, marks := []any{int64(span.From), int64(span.To), OK, ViewEnd}, []string{}
	for _, a := range actors {
		args = append(args, a)
		marks = append(marks, fmt.Sprintf("$%d", len(args)))
	}
	rows, err := l.db.Query(ctx, `SELECT v.id, v.at, v.actor, v.source, v.action, v.camera, v.stream, v.footage, v.purpose, v.case_ref,
		COALESCE(e.at, 0), COALESCE(e.detail, ''), COALESCE(e.ranges, 'null')
		FROM audit v LEFT JOIN audit e ON e.refers = v.id AND e.action = $4
		WHERE v.actor IN (`+strings.Join(marks, ", ")+`) AND v.at >= $1 AND v.at < $2 AND v.outcome = $3
		AND v.action LIKE 'view.%' AND v.action <> $4 ORDER BY v.at, v.seq`, args...)
	if err != nil {
		return nil, fmt.Errorf("read views: %w", err)
	}
	defer rows.Close()
	var out []Viewing
	for rows.Next() {
		var v Viewing
		var ranges string
		if err := rows.Scan(&v.ID, &v.Time, &v.Actor, &v.From, &v.Action, &v.Camera, &v.Stream, &v.At, &v.Purpose, &v.Case, &v.Ended, &v.Why, &ranges); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(ranges), &v.Ranges); err != nil {
			return nil, fmt.Errorf("end of view %s: %w", v.ID, err)
		}
		out = append(out, v)
	}
	return out, rows.Err()
}
