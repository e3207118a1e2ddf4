package review

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"yagura/internal/audit"
	"yagura/internal/conf"
	"yagura/internal/identity"
	"yagura/internal/oversight"
	"yagura/internal/vms"
)

// Bundle is a report that may be written: the row is in the log.
type Bundle struct {
	Name string // of the file
	r    *Room
	says statement
}

// statement is report.json.
type statement struct {
	Month    string      `json:"month"`
	Made     vms.Instant `json:"made"`
	By       string      `json:"by"`
	Complete bool        `json:"complete"` // everything is settled
	Drawn    vms.Instant `json:"drawn"`
	Seed     string      `json:"seed"`
	Head     int64       `json:"log_row"` // the last row of the log that was looked at
	Views    int         `json:"views"`   // in the month
	LookUps  int         `json:"lookups"`
	Items    []reported  `json:"items"`
}

type reported struct {
	N        int              `json:"n"`
	Kind     string           `json:"kind"`
	Row      int64            `json:"log_row"`
	ID       string           `json:"id"`
	Time     vms.Instant      `json:"time"`
	Actor    string           `json:"actor"`
	Name     string           `json:"actor_name"`
	Title    string           `json:"actor_title"`
	Action   string           `json:"action"`
	Camera   vms.CameraID     `json:"camera,omitempty"`
	Purpose  string           `json:"purpose,omitempty"`
	Case     string           `json:"case,omitempty"`
	Why      []string         `json:"why"`
	Hints    []oversight.Hint `json:"hints,omitempty"`
	State    string           `json:"state"`
	Reviewer string           `json:"reviewer,omitempty"`
	Question string           `json:"question,omitempty"`
	Answer   string           `json:"answer,omitempty"`
	Finding  string           `json:"finding,omitempty"`
	Words    string           `json:"words,omitempty"`
	Measures string           `json:"measures,omitempty"`
}

// Report writes into the log that the caller takes a month's report along, and returns what writes it:
// all of the sample for 監査, what is theirs to decide for 情報安全担当. Before everything is settled it
// says so.
func (r *Room) Report(ctx context.Context, c identity.Caller, month string) (*Bundle, error) {
	m, err := r.Month(ctx, c, month)
	if err != nil {
		return nil, err
	}
	b := &Bundle{Name: "yagura-review-" + month + ".zip", r: r}
	b.says = statement{Month: month, Made: r.Now(), By: c.Person.Login, Complete: true, Drawn: m.Drawn, Seed: m.Seed, Head: m.Head, Views: m.Views, LookUps: m.LookUps,
		Items: []reported{}}
	for _, i := range m.Items {
		e := i.Entry
		b.says.Complete = b.says.Complete && i.Settled()
		b.says.Items = append(b.says.Items, reported{i.N, i.Kind, e.Seq, e.ID, e.Time, e.Actor, e.Name, e.Title, e.Action, e.Camera, e.Purpose, e.Case, i.Why, i.Hints,
			i.State, i.Reviewer, i.Question, i.Answer, i.Finding, i.Words, i.Measures})
	}
	_, err = r.Audit.Append(ctx, audit.Entry{Actor: c.Person.Login, Session: c.Session, From: c.From, Action: SaveReport, Detail: month})
	return b, err
}

const verify = `閲覧監査の月次報告 / The monthly report of the review of views

` + oversight.Verifying + `
report.json の seed は抽出の種です。記録（review.draw）にも残っています。兆候も封印もない閲覧のうち、SHA-256(seed ‖ id) の小さいものから
5 %（端数切り上げ）が抽出されます。
Of the views without hints or seals, the 5 % (rounded up) with the smallest SHA-256(seed ‖ id) were drawn; the seed is in the log too.
`

// Write writes the signed zip.
func (b *Bundle) Write(w io.Writer) error {
	return oversight.SignedZip(w, b.r.Key, b.says.Made, verify, []oversight.File{
		{Name: "report.json", Write: func(w io.Writer) error {
			e := json.NewEncoder(w)
			e.SetIndent("", "  ")
			return e.Encode(b.says)
		}},
		{Name: "report.txt", Write: func(w io.Writer) error {
			_, err := io.WriteString(w, b.says.text())
			return err
		}},
	})
}

var (
	stateWords   = map[string]string{Open: "対象", Fine: "妥当", Asked: "照会中", Answered: "回答あり", Found: "所見", Done: "完了"}
	findingWords = map[string]string{InOrder: "問題なし", Remark: "改善を要する", Serious: "不適切"}
	whyWords     = map[string]string{Hinted: "兆候", Sealed: "封印", Random: "無作為"}
)

// text is report.txt, for reading and for paper.
func (s *statement) text() string {
	var b strings.Builder
	at := func(i vms.Instant) string { return i.Time().In(conf.JST).Format("2006-01-02 15:04:05") }
	counts := map[string]int{}
	for _, i := range s.Items {
		counts[i.State]++
		counts[i.Finding]++
	}
	fmt.Fprintf(&b, "閲覧監査 月次報告　%s\n\n作成　%s　%s\n抽出　%s（記録の第%d件まで）\n抽出の種　%s\n", s.Month, at(s.Made), s.By, at(s.Drawn), s.Head, s.Seed)
	fmt.Fprintf(&b, "閲覧　%d件　　記録の調査　%d件　　抽出　%d件\n", s.Views, s.LookUps, len(s.Items))
	if !s.Complete {
		b.WriteString("【途中経過】まだ終わっていない対象があります。\n")
	}
	for _, state := range []string{Open, Asked, Answered, Found, Fine, Done} {
		fmt.Fprintf(&b, "%s　%d件　　", stateWords[state], counts[state])
	}
	fmt.Fprintf(&b, "\n所見　問題なし %d件　改善を要する %d件　不適切 %d件\n\n", counts[InOrder], counts[Remark], counts[Serious])
	for _, i := range s.Items {
		var why []string
		for _, w := range i.Why {
			why = append(why, whyWords[w])
		}
		if len(why) == 0 {
			why = []string{whyWords[Random]}
		}
		fmt.Fprintf(&b, "%d. %s　%s %s（%s）　%s %s　目的 %s　事案 %s　理由 %s　%s", i.N, at(i.Time), i.Title, i.Name, i.Actor, i.Action, i.Camera, i.Purpose, i.Case, strings.Join(why, "・"), stateWords[i.State])
		if i.Reviewer != "" {
			fmt.Fprintf(&b, "　担当 %s", i.Reviewer)
		}
		b.WriteString("\n")
		for _, line := range [][2]string{{"照会", i.Question}, {"回答", i.Answer}, {"所見", strings.TrimSpace(findingWords[i.Finding] + "　" + i.Words)}, {"措置", i.Measures}} {
			if line[1] != "" && line[1] != findingWords[InOrder] {
				fmt.Fprintf(&b, "   %s　%s\n", line[0], strings.ReplaceAll(line[1], "\n", "\n         "))
			}
		}
	}
	return b.String()
}
