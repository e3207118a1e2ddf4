package survey

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"yagura/internal/record"
	"yagura/internal/vms"
)

// Prefill is an answer that follows from a unit's records, and from which.
type Prefill struct {
	Answer Answer
	Source string // 巡回 12件（H29巡-3 ほか）
}

// Prefilled returns what the records of the survey's period answer already, by question. Records belong to
// units of the organisation: a 部署 that is none, as a school, has nothing to be prefilled. What its reader may
// not read of them is not used.
func (r *Room) Prefilled(ctx context.Context, a record.Actor, s *Survey, p *Reply) (map[string]Prefill, error) {
	out := map[string]Prefill{}
	if p.ID != p.Unit {
		return out, nil
	}
	for _, fill := range []func(context.Context, record.Actor, *Survey, string, map[string]Prefill) error{r.patrols, r.awareness, r.memos, r.inductions} {
		if err := fill(ctx, a, s, p.Unit, out); err != nil {
			return nil, fmt.Errorf("prefill: %w", err)
		}
	}
	for id := range out {
		if s.Form.question(id) == nil {
			delete(out, id)
		}
	}
	return out, nil
}

const mostRecords = 1000 // of a unit in a period, of one kind

// records are those of a unit in the survey's period, the newest first, in one of the states.
func (r *Room) records(ctx context.Context, a record.Actor, kind, unit string, s *Survey, states ...string) ([]*record.Record, error) {
	q := record.Query{Units: []string{unit}, States: states, Limit: mostRecords}
	if s != nil {
		q.From, q.To = s.Since, s.To
	}
	page, err := r.Records.List(ctx, a, kind, q)
	if errors.Is(err, vms.NotFound) { // not for them to read
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return page.Records, nil
}

// source names records: how many, and one of them.
func (r *Room) source(list []*record.Record) string {
	k, err := r.Records.Kind(list[0].Kind)
	if err != nil {
		return ""
	}
	more := ""
	if len(list) > 1 {
		more = " ほか"
	}
	return fmt.Sprintf("%s %d件（%s%s）", k.Name.Ja, len(list), k.Label(list[0]), more)
}

func (r *Room) patrols(ctx context.Context, a record.Actor, s *Survey, unit string, out map[string]Prefill) error {
	list, err := r.records(ctx, a, "patrol", unit, s, "recorded", "reported", "mending", "done")
	if err == nil && len(list) > 0 {
		out["q1"] = Prefill{Answer{Is: []string{"done"}}, r.source(list)}
	}
	return err
}

func (r *Room) awareness(ctx context.Context, a record.Actor, s *Survey, unit string, out map[string]Prefill) error {
	list, err := r.records(ctx, a, "awareness", unit, s, "done")
	if err != nil || len(list) == 0 {
		return err
	}
	answer := Answer{}
	for _, x := range list {
		methods := x.Values.List("methods")
		for _, m := range methods {
			if m != "other" && !slices.Contains(answer.Is, m) { // 「その他」 wants words that the record does not have
				answer.Is = append(answer.Is, m)
			}
		}
	}
	if len(answer.Is) > 0 {
		slices.Sort(answer.Is)
		out["q2"] = Prefill{answer, r.source(list)}
	}
	return nil
}

// memos follow from the rule in force, whatever day it is of.
func (r *Room) memos(ctx context.Context, a record.Actor, _ *Survey, unit string, out map[string]Prefill) error {
	list, err := r.records(ctx, a, "memo-policy", unit, nil, "in_force", "revising")
	if err != nil || len(list) == 0 {
		return err
	}
	v, from := list[0].Values, r.source(list[:1])
	out["q3a"] = Prefill{Answer{Is: []string{v.Text("scope")}}, from}
	switch v.Text("prohibited") {
	case "yes":
		out["q3b"] = Prefill{Answer{Is: []string{"prohibited"}}, from}
	case "no":
		out["q3b"] = Prefill{Answer{Is: []string{"other"}, Text: v.Text("other")}, from}
	}
	if paper := v.Text("paper"); paper != "" {
		out["q3c"] = Prefill{Answer{Is: []string{paper}, Text: v.Text("no_paper")}, from}
	}
	return nil
}

// inductions are of those appointed in the period; a unit has done them only when all are.
func (r *Room) inductions(ctx context.Context, a record.Actor, s *Survey, unit string, out map[string]Prefill) error {
	list, err := r.records(ctx, a, "induction", unit, s)
	if err != nil || len(list) == 0 {
		return err
	}
	out["q5a"] = Prefill{Answer{Is: []string{"yes"}}, r.source(list)}
	var open []string
	for _, x := range list {
		if slices.Contains([]string{"planned", "scheduled", "late", "trained"}, x.State) {
			open = append(open, x.Values.Text("from"))
		}
	}
	answer := Answer{Is: []string{"done"}}
	if len(open) > 0 {
		answer = Answer{Is: []string{"not"}, Text: "研修または同意書が済んでいない任用：" + strings.Join(open, "、")}
	}
	out["q5b"] = Prefill{answer, r.source(list)}
	return nil
}
