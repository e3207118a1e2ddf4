package dossier

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"yagura/internal/db"
	"yagura/internal/record"
	"yagura/internal/vms"
)

// Pack is an evidence pack somebody asked for.
type Pack struct {
	ID       string
	Year     int
	Controls []string // codes; none: all of the statement of applicability
	State    string   // asked, making, done or broken
	By       string   // login
	Name     string
	Asked    vms.Instant
	Made     int // steps done ...
	Steps    int // ... of so many
	Files    int
	Bytes    int64
	Sums     string // SHA-256 of its SHA256SUMS; "" until it is whole
	Changed  vms.Instant
}

// File is its name.
func (p *Pack) File() string {
	what := "全管理策"
	if len(p.Controls) == 1 {
		what = p.Controls[0]
	} else if len(p.Controls) > 1 {
		what = fmt.Sprintf("管理策%d件", len(p.Controls))
	}
	return fmt.Sprintf("証跡_%d年度_%s.zip", p.Year, what)
}

func (p *Pack) detail() string {
	what := "all"
	if len(p.Controls) > 0 {
		what = strings.Join(p.Controls, " ")
	}
	return fmt.Sprintf("%s %d %s", p.ID, p.Year, what)
}

// still is how long a making may stand still before it counts as broken off: its process has ended.
const still = 2 * time.Minute

const (
	firstYear = 2000
	mostPacks = 50 // listed
)

var (
	errNone    = vms.Errorf(vms.NotFound, "no-pack", "その証跡パックはありません。 There is no such pack.")
	errBusy    = vms.Errorf(vms.Conflict, "busy", "ほかの証跡パックを作成中です。終わってから、もう一度お試しください。 Another pack is being made; try again when it is done.")
	errWhole   = vms.Errorf(vms.Conflict, "made", "この証跡パックは作成済みです。あらためて作成してください。 This pack was made; ask for a new one.")
	errControl = vms.Errorf(vms.Invalid, "no-control", "その番号の管理策はありません。 There is no control of that number.")
	errYear    = vms.Errorf(vms.Invalid, "bad-year", "年度を 2017 の形で入力してください。 Enter a fiscal year like 2017.")
)

// Ask asks for the evidence of some controls, or of all where none is named, in a fiscal year.
func (r *Room) Ask(ctx context.Context, a record.Actor, year int, controls []string) (*Pack, error) {
	p := &Pack{ID: rand.Text(), Year: year, Controls: controls, State: "asked", By: a.Login, Name: a.Name, Asked: r.c.Now()}
	p.Changed = p.Asked
	if err := r.may(ctx, a, Asked, p.detail()); err != nil {
		return nil, err
	}
	if year < firstYear || year > record.FiscalYear(p.Asked) {
		return nil, errYear
	}
	for _, code := range controls {
		known := false
		for rec, err := range r.records(ctx, a, selection{kind: "isms-control"}) {
			if err != nil {
				return nil, err
			}
			if known = rec.Values.Text("code") == code; known {
				break
			}
		}
		if !known {
			return nil, errControl
		}
	}
	if err := r.say(ctx, a, Asked, p); err != nil {
		return nil, err
	}
	list, err := json.Marshal(append([]string{}, controls...))
	if err != nil {
		return nil, err
	}
	_, err = r.c.DB.Exec(ctx, `INSERT INTO dossier (`+columns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		p.ID, p.Year, string(list), p.State, p.By, p.Name, p.Asked, 0, 0, 0, 0, "", p.Changed)
	return p, err
}

const columns = `id, year, controls, state, asked_by, asked_name, asked_us, made, steps, files, bytes, sums, changed_us`

// say writes what is about to happen into the audit log.
func (r *Room) say(ctx context.Context, a record.Actor, action string, p *Pack) error {
	e := a.Entry
	e.Actor, e.Action, e.Detail = a.Login, action, p.detail()
	_, err := r.c.Audit.Append(ctx, e)
	return err
}

// Packs are the packs that were asked for, the newest first.
func (r *Room) Packs(ctx context.Context, a record.Actor) ([]*Pack, error) {
	if err := r.may(ctx, a, Asked, "list"); err != nil {
		return nil, err
	}
	return db.Collect(db.Rows(r.c.DB.Query(ctx, fmt.Sprintf(`SELECT %s FROM dossier ORDER BY asked_us DESC, id LIMIT %d`, columns, mostPacks))), r.scan)
}

// Find returns a pack.
func (r *Room) Find(ctx context.Context, a record.Actor, id string) (*Pack, error) {
	if err := r.may(ctx, a, Made, id); err != nil {
		return nil, err
	}
	p, err := r.scan(r.c.DB.QueryRow(ctx, `SELECT `+columns+` FROM dossier WHERE id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errNone
	}
	return p, err
}

func (r *Room) scan(row db.Row) (*Pack, error) {
	p := &Pack{}
	var controls string
	err := row.Scan(&p.ID, &p.Year, &controls, &p.State, &p.By, &p.Name, &p.Asked, &p.Made, &p.Steps, &p.Files, &p.Bytes, &p.Sums, &p.Changed)
	if err != nil {
		return nil, err
	}
	if p.State == "making" && r.c.Now().Sub(p.Changed) > still {
		p.State = "broken"
	}
	return p, json.Unmarshal([]byte(controls), &p.Controls)
}

// keep writes how far a pack has come.
func (r *Room) keep(ctx context.Context, p *Pack) error {
	p.Changed = r.c.Now()
	_, err := r.c.DB.Exec(ctx, `UPDATE dossier SET state = $1, made = $2, steps = $3, files = $4, bytes = $5, sums = $6, changed_us = $7 WHERE id = $8`,
		p.State, p.Made, p.Steps, p.Files, p.Bytes, p.Sums, p.Changed, p.ID)
	return err
}

// chosen are the controls a pack is about.
func (p *Pack) chosen(all []*Control) []*Control {
	if len(p.Controls) == 0 {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(c *Control) bool { return !slices.Contains(p.Controls, c.Code()) })
}
