package record

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"yagura/internal/vms"
)

// Values are the fields of a record that have a value: a string for most types, int64 for a Number, true
// for Yes, []string for Choices, []Values for a Table, []File for Files. What is empty is not in it.
type Values map[string]any

// Text returns a field as the string it is compared by in conditions and filters; "" where it is empty.
func (v Values) Text(field string) string {
	switch x := v[field].(type) {
	case string:
		return x
	case int64:
		return strconv.FormatInt(x, 10)
	case bool:
		return strconv.FormatBool(x)
	}
	return ""
}

// Number returns a Number field; 0 where it is empty.
func (v Values) Number(field string) int64 { n, _ := v[field].(int64); return n }

// Yes returns a Yes field.
func (v Values) Yes(field string) bool { b, _ := v[field].(bool); return b }

// List returns a Choices field.
func (v Values) List(field string) []string { l, _ := v[field].([]string); return l }

// Rows returns a Table field.
func (v Values) Rows(field string) []Values { l, _ := v[field].([]Values); return l }

// has is every value of a field, as conditions and filters compare it.
func (v Values) has(field string) []string {
	if l := v.List(field); l != nil {
		return l
	}
	if s := v.Text(field); s != "" {
		return []string{s}
	}
	return nil
}

func (w *When) holds(v Values) bool {
	return w == nil || slices.ContainsFunc(v.has(w.Field), func(s string) bool { return slices.Contains(w.Is, s) })
}

// Problem is what is wrong with one field, in words for people: what it is and what to do.
type Problem struct {
	Field string // "" the record as a whole; "checks.3.note" a cell of a table, from 1
	Text  Text
}

// Problems are everything that is wrong with a draft. It is an error of kind vms.Invalid.
type Problems []Problem

func (p Problems) Error() string {
	var lines []string
	for _, x := range p {
		lines = append(lines, strings.TrimPrefix(x.Field+": ", ": ")+x.Text.Ja)
	}
	return strings.Join(lines, "; ")
}

// Is makes them an error of kind vms.Invalid.
func (p Problems) Is(target error) bool { return target == vms.Invalid }

const (
	lineMax  = 200 // characters, where a field says nothing
	linesMax = 4000
	rowsMax  = 200 // of a table
)

// Read takes values as JSON has them, or as a form does, into their types. Unknown fields, and values that
// are not what the field holds, are problems; what is empty is left out.
func (k *Kind) Read(raw map[string]any) (Values, Problems) {
	v, problems := readFields(k.Fields, raw, "")
	for id := range raw {
		if k.field(id) == nil {
			problems = append(problems, Problem{id, Text{"この項目はありません。", "There is no such field."}})
		}
	}
	return v, problems
}

func readFields(fields []Field, raw map[string]any, at string) (Values, Problems) {
	v := Values{}
	var problems Problems
	for i := range fields {
		f := &fields[i]
		x, wrong := f.read(raw[f.ID])
		if f.Type == Files {
			x, wrong = f.readFiles(raw[f.ID])
		}
		if f.Type == Table {
			var rows []Values
			rows, sub := f.readRows(raw[f.ID], at+f.ID)
			problems = append(problems, sub...)
			if len(rows) > 0 {
				x = rows
			}
		}
		if wrong != (Text{}) {
			problems = append(problems, Problem{at + f.ID, wrong})
			continue
		}
		if x != nil && f.When.holds(v) {
			v[f.ID] = x
		}
	}
	return v, problems
}

func (f *Field) readRows(raw any, at string) ([]Values, Problems) {
	list, _ := raw.([]any)
	if typed, ok := raw.([]Values); ok {
		for _, r := range typed {
			list = append(list, map[string]any(r))
		}
	}
	if len(list) > rowsMax {
		return nil, Problems{{at, Text{fmt.Sprintf("%d行までです。", rowsMax), fmt.Sprintf("At most %d rows.", rowsMax)}}}
	}
	var rows []Values
	var problems Problems
	for i, x := range list {
		m, ok := x.(map[string]any)
		if !ok {
			return nil, Problems{{at, Text{"表の行ではありません。", "Not rows of a table."}}}
		}
		row, sub := readFields(f.Columns, m, fmt.Sprintf("%s.%d.", at, i+1))
		problems = append(problems, sub...)
		if len(row) > 0 {
			rows = append(rows, row)
		}
	}
	return rows, problems
}

// read gives a value of the field's type; nil is empty.
func (f *Field) read(raw any) (any, Text) {
	switch x := raw.(type) {
	case nil:
		return nil, Text{}
	case string:
		return f.readText(x)
	case bool:
		if f.Type == Yes {
			return orNil(x, x), Text{}
		}
	case int64:
		if f.Type == Number {
			return x, Text{}
		}
	case int, float64, json.Number:
		return f.readText(fmt.Sprint(x))
	case []any:
		if f.Type == Table {
			return nil, Text{}
		}
		var ids []string
		for _, e := range x {
			s, _ := e.(string)
			ids = append(ids, s)
		}
		return f.readChoices(ids)
	case []string:
		return f.readChoices(x)
	case []Values:
		if f.Type == Table {
			return nil, Text{}
		}
	}
	return nil, Text{"この項目に入る値ではありません。", "Not a value of this field."}
}

func orNil(x any, is bool) any {
	if is {
		return x
	}
	return nil
}

