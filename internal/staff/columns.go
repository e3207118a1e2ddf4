package staff

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/identity"
	"yagura/internal/sheet"
	"yagura/internal/vms"
)

// The columns of a file of people. A line is one post of one person, or a person without one.
const (
	colNumber = "職員番号"
	colLogin  = "職員ID"
	colName   = "氏名"
	colKana   = "フリガナ"
	colPost   = "職"
	colUnit   = "部署"
	colKind   = "区分"
	colFrom   = "開始日"
	colTo     = "終了日"
)

var columns = []string{colNumber, colLogin, colName, colKana, colPost, colUnit, colKind, colFrom, colTo}

// Problem says what is wrong with a cell of a file, and what to do about it.
type Problem struct {
	Line   int
	Column string // its heading; "" the whole line
	Text   string // in Japanese and English
}

// line is a line of the file while it is read.
type line struct {
	n     int
	cells map[string]string
	found *[]Problem
}

// bad notes a problem with a cell.
func (l line) bad(column, format string, args ...any) {
	*l.found = append(*l.found, Problem{l.n, column, fmt.Sprintf(format, args...)})
}

func (l line) cell(column string) string { return l.cells[column] }

// lines reads a grid by its headings; what is wrong with those makes it unreadable.
func lines(g *sheet.Grid, found *[]Problem) []line {
	return gridLines(g, columns, []string{colLogin, colName}, found)
}

// gridLines reads a grid that has these columns, and those that are needed.
func gridLines(g *sheet.Grid, columns, needed []string, found *[]Problem) []line {
	head := line{n: 1, found: found}
	place := map[string]int{}
	for i, name := range g.Header {
		name = strings.Join(strings.Fields(norm.NFKC.String(name)), "")
		switch _, twice := place[name]; {
		case name == "":
		case !slices.Contains(columns, name):
			head.bad(name, "「%s」という列はありません。列は %s です。 There is no such column.", name, strings.Join(columns, "・"))
		case twice:
			head.bad(name, "同じ見出しの列が二つあります。一つにしてください。 Two columns of one name; keep one.")
		default:
			place[name] = i
		}
	}
	for _, name := range needed {
		if _, ok := place[name]; !ok {
			head.bad(name, "「%s」の列がありません。ひな形の見出しを使ってください。 This column is missing; use the headings of the template.", name)
		}
	}
	if len(*found) > 0 {
		return nil
	}
	var out []line
	for _, row := range g.Rows {
		l := line{row.Line, map[string]string{}, found}
		for name, i := range place {
			l.cells[name] = row.Cells[i]
		}
		out = append(out, l)
	}
	return out
}

// person reads who a line is about; false where it cannot be told.
func (l line) person() (identity.Person, bool) {
	p := tidy(identity.Person{Login: norm.NFKC.String(l.cell(colLogin)), Name: l.cell(colName), Kana: strings.ReplaceAll(norm.NFKC.String(l.cell(colKana)), " ", "　"), Number: l.cell(colNumber)})
	switch {
	case p.Login == "":
		l.bad(colLogin, "職員IDが空です。半角の英小文字と数字で書いてください。 The login is missing.")
	case identity.CheckLogin(p.Login) != nil:
		l.bad(colLogin, "「%s」は職員IDにできません。半角の英小文字・数字・._- で 64 文字までです。 Not a login: a-z, 0-9, '.', '_', '-'.", p.Login)
	case p.Name == "":
		l.bad(colName, "氏名が空です。 The name is missing.")
	case identity.CheckPerson(p) != nil:
		l.bad(colName, "氏名・フリガナは 60 文字、職員番号は 20 文字までにしてください。 Too long: 60 characters, a number 20.")
	default:
		return p, true
	}
	return p, false
}

