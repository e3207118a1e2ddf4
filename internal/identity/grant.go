package identity

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"slices"
	"time"

	"yagura/internal/camera"
	"yagura/internal/db"
	"yagura/internal/vms"
)

// Kinds of grants.
const (
	Extra     = "grant"     // a right besides those of one's posts
	Denial    = "denial"    // an exclusion, whatever one's posts say
	Emergency = "emergency" // 緊急閲覧, begun by oneself and reviewed afterwards
)

// NoFootagePosts are the posts whose holders are given no footage by a grant: who runs the system, who
// watches over its use, and who analyses logs.
var NoFootagePosts = []Post{Administrator, Facilities, Auditor, LogAnalyst, InformationSecurity}

// LongestGrant is how long a right besides those of one's posts may last.
const LongestGrant = 30 * 24 * time.Hour

// Grant gives a person rights, or takes them, in [From, To), on cameras or on those of a unit.
type Grant struct {
	ID       string
	Kind     string // Extra, Denial or Emergency
	Login    string
	Cameras  []vms.CameraID // none: those of the unit; in an emergency, all
	Unit     string         // id
	Actions  []string       // in the words of access; of a denial none
	From, To vms.Instant
	Reason   string
	Case     string // number of the case; "" none
	State    string // accepted, waiting or refused

	RequestedBy string
	RequestedAt vms.Instant
	DecidedBy   string
	DecidedAt   vms.Instant
	EndedBy     string // who ended it before its time, which To is then; "" nobody

	Finding    string // of an emergency: what its review found; "" not yet
	ReviewedBy string
	ReviewedAt vms.Instant
}

// InForce reports whether the grant gives, or takes, at that instant.
func (g *Grant) InForce(now vms.Instant) bool {
	return g.State == "accepted" && g.From <= now && now < g.To
}

// SeesFootage reports whether something in force gives the person footage: a post, or a grant.
func (p *Person) SeesFootage(now vms.Instant) bool {
	return p.Holds(now, FootagePosts...) || slices.ContainsFunc(p.Grants, func(g Grant) bool { return g.Kind != Denial && g.InForce(now) })
}

// AddGrant keeps a grant as by asks for it; its ID, and who asked when, are set here. Whether they may, and what
// waits for whom, is the caller's question.
func (r *Registry) AddGrant(ctx context.Context, g Grant, by string) (Grant, error) {
	now := r.opts.Now()
	g.ID, g.RequestedBy, g.RequestedAt = rand.Text()[:12], by, now
	if g.From == 0 {
		g.From = now
	}
	if g.To == 0 && g.Kind == Denial {
		g.To = camera.Forever
	}
	if g.To <= g.From || g.To <= now || g.Kind == Extra && g.To.Sub(g.From) > LongestGrant {
		return g, vms.Errorf(vms.Invalid, "bad-period", "期間は、これから終わる30日以内で指定してください。 The period must end after it begins, in the future, and last 30 days at most.")
	}
	err := r.change(ctx, func(tx *db.Tx) error {
		if err := known(ctx, tx, Appointment{Login: g.Login, Unit: g.Unit}); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO access_grant (`+grantColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, '', '', '', 0)`,
			g.ID, g.Kind, g.Login, words(g.Cameras), g.Unit, words(g.Actions), int64(g.From), int64(g.To), g.Reason, g.Case, g.State,
			g.RequestedBy, int64(g.RequestedAt), g.DecidedBy, int64(g.DecidedAt))
		return err
	})
	return g, err
}

func words[T ~string](list []T) string {
	b, err := json.Marshal(append([]T{}, list...))
	if err != nil {
		panic("identity: " + err.Error()) // strings always marshal
	}
	return string(b)
}

// DecideGrant accepts or refuses a grant that waits. by is neither who asked for it nor who gets it
// (vms.Denied); whether they may decide at all is the caller's question.
func (r *Registry) DecideGrant(ctx context.Context, id, by string, accept bool) (g Grant, err error) {
	state := "refused"
	if accept {
		state = "accepted"
	}
	err = r.change(ctx, func(tx *db.Tx) error {
		if g, err = grantOf(ctx, tx, id); err != nil {
			return err
		}
		switch {
		case g.State != "waiting":
			return vms.Errorf(vms.Conflict, "not-waiting", "この申請は、もう決定されています。 This grant is %s.", g.State)
		case by == "" || by == g.RequestedBy || by == g.Login:
			return vms.Errorf(vms.Denied, "second-person", "申請した人と本人のほかの人が決めます。 Somebody else than who asked and who gets it decides.")
		case accept && g.To <= r.opts.Now():
			return vms.Errorf(vms.Conflict, "expired", "期間が過ぎています。 Its period is over.")
		}
		g.State, g.DecidedBy, g.DecidedAt = state, by, r.opts.Now()
		_, err := tx.Exec(ctx, `UPDATE access_grant SET state = $2, decided_by = $3, decided_at = $4 WHERE id = $1`, id, state, by, int64(g.DecidedAt))
		return err
	})
	return g, err
}

