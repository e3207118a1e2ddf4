package oplog_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"yagura/internal/camera"
	"yagura/internal/identity"
	"yagura/internal/oplog"
	"yagura/internal/oplog/sample"
	"yagura/internal/vms"
)

var (
	head    = holding("bucho-kumin", identity.DepartmentHead, "kumin")
	office2 = holding("joho2", identity.InformationSecurity, "")
	kansa   = holding("kansa", identity.Auditor, "")
)

// of is the hint of a rule.
func (r *rig) of(c identity.Caller, rule string) *oplog.Hint {
	r.t.Helper()
	list, err := r.Hints(r.t.Context(), c, oplog.HintQuery{Rule: rule})
	require.NoError(r.t, err)
	for _, p := range r.ward.Planted() {
		for i := range list {
			if p.Rule == rule && list[i].Staff != nil && list[i].Staff.Number == p.Staff {
				return &list[i]
			}
		}
	}
	require.Fail(r.t, "no hint of "+rule, list)
	return nil
}

// TestAHintIsHandled: the unit is asked, looks, footage is asked for, it is handed over and closed; who may not, does not.
func TestAHintIsHandled(t *testing.T) {
	bothDatabases(t, func(t *testing.T, r *rig) {
		r.register()
		r.take(now.AddDate(0, 0, -26), now)
		ctx, h := t.Context(), r.of(office, "H5")
		move := func(c identity.Caller, name, reason string) error {
			next, err := r.Move(ctx, c, h.ID, h.Version, name, reason)
			if err == nil {
				h = next
			}
			return err
		}
		require.Equal(t, oplog.StateNew, h.State)
		require.Equal(t, "koseki", h.Unit)
		require.ErrorIs(t, move(koseki, "ask", ""), vms.Denied)
		require.NoError(t, move(analyst, "ask", ""))
		require.Equal(t, "2026-12-03", h.Due, "five business days")
		h.Version--
		require.ErrorIs(t, move(analyst, "look", "x"), vms.Conflict, "somebody was faster")
		h.Version++
		require.ErrorIs(t, move(analyst, "necessary", "x"), vms.Denied)
		require.ErrorIs(t, move(koseki, "look", " "), vms.Invalid)
		require.ErrorIs(t, r.FootageAsked(ctx, analyst, h.ID, "F-1"), vms.Conflict)
		require.NoError(t, move(koseki, "look", "心当たりがない"))
		require.ErrorIs(t, r.FootageAsked(ctx, koseki, h.ID, "F-1"), vms.Denied)

		f, err := r.ForFootage(ctx, h.ID)
		require.NoError(t, err)
		require.NotEmpty(t, f.Staff.Name)
		last := f.Moments[len(f.Moments)-1]
		require.Equal(t, []vms.CameraID{"a1-07"}, last.Terminal.Cameras)
		require.Equal(t, "2026-11-25 18", last.At.Time().In(now.Location()).Format("2006-01-02 15"))
		require.NoError(t, r.FootageAsked(ctx, analyst, h.ID, "F-1"))
		require.NoError(t, r.FootageOutcome(ctx, holding("kiki", identity.CrisisManagement, ""), h.ID, "確認した"))

		h, err = r.Hint(ctx, office, h.ID)
		require.NoError(t, err)
		require.Equal(t, []any{"F-1", "確認した", oplog.StateFootage}, []any{h.Footage, h.Outcome, h.State})
		require.ErrorIs(t, move(analyst, "hand_over", "x"), vms.Denied)
		require.NoError(t, move(office, "hand_over", "人事へ"))
		require.NoError(t, move(office, "close", "済"))
		require.Empty(t, h.Due)
		require.Empty(t, h.Moves)
		require.Len(t, h.Steps, 6)

		r.take(now.AddDate(0, 0, -30), now)
		again := r.of(office, "H5")
		require.Equal(t, h.ID, again.ID, "what was settled is not raised again")
	})
}

