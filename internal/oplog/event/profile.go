package event

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"

	"yagura/internal/conf"
	"yagura/internal/vms"
)

//go:embed profiles/*.yaml
var embedded embed.FS

// Profile says how a system's log is read.
type Profile struct {
	ID      string
	Name    string
	columns map[string][]string          // headings, by field
	values  map[string]map[string]string // what the file says → what it is, by field
	dates   string                       // "", dmy, mdy
	strict  bool                         // it was written down here
}

// Fields of a log, and which of them every file has.
var (
	fields   = []string{"event_no", "occurred_at", "staff_no", "unit_code", "terminal_id", "business", "action", "criteria_kind", "hit_count", "person_ref", "sex", "age", "birthday", "address", "members", "household", "family", "protected", "case_no", "reason"}
	required = []string{"occurred_at", "staff_no", "terminal_id", "business", "action", "person_ref"}
	known    = map[string][]string{
		"action":        {Search, View, Print, Update, Login},
		"criteria_kind": {"name", "address", "birthday", "person_ref", "my_number", "other"},
		"sex":           {Male, Female, Other},
		"protected":     {"yes", "no"},
	}
)

type writtenProfile struct {
	ID      string                       `yaml:"id"`
	Name    string                       `yaml:"name"`
	Columns map[string]conf.Words        `yaml:"columns"`
	Values  map[string]map[string]string `yaml:"values"`
}

// ParseProfile reads a profile from its YAML.
func ParseProfile(f conf.File) (*Profile, error) {
	var w writtenProfile
	doc := conf.Decode(f, "", nil, &w)
	if err := doc.Problems().Err(); err != nil {
		return nil, err
	}
	p := &Profile{ID: w.ID, Name: w.Name, columns: map[string][]string{}, values: w.Values}
	for field, headings := range w.Columns {
		if !slices.Contains(fields, field) {
			return nil, fmt.Errorf("%s: columns: %s is no field; known are %s", f.Name, field, strings.Join(fields, ", "))
		}
		p.columns[field] = headings
	}
	for _, field := range required {
		if len(p.columns[field]) == 0 {
			return nil, fmt.Errorf("%s: columns: %s is needed", f.Name, field)
		}
	}
	for field, words := range w.Values {
		for word, meaning := range words {
			if !slices.Contains(known[field], meaning) {
				return nil, fmt.Errorf("%s: values: %s: %s: %q is not known; known are %s", f.Name, field, word, meaning, strings.Join(known[field], ", "))
			}
		}
	}
	return p, nil
}

// Profiles are those that come with the program and those of files, which go before it by id.
func Profiles(files ...conf.File) ([]*Profile, error) {
	list, err := embedded.ReadDir("profiles")
	if err != nil {
		return nil, err
	}
	for _, e := range list {
		text, err := embedded.ReadFile(path.Join("profiles", e.Name()))
		if err != nil {
			return nil, err
		}
		files = append(files, conf.File{Name: e.Name(), Data: string(text)})
	}
	var out []*Profile
	for _, f := range files {
		p, err := ParseProfile(f)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(out, func(o *Profile) bool { return o.ID == p.ID }) {
			out = append(out, p)
		}
	}
	return out, nil
}

// place finds the columns of a header: of each field its index, -1 where the file does not have it.
func (p *Profile) place(header []string) (map[string]int, error) {
	at := map[string]int{}
	for _, field := range fields {
		at[field] = slices.IndexFunc(header, func(h string) bool { return slices.Contains(p.columns[field], strings.TrimSpace(h)) })
		if at[field] < 0 && slices.Contains(required, field) {
			return nil, vms.Errorf(vms.Invalid, "bad-file", "見出しに「%s」がありません。 The header has no column %[1]s.", strings.Join(p.columns[field], "」か「"))
		}
	}
	return at, nil
}
