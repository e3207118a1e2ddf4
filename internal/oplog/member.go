package oplog

import (
	"context"

	"yagura/internal/db"
	"yagura/internal/oplog/hint"
)

// Member is who a member of staff is, by what a reader knows of them: their number, or their pseudonym. What the
// register does not have comes back as it was known. It is for rooms that keep it from whoever may not know.
func (r *Room) Member(ctx context.Context, known string) (number, name, unit string, err error) {
	var reg *hint.Register
	err = r.DB.Read(ctx, func(tx *db.Tx) (err error) {
		reg, err = loadRegister(ctx, tx)
		return err
	})
	if err != nil {
		return "", "", "", err
	}
	for n := range reg.Tenures {
		if n == known || r.Key.Staff(n).String() == known {
			t := reg.Last(n)
			return n, t.Name, r.unitName(t.Unit), nil
		}
	}
	return known, "", "", nil
}
