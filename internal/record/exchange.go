package record

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"yagura/internal/db"
	"yagura/internal/sheet"
	"yagura/internal/vms"
)

// Columns of every exported table beside the fields.
const (
	colNumber = "記録番号"
	colUnit   = "所属コード"
	colName   = "所属名"
	colState  = "状態"
	colReason = "訂正理由" // of a row that corrects a confirmed record
)

var reserved = []string{colNumber, colUnit, colName, colState, colReason}

// Table is the records as a table to be written, in the kind's order of fields. Without records it is a
// template to be filled in.
func (k *Kind) Table(records []*Record) *sheet.Table {
	t := &sheet.Table{Name: k.Name.Ja, Columns: []sheet.Column{{Name: colNumber}}}
	if !k.Ward {
		t.Columns = append(t.Columns, sheet.Column{Name: colUnit}, sheet.Column{Name: colName, Width: 24})
	}
	for i := range k.Fields {
		t.Columns = append(t.Columns, k.Fields[i].column())
	}
	t.Columns = append(t.Columns, sheet.Column{Name: colState}, sheet.Column{Name: colReason})
	for _, r := range records {
		row := []any{k.Label(r)}
		if !k.Ward {
			row = append(row, r.Unit, r.Name)
		}
		for i := range k.Fields {
			row = append(row, k.Fields[i].cell(r.Values))
		}
		t.Rows = append(t.Rows, append(row, k.state(r.State).Name.Ja, nil))
	}
	return t
}

// exportMost is how many records a file holds; more are narrowed by a period.
const exportMost = 50_000

// Export is every record that a list would show, the oldest first, as a table. That it left is in the log.
func (s *Store) Export(ctx context.Context, a Actor, kind string, q Query) (*sheet.Table, error) {
	all, err := s.Every(ctx, a, kind, q, exportMost)
	if err != nil {
		return nil, err
	}
	e := a.Entry
	e.Actor, e.Action, e.Detail = a.Login, ExportRecords, fmt.Sprintf("%s %d", kind, len(all))
	if _, err := s.Log.Append(ctx, e); err != nil {
		return nil, err
	}
	return s.kinds[kind].Table(all), nil
}

// Template is the table of a kind without rows, to be filled in.
func (s *Store) Template(a Actor, kind string) (*sheet.Table, error) {
	k, err := s.Kind(kind)
	if err == nil && !s.Reads(k, a) {
		err = errNoKind
	}
	if err != nil {
		return nil, err
	}
	return k.Table(nil), nil
}

// Import is what came, or would come, of a table.
type Import struct {
	New, Changed, Same int
	Problems           []CellProblem // where there are any, nothing was taken
}

// CellProblem is what is wrong with a cell; Column is "" where the row as a whole is meant.
type CellProblem struct {
	Line   int
	Column string
	Text   Text
}

// problemsMost is how many problems an import tells; with more, the file is of another kind.
const problemsMost = 500

// Import takes a table of records: all of them, or none where anything is wrong with any. Rows that name a
// record, by its number or its key, change it; those that say what it says already leave it alone. dry only
// tells what would come of it.
func (s *Store) Import(ctx context.Context, a Actor, kind string, g *sheet.Grid, dry bool) (*Import, error) {
	k, err := s.Kind(kind)
	if err != nil {
		return nil, err
	}
	im := &importer{s: s.remembering(), k: k, a: a, seen: map[string]int{}}
	if err := s.DB.Read(ctx, func(tx *db.Tx) error { return im.read(ctx, tx, g) }); err != nil {
		return nil, err
	}
	if dry || len(im.out.Problems) > 0 || len(im.steps) == 0 {
		return &im.out, nil
	}
	for _, st := range im.steps {
		if err := im.s.naming(ctx, k, st.next); err != nil {
			return nil, err
		}
	}
	e := a.Entry
	e.Actor, e.Action, e.Detail = a.Login, ImportRecords, fmt.Sprintf("%s new %d changed %d", k.ID, im.out.New, im.out.Changed)
	if _, err := s.Log.Append(ctx, e); err != nil {
		return nil, err
	}
	return &im.out, s.DB.Tx(ctx, func(tx *db.Tx) error { return im.write(ctx, tx) })
}

// importer reads rows into steps.
type importer struct {
	s      *Store
	k      *Kind
	a      Actor
	fields []*Field // by column; nil for the others
	names  []string // of columns
	steps  []step
	seen   map[string]int // line by record or key
	out    Import
}

type step struct {
	was, next *Record // was is nil for a new one
	reason    string
}

