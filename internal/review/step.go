package review

import (
	"context"
	"slices"
	"strings"

	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

const (
	mostText  = 1000 // characters
	mostItems = 500  // decided at once
)

// Months returns the months that were drawn, newest first, with the items the caller may read.
func (r *Room) Months(ctx context.Context, c identity.Caller) (out []Month, err error) {
	return r.months(ctx, c, `1 = 1`)
}

func (r *Room) months(ctx context.Context, c identity.Caller, where string) (out []Month, err error) {
	if views, lookUps := r.Reviews(c.Person); !views && !lookUps {
		return nil, errNotYours
	}
	names, err := r.names(ctx, where)
	for _, name := range names {
		m, err := r.month(ctx, c, name)
		if err != nil {
			return nil, err
		}
		out = append(out, *m)
	}
	return out, err
}

// Month returns a month's sample as far as the caller may read it: 監査 all of it, 情報安全担当 what is theirs
// to decide.
func (r *Room) Month(ctx context.Context, c identity.Caller, name string) (*Month, error) {
	m, err := r.month(ctx, c, name)
	if err != nil {
		return nil, err
	}
	return m, r.about(ctx, m.Items)
}

func (r *Room) month(ctx context.Context, c identity.Caller, name string) (m *Month, err error) {
	views, lookUps := r.Reviews(c.Person)
	if !views && !lookUps {
		return nil, errNotYours
	}
	if _, err := span(name); err != nil {
		return nil, err
	}
	err = r.DB.Read(ctx, func(tx *db.Tx) (err error) {
		if m, err = monthRow(ctx, tx, name); err != nil || m == nil {
			return err
		}
		m.Items, err = itemsOf(ctx, tx, `month = $1`, name)
		return err
	})
	if err != nil {
		return nil, err
	}
	if m == nil {
		return nil, vms.Errorf(vms.NotFound, "no-month", "%s の対象は抽出されていません。 Nothing was drawn of that month.", name)
	}
	if !views {
		m.Items = slices.DeleteFunc(m.Items, func(i Item) bool { return i.Kind != LookUp })
	}
	return m, nil
}

// Mine returns what the caller was asked about, newest first. That a case is sealed is for others to know.
func (r *Room) Mine(ctx context.Context, c identity.Caller) (items []Item, err error) {
	err = r.DB.Read(ctx, func(tx *db.Tx) (err error) {
		items, err = itemsOf(ctx, tx, `actor = $1 AND asked > 0`, c.Person.Login)
		return err
	})
	if err != nil {
		return nil, err
	}
	for i := range items {
		items[i].Why = slices.DeleteFunc(items[i].Why, func(why string) bool { return why == Sealed })
	}
	return items, r.about(ctx, items)
}

// Approve finds items in order that need no question.
func (r *Room) Approve(ctx context.Context, c identity.Caller, month string, ns []int) error {
	if len(ns) == 0 || len(ns) > mostItems {
		return vms.Errorf(vms.Invalid, "bad-items", "対象を1～%d件選んでください。 Choose 1 to %d items.", mostItems, mostItems)
	}
	for _, n := range ns {
		err := r.step(ctx, c, FindFine, month, n, []string{Open}, func(i *Item, now vms.Instant) {
			i.State, i.Finding, i.Decided = Fine, InOrder, now
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Ask asks the viewer.
func (r *Room) Ask(ctx context.Context, c identity.Caller, month string, n int, question string) error {
	question, err := text(question)
	if err != nil {
		return err
	}
	return r.step(ctx, c, AskViewer, month, n, []string{Open}, func(i *Item, now vms.Instant) {
		i.State, i.Question, i.Asked = Asked, question, now
	})
}

// Answer is the viewer's.
func (r *Room) Answer(ctx context.Context, c identity.Caller, month string, n int, answer string) error {
	answer, err := text(answer)
	if err != nil {
		return err
	}
	return r.take(ctx, c, AnswerIt, month, n, func(i *Item) error {
		if i.Actor != c.Person.Login || i.Asked == 0 {
			return errNoItem // also of what they were not asked about
		}
		return must(i, Asked)
	}, func(i *Item, now vms.Instant) { i.State, i.Answer, i.Answered = Answered, answer, now })
}

// Find writes down what was found, also where the viewer does not answer. What is in order is done.
func (r *Room) Find(ctx context.Context, c identity.Caller, month string, n int, finding, words string) error {
	words, err := text(words)
	if err != nil {
		return err
	}
	if !slices.Contains([]string{InOrder, Remark, Serious}, finding) {
		return vms.Errorf(vms.Invalid, "bad-finding", "所見を選んでください。 The finding is in_order, remark or serious.")
	}
	return r.step(ctx, c, WriteDown, month, n, []string{Asked, Answered}, func(i *Item, now vms.Instant) {
		i.State, i.Finding, i.Words, i.Decided = Found, finding, words, now
		if finding == InOrder {
			i.State, i.Done = Done, now
		}
	})
}

// Finish notes what was done about a finding.
func (r *Room) Finish(ctx context.Context, c identity.Caller, month string, n int, measures string) error {
	measures, err := text(measures)
	if err != nil {
		return err
	}
	return r.step(ctx, c, FinishIt, month, n, []string{Found}, func(i *Item, now vms.Instant) {
		i.State, i.Measures, i.Done = Done, measures, now
	})
}

func text(t string) (string, error) {
	t = strings.TrimSpace(t)
	if n := len([]rune(t)); n == 0 || n > mostText {
		return "", vms.Errorf(vms.Invalid, "bad-text", "1～%d字で書いてください。 Write 1 to %d characters.", mostText, mostText)
	}
	return t, nil
}

// step is a step by whoever decides about the item.
func (r *Room) step(ctx context.Context, c identity.Caller, action, month string, n int, from []string, to func(*Item, vms.Instant)) error {
	if views, lookUps := r.Reviews(c.Person); !views && !lookUps {
		return errNotYours
	}
	may := func(i *Item) error {
		switch {
		case i.Actor == c.Person.Login:
			return errOwn
		case !r.Decides(c.Person, i):
			return errNoItem
		}
		return must(i, from...)
	}
	return r.take(ctx, c, action, month, n, may, func(i *Item, now vms.Instant) {
		to(i, now)
		i.Reviewer = c.Person.Login
	})
}

// must is an error unless the item is in one of the states.
func must(i *Item, states ...string) error {
	if slices.Contains(states, i.State) {
		return nil
	}
	return vms.Errorf(vms.Conflict, "moved-on", "この対象は、すでに次の段階に進んでいます。 The item has moved on.")
}

// take looks whether a step is possible, writes it into the log, and takes it.
func (r *Room) take(ctx context.Context, c identity.Caller, action, month string, n int, may func(*Item) error, to func(*Item, vms.Instant)) error {
	var item *Item
	look := func(tx *db.Tx) error {
		items, err := itemsOf(ctx, tx, `month = $1 AND n = $2`, month, n)
		if err != nil {
			return err
		}
		if len(items) == 0 {
			return errNoItem
		}
		item = &items[0]
		return may(item)
	}
	if err := r.DB.Read(ctx, look); err != nil {
		return err
	}
	if err := r.did(ctx, c, action, item); err != nil {
		return err
	}
	return r.change(ctx, func(tx *db.Tx) error {
		if err := look(tx); err != nil {
			return err
		}
		to(item, r.Now())
		_, err := tx.Exec(ctx, `UPDATE review_item SET state = $3, reviewer = $4, question = $5, asked = $6, answer = $7, answered = $8, finding = $9, words = $10,
			decided = $11, measures = $12, done = $13 WHERE month = $1 AND n = $2`, month, n, item.State, item.Reviewer, item.Question, int64(item.Asked), item.Answer,
			int64(item.Answered), item.Finding, item.Words, int64(item.Decided), item.Measures, int64(item.Done))
		return err
	})
}
