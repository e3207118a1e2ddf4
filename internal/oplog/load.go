package oplog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"slices"

	"golang.org/x/sync/errgroup"

	"yagura/internal/db"
	"yagura/internal/oplog/event"
	"yagura/internal/oplog/hint"
	"yagura/internal/vms"
)

const (
	batchRows    = 2000 // events in a transaction: others write in between
	mostProblems = 200  // that are told; the rest is counted
)

// Report is what is in a file, or what came of taking it.
type Report struct {
	ID         int64 // of the import; 0 where nothing was taken
	Encoding   string
	Rows       int // good ones, without duplicates
	Duplicates int
	Bad        int // lines with something wrong
	Problems   []event.Problem
	From, To   vms.Instant // of the events; 0 without
	Strangers  int         // different IDs that are nobody's in the register of staff, that day
	Homeless   int         // different terminals that are not in the list of terminals
	Months     []string
	Sample     []event.Event // the first ones, as they would be kept
}

// intake is one pass through a file.
type intake struct {
	room      *Room
	reader    *event.Reader
	register  *hint.Register
	terminals map[string]Terminal
	strict    bool // its profile is
	report    Report
	sums      sums
	strangers map[string]bool
	homeless  map[string]bool
	fresh     func(context.Context, []event.Event) ([]event.Event, error) // gives those that were not there yet, and keeps them or not
}

// run reads to the end; while a batch is stored, the next one is read.
func (in *intake) run(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	batches := make(chan []event.Event, 2)
	g.Go(func() error {
		defer close(batches)
		return in.read(ctx, batches)
	})
	g.Go(func() error {
		for batch := range batches {
			kept, err := in.fresh(ctx, batch)
			if err != nil {
				return err
			}
			in.count(batch, kept)
		}
		return nil
	})
	return g.Wait()
}

// count enters what was kept of a batch.
func (in *intake) count(batch, kept []event.Event) {
	in.report.Rows += len(kept)
	in.report.Duplicates += len(batch) - len(kept)
	for i := range kept {
		e := &kept[i]
		in.sums.add(e)
		if in.report.From == 0 || e.At < in.report.From {
			in.report.From = e.At
		}
		in.report.To = max(in.report.To, e.At)
	}
}

func (in *intake) read(ctx context.Context, out chan<- []event.Event) error {
	batch := make([]event.Event, 0, batchRows)
	send := func() error {
		select {
		case out <- batch:
			batch = make([]event.Event, 0, batchRows)
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	for {
		e, problems, err := in.reader.Next()
		if errors.Is(err, io.EOF) {
			return send()
		}
		if err != nil {
			return fmt.Errorf("read the file: %w", err)
		}
		if len(problems) > 0 {
			in.wrong(problems)
			continue
		}
		in.join(&e)
		if batch = append(batch, e); len(batch) == batchRows {
			if err := send(); err != nil {
				return err
			}
		}
	}
}

func (in *intake) wrong(problems []event.Problem) {
	in.report.Bad++
	in.report.Problems = append(in.report.Problems, problems[:min(len(problems), mostProblems-len(in.report.Problems))]...)
}

// join says where the member of staff worked that day, and notes who and what is unknown.
func (in *intake) join(e *event.Event) {
	in.narrow(e)
	t := in.register.On(e.Staff, dayOf(e.At))
	if t == nil {
		in.strangers[e.Staff] = true
	} else if e.Unit == "" {
		e.Unit = t.Unit
	}
	if _, known := in.terminals[e.Terminal]; !known {
		in.homeless[e.Terminal] = true
	}
	if len(in.report.Sample) < 10 {
		in.report.Sample = append(in.report.Sample, *e)
	}
}

// narrow keeps of codes that the ward's registers do not have a pseudonym: by a profile that was written down here a column
// may be called a code and hold something else.
func (in *intake) narrow(e *event.Event) {
	if !in.strict {
		return
	}
	if len(in.register.Tenures[e.Staff]) == 0 {
		e.Staff = in.room.Key.Code("staff", e.Staff)
	}
	if _, known := in.terminals[e.Terminal]; !known {
		e.Terminal = in.room.Key.Code("terminal", e.Terminal)
	}
	if in.room.Cameras().Organisation.Find(e.Unit) == nil {
		e.Unit = ""
	}
}

// begin prepares a pass.
func (r *Room) begin(ctx context.Context, p *event.Profile, file io.Reader) (_ *intake, err error) {
	in := &intake{room: r, strict: p.Strict(), sums: sums{}, strangers: map[string]bool{}, homeless: map[string]bool{}}
	if in.terminals, err = r.Terminals(ctx); err != nil {
		return nil, fmt.Errorf("list terminals: %w", err)
	}
	if err := r.DB.Read(ctx, func(tx *db.Tx) (err error) { in.register, err = loadRegister(ctx, tx); return err }); err != nil {
		return nil, fmt.Errorf("load the register of staff: %w", err)
	}
	in.reader, err = event.NewReader(file, p, r.Key)
	return in, err
}

// done completes the report.
func (in *intake) done() *Report {
	in.report.Encoding, in.report.Strangers, in.report.Homeless, in.report.Months = in.reader.Encoding, len(in.strangers), len(in.homeless), in.sums.months()
	return &in.report
}

// known are which of these events are stored.
func known(ctx context.Context, query func(context.Context, string, ...any) (*sql.Rows, error), batch []event.Event) (map[int64]bool, error) {
	out := map[int64]bool{}
	for part := range slices.Chunk(batch, knownRows) {
		args := make([]any, len(part))
		for i := range part {
			args[i] = part[i].Key
		}
		rows, err := query(ctx, `SELECT event FROM oplog_event WHERE event IN `+rowPlaces(1, len(args)), args...)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var k int64
			if err := rows.Scan(&k); err != nil {
				return nil, errors.Join(err, rows.Close())
			}
			out[k] = true
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return nil, err
		}
	}
	return out, nil
}

const knownRows = 200 // in a question

// without are the events that are neither in known nor twice in the batch.
func without(batch []event.Event, known map[int64]bool) []event.Event {
	return slices.DeleteFunc(slices.Clone(batch), func(e event.Event) bool {
		seen := known[e.Key]
		known[e.Key] = true
		return seen
	})
}
