package compliance

import (
	"context"
	"slices"
	"strconv"
	"time"

	"yagura/internal/conf"
	"yagura/internal/record"
	"yagura/internal/vms"
)

// plans are the kinds that are plans, and what of one is the same next year. Their dates move on by a year, to a day
// on which the unit works.
var plans = map[string][]string{
	PatrolSlot.ID:    {"name", "area", "begin", "end", "from", "until", "note"},
	InternalAudit.ID: {"day", "theme", "lead", "lead_unit"},
	Milestone.ID:     {"name", "planned", "note"},
	Review.ID:        {"day", "chair", "inputs"},
	Inspection.ID:    {"day", "place", "by"},
	Notice.ID:        {"day", "subject", "methods", "to", "text"},
}

// Copied is a record of last year, and what it is to be this year.
type Copied struct {
	Of    *record.Record
	Next  map[string]any
	There bool // a record of this year says so already
}

// IsPlan reports whether records of a kind are copied from year to year.
func IsPlan(kind string) bool { return plans[kind] != nil }

// Copy makes drafts of this fiscal year of what a kind planned last year, in the units for which somebody writes: all
// of them or none. What is there already is left out; dry only tells.
func (r *Room) Copy(ctx context.Context, a record.Actor, kind string, year int, dry bool) ([]Copied, error) {
	k, err := r.Kind(kind)
	if err != nil {
		return nil, err
	}
	if !IsPlan(kind) {
		return nil, vms.Errorf(vms.Invalid, "no-plan", "「%s」は年度ごとの計画ではありません。 Not a plan of a year.", k.Name.Ja)
	}
	of, err := r.every(ctx, a, kind, record.Query{From: strconv.Itoa(year-1) + "-04-01", To: strconv.Itoa(year) + "-03-31"})
	if err != nil {
		return nil, err
	}
	there, err := r.every(ctx, a, kind, record.Query{From: strconv.Itoa(year) + "-04-01", To: strconv.Itoa(year+1) + "-03-31"})
	if err != nil {
		return nil, err
	}
	var out []Copied
	var acts []record.Act
	for _, x := range of {
		if !k.Writes(a, x.Unit) {
			continue
		}
		c := Copied{Of: x, Next: r.nextYear(k, x)}
		c.There = slices.ContainsFunc(there, func(y *record.Record) bool { return y.Unit == x.Unit && k.TitleOf(y.Values) == titleOf(k, c.Next) })
		if out = append(out, c); !c.There {
			acts = append(acts, record.Act{Kind: kind, Draft: record.Draft{Unit: x.Unit, Values: c.Next}})
		}
	}
	if len(acts) == 0 && !dry {
		return nil, vms.Errorf(vms.Conflict, "nothing", "写すものがありません。 There is nothing to copy.")
	}
	if !dry {
		_, err = r.Together(ctx, a, acts)
	}
	return out, err
}

func titleOf(k *record.Kind, values map[string]any) string {
	v, _ := k.Read(values)
	return k.TitleOf(v)
}

// nextYear is what of a record is the same a year later.
func (r *Room) nextYear(k *record.Kind, x *record.Record) map[string]any {
	out := map[string]any{}
	for i := range k.Fields {
		f := &k.Fields[i]
		if v, there := x.Values[f.ID]; there && slices.Contains(plans[k.ID], f.ID) {
			if out[f.ID] = v; f.Type == record.Date {
				out[f.ID] = r.yearOn(x.Unit, x.Values.Text(f.ID))
			}
		}
	}
	return out
}

// yearOn is the same day a year later, or the next one on which the unit works; at a fiscal year's end the one before.
func (r *Room) yearOn(unit, day string) string {
	d, err := time.ParseInLocation(time.DateOnly, day, conf.JST)
	if err != nil {
		return day
	}
	d = d.AddDate(1, 0, 0)
	year, step := record.FiscalYear(vms.InstantOf(d)), 1
	for n := 0; n < 31 && !r.Calendar.Works(unit, d); n++ {
		if next := d.AddDate(0, 0, step); record.FiscalYear(vms.InstantOf(next)) != year {
			step = -1
		}
		d = d.AddDate(0, 0, step)
	}
	return d.Format(time.DateOnly)
}