// EndGrant ends a grant now; may says who may, given the grant. One that waits is refused by it.
func (r *Registry) EndGrant(ctx context.Context, id, by string, may func(*Grant) error) (g Grant, err error) {
	err = r.change(ctx, func(tx *db.Tx) error {
		if g, err = grantOf(ctx, tx, id); err != nil {
			return err
		}
		if err := may(&g); err != nil {
			return err
		}
		now := r.opts.Now()
		if g.State == "refused" || g.To <= now || g.EndedBy != "" {
			return vms.Errorf(vms.Conflict, "over", "もう終わっています。 It is over.")
		}
		if g.State == "waiting" {
			g.State, g.DecidedBy, g.DecidedAt = "refused", by, now
		}
		g.To, g.EndedBy = now, by
		_, err := tx.Exec(ctx, `UPDATE access_grant SET state = $2, to_at = $3, ended_by = $4, decided_by = $5, decided_at = $6 WHERE id = $1`,
			id, g.State, int64(g.To), by, g.DecidedBy, int64(g.DecidedAt))
		return err
	})
	return g, err
}

// ReviewGrant notes what the review of an emergency found; may says who may, given the grant.
func (r *Registry) ReviewGrant(ctx context.Context, id, by, finding string, may func(*Grant) error) (g Grant, err error) {
	err = r.change(ctx, func(tx *db.Tx) error {
		if g, err = grantOf(ctx, tx, id); err != nil {
			return err
		}
		if err := may(&g); err != nil {
			return err
		}
		now := r.opts.Now()
		switch {
		case g.Kind != Emergency:
			return noGrant
		case g.Finding != "":
			return vms.Errorf(vms.Conflict, "reviewed", "もう確認されています。 It has been reviewed.")
		case now < g.To:
			return vms.Errorf(vms.Conflict, "running", "まだ終わっていません。 It still runs.")
		}
		g.Finding, g.ReviewedBy, g.ReviewedAt = finding, by, now
		_, err := tx.Exec(ctx, `UPDATE access_grant SET finding = $2, reviewed_by = $3, reviewed_at = $4 WHERE id = $1`, id, finding, by, int64(now))
		return err
	})
	return g, err
}

var noGrant = vms.Errorf(vms.NotFound, "no-grant", "その権限の記録はありません。 There is no such grant.")

// Grants returns all grants, newest first.
func (r *Registry) Grants(ctx context.Context) (out []Grant, err error) {
	err = r.db.Read(ctx, func(tx *db.Tx) (err error) {
		out, err = grants(ctx, tx, `1 = 1 ORDER BY requested_at DESC, id`)
		return err
	})
	return out, err
}

func grantOf(ctx context.Context, tx *db.Tx, id string) (Grant, error) {
	found, err := grants(ctx, tx, `id = $1`, id)
	if err == nil && len(found) == 0 {
		err = noGrant
	}
	if err != nil {
		return Grant{}, err
	}
	return found[0], nil
}

const grantColumns = `id, kind, login, cameras, unit, actions, from_at, to_at, reason, case_ref, state, requested_by, requested_at, decided_by, decided_at,
	ended_by, finding, reviewed_by, reviewed_at`

func grants(ctx context.Context, tx *db.Tx, where string, args ...any) (out []Grant, err error) {
	for row, err := range db.Rows(tx.Query(ctx, `SELECT `+grantColumns+` FROM access_grant WHERE `+where, args...)) {
		if err != nil {
			return nil, err
		}
		var g Grant
		var cameras, actions string
		if err := row.Scan(&g.ID, &g.Kind, &g.Login, &cameras, &g.Unit, &actions, &g.From, &g.To, &g.Reason, &g.Case, &g.State, &g.RequestedBy, &g.RequestedAt,
			&g.DecidedBy, &g.DecidedAt, &g.EndedBy, &g.Finding, &g.ReviewedBy, &g.ReviewedAt); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(cameras), &g.Cameras); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(actions), &g.Actions); err != nil {
			return nil, err
		}
		out = append(out, g)
	}
	return out, nil
}
