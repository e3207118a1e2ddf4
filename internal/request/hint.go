package request

import (
	"context"

	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// Hint is what a request takes from the hint it is made from. No searched person is in it.
type Hint struct {
	Rule    string
	Staff   string // as analysts know them
	Member  Member
	Figures []Figure
	Moments []Moment
}

// Moment is when a terminal was used.
type Moment struct {
	At       vms.Instant
	Terminal string
	Covered  bool // by a camera
}

// fromHint makes the request say what the hint says, whatever its asker said. They choose a terminal where it has several;
// else it is the one with most moments that a camera saw, the latest one of those.
func (q *Request) fromHint(h *Hint) error {
	seen, best := map[string]int{}, ""
	for _, m := range h.Moments {
		seen[m.Terminal]++
		if m.Covered {
			seen[m.Terminal] += len(h.Moments)
		}
		if best == "" || seen[m.Terminal] >= seen[best] {
			best = m.Terminal
		}
	}
	switch {
	case q.Terminal == "":
		q.Terminal = best
	case seen[q.Terminal] == 0:
		return vms.Errorf(vms.Invalid, "not-of-hint", "端末「%s」は、この兆候の端末ではありません。 The hint is not about the terminal %[1]s.", q.Terminal)
	}
	q.Rules, q.Staff, q.Figures, q.Events = []string{h.Rule}, h.Staff, h.Figures, nil
	for _, m := range h.Moments {
		if m.Terminal == q.Terminal {
			q.Events = append(q.Events, m.At)
		}
	}
	return nil
}

// asked writes the audit row of what becomes of the hint, and returns what makes it so; nothing where there is none.
func (r *Room) asked(ctx context.Context, c identity.Caller, q *Request) (func(context.Context, *db.Tx, string) error, error) {
	if q.Hint == "" {
		return func(context.Context, *db.Tx, string) error { return nil }, nil
	}
	return r.HintAsked(ctx, c, q.Hint)
}

// answered does the same with an outcome.
func (r *Room) answered(ctx context.Context, c identity.Caller, q *Request, outcome string) (func(context.Context, *db.Tx) error, error) {
	if q.Hint == "" {
		return func(context.Context, *db.Tx) error { return nil }, nil
	}
	return r.HintAnswered(ctx, c, q.Hint, q.Number, outcome, outcome == Seen)
}