func (im *importer) wrong(line int, column string, t Text) {
	if len(im.out.Problems) < problemsMost {
		im.out.Problems = append(im.out.Problems, CellProblem{line, column, t})
	}
}

func (im *importer) read(ctx context.Context, tx *db.Tx, g *sheet.Grid) error {
	im.header(g.Header)
	if len(im.out.Problems) > 0 {
		return nil
	}
	for _, row := range g.Rows {
		if err := im.row(ctx, tx, row); err != nil {
			return err
		}
	}
	return nil
}

// header finds the field of each column.
func (im *importer) header(names []string) {
	im.names, im.fields = names, make([]*Field, len(names))
	for i, name := range names {
		if slices.Contains(names[:i], name) {
			im.wrong(1, name, Text{"同じ見出しが2つあります。", "The heading stands twice."})
		}
		im.fields[i] = find(im.k.Fields, func(f *Field) bool {
			return vms.Fold(f.Heading()) == vms.Fold(name) || vms.Fold(f.Name.Ja) == vms.Fold(name)
		})
		if im.fields[i] == nil && !slices.Contains(reserved, name) {
			im.wrong(1, name, Text{"この見出しの項目はありません。様式をダウンロードして確かめてください。", "There is no such field: see the template."})
		}
	}
	for i := range im.k.Fields {
		if f := &im.k.Fields[i]; f.Required && f.Type != Files && f.When == nil && !slices.Contains(im.fields, f) {
			im.wrong(1, f.Heading(), Text{"この見出しの列が必要です。", "This column is missing."})
		}
	}
	if !im.k.Ward && !slices.Contains(names, colUnit) {
		im.wrong(1, colUnit, Text{"この見出しの列が必要です。", "This column is missing."})
	}
}

func (im *importer) row(ctx context.Context, tx *db.Tx, row sheet.Row) error {
	d := Draft{Values: map[string]any{}}
	cells := map[string]string{}
	before := len(im.out.Problems)
	for i, cell := range row.Cells {
		f := im.fields[i]
		if f == nil {
			cells[im.names[i]] = cell
			continue
		}
		if f.Type == Files {
			cells[f.Heading()] = cell
			continue
		}
		x, wrong := f.raw(cell)
		if wrong != (Text{}) {
			im.wrong(row.Line, f.Heading(), wrong)
		}
		d.Values[f.ID] = x
	}
	if len(im.out.Problems) > before {
		return nil
	}
	d.Unit = cells[colUnit]
	st, err := im.step(ctx, tx, d, cells)
	var problems Problems
	switch {
	case errors.As(err, &problems):
		for _, p := range problems {
			im.wrong(row.Line, im.heading(p.Field), p.Text)
		}
		return nil
	case errors.Is(err, vms.Denied), errors.Is(err, vms.Conflict), errors.Is(err, vms.NotFound):
		im.wrong(row.Line, "", Text{Ja: err.Error()})
		return nil
	case err != nil:
		return err
	}
	im.unheard(row, d, st.next.Values)
	im.unfiled(row.Line, cells, st.next.Values)
	im.count(st, row.Line)
	return nil
}

// unheard tells of cells that would be lost: their field is there only where another has some value.
func (im *importer) unheard(row sheet.Row, d Draft, v Values) {
	for i := range im.k.Fields {
		if f := &im.k.Fields[i]; d.Values[f.ID] != nil && !f.When.holds(v) {
			im.wrong(row.Line, f.Heading(), Text{"「" + im.k.field(f.When.Field).Name.Ja + "」がこの値のときは入力しません。空欄にしてください。", "Leave it empty: it does not go with " + im.k.field(f.When.Field).Name.En + "."})
		}
	}
}

// unfiled tells of files that differ from those attached. No table brings or takes files away: their column may be left
// empty, or say what is there.
func (im *importer) unfiled(line int, cells map[string]string, v Values) {
	for _, f := range im.k.filed() {
		if cell := cells[f.Heading()]; cell != "" && cell != f.Say(v) {
			im.wrong(line, f.Heading(), Text{"添付ファイルは取り込みでは変わりません。空欄にするか、書き出したままにしてください。", "No import changes attached files: leave the cell empty, or as it was exported."})
		}
	}
}

// heading is the column a problem belongs to.
func (im *importer) heading(field string) string {
	id, _, _ := strings.Cut(field, ".")
	if f := im.k.field(id); f != nil {
		return f.Heading()
	}
	return map[string]string{"unit": colUnit, "reason": colReason}[id]
}

