package dossier

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"yagura/internal/audit"
	"yagura/internal/conf"
	"yagura/internal/oversight"
	"yagura/internal/paper"
	"yagura/internal/sheet"
)

func itoa(n int) string { return strconv.Itoa(n) }

// verify is VERIFY.txt.
const verify = `証跡パック / An evidence pack

` + oversight.Verifying + `
索引.pdf と 索引.html は、どの管理策をどの記録が証するか、足りないものは何か、各ファイルのSHA-256を示します。manifest.json は同じ内容を
機械で読める形にしたものです。監査ログ/先頭.json は、作成時の監査ログの最後の行の番号とハッシュです。その行がログに今もそのままあることは
yagura audit verify で確かめます。
索引.pdf and 索引.html say which records prove which control, what is missing, and the SHA-256 of every file; manifest.json says
the same for programs. 監査ログ/先頭.json is the last row of the audit log when the pack was made; yagura audit verify tells whether
the log still is what it was.
`

// words of states, as they stand on paper.
var stateWords = map[State]string{Proved: "証跡あり", Short: "不足", Missing: "証跡なし", Unset: "証跡の定めなし", Excluded: "適用除外"}

// statement writes the controls with what proves them, as a table.
func (b *building) statement(ctx context.Context) error {
	t := &sheet.Table{Name: "適用宣言と証跡", Columns: []sheet.Column{{Name: "番号"}, {Name: "管理策", Width: 30}, {Name: "適用"}, {Name: "理由", Width: 30}, {Name: "実施状況"}, {Name: "判定", Width: 14},
		{Name: "証跡", Width: 30}, {Name: "件数", Kind: sheet.Number}, {Name: "必要件数", Kind: sheet.Number}}}
	for _, c := range b.controls {
		head := []any{c.Code(), c.text("name"), b.said(c, "applies"), c.text("reason"), b.said(c, "status"), stateWords[c.State]}
		row := func(what string, n, least any) {
			t.Rows = append(t.Rows, append(head[:len(head):len(head)], what, n, least))
		}
		for _, p := range c.Proofs {
			row(p.what(), int64(p.Count), int64(p.Least))
		}
		for _, s := range c.Singles {
			row(s.words(), nil, nil)
		}
		if len(c.Proofs)+len(c.Singles) == 0 {
			row("", nil, nil)
		}
	}
	if _, err := b.table("管理策", t); err != nil {
		return err
	}
	return b.step(ctx)
}

func (b *building) said(c *Control, field string) string {
	k, err := b.r.c.Records.Kind(c.Record.Kind)
	if err != nil {
		return ""
	}
	for i := range k.Fields {
		if k.Fields[i].ID == field {
			return k.Fields[i].Say(c.Record.Values)
		}
	}
	return ""
}

// words name the record and whether it is there.
func (s *Single) words() string {
	out := strings.TrimSpace(s.Label + " " + s.Note)
	if s.Record == nil {
		return out + "（記録がありません）"
	}
	return out
}

// manifest is manifest.json.
type manifest struct {
	Form     string             `json:"form"`
	Year     int                `json:"year"`
	From     string             `json:"from"`
	To       string             `json:"to"`
	Made     string             `json:"made"`
	By       string             `json:"by"`
	Name     string             `json:"name"`
	Software string             `json:"software"`
	Pack     string             `json:"pack"`
	Log      logHead            `json:"audit_log"`
	Controls []controlEntry     `json:"controls"`
	Parts    []partEntry        `json:"evidence"`
	Files    []oversight.Digest `json:"files"`
}

type logHead struct {
	Seq     int64  `json:"seq"`
	Hash    string `json:"hash"`
	Written string `json:"written"`
}

type controlEntry struct {
	Code     string        `json:"code"`
	Name     string        `json:"name"`
	Applies  bool          `json:"applies"`
	Reason   string        `json:"reason"`
	State    State         `json:"state"`
	Evidence []proofEntry  `json:"evidence"`
	Singles  []singleEntry `json:"single_records"`
}

type proofEntry struct {
	What   string `json:"what"`
	Kind   string `json:"kind"`
	Count  int    `json:"count"`
	Least  int    `json:"least"`
	Hidden bool   `json:"hidden,omitempty"`
}

type singleEntry struct {
	Record string `json:"record"`
	Note   string `json:"note,omitempty"`
	File   string `json:"file"` // "" there is no such record
}

type partEntry struct {
	What    string   `json:"what"`
	Count   int      `json:"count"`
	Printed int      `json:"printed"`
	Listed  int      `json:"listed,omitempty"`
	Tables  []string `json:"tables"`
}

func (b *building) manifest() *manifest {
	from, to := Year(b.p.Year)
	m := &manifest{Form: "yagura evidence pack 1", Year: b.p.Year, From: from, To: to, Made: b.at.String(), By: b.p.By, Name: b.p.Name, Software: version(), Pack: b.p.ID,
		Log: headOf(b.head), Controls: []controlEntry{}, Parts: []partEntry{}, Files: b.zip.Files()}
	for _, c := range b.controls {
		e := controlEntry{Code: c.Code(), Name: c.text("name"), Applies: c.State != Excluded, Reason: c.text("reason"), State: c.State, Evidence: []proofEntry{}, Singles: []singleEntry{}}
		for _, p := range c.Proofs {
			e.Evidence = append(e.Evidence, proofEntry{p.what(), p.Kind, p.Count, p.Least, p.Hidden})
		}
		for _, s := range c.Singles {
			file := ""
			if s.Record != nil {
				file = b.printed[s.Record.ID]
			}
			e.Singles = append(e.Singles, singleEntry{s.Label, s.Note, file})
		}
		m.Controls = append(m.Controls, e)
	}
	for _, p := range b.parts {
		m.Parts = append(m.Parts, partEntry{p.what(), p.Count, p.Printed, p.Listed, p.Tables})
	}
	return m
}

