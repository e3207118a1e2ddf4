package record

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"yagura/internal/db"
	"yagura/internal/vms"
)

// Told is a record that was kept before it came here: how it began, and what happened to it since.
type Told struct {
	Kind  string
	At    vms.Instant
	By    Actor
	Draft Draft
	Steps []Step
}

// Step is what happened to it at an instant: a move, or without one an edit; of a confirmed record, a
// correction with its reason.
type Step struct {
	At     vms.Instant
	By     Actor
	Move   string
	Change map[string]any
	Reason string
}

// Retell brings in records with their history. Each step is checked by the same rules as if it were done at
// its instant, by whom it names; none lies in the future. All come, or none. The log does not pretend: its
// row says now that they came, how many of which kind.
func (s *Store) Retell(ctx context.Context, a Actor, all []Told) ([]*Record, error) {
	counts := map[string]int{}
	for i := range all {
		counts[all[i].Kind]++
	}
	var said []string
	for _, kind := range slices.Sorted(maps.Keys(counts)) {
		said = append(said, fmt.Sprintf("%s %d", kind, counts[kind]))
	}
	e := a.Entry
	e.Actor, e.Action, e.Detail = a.Login, RetellRecords, strings.Join(said, ", ")
	if _, err := s.Log.Append(ctx, e); err != nil {
		return nil, err
	}
	out := make([]*Record, len(all))
	s = s.remembering()
	return out, s.DB.Tx(ctx, func(tx *db.Tx) (err error) {
		for i := range all {
			if out[i], err = s.retell(ctx, tx, &all[i]); err != nil {
				return fmt.Errorf("retell %s, number %d: %w", all[i].Kind, i+1, err)
			}
		}
		return nil
	})
}

var errNotYet = vms.Errorf(vms.Invalid, "order", "起きた順に並べてください。 Told in the order in which it happened, and not ahead of time.")

func (s *Store) retell(ctx context.Context, tx *db.Tx, t *Told) (*Record, error) {
	k, err := s.Kind(t.Kind)
	if err != nil {
		return nil, err
	}
	if t.At > s.Now() {
		return nil, errNotYet
	}
	then := s.at(t.At)
	r, err := then.draft(k, t.By, t.Draft)
	if err != nil {
		return nil, err
	}
	if err := s.refer(ctx, tx, t.By, k, nil, r); err != nil {
		return nil, err
	}
	if err := then.insert(ctx, tx, t.By, k, r); err != nil {
		return nil, err
	}
	h := &happened{store: s, kind: k, last: map[string]string{Created: t.By.Login}}
	for i := range t.Steps {
		if r, err = h.step(ctx, tx, r, &t.Steps[i]); err != nil {
			return nil, fmt.Errorf("step %d: %w", i+1, err)
		}
	}
	return r, nil
}

// at is the store as of an instant.
func (s *Store) at(now vms.Instant) *Store {
	then := *s
	then.Now = func() vms.Instant { return now }
	return &then
}

// happened is a record while it is retold.
type happened struct {
	store *Store
	kind  *Kind
	last  map[string]string // who made each move last
	needs []string          // of the moves made
}

func (h *happened) step(ctx context.Context, tx *db.Tx, r *Record, st *Step) (*Record, error) {
	if st.At < r.Changed || st.At > h.store.Now() {
		return nil, errNotYet
	}
	next, v, err := h.next(r, st)
	if err != nil {
		return nil, err
	}
	if err := h.store.refer(ctx, tx, st.By, h.kind, r, next); err != nil {
		return nil, err
	}
	h.last[v.What] = st.By.Login
	return next, h.store.at(st.At).turnIn(ctx, tx, st.By, h.kind, r, next, v)
}

// next is the record after a step, and the version that says so.
func (h *happened) next(r *Record, st *Step) (*Record, *Version, error) {
	if st.Move == "" {
		return h.kind.changed(st.By, r, st.Change, st.Reason, func() ([]string, error) { return h.needs, nil })
	}
	m := h.kind.move(st.Move)
	if m == nil || !slices.Contains(m.From, r.State) {
		return nil, nil, h.kind.errNoMove(r)
	}
	role, deputy, err := h.kind.may(st.By, r, m, func(what string) (string, error) { return h.last[what], nil })
	if err != nil {
		return nil, nil, err
	}
	h.needs = append(h.needs, m.Needs...)
	return h.kind.takes(st.By, r, m, role, deputy, st.Change, st.Reason)
}
