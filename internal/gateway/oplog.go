package gateway

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"time"

	"yagura/internal/oplog"
	"yagura/internal/oplog/event"
	"yagura/internal/sheet"
	"yagura/internal/vms"
)

// logTime is how long the body of a file of logs may take in all: it is read as it comes.
const logTime = 15 * time.Minute

// coming is a body that may take long as long as it comes: each part of it within the time of a whole one.
type coming struct {
	io.Reader
	conn  *http.ResponseController
	each  time.Duration
	until time.Time
}

func (c coming) Read(p []byte) (int, error) {
	next := time.Now().Add(c.each)
	if next.After(c.until) {
		next = c.until
	}
	_ = c.conn.SetReadDeadline(next) // not every listener can; then it has none
	return c.Reader.Read(p)
}

type logImportBody struct {
	ID         int64        `json:"id"`
	Profile    string       `json:"profile"`
	SHA256     string       `json:"sha256"`
	Media      string       `json:"media" doc:"number of the medium"`
	By         string       `json:"by" doc:"name"`
	At         vms.Instant  `json:"at" format:"date-time"`
	Rows       int          `json:"rows"`
	Duplicates int          `json:"duplicates" doc:"lines that were there already"`
	From       vms.Instant  `json:"from" format:"date-time"`
	To         vms.Instant  `json:"to" format:"date-time"`
	Erased     *vms.Instant `json:"erased" format:"date-time" nullable:"true" doc:"when the medium was erased"`
	ErasedBy   string       `json:"erased_by"`
}

type logOverviewOutput struct {
	Body struct {
		All        bool            `json:"all" doc:"this person reads about every unit"`
		Names      bool            `json:"names" doc:"they read who members of staff are; else pseudonyms"`
		Imports    bool            `json:"imports" doc:"they may take logs in and ask about hints"`
		Units      []unitNameBody  `json:"units" nullable:"false" doc:"they read about, in the order of the organisation"`
		Businesses []string        `json:"businesses" nullable:"false"`
		Months     []string        `json:"months" nullable:"false" doc:"with counts, newest first"`
		Tables     []string        `json:"tables" nullable:"false"`
		Profiles   []optionBody    `json:"profiles" nullable:"false"`
		Files      []logImportBody `json:"files" nullable:"false" doc:"that were taken, newest first; of those who may take them"`
		Registered int             `json:"registered" doc:"people in the register of staff"`
		Least      int             `json:"least" doc:"the smallest number that leaves in a file"`
	}
}

