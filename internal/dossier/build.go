package dossier

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"runtime/debug"
	"time"

	"yagura/internal/audit"
	"yagura/internal/compliance"
	"yagura/internal/oversight"
	"yagura/internal/record"
	"yagura/internal/sheet"
	"yagura/internal/vms"
)

// How much of each kind of evidence is printed and listed. What is left out is said in the index.
const (
	printMost = 100   // records as PDF, spread evenly; the tables have them all
	partRows  = 5_000 // of a table; a longer one is several files
	auditMost = 20_000
)

const keepEvery = time.Second // progress is written that often

// building is a pack being written.
type building struct {
	r    *Room
	a    record.Actor
	p    *Pack
	zip  *oversight.Signed
	at   vms.Instant
	head audit.Head

	controls []*Control
	parts    []*part
	done     map[string]*part // by what they are of
	printed  map[string]string
}

// part is one kind of evidence in the pack.
type part struct {
	Proof
	Folder  string
	Name    string
	Tables  []string // files
	Printed int      // records printed, of Count
	Listed  int      // rows of the audit log listed, of Count
}

// Ready is a pack that is about to be made. Its row is in the log.
type Ready struct {
	b *building
}

// Begin writes into the log that a pack is made, and returns what makes it. Only one is made at a time; the caller
// calls Write or Drop.
func (r *Room) Begin(ctx context.Context, a record.Actor, id string) (*Ready, error) {
	p, err := r.Find(ctx, a, id)
	switch {
	case err != nil:
		return nil, err
	case p.By != a.Login:
		return nil, errNone
	case p.State == "done":
		return nil, errWhole
	case p.State == "making" || !r.making.TryLock():
		return nil, errBusy
	}
	b := &building{r: r, a: a, p: p, at: r.c.Now(), done: map[string]*part{}, printed: map[string]string{}}
	if err := b.begin(ctx); err != nil {
		r.making.Unlock()
		return nil, err
	}
	return &Ready{b}, nil
}

func (b *building) begin(ctx context.Context) error {
	all, err := b.r.controls(ctx, b.a, b.p.Year)
	if err != nil {
		return err
	}
	b.controls = b.p.chosen(all)
	b.plan()
	if err := b.r.say(ctx, b.a, Made, b.p); err != nil {
		return err
	}
	if b.head, err = b.r.c.Audit.Head(ctx); err != nil {
		return err
	}
	b.p.State, b.p.Made = "making", 0
	return b.r.keep(ctx, b.p)
}

// plan names the parts, each once, and counts the steps.
func (b *building) plan() {
	for _, c := range b.controls {
		if c.State == Excluded {
			continue
		}
		for _, proof := range c.Proofs {
			key := proof.what()
			if b.done[key] != nil || proof.Count == 0 {
				continue
			}
			pt := &part{Proof: proof, Name: compliance.ProofName(proof.Kind).Ja, Folder: "記録"}
			if proof.Ledger {
				pt.Folder = "監査ログ"
			}
			if proof.Field != "" {
				pt.Name += "_" + proof.Field + "_" + proof.Value
			}
			b.done[key], b.parts = pt, append(b.parts, pt)
			if b.p.Steps++; !proof.Ledger {
				b.p.Steps += min(proof.Count, printMost)
			}
		}
		b.p.Steps += len(c.Singles)
	}
	b.p.Steps += 2 // the statement and the index
}

// File is the name of the pack.
func (y *Ready) File() string { return y.b.p.File() }

// Write writes the pack. Where it fails, what was written is no zip, and that it broke off is kept.
func (y *Ready) Write(ctx context.Context, w io.Writer) error {
	b := y.b
	defer b.r.making.Unlock()
	err := b.write(ctx, w)
	if b.p.State = "done"; err != nil {
		b.p.State = "broken"
	}
	return cmp.Or(err, b.r.keep(context.WithoutCancel(ctx), b.p))
}

func (b *building) write(ctx context.Context, w io.Writer) error {
	b.zip = oversight.NewSigned(w, b.at)
	if err := b.statement(ctx); err != nil {
		return err
	}
	for _, p := range b.parts {
		var err error
		if p.Ledger {
			err = b.ledger(ctx, p)
		} else {
			err = b.part(ctx, p)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", p.what(), err)
		}
	}
	for _, c := range b.controls {
		for _, s := range c.Singles {
			if err := b.single(ctx, s); err != nil {
				return err
			}
		}
	}
	if err := b.index(ctx); err != nil {
		return err
	}
	sums, err := b.zip.Finish(b.r.c.Key, verify)
	b.p.Sums, b.p.Files = sums, len(b.zip.Files())
	b.p.Made = b.p.Steps
	return err
}

