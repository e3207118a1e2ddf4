package oplog_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/camera"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/inbox"
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
		require.ErrorIs(t, r.asked(analyst, h.ID, "F-1"), vms.Conflict)
		require.NoError(t, move(koseki, "look", "心当たりがない"))
		require.ErrorIs(t, r.asked(koseki, h.ID, "F-1"), vms.Denied)
		require.ErrorIs(t, r.asked(nobody, h.ID, "F-1"), vms.Denied)
		require.ErrorIs(t, r.asked(analyst, "no-such", "F-1"), vms.NotFound)

		f, err := r.ForFootage(ctx, analyst, h.ID)
		require.NoError(t, err)
		require.NotEmpty(t, f.Staff.Name)
		require.NotEqual(t, f.Staff.ID, f.Staff.Number, "analysts know a pseudonym")
		last := f.Moments[len(f.Moments)-1]
		require.Equal(t, []vms.CameraID{"a1-07"}, last.Terminal.Cameras)
		require.Equal(t, "2026-11-25 18", last.At.Time().In(now.Location()).Format("2006-01-02 15"))
		is := func(want ...any) {
			t.Helper()
			h, err = r.Hint(ctx, office, h.ID)
			require.NoError(t, err)
			require.Equal(t, want, []any{h.Footage, h.Outcome, h.State, h.Due})
		}
		require.NoError(t, r.asked(analyst, h.ID, "F-1"))
		is("F-1", "", oplog.StateFootage, "2026-12-03")
		require.NoError(t, r.answered(h.ID, "F-0", "seen", true))
		is("F-1", "", oplog.StateFootage, "2026-12-03")
		require.NoError(t, r.answered(h.ID, "F-1", "unclear", false))
		is("F-1", "unclear", oplog.StateLook, "2026-12-03")
		require.NoError(t, r.asked(analyst, h.ID, "F-2"))
		is("F-2", "", oplog.StateFootage, "2026-12-03")
		require.ErrorIs(t, move(analyst, "hand_over", "x"), vms.Denied)
		require.NoError(t, r.answered(h.ID, "F-2", "seen", true))
		is("F-2", "seen", oplog.StateHanded, "")
		require.NoError(t, move(office, "close", "済"))
		require.Empty(t, h.Due)
		require.Empty(t, h.Moves)
		require.Len(t, h.Steps, 7)
		require.NoError(t, r.answered("no-such", "F-1", "seen", true), "a hint that is gone keeps nobody from answering")

		settled := h.ID

		many, err := r.Hints(ctx, analyst, oplog.HintQuery{Rule: "H6"})
		require.NoError(t, err)
		require.NotEmpty(t, many)
		_, err = r.ForFootage(ctx, analyst, many[0].ID)
		require.Equal(t, "no-staff", vms.Code(err), "it is about nobody in particular")

		h = r.of(office, "H4")
		require.NoError(t, move(analyst, "look", "x"))
		require.NoError(t, r.asked(analyst, h.ID, "F-3"))
		h = r.of(office, "H4")
		require.NoError(t, move(office, "hand_over", "人事へ"))
		require.NoError(t, r.answered(h.ID, "F-3", "nothing", false))
		is("F-3", "nothing", oplog.StateHanded, "")

		r.take(now.AddDate(0, 0, -30), now)
		again := r.of(office, "H5")
		require.Equal(t, settled, again.ID, "what was settled is not raised again")
	})
}

// asked does what the room of footage does when it is asked from a hint.
func (r *rig) asked(c identity.Caller, id, request string) error {
	moveOn, err := r.FootageAsked(r.t.Context(), c, id)
	if err != nil {
		return err
	}
	return r.db.Tx(r.t.Context(), func(tx *db.Tx) error { return moveOn(r.t.Context(), tx, request) })
}

// answered does what it does with the outcome.
func (r *rig) answered(id, request, outcome string, shown bool) error {
	moveOn, err := r.FootageOutcome(r.t.Context(), holding("kiki", identity.CrisisManagement, ""), id, request, outcome, shown)
	if err != nil {
		return err
	}
	return r.db.Tx(r.t.Context(), func(tx *db.Tx) error { return moveOn(r.t.Context(), tx) })
}

// TestFootageLapsesWithTheFirstCamera: of the cameras that cover a hint's terminals, the one that keeps footage shortest counts.
func TestFootageLapsesWithTheFirstCamera(t *testing.T) {
	r := newRig(t, "", sample.New(small))
	r.register()
	r.take(now.AddDate(0, 0, -26), now)
	h := r.of(office, "H5")
	cam := r.Cameras().Find("a1-07")
	require.Equal(t, h.Last.Add(cam.Retention), h.Lapses)
	require.False(t, h.Warn)
	cam.Retention = 5 * 24 * time.Hour
	h = r.of(office, "H5")
	require.Equal(t, h.Last.Add(5*24*time.Hour), h.Lapses)
	require.True(t, h.Warn)
	for i := range r.ward.Desks {
		r.ward.Desks[i].Cameras = nil
	}
	h = r.of(office, "H5")
	require.Zero(t, h.Lapses, "no footage, nothing to lapse")
	require.False(t, h.Warn)
}

// TestHintsWaitInTheInbox: who answers is told of each hint, analysts how many are due; nobody is told about whom.
func TestHintsWaitInTheInbox(t *testing.T) {
	bothDatabases(t, func(t *testing.T, r *rig) {
		r.register()
		r.take(now.AddDate(0, 0, -30), now) // the end of the last month too
		ctx := t.Context()
		kinds := func(c identity.Caller) (out []string) {
			items, err := r.Items(ctx, c.Person)
			require.NoError(t, err)
			for _, i := range items {
				require.NotContains(t, i.Subject.Label, "H5")
				out = append(out, i.Kind)
			}
			return out
		}
		require.Empty(t, kinds(koseki), "not asked yet")
		require.Empty(t, kinds(analyst), "nothing is due yet")
		h := r.of(office, "H5")
		_, err := r.Move(ctx, analyst, h.ID, h.Version, "ask", "")
		require.NoError(t, err)
		require.Equal(t, []string{inbox.HintAnswer}, kinds(koseki))
		require.Empty(t, kinds(nobody))
		before, err := r.Items(ctx, koseki.Person)
		require.NoError(t, err)
		require.Equal(t, inbox.Subject{ID: h.ID, Unit: "koseki", Month: "2026-12-03"}, before[0].Subject)
		_, err = r.db.Exec(ctx, `UPDATE oplog_hint SET due = '2026-11-25' WHERE id = $1`, h.ID)
		require.NoError(t, err)
		late, err := r.Items(ctx, koseki.Person)
		require.NoError(t, err)
		require.Equal(t, 1, late[0].Subject.Rounds)
		require.NotEqual(t, before[0].ID, late[0].ID, "it comes anew")
		theirs, err := r.Items(ctx, analyst.Person)
		require.NoError(t, err)
		require.Equal(t, inbox.Subject{Rounds: 1, Done: 1}, theirs[0].Subject)
		themselves := *koseki.Person
		themselves.Number = h.Staff.Number
		items, err := r.Items(ctx, &themselves)
		require.NoError(t, err)
		require.NotContains(t, items, late[0], "nobody is told of a hint at themselves")
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
