package gateway

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"yagura/internal/conf"
	"yagura/internal/record"
	"yagura/internal/sheet"
	"yagura/internal/tally"
	"yagura/internal/vms"
)

type obligationBody struct {
	ID      string    `json:"id"`
	Name    wordsBody `json:"name"`
	Note    wordsBody `json:"note" doc:"when it is met"`
	Counted wordsBody `json:"counted" doc:"what is counted"`
	Weekly  bool      `json:"weekly" doc:"once in each business week; else by the deadlines of records"`
	Kind    string    `json:"kind" doc:"of the records it comes from"`
}

type figureBody struct {
	Due     int `json:"due" doc:"done + late + missing + open"`
	Done    int `json:"done"`
	Late    int `json:"late" doc:"done after its deadline"`
	Missing int `json:"missing"`
	Open    int `json:"open" doc:"its deadline is ahead"`
	Count   int `json:"count" doc:"records that say so"`
}

type figureLineBody struct {
	Unit       string       `json:"unit"`
	Name       string       `json:"name"`
	Department string       `json:"department" doc:"empty: it is a 部, whose figures are the sums of its units'"`
	Figures    []figureBody `json:"figures" nullable:"false" doc:"in the order of the obligations"`
}

// FigureSheetBody is the figures of a fiscal year. It is exported so that what it is part of has its fields.
type FigureSheetBody struct {
	Year  int              `json:"year" doc:"fiscal year: it begins on 1 April"`
	At    vms.Instant      `json:"at" format:"date-time" doc:"as it was known then"`
	Day   string           `json:"day" doc:"the last one that counts"`
	Whole bool             `json:"whole" doc:"all units are in it; else those this person may see"`
	Ward  []figureBody     `json:"ward" nullable:"false"`
	Lines []figureLineBody `json:"lines" nullable:"false" doc:"each 部 followed by its units"`
}

type figuresInput struct {
	Year int    `query:"year" doc:"fiscal year; left out: that of the day"`
	At   string `query:"at" maxLength:"10" doc:"as it was known at the end of this day, as 2017-06-01; empty: now"`
}

type figuresOutput struct {
	Body struct {
		Obligations []obligationBody `json:"obligations" nullable:"false"`
		FigureSheetBody
		Before *FigureSheetBody `json:"before,omitempty" doc:"the year before, as it was known a year before"`
	}
}

// figures are the ones asked for, and those of a year before.
func (g *Gateway) sheets(ctx context.Context, in *figuresInput) (now, before *tally.Sheet, err error) {
	at := g.now()
	if in.At != "" {
		day, err := time.ParseInLocation(time.DateOnly, in.At, conf.JST)
		if err != nil {
			return nil, nil, vms.Errorf(vms.Invalid, "bad-day", "日付を 2017-06-01 の形で入力してください。 Enter a date like 2017-06-01.")
		}
		at = min(at, vms.InstantOf(day.AddDate(0, 0, 1))-1)
	}
	year := in.Year
	if year == 0 {
		year = record.FiscalYear(at)
	}
	a := g.acting(ctx)
	if now, err = g.Tally.Of(ctx, a, year, at); err != nil {
		return nil, nil, err
	}
	before, err = g.Tally.Before(ctx, a, now)
	return now, before, err
}

func (g *Gateway) figures(ctx context.Context, in *figuresInput) (*figuresOutput, error) {
	now, before, err := g.sheets(ctx, in)
	if err != nil {
		return nil, err
	}
	out := &figuresOutput{}
	out.Body.Obligations, out.Body.FigureSheetBody = []obligationBody{}, describeSheet(now)
	for _, o := range tally.Obligations {
		out.Body.Obligations = append(out.Body.Obligations, obligationBody{o.ID, words(o.Name), words(o.Note), words(o.Counted), o.Weekly, o.Kind})
	}
	if before != nil {
		b := describeSheet(before)
		out.Body.Before = &b
	}
	return out, nil
}

func describeSheet(s *tally.Sheet) FigureSheetBody {
	b := FigureSheetBody{Year: s.Year, At: s.At, Day: s.Day, Whole: s.Whole, Ward: describeFigures(s.Ward), Lines: []figureLineBody{}}
	for _, l := range s.Lines {
		b.Lines = append(b.Lines, figureLineBody{l.Unit, l.Name, l.Department, describeFigures(l.Figures)})
	}
	return b
}

func describeFigures(all []tally.Figure) []figureBody {
	out := []figureBody{}
	for _, f := range all {
		out = append(out, figureBody(f))
	}
	return out
}

// exportFigures writes the same figures as a file: ?format=csv or xlsx.
func (g *Gateway) exportFigures(w http.ResponseWriter, r *http.Request) {
	table, err := g.figuresTable(r)
	if err != nil {
		g.fail(w, r, err)
		return
	}
	g.writeTable(w, r, table)
}

func (g *Gateway) figuresTable(r *http.Request) (*sheet.Table, error) {
	q := r.URL.Query()
	year, err := strconv.Atoi(q.Get("year"))
	if err != nil && q.Get("year") != "" {
		return nil, vms.Errorf(vms.Invalid, "bad-year", "年度を 2017 の形で入力してください。 Enter a fiscal year like 2017.")
	}
	now, before, err := g.sheets(r.Context(), &figuresInput{Year: year, At: q.Get("at")})
	if err != nil {
		return nil, err
	}
	return g.Tally.Table(r.Context(), g.acting(r.Context()), now, before)
}
