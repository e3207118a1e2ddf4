package gateway

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"

	"yagura/internal/oplog"
	"yagura/internal/paper"
	"yagura/internal/sheet"
	"yagura/internal/vms"
)

type logStateBody struct {
	State string    `json:"state"`
	Name  wordsBody `json:"name"`
	N     int       `json:"n"`
}

type logTakenBody struct {
	At   vms.Instant `json:"at" format:"date-time"`
	Rows int         `json:"rows"`
	From vms.Instant `json:"from" format:"date-time"`
	To   vms.Instant `json:"to" format:"date-time"`
}

func takenOf(im *oplog.Import) *logTakenBody {
	if im == nil {
		return nil
	}
	return &logTakenBody{im.At, im.Rows, im.From, im.To}
}

type logSummaryOutput struct {
	Body struct {
		States   []logStateBody `json:"states" nullable:"false" doc:"hints this person reads, by state, in the order of their handling"`
		Late     int            `json:"late" doc:"hints whose day is over"`
		Lapses   *vms.Instant   `json:"lapses" format:"date-time" nullable:"true" doc:"when the first footage of an open hint goes that nobody asked for"`
		Hint     string         `json:"hint" doc:"whose footage that is"`
		Month    string         `json:"month" doc:"the last one that is over"`
		Due      string         `json:"due" doc:"day by which its log is to be taken"`
		Overdue  bool           `json:"overdue" doc:"it is not there, and the day is over"`
		Taken    *logTakenBody  `json:"taken,omitempty" doc:"the import that has the month whole; left out: none yet"`
		Last     *logTakenBody  `json:"last,omitempty" doc:"the newest import; left out: none yet"`
		Counted  string         `json:"counted" doc:"the last month with counts; empty: none"`
		N        int64          `json:"n" doc:"operations in it that this person reads about"`
		Previous *int64         `json:"previous" nullable:"true" doc:"in the month before"`
		LastYear *int64         `json:"last_year" nullable:"true" doc:"in the same month of the year before"`
	}
}

func (g *Gateway) logSummary(ctx context.Context, _ *struct{}) (*logSummaryOutput, error) {
	s, err := g.Oplog.Summary(ctx, asking(ctx))
	if err != nil {
		return nil, err
	}
	out := &logSummaryOutput{}
	b := &out.Body
	b.States = []logStateBody{}
	for _, state := range oplog.States {
		b.States = append(b.States, logStateBody{state, both(oplog.StateNames[state]), s.States[state]})
	}
	b.Late, b.Lapses, b.Hint, b.Month, b.Due, b.Overdue, b.Taken, b.Last = s.Late, orNull(s.Lapses), s.Hint, s.Month, s.Due, s.Overdue, takenOf(s.Taken), takenOf(s.Last)
	b.Counted, b.N, b.Previous, b.LastYear = s.Counted, s.N, s.Previous, s.LastYear
	return out, nil
}

type logAreaBody struct {
	Area  string        `json:"area" doc:"町丁目; empty: not known"`
	Total int64         `json:"total"`
	Cells []logCellBody `json:"cells" nullable:"false" doc:"that are not empty"`
}

type logWhomOutput struct {
	Body struct {
		Areas []logAreaBody `json:"areas" nullable:"false" doc:"most first"`
		More  int           `json:"more" doc:"that are left out"`
	}
}

func (g *Gateway) logWhom(ctx context.Context, in *logCrossInput) (*logWhomOutput, error) {
	w, err := g.Oplog.Whom(ctx, asking(ctx), in.query())
	if err != nil {
		return nil, err
	}
	out := &logWhomOutput{}
	out.Body.Areas, out.Body.More = []logAreaBody{}, w.More
	for _, a := range w.Areas {
		b := logAreaBody{a.Name, a.Total, []logCellBody{}}
		for _, c := range a.Cells {
			b.Cells = append(b.Cells, logCellBody(c))
		}
		out.Body.Areas = append(out.Body.Areas, b)
	}
	return out, nil
}

type logAccountInput struct {
	Kind string `path:"kind" maxLength:"16" doc:"month, quarter or year"`
	From string `path:"from" maxLength:"7" doc:"its first month, YYYY-MM; quarters and years are fiscal ones"`
}

// documentBody is a document as it is read and printed.
type documentBody struct {
	Title  string      `json:"title"`
	Top    []string    `json:"top" nullable:"false"`
	Mark   string      `json:"mark"`
	Blocks []blockBody `json:"blocks" nullable:"false"`
}

func describeDocument(d *paper.Document) documentBody {
	out := documentBody{d.Title, list(d.Top), d.Mark, []blockBody{}}
	for _, b := range d.Blocks {
		out.Blocks = append(out.Blocks, blockBody{string(b.Kind), b.Text, append([][]string{}, b.Rows...), append([]bool{}, b.Right...)})
	}
	return out
}

type logAccountOutput struct{ Body documentBody }

func (g *Gateway) logAccount(ctx context.Context, in *logAccountInput) (*logAccountOutput, error) {
	a, err := g.Oplog.Account(ctx, asking(ctx), in.Kind, in.From)
	if err != nil {
		return nil, err
	}
	return &logAccountOutput{describeDocument(a.Document())}, nil
}

// logAccountFile writes a report as a file: ?format=pdf, xlsx, csv, text or html.
func (g *Gateway) logAccountFile(w http.ResponseWriter, r *http.Request) {
	form, known := accountForms[r.URL.Query().Get("format")]
	if !known {
		g.fail(w, r, vms.Errorf(vms.Invalid, "bad-format", "形式は pdf、xlsx、csv、text、html のいずれかです。 The format is pdf, xlsx, csv, text or html."))
		return
	}
	a, err := g.Oplog.AccountFile(r.Context(), asking(r.Context()), r.PathValue("kind"), r.PathValue("from"))
	var data bytes.Buffer
	if err == nil {
		err = form.write(a, &data)
	}
	if err != nil {
		g.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", form.kind)
	w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(sheet.FileName(a.Title, form.extension)))
	_, _ = w.Write(data.Bytes()) // the browser may have gone
}

type accountForm struct {
	write           func(*oplog.Account, io.Writer) error
	kind, extension string
}

func onPaper(write func(*paper.Document, io.Writer) error) func(*oplog.Account, io.Writer) error {
	return func(a *oplog.Account, w io.Writer) error { return write(a.Document(), w) }
}

var accountForms = map[string]accountForm{
	"pdf":  {onPaper((*paper.Document).WritePDF), "application/pdf", "pdf"},
	"text": {onPaper((*paper.Document).WriteText), "text/plain; charset=utf-8", "txt"},
	"html": {onPaper((*paper.Document).WriteHTML), "text/html; charset=utf-8", "html"},
	"csv":  {func(a *oplog.Account, w io.Writer) error { return a.Table().WriteCSV(w) }, "text/csv; charset=utf-8", "csv"},
	"xlsx": {func(a *oplog.Account, w io.Writer) error { return a.Table().WriteXLSX(w) }, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"},
}
