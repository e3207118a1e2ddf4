package event

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"yagura/internal/vms"
)

// Definition is a profile that people of the ward wrote down themselves.
//
// Whatever it says, no text of a search and no number of a resident can be kept by it: what is kept readable comes from
// closed lists (its own words for business, action, kind of criteria and sex; 町丁目 by their form), codes of staff,
// terminals and units are kept only where the ward's registers have them (the room sees to that, by Strict), the log's own
// number is a pseudonym too, and counts are capped below what numbers of residents have.
type Definition struct {
	Columns map[string][]string          `json:"columns"` // headings, by field
	Values  map[string]map[string]string `json:"values"`  // what the file says → what it is, by field
	Dates   string                       `json:"dates"`   // "": year first, or an era; dmy, mdy
}

// Fields are what a column may be.
func Fields() []string { return slices.Clone(fields) }

// Required are the fields of which every file has a column.
func Required() []string { return slices.Clone(required) }

// Meanings are what the words of a field may mean; nil where it has none, or the words name themselves.
func Meanings(field string) []string { return slices.Clone(known[field]) }

const (
	mostWords    = 100
	mostHeadings = 8
	mostHits     = 1000 // of a strict profile: that many or more
	mostMembers  = 50
)

var (
	profileID = regexp.MustCompile(`^[a-z][a-z0-9-]{1,31}$`)
	// a business is named in a few letters, without figures
	businessName = regexp.MustCompile(`^[\p{Han}\p{Hiragana}\p{Katakana}ーA-Za-z・（）()]{1,20}$`)
	areaName     = regexp.MustCompile(`^[\p{Han}\p{Hiragana}\p{Katakana}ー]{1,12}[一二三四五六七八九十]{1,3}丁目$`)
)

func undefined(format string, args ...any) error {
	return vms.Errorf(vms.Invalid, "bad-profile", format, args...)
}

// Define makes the profile of a definition, or says what is wrong with it.
func Define(id, name string, d Definition) (*Profile, error) {
	switch {
	case !profileID.MatchString(id):
		return nil, undefined("定義の記号は、英小文字で始まる2～32文字の英小文字・数字・ハイフンです。 The id is 2 to 32 lower-case letters, digits and hyphens.")
	case strings.TrimSpace(name) == "" || utf8.RuneCountInString(name) > 40:
		return nil, undefined("システムの名称を40文字以内で入力してください。 Name the system, in 40 characters at most.")
	case !slices.Contains([]string{"", "dmy", "mdy"}, d.Dates):
		return nil, undefined("日付の形式を選んでください。 Choose how dates are written.")
	}
	if err := d.checkColumns(); err != nil {
		return nil, err
	}
	if err := d.checkValues(); err != nil {
		return nil, err
	}
	return &Profile{ID: id, Name: name, columns: d.Columns, values: d.Values, dates: d.Dates, strict: true}, nil
}

func (d *Definition) checkColumns() error {
	used := map[string]bool{}
	for field, headings := range d.Columns {
		if !slices.Contains(fields, field) || len(headings) > mostHeadings {
			return undefined("項目「%s」はありません。 There is no field %[1]q.", field)
		}
		for _, h := range headings {
			if strings.TrimSpace(h) == "" || used[h] {
				return undefined("列「%s」は、一つの項目にだけ使えます。 A column serves one field: %[1]q.", h)
			}
			used[h] = true
		}
	}
	for _, field := range required {
		if len(d.Columns[field]) == 0 {
			return undefined("必要な項目「%s」の列を選んでください。 Choose the column of %[1]s.", field)
		}
	}
	return nil
}

func (d *Definition) checkValues() error {
	for field, words := range d.Values {
		if known[field] == nil && field != "business" || len(words) > mostWords {
			return undefined("項目「%s」に言葉は決められません。 The field %[1]q has no words.", field)
		}
		for word, meaning := range words {
			switch {
			case field == "business" && (!businessName.MatchString(word) || !businessName.MatchString(meaning)):
				return undefined("業務「%s」は、数字を含まない20文字以内の名称にしてください。 A business is a name of 20 letters at most, without figures.", word)
			case field != "business" && !slices.Contains(known[field], meaning):
				return undefined("「%s」の意味を選んでください。 Choose what %[1]q means.", word)
			}
		}
	}
	for _, field := range []string{"business", "action"} {
		if len(d.Values[field]) == 0 {
			return undefined("業務区分と操作種別の言葉を、それぞれ一つ以上決めてください。 Say at least one word of business, and of action.")
		}
	}
	return nil
}

// Strict reports whether codes that no register of the ward has must not be kept readable.
func (p *Profile) Strict() bool { return p.strict }

// Code is how a code is kept that no register of the ward has.
func (k Key) Code(kind, code string) string { return "?" + k.of(kind, code).String() }

// narrow takes from an event of a strict profile what its columns could bring in that is not what they say.
func (r *Reader) narrow(e *Event) {
	e.Hits, e.Members = min(e.Hits, mostHits), min(e.Members, mostMembers)
	if !areaName.MatchString(e.Area) {
		e.Area = ""
	}
}
