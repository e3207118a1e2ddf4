package staff

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/identity"
	"yagura/internal/sheet"
	"yagura/internal/vms"
)

const (
	mostLines   = 5000 // of a file of people
	noteEffects = 50   // effects that one audit row tells of
)

// errProblems ends the transaction of a file in which something is wrong.
var errProblems = errors.New("the file has problems")

// Import reads a file of people and their posts (CSV or a workbook, see sheet.Read). With dry it only
// says what the file would do. Otherwise it is done whole, or, where anything is wrong, not at all.
func (r *Room) Import(ctx context.Context, c identity.Caller, name string, data []byte, dry bool) (Draft, error) {
	if err := r.mayChange(c); err != nil {
		return Draft{}, r.did(ctx, c, ImportPeople, name, err)
	}
	grid, err := sheet.Read(data)
	if err == nil && len(grid.Rows) > mostLines {
		err = vms.Errorf(vms.Invalid, "bad-file", "行が多すぎます（%d行まで）。分けて取り込んでください。 More than %[1]d lines; import it in parts.", mostLines)
	}
	if err != nil {
		return Draft{}, r.did(ctx, c, ImportPeople, name, err)
	}
	if dry {
		all, err := r.Identity.Members(ctx)
		if err != nil {
			return Draft{}, err
		}
		draft, _ := r.draft(grid, all)
		return draft, nil
	}
	return r.take(ctx, c, name, data, grid)
}

func (r *Room) take(ctx context.Context, c identity.Caller, name string, data []byte, grid *sheet.Grid) (Draft, error) {
	var draft Draft
	_, err := r.Identity.Change(ctx, c.Person.Login, func(all []*identity.Member) (identity.Changes, error) {
		var changes identity.Changes
		if draft, changes = r.draft(grid, all); len(draft.Problems) > 0 {
			return changes, errProblems
		}
		return changes, nil
	})
	if errors.Is(err, errProblems) {
		return draft, nil
	}
	sum := sha256.Sum256(data)
	detail := fmt.Sprintf("%s, SHA-256 %s, %d lines", name, hex.EncodeToString(sum[:]), len(grid.Rows))
	if err := r.did(ctx, c, ImportPeople, detail, err); err != nil {
		return Draft{}, err
	}
	draft.Done = true
	return draft, r.noteEffects(ctx, c, name, draft.Effects)
}

// noteEffects writes down what a file did, some lines a row.
func (r *Room) noteEffects(ctx context.Context, c identity.Caller, name string, effects []Effect) error {
	effects = slices.DeleteFunc(slices.Clone(effects), func(e Effect) bool { return e.What == Untouched })
	for part := range slices.Chunk(effects, noteEffects) {
		var text []string
		for _, e := range part {
			line := e.What + " " + e.Login
			if e.Post != "" {
				line = e.What + " " + say(e.Appointment)
			}
			text = append(text, line)
		}
		if err := r.did(ctx, c, ImportPeople, name+": "+strings.Join(text, "; "), nil); err != nil {
			return err
		}
	}
	return nil
}

// draft works out what a file does to everybody there is; all is the file's to change.
func (r *Room) draft(grid *sheet.Grid, all []*identity.Member) (Draft, identity.Changes) {
	return r.draftIn(r.Cameras().Organisation, grid, all, nil)
}

// draftIn likewise, in an organisation that need not be in force; made gets everybody as the file makes them.
func (r *Room) draftIn(org *camera.Organisation, grid *sheet.Grid, all []*identity.Member, made *[]*identity.Member) (Draft, identity.Changes) {
	now := r.Now()
	f := &file{org: org, now: now, today: dayStart(now), waits: r.Identity.NeedsSecond,
		people: map[string]*identity.Member{}, said: map[string]line{}, numbers: map[string]string{}}
	for _, m := range all {
		f.people[m.Login] = m
		if m.Number != "" {
			f.numbers[m.Number] = m.Login
		}
	}
	f.read(lines(grid, &f.draft.Problems))
	if made != nil {
		*made = slices.SortedFunc(maps.Values(f.people), func(a, b *identity.Member) int { return strings.Compare(a.Login, b.Login) })
	}
	if len(f.draft.Problems) > 0 {
		f.changes = identity.Changes{}
	}
	return f.draft, f.changes
}

// dayStart is the first instant of an instant's day in Japan.
func dayStart(at vms.Instant) vms.Instant {
	t := at.Time().In(conf.JST)
	return vms.InstantOf(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, conf.JST))
}

func dayText(at vms.Instant) string { return at.Time().In(conf.JST).Format("2006/01/02") }

// Template is an empty file of people, or one with everybody and the posts they hold or wait for, to be
// edited and imported. format is csv or xlsx.
func (r *Room) Template(ctx context.Context, c identity.Caller, format string, filled bool) ([]byte, error) {
	if err := r.mayChange(c); err != nil {
		return nil, err
	}
	t := &sheet.Table{Name: "職員"}
	for _, name := range columns {
		column := sheet.Column{Name: name, Width: 16}
		switch name {
		case colPost:
			for _, p := range identity.Posts {
				column.Options = append(column.Options, p.Title())
			}
		case colKind:
			for _, k := range identity.Kinds {
				column.Options = append(column.Options, k.Title())
			}
		case colFrom, colTo:
			column.Kind = sheet.Date
		}
		t.Columns = append(t.Columns, column)
	}
	if filled {
		all, err := r.Identity.Members(ctx)
		if err != nil {
			return nil, err
		}
		for _, m := range all {
			t.Rows = append(t.Rows, r.rows(m)...)
		}
	}
	var out bytes.Buffer
	write := t.WriteCSV
	if format == "xlsx" {
		write = t.WriteXLSX
	}
	err := write(&out)
	return out.Bytes(), err
}

// rows are a person's lines: one a post that is not over, or one without.
func (r *Room) rows(m *identity.Member) (rows [][]any) {
	now := r.Now()
	for _, a := range m.Appointments {
		if a.To <= now {
			continue
		}
		row := []any{m.Number, m.Login, m.Name, m.Kana, a.Post.Title(), a.Unit, a.Kind.Title(), onPaper(a.From), nil}
		if a.To != camera.Forever {
			row[8] = onPaper(a.To)
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		rows = [][]any{{m.Number, m.Login, m.Name, m.Kana, nil, nil, nil, nil, nil}}
	}
	return rows
}

// onPaper is the day of an instant as a table holds it.
func onPaper(at vms.Instant) time.Time {
	t := at.Time().In(conf.JST)
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}
