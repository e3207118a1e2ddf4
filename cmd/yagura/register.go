package main

import (
	"context"

	"yagura/internal/compliance"
)

// staff is the register of staff, as records name people of it.
func (n *node) staff(ctx context.Context, number string) (out []compliance.Somebody, err error) {
	tenures, err := n.oplog.Tenures(ctx, number)
	for _, t := range tenures {
		out = append(out, compliance.Somebody{ID: t.Number, Name: t.Name, Unit: t.Unit, Last: t.To})
	}
	return out, err
}