// step notes progress, now and then in the database.
func (b *building) step(ctx context.Context) error {
	b.p.Made++
	now := b.r.c.Now()
	if now.Sub(b.p.Changed) < keepEvery {
		return ctx.Err()
	}
	b.p.Files = len(b.zip.Files())
	return b.r.keep(ctx, b.p)
}

func (b *building) add(name string, write func(io.Writer) error) error {
	if err := b.zip.Add(name, write); err != nil {
		return err
	}
	files := b.zip.Files()
	b.p.Bytes += files[len(files)-1].Bytes
	return nil
}

// table writes a table as a workbook and as CSV, and names the files.
func (b *building) table(folder string, t *sheet.Table) ([]string, error) {
	names := []string{folder + "/" + sheet.FileName(t.Name, "xlsx"), folder + "/" + sheet.FileName(t.Name, "csv")}
	if err := b.add(names[0], t.WriteXLSX); err != nil {
		return nil, err
	}
	return names, b.add(names[1], t.WriteCSV)
}

// part writes the records of a kind: tables of them all, some of them printed.
func (b *building) part(ctx context.Context, p *part) error {
	k, err := b.r.c.Records.Kind(p.Kind)
	if err != nil {
		return err
	}
	s, err := selectionOf(&p.Proof, b.p.Year)
	if err != nil {
		return err
	}
	var rows []*record.Record
	n := 0
	flush := func() error {
		if len(rows) == 0 {
			return nil
		}
		t := k.Table(rows)
		if t.Name = p.Name; len(p.Tables) > 0 || p.Count > partRows {
			t.Name = fmt.Sprintf("%s_%d", p.Name, len(p.Tables)/2+1)
		}
		names, err := b.table(p.Folder, t)
		p.Tables, rows = append(p.Tables, names...), rows[:0]
		return err
	}
	for rec, err := range b.r.records(ctx, b.a, s) {
		if err != nil {
			return err
		}
		if rows = append(rows, rec); len(rows) == partRows {
			if err := flush(); err != nil {
				return err
			}
		}
		if n++; n*printMost/max(p.Count, printMost) > (n-1)*printMost/max(p.Count, printMost) {
			if err := b.record(ctx, k, rec); err != nil {
				return err
			}
			p.Printed++
		}
	}
	if err := flush(); err != nil {
		return err
	}
	return b.step(ctx)
}

// record writes everything of one record beside its row in a table, once: its printed form and its files.
func (b *building) record(ctx context.Context, k *record.Kind, rec *record.Record) error {
	if b.printed[rec.ID] == "" {
		history, err := b.r.c.Records.History(ctx, b.a, rec.ID)
		if err != nil {
			return err
		}
		name := "記録/" + k.Name.Ja + "/" + sheet.FileName(k.Label(rec), "pdf")
		if err := b.add(name, b.paper(k, rec, history).WritePDF); err != nil {
			return err
		}
		b.printed[rec.ID] = name
		if err := b.attached(ctx, k, rec); err != nil {
			return err
		}
	}
	return b.step(ctx)
}

// single writes a record that a control names.
func (b *building) single(ctx context.Context, s Single) error {
	if s.Record == nil {
		return b.step(ctx)
	}
	return b.record(ctx, s.Kind, s.Record)
}

// ledger writes rows of the audit log: their places, instants, actions and hashes.
func (b *building) ledger(ctx context.Context, p *part) error {
	f := filterOf(ledgerOf(p.Kind), b.p.Year)
	f.Limit = page
	newTable := func() *sheet.Table {
		return &sheet.Table{Name: p.Name, Columns: []sheet.Column{{Name: "行番号", Kind: sheet.Number}, {Name: "日時", Width: 28}, {Name: "操作", Width: 20}, {Name: "行のハッシュ(SHA-256)", Width: 60}}}
	}
	t := newTable()
	flush := func() error {
		if len(t.Rows) == 0 {
			return nil
		}
		if t.Name = p.Name; len(p.Tables) > 0 || min(p.Count, auditMost) > partRows {
			t.Name = fmt.Sprintf("%s_%d", p.Name, len(p.Tables)/2+1)
		}
		names, err := b.table(p.Folder, t)
		p.Tables, t = append(p.Tables, names...), newTable()
		return err
	}
	for p.Listed < auditMost {
		rows, err := b.r.c.Audit.Query(ctx, f)
		if err != nil {
			return err
		}
		for _, e := range rows {
			t.Rows = append(t.Rows, []any{e.Seq, e.Time.String(), e.Action, e.Hash.String()})
			f.Before = e.Seq
		}
		p.Listed += len(rows)
		if last := len(rows) < page || p.Listed >= auditMost; last || len(t.Rows) >= partRows {
			if err := flush(); err != nil {
				return err
			}
			if last {
				break
			}
		}
	}
	return b.step(ctx)
}

// version is which software made the pack.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			v += " " + s.Value
		}
	}
	return v
}
