package staff

import (
	"bytes"
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/identity"
	"yagura/internal/sheet"
	"yagura/internal/vms"
)

// The columns of a file of units, one a line, in 建制順.
const (
	colUnitID   = "部署ID"
	colUnitName = "名称"
	colUnitKind = "種別"
	colParent   = "上位の部署ID"
	colBegins   = "設置日"
	colEnds     = "廃止日"
	colHeirs    = "引継先の部署ID"
)

var unitColumns = []string{colUnitID, colUnitName, colUnitKind, colParent, colBegins, colEnds, colHeirs}

var unitKinds = map[string]string{"department": "部", "section": "分野", "team": "係", "office": "事業所"}

// Sources of problems of a reorganisation.
const (
	OfUnits = "organisation"
	OfPosts = "appointments"
)

// organisation reads a proposed organisation, as YAML or as a table of units, into the files there are.
func organisation(files []conf.File, name string, data []byte, found *[]Problem) ([]conf.File, *camera.Set) {
	text := string(bytes.TrimPrefix(data, []byte("\ufeff")))
	at := map[string]int{} // lines of units in a table
	if !strings.HasSuffix(name, ".yaml") && !strings.HasSuffix(name, ".yml") {
		text = table(camera.OrganisationText(files), data, at, found)
	}
	if len(*found) > 0 {
		return nil, nil
	}
	files = camera.WithOrganisation(files, text)
	set, err := camera.Parse(files, "", nil)
	if err != nil {
		*found = append(*found, parsed(err, at)...)
		return nil, nil
	}
	return files, set
}

var quoted = regexp.MustCompile(`"([a-z0-9-]{1,32})"`)

// parsed turns what is wrong with files into problems: of a table by the line of the unit they name.
func parsed(err error, at map[string]int) (found []Problem) {
	list, ok := err.(conf.Problems)
	if !ok {
		return []Problem{{Text: err.Error()}}
	}
	for _, p := range list {
		one := Problem{Line: p.Pos.Line, Column: p.Pos.File, Text: p.Text}
		if len(at) > 0 {
			one.Line, one.Column = 0, ""
			for _, m := range quoted.FindAllStringSubmatch(p.Text, -1) {
				one.Line = cmp.Or(one.Line, at[m[1]])
			}
		}
		found = append(found, one)
	}
	return found
}

// table writes an organisation.yaml of a table of units.
func table(before string, data []byte, at map[string]int, found *[]Problem) string {
	grid, err := sheet.Read(data)
	if err != nil {
		*found = append(*found, Problem{Text: err.Error()})
		return ""
	}
	all := gridLines(grid, unitColumns, []string{colUnitID, colUnitName}, found)
	var units []camera.Unit
	for _, l := range all {
		u := camera.Unit{ID: norm.NFKC.String(l.cell(colUnitID)), Name: l.cell(colUnitName), Kind: l.unitKind(), Parent: norm.NFKC.String(l.cell(colParent))}
		u.From, _ = l.day(colBegins)
		u.To, _ = l.day(colEnds)
		u.Successors = strings.FieldsFunc(norm.NFKC.String(l.cell(colHeirs)), func(r rune) bool { return strings.ContainsRune(" ,、;・/", r) })
		if u.Name == "" {
			l.bad(colUnitName, "名称が空です。 The name is missing.")
		}
		at[u.ID] = l.n
		units = append(units, u)
	}
	for i, u := range units {
		if u.Parent != "" && at[u.Parent] == 0 {
			all[i].bad(colParent, "「%s」という部署IDは、この表にありません。 There is no such id in this table.", u.Parent)
		}
		if u.Parent == u.ID {
			all[i].bad(colParent, "部署は自分の下に置けません。 A unit is not below itself.")
		}
	}
	if len(*found) > 0 {
		return ""
	}
	text, err := camera.WriteUnits(before, units)
	if err != nil {
		*found = append(*found, Problem{Text: err.Error()})
	}
	return text
}

func (l line) unitKind() string {
	text := l.cell(colUnitKind)
	if text == "" {
		return ""
	}
	for kind, name := range unitKinds {
		if text == kind || text == name {
			return kind
		}
	}
	l.bad(colUnitKind, "「%s」は種別ではありません。部・分野・係・事業所 のどれかを書いてください。 Not a kind of unit.", text)
	return ""
}

// UnitsFile is the organisation in force, to be edited for a reorganisation: csv, xlsx or yaml.
func (r *Room) UnitsFile(ctx context.Context, c identity.Caller, format string) ([]byte, error) {
	if err := r.mayChange(c); err != nil {
		return nil, err
	}
	if format == "yaml" {
		v, err := r.Files.Current(ctx)
		return []byte(camera.OrganisationText(v.Files)), err
	}
	t := &sheet.Table{Name: "部署"}
	for _, name := range unitColumns {
		column := sheet.Column{Name: name, Width: 18}
		if name == colUnitKind {
			column.Options = []string{"部", "分野", "係", "事業所"}
		}
		if name == colBegins || name == colEnds {
			column.Kind = sheet.Date
		}
		t.Columns = append(t.Columns, column)
	}
	for _, u := range r.Cameras().Organisation.Units {
		row := []any{u.ID, u.Name, unitKinds[u.Kind], u.Parent, nil, nil, strings.Join(u.Successors, " ")}
		if u.From != 0 {
			row[4] = onPaper(u.From)
		}
		if u.To != camera.Forever {
			row[5] = onPaper(u.To)
		}
		t.Rows = append(t.Rows, row)
	}
	var out bytes.Buffer
	write := t.WriteCSV
	if format == "xlsx" {
		write = t.WriteXLSX
	}
	err := write(&out)
	return out.Bytes(), err
}

// namesOf are the names of units that stand at an instant, those of an ended one being its heirs'.
func namesOf(org *camera.Organisation, ids []string, at vms.Instant) (names []string) {
	for _, id := range ids {
		for _, u := range org.Heirs(id, at) {
			if !slices.Contains(names, u.Name) {
				names = append(names, u.Name)
			}
		}
	}
	return names
}