func (g *Gateway) logOverview(ctx context.Context, _ *struct{}) (*logOverviewOutput, error) {
	c, out := asking(ctx), &logOverviewOutput{}
	b := &out.Body
	s, err := g.Oplog.Scope(c.Person)
	if err != nil {
		return nil, err
	}
	files, months, err := g.Oplog.Imports(ctx, c)
	if err != nil {
		return nil, err
	}
	if b.Businesses, err = g.Oplog.Businesses(ctx, c); err != nil {
		return nil, err
	}
	if b.Registered, err = g.Oplog.Registered(ctx); err != nil {
		return nil, err
	}
	b.All, b.Names, b.Imports, b.Months, b.Businesses, b.Tables, b.Least = s.All, s.Names, s.Import, list(months), list(b.Businesses), oplog.Tables, oplog.Least
	b.Units, b.Profiles, b.Files = []unitNameBody{}, []optionBody{}, []logImportBody{}
	for _, u := range g.Cameras().Organisation.Units {
		if s.Covers(u.ID) {
			b.Units = append(b.Units, unitNameBody{u.ID, u.Name})
		}
	}
	profiles, err := g.Oplog.Usable(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range profiles {
		b.Profiles = append(b.Profiles, optionBody{p.ID, wordsBody{p.Name, p.ID}})
	}
	if !s.Import {
		return out, nil
	}
	names := g.names()
	for _, f := range files {
		by := ""
		if f.ErasedBy != "" {
			by = names.of(ctx, f.ErasedBy)
		}
		b.Files = append(b.Files, logImportBody{f.ID, f.Profile, f.Hash, f.Media, names.of(ctx, f.By), f.At, f.Rows, f.Duplicates, f.From, f.To, orNull(f.Erased), by})
	}
	return out, nil
}

// logReport is what a preview, or an import, answers.
type logReport struct {
	ID         int64             `json:"id" doc:"of the import; 0: nothing was taken"`
	Encoding   string            `json:"encoding" enum:"UTF-8,CP932"`
	Rows       int               `json:"rows" doc:"good and new ones"`
	Duplicates int               `json:"duplicates"`
	Bad        int               `json:"bad" doc:"lines; where there are any, nothing is taken"`
	Problems   []cellProblemBody `json:"problems" nullable:"false" doc:"the first 200"`
	From       *vms.Instant      `json:"from" format:"date-time" nullable:"true"`
	To         *vms.Instant      `json:"to" format:"date-time" nullable:"true"`
	Strangers  int               `json:"strangers" doc:"different IDs that the register of staff does not have on that day"`
	Homeless   int               `json:"homeless" doc:"different terminals that are not in the list"`
	Months     []string          `json:"months" nullable:"false"`
	Sample     []logLine         `json:"sample" nullable:"false" doc:"the first lines, as they are kept"`
}

// logLine is an operation as it is kept, for a preview.
type logLine struct {
	At        vms.Instant `json:"at" format:"date-time"`
	Unit      string      `json:"unit"`
	Terminal  string      `json:"terminal"`
	Business  string      `json:"business"`
	Action    string      `json:"action"`
	Person    string      `json:"person" doc:"pseudonym"`
	Sex       string      `json:"sex"`
	Age       int         `json:"age" doc:"-1: not known"`
	Area      string      `json:"area"`
	Protected bool        `json:"protected"`
	Cased     bool        `json:"cased"`
}

func describeReport(r *oplog.Report) logReport {
	out := logReport{r.ID, r.Encoding, r.Rows, r.Duplicates, r.Bad, describeProblems(r.Problems), orNull(r.From), orNull(r.To), r.Strangers, r.Homeless, list(r.Months), []logLine{}}
	for _, e := range r.Sample {
		out.Sample = append(out.Sample, logLine{e.At, e.Unit, e.Terminal, e.Business, e.Action, e.Person.String(), e.Sex, e.Age, e.Area, e.Protected, e.Cased})
	}
	return out
}

func describeProblems(list []event.Problem) []cellProblemBody {
	out := []cellProblemBody{}
	for _, p := range list {
		out = append(out, cellProblemBody{p.Line, p.Column, wordsBody{p.Text.Ja, p.Text.En}})
	}
	return out
}

// importLog takes a file as it comes, or only says what that would do: it is never whole in memory, or on disk.
func (g *Gateway) importLog(w http.ResponseWriter, r *http.Request) {
	body := coming{r.Body, http.NewResponseController(w), g.BodyTime, time.Now().Add(logTime)}
	ctx, q := r.Context(), r.URL.Query()
	c := asking(ctx)
	var rep *oplog.Report
	var err error
	if q.Get("dry") == "true" {
		rep, err = g.Oplog.Preview(ctx, c, q.Get("profile"), body)
	} else {
		rep, err = g.Oplog.Import(ctx, c, q.Get("profile"), q.Get("media"), body)
	}
	if err != nil {
		g.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(describeReport(rep)); err != nil && ctx.Err() == nil {
		g.Log.Error("answer about an import broken off", "err", err)
	}
}

type importStaffInput struct {
	Dry     bool   `query:"dry" doc:"only tell what would come of it"`
	RawBody []byte `contentType:"application/octet-stream" doc:"CSV in UTF-8 or CP932, or an Excel workbook"`
}

type importStaffOutput struct {
	Body struct {
		Tenures  int               `json:"tenures"`
		Leave    int               `json:"leave" doc:"days"`
		Problems []cellProblemBody `json:"problems" nullable:"false" doc:"where there are any, nothing was taken"`
	}
}

func (g *Gateway) importStaff(ctx context.Context, in *importStaffInput) (*importStaffOutput, error) {
	if err := g.Oplog.MayImport(asking(ctx).Person); err != nil {
		return nil, err
	}
	table, err := sheet.Read(in.RawBody)
	if err != nil {
		return nil, err
	}
	rep, err := g.Oplog.ImportStaff(ctx, asking(ctx), table, in.Dry)
	if err != nil {
		return nil, err
	}
	out := &importStaffOutput{}
	out.Body.Tenures, out.Body.Leave, out.Body.Problems = rep.Tenures, rep.Leave, describeProblems(rep.Problems)
	return out, nil
}

type logErasedInput struct {
	ID int64 `path:"id" minimum:"1"`
}

func (g *Gateway) eraseLogMedia(ctx context.Context, in *logErasedInput) (*struct{}, error) {
	return nil, g.Oplog.Erased(ctx, asking(ctx), in.ID)
}

// LogQuery is what is counted. It is exported so that what it is part of has its parameters.
type LogQuery struct {
	From     string `query:"from" maxLength:"7" doc:"month, YYYY-MM"`
	To       string `query:"to" maxLength:"7" doc:"month, counted too"`
	Unit     string `query:"unit" maxLength:"64" doc:"id; empty: all this person reads about"`
	Business string `query:"business" maxLength:"200" doc:"empty: all"`
}

func (q *LogQuery) query() oplog.Query { return oplog.Query(*q) }

type logCountsInput struct {
	Table string `path:"table" maxLength:"32" doc:"staff, person, sex, age, area, hour, terminal, business, action, criteria, pairs or protected"`
	LogQuery
}

type logStaffBody struct {
	ID       string `json:"id" doc:"number, or a pseudonym"`
	Number   string `json:"number" doc:"empty where this person reads pseudonyms"`
	Name     string `json:"name"`
	Unit     string `json:"unit"`
	UnitName string `json:"unit_name"`
}

type logRowBody struct {
	Key       string        `json:"key" doc:"a code; age: band of five years, -1 not known; hour: weekday (0 Monday) and hour, 3-14"`
	Staff     *logStaffBody `json:"staff,omitempty" doc:"where it is about one"`
	Person    string        `json:"person" doc:"pseudonym of a searched person"`
	N         int64         `json:"n"`
	Uncased   int64         `json:"uncased" doc:"without a number or a reason"`
	Protected int64         `json:"protected" doc:"of people under 支援措置"`
	Previous  *int64        `json:"previous" nullable:"true" doc:"in as many months before; null: not kept any more"`
	LastYear  *int64        `json:"last_year" nullable:"true"`
	Hidden    []string      `json:"hidden" nullable:"false" doc:"of n, uncased, protected, previous, last_year: what paper does not show"`
}

type logCountsOutput struct {
	Body struct {
		Rows  []logRowBody `json:"rows" nullable:"false"`
		Total int64        `json:"total"`
		More  int          `json:"more" doc:"rows that are left out"`
	}
}

func (g *Gateway) describeStaff(s *oplog.Staff) *logStaffBody {
	if s == nil {
		return nil
	}
	b := &logStaffBody{s.ID, s.Number, s.Name, s.Unit, s.Unit}
	if u := g.Cameras().Organisation.Find(s.Unit); u != nil {
		b.UnitName = u.Name
	}
	return b
}

func (g *Gateway) logCounts(ctx context.Context, in *logCountsInput) (*logCountsOutput, error) {
	t, err := g.Oplog.Count(ctx, asking(ctx), in.Table, in.query())
	if err != nil {
		return nil, err
	}
	out := &logCountsOutput{}
	out.Body.Rows, out.Body.Total, out.Body.More = []logRowBody{}, t.Total, t.More
	for _, r := range t.Rows {
		out.Body.Rows = append(out.Body.Rows, logRowBody{r.Key, g.describeStaff(r.Staff), r.Person, r.N, r.Uncased, r.Protected, r.Previous, r.LastYear, list(r.Hidden)})
	}
	return out, nil
}

type logCrossInput struct{ LogQuery }

type logCellBody struct {
	Sex   string  `json:"sex" enum:",m,f,x"`
	Band  int     `json:"band" doc:"of five years; -1 not known"`
	N     int64   `json:"n"`
	Share float64 `json:"share" doc:"of all of theirs, 0 to 1"`
	Peers float64 `json:"peers" doc:"median share of their peers; 0 of addresses"`

	Hidden bool `json:"hidden" doc:"paper does not show it"`
}

type logProfileBody struct {
	Staff *logStaffBody `json:"staff"`
	Total int64         `json:"total"`
	Cells []logCellBody `json:"cells" nullable:"false" doc:"that are not empty"`
}

type logCrossOutput struct {
	Body struct {
		Staff []logProfileBody `json:"staff" nullable:"false" doc:"of the unit, most first"`
	}
}

func (g *Gateway) logCross(ctx context.Context, in *logCrossInput) (*logCrossOutput, error) {
	profiles, err := g.Oplog.Cross(ctx, asking(ctx), in.query())
	if err != nil {
		return nil, err
	}
	out := &logCrossOutput{}
	out.Body.Staff = []logProfileBody{}
	for _, p := range profiles {
		b := logProfileBody{g.describeStaff(p.Staff), p.Total, []logCellBody{}}
		for _, c := range p.Cells {
			b.Cells = append(b.Cells, logCellBody(c))
		}
		out.Body.Staff = append(out.Body.Staff, b)
	}
	return out, nil
}

// exportLog writes a table as a file: ?format=csv or xlsx, the query of the counts; small numbers are hidden.
func (g *Gateway) exportLog(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	table, err := g.Oplog.ExportCounts(r.Context(), asking(r.Context()), r.PathValue("table"), oplog.Query{From: q.Get("from"), To: q.Get("to"), Unit: q.Get("unit"), Business: q.Get("business")})
	if err != nil {
		g.fail(w, r, err)
		return
	}
	g.writeTable(w, r, table)
}

// writeTable answers with a file: ?format=csv, else a workbook.
func (g *Gateway) writeTable(w http.ResponseWriter, r *http.Request, table *sheet.Table) {
	write, kind, extension := table.WriteXLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"
	if r.URL.Query().Get("format") == "csv" {
		write, kind, extension = table.WriteCSV, "text/csv; charset=utf-8", "csv"
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(sheet.FileName(table.Name, extension)))
	if err := write(w); err != nil {
		if r.Context().Err() == nil {
			g.Log.Error("a file was broken off", "file", table.Name, "err", err)
		}
		panic(http.ErrAbortHandler) // the client must not take it for whole
	}
}