func headOf(h audit.Head) logHead { return logHead{h.Seq, h.Hash.String(), h.Written.String()} }

// index writes the head of the log, the manifest, and the index as a page and on paper.
func (b *building) index(ctx context.Context) error {
	if err := b.add("監査ログ/先頭.json", inJSON(headOf(b.head))); err != nil {
		return err
	}
	m := b.manifest()
	if err := b.add("manifest.json", inJSON(m)); err != nil {
		return err
	}
	m.Files = b.zip.Files()
	d := b.document(m)
	if err := b.add("索引.html", d.WriteHTML); err != nil {
		return err
	}
	if err := b.add("索引.pdf", d.WritePDF); err != nil {
		return err
	}
	return b.step(ctx)
}

func inJSON(v any) func(io.Writer) error {
	return func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(v)
	}
}

// document is the index for people.
func (b *building) document(m *manifest) *paper.Document {
	d := paper.New("管理策の証跡　索引")
	d.Top = []string{label(m.Year), "作成 " + when(b.at), b.p.Name}
	d.Mark, d.Foot = "取扱注意", b.foot()
	d.Add(paper.Chapter, "1　この証跡パック")
	d.Add(paper.Norm, fmt.Sprintf("対象期間　%s", label(m.Year)))
	d.Add(paper.Norm, fmt.Sprintf("作成者　%s（%s）　作成日時　%s", m.Name, m.By, b.at.Time().In(conf.JST).Format("2006-01-02 15:04:05")))
	d.Add(paper.Norm, fmt.Sprintf("ソフトウェア　Yagura %s", m.Software))
	d.Add(paper.Norm, fmt.Sprintf("作成時の監査ログ　第%d行まで　ハッシュ %s", m.Log.Seq, m.Log.Hash))
	d.Add(paper.Norm, "ファイルが変わっていないことは sha256sum -c SHA256SUMS で、署名は VERIFY.txt の手順で確かめられます。")
	d.Add(paper.Chapter, "2　足りないもの")
	b.missing(d, m)
	d.Add(paper.Chapter, "3　管理策と証跡")
	d.Blocks = append(d.Blocks, b.controlTable(m))
	d.Add(paper.Chapter, "4　入っている証跡")
	d.Blocks = append(d.Blocks, partTable(m))
	d.Add(paper.Chapter, "5　ファイルとSHA-256")
	files := [][]string{{"ファイル", "SHA-256"}}
	for _, f := range m.Files {
		files = append(files, []string{f.Name, f.SHA256})
	}
	d.Blocks = append(d.Blocks, paper.Block{Kind: paper.Table, Rows: files, Widths: []float64{1, 1.3}})
	return d
}

func (b *building) missing(d *paper.Document, m *manifest) {
	any := false
	for _, c := range m.Controls {
		if c.State == Proved || c.State == Excluded {
			continue
		}
		any = true
		d.Add(paper.Item, fmt.Sprintf("%s　%s：%s", c.Code, c.Name, stateWords[c.State]+lacking(&c)))
	}
	if !any {
		d.Add(paper.Text, "ありません。")
	}
}

// lacking names what a control still needs.
func lacking(c *controlEntry) string {
	var out []string
	for _, p := range c.Evidence {
		if p.Count < p.Least {
			out = append(out, fmt.Sprintf("%s %d件（必要%d件）", p.What, p.Count, p.Least))
		}
	}
	for _, s := range c.Singles {
		if s.File == "" {
			out = append(out, s.Record+" がありません")
		}
	}
	if len(out) == 0 {
		return ""
	}
	return "　" + strings.Join(out, "、")
}

func (b *building) controlTable(m *manifest) paper.Block {
	rows := [][]string{{"番号", "管理策", "判定", "証跡（件数）"}}
	for _, c := range m.Controls {
		var what []string
		for _, p := range c.Evidence {
			what = append(what, fmt.Sprintf("%s（%d）", p.What, p.Count))
		}
		for _, s := range c.Singles {
			what = append(what, s.Record)
		}
		if c.State == Excluded {
			what = []string{c.Reason}
		}
		rows = append(rows, []string{c.Code, c.Name, stateWords[c.State], strings.Join(what, "、")})
	}
	return paper.Block{Kind: paper.Table, Rows: rows, Widths: []float64{0.6, 2, 1, 3}}
}

func partTable(m *manifest) paper.Block {
	rows := [][]string{{"証跡", "件数", "印刷", "表"}}
	for _, p := range m.Parts {
		printed := itoa(p.Printed)
		switch {
		case p.Listed > 0 && p.Listed < p.Count:
			printed = fmt.Sprintf("新しい%d行", p.Listed)
		case p.Listed > 0:
			printed = "－"
		case p.Printed < p.Count:
			printed = fmt.Sprintf("%d（均等に抽出）", p.Printed)
		}
		rows = append(rows, []string{p.What, itoa(p.Count), printed, strings.Join(p.Tables, "\n")})
	}
	return paper.Block{Kind: paper.Table, Rows: rows, Widths: []float64{1.6, 0.6, 1, 2.4}, Right: []bool{false, true}}
}
