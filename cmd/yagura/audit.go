package main

import (
	"context"
	"errors"
	"fmt"

	"yagura/internal/audit"
	"yagura/internal/db"
	"yagura/internal/vms"
)

type auditVerifyVerb struct {
	configFlag
	From int64 `help:"First row to look at; the hash of the one before it is trusted." default:"1"`
}

// Run exits with 0 where the log is in order, 1 where it is not, 3 where that cannot be told.
func (v *auditVerifyVerb) Run(ctx context.Context, std streams) error {
	cfg, err := loadConfig(v.Config)
	if err != nil {
		return &exit{3, err}
	}
	d, err := db.Open(ctx, cfg.Database.Reveal())
	if err != nil {
		return &exit{3, err}
	}
	r, err := audit.New(d, vms.NewClock(), operator).Verify(ctx, v.From)
	if err = errors.Join(err, d.Close()); err != nil {
		return &exit{3, err}
	}
	fmt.Fprintf(std.out, "%d rows, up to row %d of %s\n", r.Rows, r.Head.Seq, r.Head.Written)
	if r.Begins > 1 && v.From <= 1 {
		fmt.Fprintf(std.out, "rows 1 to %d were there before the chain; row %d holds their hash\n", r.Begins-1, r.Begins)
	}
	if r.Late > 0 {
		fmt.Fprintf(std.out, "%d rows were written more than 15 minutes after what they tell of, the first is row %d\n", r.Late, r.FirstLate)
	}
	if r.Bad != nil {
		return errors.New(r.Bad.String())
	}
	fmt.Fprintln(std.out, "in order")
	return nil
}
