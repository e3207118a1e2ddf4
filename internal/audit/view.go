package audit

import (
	"context"
	"fmt"

	"yagura/internal/vms"
)

// endID makes the end of a view the same row however often it is written.
func endID(view string) string { return view + "-end" }

// CloseView writes the end of the view with that id: what was seen, and why it ended. Writing it
// again does no harm and changes nothing; an unknown view is vms.NotFound.
func (l *Log) CloseView(ctx context.Context, id string, ranges []vms.Span, reason string) error {
	views, err := l.query(ctx, `id = $1 AND action IN ($2, $3, $4)`, 1, id, ViewLive, ViewPast, ViewStill)
	if err != nil {
		return fmt.Errorf("close view: %w", err)
	}
	if len(views) == 0 {
		return vms.Errorf(vms.NotFound, "no-view", "the audit log has no view %q", id)
	}
	return l.closeView(ctx, views[0], ranges, reason)
}

func (l *Log) closeView(ctx context.Context, v Entry, ranges []vms.Span, reason string) error {
	_, err := l.Append(ctx, Entry{ID: endID(v.ID), Actor: v.Actor, Session: v.Session, From: v.From, Action: ViewEnd,
		Camera: v.Camera, Stream: v.Stream, At: v.At, Purpose: v.Purpose, Case: v.Case, Detail: reason, Refers: v.ID, Ranges: ranges})
	return err
}

// Begin begins the chain where the log is older than it, and closes the views an earlier life of this
// node left open: nobody knows any more how far they went. It is called once, before this process
// serves anybody.
func (l *Log) Begin(ctx context.Context) error {
	if err := l.write(ctx, nil); err != nil {
		return fmt.Errorf("begin the chain of the audit log: %w", err)
	}
	for {
		open, err := l.query(ctx, `action IN ($1, $2, $7) AND node = $3 AND process <> $4 AND outcome = $5 AND NOT EXISTS
			(SELECT 1 FROM audit AS e WHERE e.refers = audit.id AND e.action = $6)`, 100,
			ViewLive, ViewPast, l.node, l.process, OK, ViewEnd, ViewStill)
		if err != nil {
			return fmt.Errorf("look for open views: %w", err)
		}
		for _, v := range open {
			if err := l.closeView(ctx, v, nil, processEnded); err != nil {
				return err
			}
		}
		if len(open) == 0 {
			return nil
		}
	}
}
