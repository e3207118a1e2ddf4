package oversight

import (
	"context"
	"errors"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// Actions about sealed cases; Case is which.
const (
	SealCase   = "case.seal"
	ExtendSeal = "case.extend"
	CloseCase  = "case.close"
)

const (
	sealed     = 90 * 24 * time.Hour // a seal, and each time it is extended
	extendable = 30 * 24 * time.Hour // before it ends
	mostReason = 500                 // characters
	mostCase   = 64
)

// Seal keeps the views of a case from heads, who may be what it is about, until it is closed or the
// time has passed.
type Seal struct {
	Case       string
	Reason     string
	SealedBy   string // login
	SealedAt   vms.Instant
	Until      vms.Instant
	ExtendedBy string // who did last; empty: nobody yet
	ExtendedAt vms.Instant
	ClosedBy   string // empty: it is open
	ClosedAt   vms.Instant
}

// In reports whether the seal is in force.
func (s *Seal) In(now vms.Instant) bool { return s.ClosedBy == "" && now < s.Until }

// Extendable is why the person may not extend it now; nil: they may.
func (s *Seal) Extendable(login string, now vms.Instant) error {
	switch {
	case !s.In(now):
		return vms.Errorf(vms.Conflict, "not-sealed", "この事案はもう封印されていません。 The case is not sealed any more.")
	case login == s.SealedBy && s.ExtendedBy == "", login == s.ExtendedBy:
		return vms.Errorf(vms.Denied, "second-person", "延長は、前に封印・延長した人とは別の人が行います。 Somebody else than who sealed or extended it last must extend it.")
	case s.Until.Sub(now) > extendable:
		return vms.Errorf(vms.Conflict, "too-early", "延長できるのは、期限の30日前からです。 It can be extended in its last 30 days.")
	}
	return nil
}

// fold makes a case the same however it was typed.
func fold(text string) string {
	return strings.Join(vms.Terms(text), " ")
}

// seals reports whether the person may seal cases; reads whether they may know which are.
func (r *Room) seals(p *identity.Person) bool {
	return r.Access.CheckUnit(p, access.CaseRecords, "", r.Now()).Allow
}

func (r *Room) reads(p *identity.Person) bool {
	return r.Access.CheckUnit(p, access.ReadRecords, "", r.Now()).Allow
}

var errNoSeal = vms.Errorf(vms.Denied, "denied", "事案の封印は危機管理担当が行い、監査担当が確かめます。 Crisis management seals cases, and auditors see which.")

// Seals returns what was ever sealed, newest first, and whether the caller may seal.
func (r *Room) Seals(ctx context.Context, c identity.Caller) (list []Seal, may bool, err error) {
	may = r.seals(c.Person)
	if !may && !r.reads(c.Person) {
		return nil, false, errNoSeal
	}
	err = r.DB.Read(ctx, func(tx *db.Tx) (err error) {
		list, err = sealsOf(ctx, tx)
		return err
	})
	return list, may, err
}

// Seal keeps the views of a case from heads for 90 days. A case is sealed once: what was told after a
// seal ended is not taken back.
func (r *Room) Seal(ctx context.Context, c identity.Caller, caseRef, reason string) error {
	caseRef, reason = strings.TrimSpace(norm.NFKC.String(caseRef)), strings.TrimSpace(reason)
	if n, m := len([]rune(caseRef)), len([]rune(reason)); n == 0 || n > mostCase || m == 0 || m > mostReason {
		return vms.Errorf(vms.Invalid, "bad-seal", "事案番号を1～%d字、理由を1～%d字で入力してください。 A case of 1 to %d characters, and a reason of 1 to %d.", mostCase, mostReason, mostCase, mostReason)
	}
	return r.changeSeal(ctx, c, SealCase, caseRef, func(tx *db.Tx, s *Seal, now vms.Instant) error {
		if s != nil {
			return vms.Errorf(vms.Conflict, "sealed-before", "事案「%s」は、すでに封印されたことがあります。 The case was sealed before.", s.Case)
		}
		_, err := tx.Exec(ctx, `INSERT INTO case_seal (case_ref, reason, sealed_by, sealed_at, until_at, extended_by, extended_at, closed_by, closed_at)
			VALUES ($1, $2, $3, $4, $5, '', 0, '', 0)`, caseRef, reason, c.Person.Login, int64(now), int64(now.Add(sealed)))
		return err
	})
}

// Extend seals a case for 90 days more, by somebody else than did so last.
func (r *Room) Extend(ctx context.Context, c identity.Caller, caseRef string) error {
	return r.changeSeal(ctx, c, ExtendSeal, caseRef, func(tx *db.Tx, s *Seal, now vms.Instant) error {
		if s == nil {
			return errNoCase
		}
		if err := s.Extendable(c.Person.Login, now); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `UPDATE case_seal SET until_at = $2, extended_by = $3, extended_at = $4 WHERE case_ref = $1`,
			s.Case, int64(s.Until.Add(sealed)), c.Person.Login, int64(now))
		return err
	})
}

