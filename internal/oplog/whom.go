package oplog

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/oplog/event"
	"yagura/internal/sheet"
)

const (
	whom      = "whom" // 性別×年齢階級×町丁目
	mostAreas = 100    // lines of it
)

// Area is how many operations were about people of one 町丁目, by sex and age.
type Area struct {
	Name  string // "" not known
	Total int64
	Cells []Cell
}

// Whom is the searched persons by sex, age and 町丁目, from the events of the last year.
type Whom struct {
	Areas []Area // most first
	More  int    // that are left out
}

// Whom counts whom was looked up: 性別×年齢階級×町丁目.
func (r *Room) Whom(ctx context.Context, c identity.Caller, q Query) (*Whom, error) {
	s, err := r.reading(ctx, c, Read, whom, q)
	if err != nil {
		return nil, err
	}
	return r.whom(ctx, s, q)
}

func (r *Room) whom(ctx context.Context, s Scope, q Query) (*Whom, error) {
	now, _, _, err := q.periods()
	if err != nil {
		return nil, err
	}
	if q.Unit != "" && !s.Covers(q.Unit) {
		return nil, errUnit
	}
	byName := map[string]*Area{}
	err = r.DB.Read(ctx, func(tx *db.Tx) error {
		in := span(now)
		where, args := s.where(&q, []any{int64(in.From), int64(in.To)})
		for row, err := range db.Rows(tx.Query(ctx, fmt.Sprintf(`SELECT area, sex, CASE WHEN age < 0 THEN -1 WHEN age >= %d THEN %d ELSE age / 5 END AS band, COUNT(*) FROM oplog_event
			WHERE at_us >= $1 AND at_us < $2 AND person <> 0 AND action <> 'login'`+done+where+` GROUP BY area, sex, band`, 5*(event.Bands-1), event.Bands-1), args...)) {
			if err != nil {
				return err
			}
			var name string
			var c Cell
			if err := row.Scan(&name, &c.Sex, &c.Band, &c.N); err != nil {
				return err
			}
			if byName[name] == nil {
				byName[name] = &Area{Name: name}
			}
			byName[name].Total += c.N
			byName[name].Cells = append(byName[name].Cells, c)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("count by sex, age and address: %w", err)
	}
	return whomOf(byName), nil
}

func whomOf(byName map[string]*Area) *Whom {
	out := &Whom{}
	for _, a := range byName {
		slices.SortFunc(a.Cells, func(a, b Cell) int { return cmp.Or(cmp.Compare(a.Sex, b.Sex), a.Band-b.Band) })
		for i := range a.Cells {
			a.Cells[i].Share = float64(a.Cells[i].N) / float64(a.Total)
		}
		out.Areas = append(out.Areas, *a)
	}
	slices.SortFunc(out.Areas, func(a, b Area) int { return cmp.Or(cmp.Compare(b.Total, a.Total), cmp.Compare(a.Name, b.Name)) })
	if len(out.Areas) > mostAreas {
		out.More, out.Areas = len(out.Areas)-mostAreas, out.Areas[:mostAreas]
	}
	lines := out.profiles()
	hideProfiles(lines) // the cells are shared
	return out
}

// profiles are the areas as lines of a cross table.
func (w *Whom) profiles() (out []Profile) {
	for _, a := range w.Areas {
		out = append(out, Profile{Total: a.Total, Cells: a.Cells})
	}
	return out
}

func (r *Room) exportWhom(ctx context.Context, s Scope, q Query) (*sheet.Table, error) {
	w, err := r.whom(ctx, s, q)
	if err != nil {
		return nil, err
	}
	out := &sheet.Table{Name: fmt.Sprintf("操作ログ_%s_%s_%s", tableNames[whom], q.From, q.To), Columns: []sheet.Column{{Name: "町丁目", Width: 20}, {Name: "性別"}, {Name: "年齢階級"}, {Name: "件数", Kind: sheet.Number}}}
	lines := w.profiles()
	columns := columnsOf(lines)
	for i := range lines {
		for _, c := range lines[i].whole(columns) {
			n := any(c.N)
			if c.Hidden {
				n = Hidden
			}
			out.Rows = append(out.Rows, []any{cmp.Or(w.Areas[i].Name, "不明"), valueName(bySex, c.Sex), valueName(byAge, fmt.Sprint(c.Band)), n})
		}
	}
	return out, nil
}