func (im *importer) count(st step, line int) {
	id := st.next.ID
	if key := im.k.keyOf(st.next); st.was == nil && key.Valid {
		id = key.String
	}
	if first, twice := im.seen[id]; twice {
		im.wrong(line, "", Text{fmt.Sprintf("%d行目と同じ記録です。", first), fmt.Sprintf("The same record as on line %d.", first)})
		return
	}
	im.seen[id] = line
	switch {
	case st.was == nil:
		im.out.New++
	case equal(st.was.Values, st.next.Values):
		im.out.Same++
		return
	default:
		im.out.Changed++
	}
	im.steps = append(im.steps, st)
}

// step is what a row does.
func (im *importer) step(ctx context.Context, tx *db.Tx, d Draft, cells map[string]string) (step, error) {
	was, err := im.named(ctx, tx, d, cells[colNumber])
	if err != nil {
		return step{}, err
	}
	if was == nil {
		r, err := im.s.draft(im.k, im.a, d)
		if err == nil {
			err = im.s.check(ctx, tx, im.a, im.k, nil, r)
		}
		return step{next: r}, err
	}
	st := step{was: was, reason: cells[colReason]}
	next := *was
	st.next = &next
	if next.Values, err = im.k.whole(was.Values.with(d.Values)); err != nil {
		return st, err
	}
	switch {
	case d.Unit != was.Unit:
		return st, Problems{{"unit", Text{"記録の所属は変えられません。", "A record does not change its unit."}}}
	case cells[colState] != "" && cells[colState] != im.k.state(was.State).Name.Ja:
		return st, vms.Errorf(vms.Conflict, "state", "状態は取り込みでは変わりません（いま「%s」）。 The state does not change by an import.", im.k.state(was.State).Name.Ja)
	case equal(next.Values, was.Values):
		return st, nil
	case !im.a.any(im.k.Writers, was.Unit):
		return st, denied("この記録を書き換える職ではありません。 Not a post that may change this record.")
	case !im.k.state(was.State).Open && st.reason == "":
		return st, Problems{{"reason", Text{"確定した記録です。訂正の理由を入力してください。", "It was confirmed: say why it is corrected."}}}
	}
	return st, im.s.check(ctx, tx, im.a, im.k, was, &next)
}

var labelled = regexp.MustCompile(`^([HR])(\d{1,2})\D+-(\d{1,9})$`)

// named finds the record that a row names; nil where it names none.
func (im *importer) named(ctx context.Context, tx *db.Tx, d Draft, number string) (*Record, error) {
	where, args := "", []any{im.k.ID}
	if number != "" {
		year, n, ok := im.k.parseLabel(number)
		if !ok {
			return nil, errNone
		}
		where, args = `year = $2 AND number = $3`, append(args, year, n)
	} else {
		v, _ := im.k.Read(d.Values)
		key := im.k.keyOf(&Record{Unit: d.Unit, Values: v})
		if !key.Valid {
			return nil, nil
		}
		where, args = `key = $2`, append(args, key.String)
	}
	r, err := im.s.scan(tx.QueryRow(ctx, `SELECT `+columns+` FROM record WHERE kind = $1 AND `+where, args...))
	switch {
	case errors.Is(err, sql.ErrNoRows) && number == "":
		return nil, nil
	case errors.Is(err, sql.ErrNoRows), err == nil && !im.k.Reads(im.a, r.Unit):
		return nil, errNone
	}
	return r, err
}

// parseLabel reads what Label writes.
func (k *Kind) parseLabel(label string) (year int, number int64, ok bool) {
	m := labelled.FindStringSubmatch(label)
	if m == nil {
		return 0, 0, false
	}
	year, _ = strconv.Atoi(m[2]) // two digits
	number, _ = strconv.ParseInt(m[3], 10, 64)
	year += map[string]int{"H": 1988, "R": 2018}[m[1]]
	return year, number, k.Label(&Record{Year: year, Number: number}) == label
}

func (im *importer) write(ctx context.Context, tx *db.Tx) error {
	for _, st := range im.steps {
		next := *st.next // the transaction may be tried again
		if st.was == nil {
			if err := im.s.insert(ctx, tx, im.a, im.k, &next); err != nil {
				return err
			}
			continue
		}
		v := &Version{What: Edited, Reason: st.reason}
		if !im.k.state(st.was.State).Open {
			v.What = Corrected
		}
		role, _ := im.a.role(im.k.Writers, st.was.Unit)
		v.Name = im.a.Sign(role)
		if err := im.s.turnIn(ctx, tx, im.a, im.k, st.was, &next, v); err != nil {
			return err
		}
	}
	return nil
}