// Close ends a seal: from now on heads are told.
func (r *Room) Close(ctx context.Context, c identity.Caller, caseRef string) error {
	return r.changeSeal(ctx, c, CloseCase, caseRef, func(tx *db.Tx, s *Seal, now vms.Instant) error {
		if s == nil {
			return errNoCase
		}
		if !s.In(now) {
			return vms.Errorf(vms.Conflict, "not-sealed", "この事案はもう封印されていません。 The case is not sealed any more.")
		}
		_, err := tx.Exec(ctx, `UPDATE case_seal SET closed_by = $2, closed_at = $3 WHERE case_ref = $1`, s.Case, c.Person.Login, int64(now))
		return err
	})
}

var errNoCase = vms.Errorf(vms.NotFound, "no-case", "その事案は封印されていません。 That case is not sealed.")

// errDry ends a transaction that only looked whether the change would be possible.
var errDry = errors.New("possible")

// changeSeal looks whether a change is possible, writes it into the log, and makes it.
func (r *Room) changeSeal(ctx context.Context, c identity.Caller, action, caseRef string, change func(*db.Tx, *Seal, vms.Instant) error) error {
	if !r.seals(c.Person) {
		return errNoSeal
	}
	now := r.Now()
	run := func(dry bool) error {
		return r.DB.Tx(ctx, func(tx *db.Tx) error {
			s, err := sealOf(ctx, tx, caseRef)
			if err == nil {
				err = change(tx, s, now)
			}
			if err == nil && dry {
				return errDry
			}
			return err
		})
	}
	if err := run(true); !errors.Is(err, errDry) {
		return err
	}
	if _, err := r.Log.Append(ctx, audit.Entry{Actor: c.Person.Login, Session: c.Session, From: c.From, Action: action, Case: caseRef}); err != nil {
		return err
	}
	return run(false)
}

// sealOf is nil where the case was never sealed.
func sealOf(ctx context.Context, tx *db.Tx, caseRef string) (*Seal, error) {
	list, err := sealsOf(ctx, tx)
	for i := range list {
		if fold(list[i].Case) == fold(caseRef) {
			return &list[i], err
		}
	}
	return nil, err
}

func sealsOf(ctx context.Context, tx *db.Tx) (out []Seal, err error) {
	for row, err := range db.Rows(tx.Query(ctx, `SELECT case_ref, reason, sealed_by, sealed_at, until_at, extended_by, extended_at, closed_by, closed_at
		FROM case_seal ORDER BY sealed_at DESC, case_ref`)) {
		if err != nil {
			return nil, err
		}
		var s Seal
		if err := row.Scan(&s.Case, &s.Reason, &s.SealedBy, &s.SealedAt, &s.Until, &s.ExtendedBy, &s.ExtendedAt, &s.ClosedBy, &s.ClosedAt); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

// Sealed returns what tells whether a case is sealed now, for those who tell others of views.
func (r *Room) Sealed(ctx context.Context) (func(caseRef string) bool, error) {
	sealed, err := r.sealedNow(ctx)
	return func(caseRef string) bool { return sealed[fold(caseRef)] }, err
}

// sealedNow returns which cases, as fold writes them, are sealed now.
func (r *Room) sealedNow(ctx context.Context) (map[string]bool, error) {
	out, now := map[string]bool{}, r.Now()
	err := r.DB.Read(ctx, func(tx *db.Tx) error {
		list, err := sealsOf(ctx, tx)
		for _, s := range list {
			if s.In(now) {
				out[fold(s.Case)] = true
			}
		}
		return err
	})
	return out, err
}

// EverSealed returns what tells whether a case was ever sealed.
func (r *Room) EverSealed(ctx context.Context) (func(caseRef string) bool, error) {
	var list []Seal
	err := r.DB.Read(ctx, func(tx *db.Tx) (err error) {
		list, err = sealsOf(ctx, tx)
		return err
	})
	was := map[string]bool{}
	for _, s := range list {
		was[fold(s.Case)] = true
	}
	return func(caseRef string) bool { return was[fold(caseRef)] }, err
}
