package duty

import (
	"context"
	"fmt"
	"slices"
	"time"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// Results of a moment.
const (
	Fine      = "fine"      // 異常なし
	Attention = "attention" // 要対応
)

const (
	around   = 2 * time.Minute // a view this close to a moment has seen it
	edges    = 5 * time.Minute // of a gap there is no picture: what lies this close to its ends tells
	manyEnds = 10000
)

// windows are the stretches of which some part must have been seen.
func (m *Moment) windows() []vms.Span {
	near := func(at vms.Instant, d time.Duration) vms.Span { return vms.Span{From: at.Add(-d), To: at.Add(d)} }
	if m.Why == Gap || m.Why == Stall {
		return vms.Union([]vms.Span{near(m.From, edges), near(m.To, edges)})
	}
	return []vms.Span{near(m.From, around)}
}

// Mark notes what the caller found at a moment of their round. The last mark finishes the round; until it
// would have lapsed a mark can be corrected. vms.Conflict "not-seen" where they did not look.
func (r *Room) Mark(ctx context.Context, c identity.Caller, id string, n int, result, note string) (*Round, error) {
	if result != Fine && result != Attention {
		return nil, vms.Errorf(vms.Invalid, "bad-result", "結果は異常なし（fine）か要対応（attention）です。 The result is fine or attention.")
	}
	round, err := r.Round(ctx, c, id)
	if err != nil {
		return nil, err
	}
	m, err := r.markable(round, n)
	if err != nil {
		return nil, err
	}
	if err := r.mustHaveSeen(ctx, c, round, m); err != nil {
		return nil, err
	}
	e := entry(c, MarkMoment, fmt.Sprintf("round %s, moment %d: %s", id, n, result))
	e.Camera, e.At = m.Camera, m.From
	if _, err := r.Audit.Append(ctx, e); err != nil {
		return nil, err
	}
	err = r.change(ctx, func(tx *db.Tx) error {
		if round, err = r.own(ctx, tx, c, id); err != nil {
			return err
		}
		if m, err = r.markable(round, n); err != nil {
			return err
		}
		m.Result, m.Note, m.Checked = result, note, r.Now()
		return saveMark(ctx, tx, round, m)
	})
	return round, err
}

// markable finds a moment that can be marked now.
func (r *Room) markable(round *Round, n int) (*Moment, error) {
	if n < 1 || n > len(round.Moments) {
		return nil, vms.Errorf(vms.NotFound, "no-moment", "この回にその場面はありません。 The round has no such moment.")
	}
	if r.Now() >= round.Until() {
		return nil, vms.Errorf(vms.Conflict, "lapsed", "この回は期限（7日）を過ぎました。 The time of this round (7 days) is over.")
	}
	return &round.Moments[n-1], nil
}

func saveMark(ctx context.Context, tx *db.Tx, round *Round, m *Moment) error {
	if _, err := tx.Exec(ctx, `UPDATE duty_moment SET result = $3, note = $4, checked = $5 WHERE round = $1 AND n = $2`,
		round.ID, m.N, m.Result, m.Note, int64(m.Checked)); err != nil {
		return err
	}
	if round.Finished != 0 || slices.ContainsFunc(round.Moments, func(m Moment) bool { return m.Result == "" }) {
		return nil
	}
	round.Finished = m.Checked
	_, err := tx.Exec(ctx, `UPDATE duty_round SET finished = $2, open = 0 WHERE id = $1`, round.ID, int64(round.Finished))
	return err
}

// mustHaveSeen is nil where the caller saw the moment since the round began, or nobody could.
func (r *Room) mustHaveSeen(ctx context.Context, c identity.Caller, round *Round, m *Moment) error {
	seen, err := r.seen(ctx, c.Person.Login, m.Camera, round.Started)
	if err != nil || len(common(m.windows(), seen)) > 0 {
		return err
	}
	there, err := r.thereToSee(ctx, c, round.Unit, m)
	if err != nil || !there {
		return err
	}
	return vms.Errorf(vms.Conflict, "not-seen", "この場面の映像をまだ確認していません。再生してから記録してください。 You have not looked at this moment yet; play it first.")
}

// seen returns the camera's footage that the person saw in views that ended after since or go on.
func (r *Room) seen(ctx context.Context, login string, id vms.CameraID, since vms.Instant) ([]vms.Span, error) {
	spans := r.Watching(login, id) // first: a view that ends meanwhile is in the log then
	ends, err := r.Audit.Query(ctx, audit.Filter{Actor: login, Camera: id, Action: audit.ViewEnd, Time: vms.Span{From: since}, Limit: manyEnds})
	for _, e := range ends {
		spans = append(spans, e.Ranges...)
	}
	return spans, err
}

// thereToSee reports whether any picture could be seen that would count.
func (r *Room) thereToSee(ctx context.Context, c identity.Caller, unit string, m *Moment) (bool, error) {
	cam := r.Cameras().Find(m.Camera)
	if cam == nil {
		return false, nil
	}
	may := r.Access.Permitted(as(c.Person, unit), access.Past, cam, r.Now())
	for _, w := range m.windows() {
		recorded, _, err := r.Footage.Recordings(ctx, vms.Feed{Camera: m.Camera, Stream: vms.Main}, w)
		if err != nil || len(common(recorded, may)) > 0 {
			return err == nil, err
		}
	}
	return false, nil
}
