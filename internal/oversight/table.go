package oversight

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/vms"
)

// csvTable is for spreadsheets: UTF-8 with a mark, times of Japan, CRLF (RFC 4180).
type csvTable struct {
	w       io.Writer
	csv     *csv.Writer
	cameras *camera.Set
	begun   bool
}

var csvHeader = []string{"番号 seq", "日時 time", "職員 actor", "氏名 name", "職 title", "セッション session", "端末 source", "操作 action", "結果 outcome",
	"カメラ camera", "カメラ番号 number", "ストリーム stream", "映像の時刻 at", "目的 purpose", "事案 case", "内容 detail", "関連 refers",
	"見た範囲 ranges", "終了 ended", "終了理由 end_reason", "目印 hints", "値 hash"}

func (t *csvTable) begin() error {
	if t.begun {
		return nil
	}
	t.begun, t.csv.UseCRLF = true, true
	if _, err := io.WriteString(t.w, "\ufeff"); err != nil {
		return err
	}
	return t.csv.Write(csvHeader)
}

func (t *csvTable) add(e *Entry) error {
	if err := t.begin(); err != nil {
		return err
	}
	number := ""
	if cam := t.cameras.Find(e.Camera); cam != nil {
		number = cam.Number
	}
	cells := []string{strconv.FormatInt(e.Seq, 10), local(e.Time), e.Actor, e.Name, e.Title, e.Session, e.From, e.Action, e.Outcome,
		string(e.Camera), number, string(e.Stream), local(e.At), e.Purpose, e.Case, e.Detail, e.Refers,
		ranges(e.Ranges), local(e.Ended), e.Why, inWords(e.Hints), e.Hash.String()}
	for i := range cells {
		cells[i] = inert(cells[i])
	}
	return t.csv.Write(cells)
}

func (t *csvTable) end() error {
	if err := t.begin(); err != nil {
		return err
	}
	t.csv.Flush()
	return t.csv.Error()
}

// inert keeps a spreadsheet from taking a cell for a formula (ASVS 1.2.10).
func inert(cell string) string {
	if first, size := utf8.DecodeRuneInString(cell); size > 0 && strings.ContainsRune("=+-@\t\r＝＋－＠", first) {
		return "'" + cell
	}
	return cell
}

// local is a time of Japan; empty where there is none.
func local(at vms.Instant) string {
	if at == 0 {
		return ""
	}
	return at.Time().In(conf.JST).Format("2006-01-02 15:04:05.000")
}

func ranges(spans []vms.Span) string {
	var out []string
	for _, s := range spans {
		out = append(out, local(s.From)+" – "+local(s.To))
	}
	return strings.Join(out, "; ")
}

func inWords(hints []Hint) string {
	var out []string
	for _, h := range hints {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %v (%v) %s", h.Kind, h.Value, h.Limit, h.Name)))
	}
	return strings.Join(out, "; ")
}

// jsonTable is a JSON array of rows.
type jsonTable struct {
	w io.Writer
	n int
}

// exported is a row in JSON; what is not set is left out.
type exported struct {
	Seq       int64        `json:"seq"`
	ID        string       `json:"id"`
	Time      vms.Instant  `json:"time"`
	Written   vms.Instant  `json:"written"`
	Actor     string       `json:"actor,omitempty"`
	Name      string       `json:"actor_name,omitempty"`
	Title     string       `json:"actor_title,omitempty"`
	Session   string       `json:"session,omitempty"`
	Source    string       `json:"source,omitempty"`
	Action    string       `json:"action"`
	Outcome   string       `json:"outcome"`
	Camera    vms.CameraID `json:"camera,omitempty"`
	Stream    vms.Stream   `json:"stream,omitempty"`
	At        *vms.Instant `json:"at,omitempty"`
	Purpose   string       `json:"purpose,omitempty"`
	Case      string       `json:"case,omitempty"`
	Detail    string       `json:"detail,omitempty"`
	Refers    string       `json:"refers,omitempty"`
	Ranges    []vms.Span   `json:"ranges,omitempty"`
	Ended     *vms.Instant `json:"ended,omitempty"`
	EndReason string       `json:"end_reason,omitempty"`
	Hints     []Hint       `json:"hints,omitempty"`
	Hash      string       `json:"hash"`
}

func (t *jsonTable) add(e *Entry) error {
	b, err := json.Marshal(exported{e.Seq, e.ID, e.Time, e.Written, e.Actor, e.Name, e.Title, e.Session, e.From, e.Action, e.Outcome, e.Camera, e.Stream,
		orNil(e.At), e.Purpose, e.Case, e.Detail, e.Refers, e.Ranges, orNil(e.Ended), e.Why, e.Hints, e.Hash.String()})
	if err != nil {
		return err
	}
	before := ",\n"
	if t.n == 0 {
		before = "[\n"
	}
	t.n++
	_, err = fmt.Fprintf(t.w, "%s%s", before, b)
	return err
}

func (t *jsonTable) end() error {
	close := "\n]\n"
	if t.n == 0 {
		close = "[]\n"
	}
	_, err := io.WriteString(t.w, close)
	return err
}

func orNil(at vms.Instant) *vms.Instant {
	if at == 0 {
		return nil
	}
	return &at
}
