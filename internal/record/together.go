package record

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"yagura/internal/db"
	"yagura/internal/vms"
)

// Act is one of several changes that are made together: a new record, or one there is, with the moves it makes.
type Act struct {
	Kind  string // of a new record; "" where it is there
	Draft Draft

	ID      string
	Version int64 // the one that was seen

	Moves []Going
}

// Going is a move, and what is filled in on the way.
type Going struct {
	Move   string
	Change map[string]any
	Reason string
}

// Refusal is why one of several changes was refused.
type Refusal struct {
	Act int // its place, from 0
	Err error
}

// Refusals are why nothing of several changes was made. It is an error of kind vms.Conflict.
type Refusals []Refusal

func (r Refusals) Error() string {
	var lines []string
	for _, x := range r {
		lines = append(lines, fmt.Sprintf("%d: %s", x.Act+1, x.Err))
	}
	return strings.Join(lines, "; ")
}

// Is makes them an error of kind vms.Conflict.
func (r Refusals) Is(target error) bool { return target == vms.Conflict }

// course is a record on its way: what it was, and each version that is to be written.
type course struct {
	k     *Kind
	was   *Record // nil where it is new
	next  []*Record
	ahead []*Version // one for each of next
}

// now is the record as it stands on the way.
func (c *course) now() *Record {
	if len(c.next) == 0 {
		return c.was
	}
	return c.next[len(c.next)-1]
}

// Together makes several changes, all of them or none: where any is refused the error is Refusals, of
// every one that is. One may go several ways at once, as a patrol that is recorded and closed.
func (s *Store) Together(ctx context.Context, a Actor, steps []Act) ([]*Record, error) {
	courses := make([]*course, len(steps))
	s = s.remembering()
	var refused Refusals
	for i, st := range steps {
		c, err := s.plan(ctx, a, st)
		switch {
		case err == nil:
			courses[i] = c
		case errors.Is(err, vms.Invalid), errors.Is(err, vms.Denied), errors.Is(err, vms.Conflict), errors.Is(err, vms.NotFound):
			refused = append(refused, Refusal{i, err})
		default:
			return nil, err
		}
	}
	if len(refused) > 0 {
		return nil, refused
	}
	for _, c := range courses {
		if err := s.sayCourse(ctx, a, c); err != nil {
			return nil, err
		}
	}
	out := make([]*Record, len(courses))
	return out, s.DB.Tx(ctx, func(tx *db.Tx) error {
		for i, c := range courses {
			r, err := s.follows(ctx, tx, a, c)
			if errors.Is(err, vms.Conflict) {
				return Refusals{{i, err}}
			}
			if err != nil {
				return err
			}
			out[i] = r
		}
		return nil
	})
}

func (s *Store) plan(ctx context.Context, a Actor, st Act) (*course, error) {
	c := &course{}
	var err error
	if st.Kind == "" {
		if c.was, c.k, err = s.mine(ctx, a, st.ID, st.Version); err != nil {
			return nil, err
		}
	} else {
		if c.k, err = s.Kind(st.Kind); err != nil {
			return nil, err
		}
		r, err := s.draft(c.k, a, st.Draft)
		if err != nil {
			return nil, err
		}
		if err := s.refer(ctx, s.DB, a, c.k, nil, r); err != nil {
			return nil, err
		}
		c.next, c.ahead = []*Record{r}, []*Version{{What: Created, By: a.Login}}
	}
	for _, g := range st.Moves {
		next, v, err := s.going(ctx, a, c.k, c.now(), g, c.ahead)
		if err != nil {
			return nil, err
		}
		c.next, c.ahead = append(c.next, next), append(c.ahead, v)
	}
	return c, nil
}

func (s *Store) sayCourse(ctx context.Context, a Actor, c *course) error {
	for i, r := range c.next {
		action, what := MoveRecord, c.ahead[i].What
		if what == Created {
			action, what = CreateRecord, ""
		}
		if err := s.say(ctx, a, action, c.k, r, what); err != nil {
			return err
		}
	}
	return nil
}

// follows writes the versions of a course. It changes nothing of it: the transaction may be tried again.
func (s *Store) follows(ctx context.Context, tx *db.Tx, a Actor, c *course) (*Record, error) {
	was := c.was
	for i := range c.next {
		r, v := *c.next[i], *c.ahead[i]
		if was == nil {
			if err := s.insert(ctx, tx, a, c.k, &r); err != nil {
				return nil, err
			}
			was = &r
			continue
		}
		r.Number = was.Number
		if err := s.turnIn(ctx, tx, a, c.k, was, &r, &v); err != nil {
			return nil, err
		}
		was = &r
	}
	return was, nil
}
