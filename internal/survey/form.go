package survey

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"

	"yagura/internal/record"
)

// Form is the questions of a survey, and what its report says about the answers. It is data: each survey
// keeps the one it was made with.
type Form struct {
	Target    string     `json:"target"` // who is asked, in words
	Questions []Question `json:"questions"`
	Results   []Result   `json:"results"` // 2 調査結果
	Ahead     []Result   `json:"ahead"`   // 3 今後の取組み
}

// Question is one of them.
type Question struct {
	ID      string   `json:"id"`
	Label   string   `json:"label"` // Q3-1
	Text    string   `json:"text"`
	TextEn  string   `json:"text_en"`
	Kind    string   `json:"kind"` // choice, or choices where several may hold
	Options []Option `json:"options"`
	When    *When    `json:"when,omitempty"` // it is asked only then
}

// Option is an answer to choose. Where Text is not empty, it wants words, under that name.
type Option struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	NameEn string `json:"name_en"`
	Text   string `json:"text,omitempty"`
	TextEn string `json:"text_en,omitempty"`
}

// When is a condition on an earlier question: it has one of these answers.
type When struct {
	Question string   `json:"question"`
	Is       []string `json:"is"`
}

// Result is a section of the report.
type Result struct {
	Title  string   `json:"title"`
	Norms  []string `json:"norms,omitempty"` // what the rule says
	Texts  []string `json:"texts,omitempty"`
	Points []Point  `json:"points,omitempty"`
}

// Point is a numbered part of a section. {of} in its title is that of its first count.
type Point struct {
	Title   string   `json:"title"`
	Texts   []string `json:"texts,omitempty"`
	Counts  []Count  `json:"counts,omitempty"`
	Quotes  []Quotes `json:"quotes,omitempty"`
	Cameras bool     `json:"cameras,omitempty"` // the cameras by the day they came into operation
}

// Count is a sentence with numbers: {n} of {of} 部署 answered a question so, {names} being the options they
// chose, the most frequent first. Of are those who were asked it.
type Count struct {
	Question string   `json:"question"`
	Is       []string `json:"is"` // none: any answer
	Some     string   `json:"some"`
	All      string   `json:"all"` // where nobody is missing
}

// Quotes are the 主な回答 of those who answered a question so.
type Quotes struct {
	Caption  string   `json:"caption"`
	Question string   `json:"question"`
	Is       []string `json:"is"`
}

//go:embed form.json
var standard []byte

// Standard is the ward's form of 2017.
func Standard() (f Form, err error) { return f, json.Unmarshal(standard, &f) }

// Answer is what a 部署 answers to a question.
type Answer struct {
	Is   []string `json:"is"`
	Text string   `json:"text,omitempty"`
}

// Answers are by question.
type Answers map[string]Answer

func (f *Form) question(id string) *Question {
	i := slices.IndexFunc(f.Questions, func(q Question) bool { return q.ID == id })
	if i < 0 {
		return nil
	}
	return &f.Questions[i]
}

// asked reports whether a question is one, by the answers before it.
func (a Answers) asked(q *Question) bool { return q.When == nil || a.is(q.When.Question, q.When.Is) }

// is reports whether a question has one of the answers; any, where none are named.
func (a Answers) is(question string, is []string) bool {
	given := a[question].Is
	if len(is) == 0 {
		return len(given) > 0
	}
	return slices.ContainsFunc(given, func(o string) bool { return slices.Contains(is, o) })
}

const mostText = 1000

// read takes answers as they come and returns those that the form asks for.
func (f *Form) read(raw Answers) (Answers, error) {
	out := Answers{}
	var bad record.Problems
	for id := range raw {
		if f.question(id) == nil {
			bad = append(bad, problem(id, "その設問はありません。", "There is no such question."))
		}
	}
	for i := range f.Questions {
		q := &f.Questions[i]
		a, given := raw[q.ID]
		if !given || !out.asked(q) {
			continue
		}
		a, p := q.read(a)
		if p != nil {
			bad = append(bad, *p)
			continue
		}
		if len(a.Is) > 0 {
			out[q.ID] = a
		}
	}
	if len(bad) > 0 {
		return nil, bad
	}
	return out, nil
}

// read keeps the words only where one of the answers wants them.
func (q *Question) read(a Answer) (Answer, *record.Problem) {
	out := Answer{}
	for _, o := range q.Options { // in their order, each once
		if slices.Contains(a.Is, o.ID) {
			out.Is = append(out.Is, o.ID)
			if o.Text != "" {
				out.Text = strings.TrimSpace(a.Text)
			}
		}
	}
	for _, id := range a.Is {
		if !slices.ContainsFunc(q.Options, func(o Option) bool { return o.ID == id }) {
			return out, ptr(problem(q.ID, "選べない答えです。", "Not one of the answers."))
		}
	}
	switch {
	case q.Kind != "choices" && len(out.Is) > 1:
		return out, ptr(problem(q.ID, "一つだけ選んでください。", "Choose one."))
	case len([]rune(out.Text)) > mostText:
		return out, ptr(problem(q.ID, "1000字までで書いてください。", "Write at most 1000 characters."))
	}
	return out, nil
}

// lacks says what is missing before answers can be handed in.
func (f *Form) lacks(a Answers) (bad record.Problems) {
	for i := range f.Questions {
		q := &f.Questions[i]
		if !a.asked(q) {
			continue
		}
		given := a[q.ID]
		if len(given.Is) == 0 {
			bad = append(bad, problem(q.ID, q.Label+"に答えてください。", "Answer "+q.Label+"."))
			continue
		}
		for _, o := range q.Options {
			if o.Text != "" && slices.Contains(given.Is, o.ID) && given.Text == "" {
				bad = append(bad, problem(q.ID, q.Label+"：「"+o.Text+"」を書いてください。", q.Label+": say "+o.TextEn+"."))
			}
		}
	}
	return bad
}

func problem(field, ja, en string) record.Problem {
	return record.Problem{Field: field, Text: record.Text{Ja: ja, En: en}}
}

func ptr[T any](x T) *T { return &x }