// TestNobodyHandlesAHintAtThemselves: it goes a level up, and they are not told of it.
func TestNobodyHandlesAHintAtThemselves(t *testing.T) {
	r := newRig(t, "", sample.New(small))
	r.register()
	p2017 := r.ward.Planted()[0]
	ctx := t.Context()
	require.NoError(t, r.Identity.AddPerson(ctx, "culprit", "例示", ""))
	_, err := r.db.Exec(ctx, `INSERT INTO unit (id, name, kind, parent, position, from_at, to_at, successors) VALUES ('koseki', '戸籍住民', 'section', 'kumin', 1, 0, $1, '[]')`, int64(camera.Forever))
	require.NoError(t, err)
	_, err = r.db.Exec(ctx, `UPDATE person SET number = $1 WHERE login = 'culprit'`, p2017.Staff)
	require.NoError(t, err)
	_, err = r.Identity.Appoint(ctx, identity.Appointment{Login: "culprit", Post: identity.GeneralManager, Unit: "koseki", From: 1, To: camera.Forever}, "admin")
	require.NoError(t, err)
	r.take(now.AddDate(0, 0, -26), now)
	h := r.of(office, "H5")
	require.Equal(t, oplog.LevelDepartment, h.Level)
	themselves := koseki
	person := *koseki.Person
	person.Number = p2017.Staff
	themselves.Person = &person
	for _, c := range []identity.Caller{themselves, koseki} {
		_, err = r.Hint(ctx, c, h.ID)
		require.ErrorIs(t, err, vms.NotFound)
	}
	h, err = r.Move(ctx, analyst, h.ID, h.Version, "ask", "")
	require.NoError(t, err)
	_, err = r.Move(ctx, head, h.ID, h.Version, "necessary", "転入届の確認")
	require.NoError(t, err)
}

// TestIdentityTakesTwo: who asks gives a reason and does not decide; nothing is identified.
func TestIdentityTakesTwo(t *testing.T) {
	r := newRig(t, "", sample.New(small))
	r.register()
	r.take(now.AddDate(0, 0, -26), now)
	ctx, h := t.Context(), r.of(office, "H5")
	_, err := r.AskIdentity(ctx, koseki, h.ID, h.Person.String(), "x")
	require.ErrorIs(t, err, vms.Denied)
	_, err = r.AskIdentity(ctx, office, h.ID, "0000000000000", "x")
	require.ErrorIs(t, err, vms.Invalid)
	_, err = r.AskIdentity(ctx, office, h.ID, h.Person.String(), "")
	require.ErrorIs(t, err, vms.Invalid)
	id, err := r.AskIdentity(ctx, office, h.ID, h.Person.String(), "本人への連絡")
	require.NoError(t, err)
	require.ErrorIs(t, r.DecideIdentity(ctx, office, id, true), vms.Denied)
	require.ErrorIs(t, r.DecideIdentity(ctx, analyst, id, true), vms.Denied)
	require.NoError(t, r.DecideIdentity(ctx, office2, id, true))
	require.ErrorIs(t, r.DecideIdentity(ctx, office2, id, true), vms.Conflict)
	list, err := r.Identifications(ctx, analyst)
	require.NoError(t, err)
	require.Equal(t, oplog.Approved, list[0].State)
	_, err = r.Identifications(ctx, kansa)
	require.ErrorIs(t, err, vms.Denied)
	for _, action := range []string{oplog.Identify, oplog.Read} {
		var details []string
		rows, err := r.db.Query(ctx, `SELECT detail FROM audit WHERE action = $1`, action)
		require.NoError(t, err)
		for rows.Next() {
			var d string
			require.NoError(t, rows.Scan(&d))
			details = append(details, d)
		}
		require.NoError(t, rows.Close())
		require.NotEmpty(t, details)
		require.False(t, slices.ContainsFunc(details, func(d string) bool { return strings.Contains(d, "本人への連絡") }), "the log has no words")
	}
}

// TestHintsLeaveMasked: the list as a file has no searched person and no small number.
func TestHintsLeaveMasked(t *testing.T) {
	r := newRig(t, "", sample.New(small))
	r.register()
	r.take(now.AddDate(0, 0, -26), now)
	out, err := r.ExportCounts(t.Context(), office, "hints", oplog.Query{})
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(out.Rows), 10)
	h := r.of(office, "H5")
	for _, row := range out.Rows {
		for _, cell := range row {
			if n, ok := cell.(int64); ok {
				require.GreaterOrEqual(t, n, int64(oplog.Least))
			}
			if s, ok := cell.(string); ok {
				require.NotContains(t, s, h.Person.String())
			}
		}
	}
}