func (f *Field) readText(s string) (any, Text) {
	if f.Type != Lines {
		s = strings.TrimSpace(s)
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	if strings.TrimSpace(s) == "" {
		return nil, Text{}
	}
	switch f.Type {
	case Number:
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			return nil, Text{"整数を入力してください。", "Enter a whole number."}
		}
		return n, Text{}
	case Yes:
		if s != "true" && s != "false" {
			return nil, Text{"はい・いいえを選んでください。", "Choose yes or no."}
		}
		return orNil(true, s == "true"), Text{}
	case Date:
		if _, err := time.Parse(time.DateOnly, s); err != nil {
			return nil, Text{"日付を 2017-06-01 の形で入力してください。", "Enter a date like 2017-06-01."}
		}
	case Clock:
		if _, err := time.Parse("15:04", s); err != nil || len(s) != 5 {
			return nil, Text{"時刻を 09:30 の形で入力してください。", "Enter a time like 09:30."}
		}
	case Choice:
		if !f.offers(s) {
			return nil, Text{"選択肢にありません。", "Not one of the options."}
		}
	case Choices:
		return f.readChoices([]string{s})
	case Table:
		return nil, Text{"表の行ではありません。", "Not rows of a table."}
	}
	return s, Text{}
}

func (f *Field) offers(id string) bool {
	return slices.ContainsFunc(f.Options, func(o Option) bool { return o.ID == id })
}

// readChoices puts them in the order of the options.
func (f *Field) readChoices(ids []string) (any, Text) {
	if f.Type != Choices {
		return nil, Text{"この項目に入る値ではありません。", "Not a value of this field."}
	}
	var out []string
	for _, o := range f.Options {
		if slices.Contains(ids, o.ID) {
			out = append(out, o.ID)
		}
	}
	if distinct := slices.Compact(slices.Sorted(slices.Values(ids))); len(distinct) != len(out) {
		return nil, Text{"選択肢にありません。", "Not one of the options."}
	}
	return orNil(out, len(out) > 0), Text{}
}

// Lacks returns what keeps values from being a whole record: fields that are required, bounds, and the rules
// of the kind. needs are further fields that must be there.
func (k *Kind) Lacks(v Values, needs ...string) Problems {
	problems := lacks(k.Fields, v, "", needs)
	for _, rule := range k.Rules {
		if p := rule(v); p != nil {
			problems = append(problems, *p)
		}
	}
	return problems
}

func lacks(fields []Field, v Values, at string, needs []string) (problems Problems) {
	for i := range fields {
		f := &fields[i]
		if !f.When.holds(v) {
			continue
		}
		x, there := v[f.ID]
		switch {
		case !there && (f.Required || slices.Contains(needs, f.ID)):
			problems = append(problems, Problem{at + f.ID, Text{f.Name.Ja + "を入力してください。", "Enter " + f.Name.En + "."}})
		case there:
			if wrong := f.bounds(x); wrong != (Text{}) {
				problems = append(problems, Problem{at + f.ID, wrong})
			}
			for n, row := range v.Rows(f.ID) {
				problems = append(problems, lacks(f.Columns, row, fmt.Sprintf("%s%s.%d.", at, f.ID, n+1), nil)...)
			}
		}
	}
	return problems
}

func (f *Field) bounds(x any) Text {
	switch x := x.(type) {
	case int64:
		if (f.Min != 0 || f.Max != 0) && (x < f.Min || x > f.Max) {
			return Text{fmt.Sprintf("%d～%dの数を入力してください。", f.Min, f.Max), fmt.Sprintf("Enter a number from %d to %d.", f.Min, f.Max)}
		}
	case []File:
		return f.tooMany(x)
	case string:
		most := f.Max
		if most == 0 {
			most = lineMax
			if f.Type == Lines {
				most = linesMax
			}
		}
		if n := utf8.RuneCountInString(x); int64(n) > most {
			return Text{fmt.Sprintf("%d字までです（いま%d字）。", most, n), fmt.Sprintf("At most %d characters (%d now).", most, n)}
		}
		if f.Type != Lines && strings.ContainsAny(x, "\n\t") {
			return Text{"1行で入力してください。", "One line, please."}
		}
		if f.Match != nil && !f.Match.MatchString(x) {
			return Text{"形式が違います。" + f.Help.Ja, "Not in the form expected. " + f.Help.En}
		}
	}
	return Text{}
}

// encode writes values as JSON.
func (v Values) encode() (string, error) {
	b, err := json.Marshal(v)
	return string(b), err
}

// decode reads what encode wrote. Fields that the kind no longer has are passed over.
func (k *Kind) decode(s string) (Values, error) {
	var raw map[string]any
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	if err := d.Decode(&raw); err != nil {
		return nil, fmt.Errorf("values of a %s: %w", k.ID, err)
	}
	v, problems := readFields(k.Fields, raw, "")
	if len(problems) > 0 {
		return nil, fmt.Errorf("values of a %s: %w", k.ID, problems)
	}
	return v, nil
}

// equal reports whether two records say the same.
func equal(a, b Values) bool {
	x, errX := a.encode()
	y, errY := b.encode()
	return errX == nil && errY == nil && x == y
}

// with returns the values with some of them changed; nil or "" empties a field.
func (v Values) with(change map[string]any) map[string]any {
	out := maps.Clone(map[string]any(v))
	maps.Copy(out, change)
	return out
}