// day reads a date; 0 of an empty cell, false of what is none.
func (l line) day(column string) (vms.Instant, bool) {
	text := l.cell(column)
	if text == "" {
		return 0, true
	}
	d, ok := sheet.Day(text)
	if !ok || d.Year() < 1971 || d.Year() > 2999 {
		l.bad(column, "「%s」を日付として読み取れません。2018/4/1 や 平成30年4月1日 のように書いてください。 Not a day; write it like 2018/4/1.", text)
		return 0, false
	}
	return vms.InstantOf(time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, conf.JST)), true
}

// appointment reads the post of a line; false where there is none, or it cannot be read.
func (l line) appointment(org *camera.Organisation, login string, now vms.Instant) (a identity.Appointment, ok bool) {
	if l.cell(colPost) == "" {
		if l.cell(colUnit) != "" {
			l.bad(colPost, "部署だけが書かれています。職を書くか、部署を消してください。 A unit without a post.")
		}
		return a, false
	}
	before := len(*l.found)
	a = identity.Appointment{Login: login, Post: l.post(), Kind: l.kind()}
	a.From, _ = l.day(colFrom)
	a.To, _ = l.day(colTo)
	at := a.From
	if at == 0 {
		at = now
	}
	a.Unit = l.unit(org, at)
	if a.Unit == "" && slices.Contains(identity.UnitPosts, a.Post) && l.cell(colUnit) == "" {
		l.bad(colUnit, "%sには部署が要ります。 The post %s needs a unit.", a.Post.Title(), a.Post)
	}
	if a.To != 0 && a.To <= at && a.From != 0 {
		l.bad(colTo, "終了日は、開始日より後にしてください。終了日の午前0時に終わります。 The end must be after the beginning.")
	}
	return a, len(*l.found) == before
}

func (l line) post() identity.Post {
	text := plain(l.cell(colPost))
	for _, p := range identity.Posts {
		if text == string(p) || text == plain(p.Title()) {
			return p
		}
	}
	var titles []string
	for _, p := range identity.Posts {
		titles = append(titles, p.Title())
	}
	l.bad(colPost, "「%s」という職はありません。%s のどれかを書いてください。 There is no such post.", l.cell(colPost), strings.Join(titles, "・"))
	return ""
}

func (l line) kind() identity.Kind {
	text := plain(l.cell(colKind))
	if text == "" {
		return identity.Regular
	}
	for _, k := range identity.Kinds {
		if text == string(k) || text == plain(k.Title()) {
			return k
		}
	}
	l.bad(colKind, "「%s」は区分ではありません。本務・兼務・事務取扱 のどれかを書いてください。 Not a kind: regular, concurrent or acting.", l.cell(colKind))
	return ""
}

// unit finds a unit by its id, its name, or the names down to it, as it is on the day.
func (l line) unit(org *camera.Organisation, at vms.Instant) string {
	text := l.cell(colUnit)
	if text == "" {
		return ""
	}
	var found, gone []string
	for _, u := range org.Units {
		if u.ID != text && !namesUnit(org, u, plain(text)) {
			continue
		}
		if u.In(at) {
			found = append(found, u.ID)
		} else {
			gone = append(gone, u.ID)
		}
	}
	switch {
	case len(found) == 1:
		return found[0]
	case len(found) > 1:
		l.bad(colUnit, "「%s」という部署は複数あります。上の部から続けて書くか、部署のID（%s）で書いてください。 Several units are called so; write the names from the top, or an id.", text, strings.Join(found, "・"))
	case len(gone) > 0:
		l.bad(colUnit, "「%s」は、その日にはありません。部署か日付を直してください。 This unit does not exist on that day.", text)
	default:
		l.bad(colUnit, "「%s」という部署はありません。「部署と欠員」の画面の名称を書いてください。 There is no such unit.", text)
	}
	return ""
}

// namesUnit reports whether text is the unit's name, or the names from the top down to it.
func namesUnit(org *camera.Organisation, u *camera.Unit, text string) bool {
	if plain(u.Name) == text {
		return true
	}
	whole := ""
	for _, id := range slices.Backward(org.Line(u.ID)) {
		whole += plain(org.Find(id).Name)
	}
	return whole == strings.NewReplacer("›", "", ">", "", "/", "").Replace(text)
}
