package bookmark

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/vms"
)

// detail is what a row says besides who, what and when.
type detail struct {
	Bookmark string       `json:"bookmark"`
	To       *vms.Instant `json:"to,omitempty"`
	Shared   bool         `json:"shared"`
	Text     bool         `json:"text,omitempty"` // the text changed
}

// row is the audit row of a change.
func (r *Room) row(who Who, action string, b Bookmark, text bool) audit.Entry {
	d := detail{Bookmark: b.ID, Shared: b.Shared, Text: text}
	if b.To != 0 {
		d.To = &b.To
	}
	e := entry(who, action, b.Note)
	e.Case = b.Case
	words, err := json.Marshal(d)
	if e.Detail = string(words); err != nil {
		e.Detail = b.ID // an instant that no calendar knows; the row still names the bookmark
	}
	return e
}

// entry is the row of a note. What is not one of our own words stays out of the log.
func entry(who Who, action string, n Note) audit.Entry {
	e := audit.Entry{Actor: who.Session.Person.Login, Session: who.Session.ID, From: who.From, Action: action, At: n.At}
	if n.Camera.Valid() {
		e.Camera = n.Camera
	}
	if slices.Contains(access.Purposes(camera.Surveillance), n.Purpose) {
		e.Purpose = n.Purpose
	}
	return e
}

// audited makes a change once its row is durable. Where the change then fails, a row says so.
func (r *Room) audited(ctx context.Context, e audit.Entry, change func() error) error {
	id, err := r.Audit.Append(ctx, e)
	if err != nil {
		return r.away(ctx, err)
	}
	err = change()
	if err != nil {
		e.Outcome, e.Refers, e.Detail = audit.Failed, id, err.Error()
		r.note(ctx, e)
	}
	return err
}

// refuse writes the refusal into the log and returns it.
func (r *Room) refuse(ctx context.Context, who Who, action string, n Note, why error) error {
	e := entry(who, action, n)
	e.Outcome, e.Detail = audit.Refused, why.Error()
	r.note(ctx, e)
	return why
}

// note appends a row that nothing depends on; its failure is logged.
func (r *Room) note(ctx context.Context, e audit.Entry) {
	if _, err := r.Audit.Append(context.WithoutCancel(ctx), e); err != nil {
		r.Log.Error("not in the audit log", "action", e.Action, "err", err)
	}
}

// away is what a person hears where nothing can be logged.
func (r *Room) away(ctx context.Context, err error) error {
	var known *vms.Error
	if errors.As(err, &known) || ctx.Err() != nil {
		return err
	}
	r.Log.Error("bookmark refused: the database is away", "err", err)
	return vms.Errorf(vms.Conflict, "unavailable", "記録を残せないため、しおりを保存できません。 Nothing is kept without an audit row; the database is away.")
}
