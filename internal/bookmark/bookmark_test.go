package bookmark_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/bookmark"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

func TestSharedInsideTheJurisdiction(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		w.Add("koseki", identity.GeneralManager, "koseki")
		w.Add("kumin", identity.DepartmentHead, "kumin")
		w.Add("gomi", identity.GeneralManager, "gomi")
		w.Add("kiki", identity.CrisisManagement, "")
		at, author := w.Now().Add(-time.Hour), w.who("koseki")
		private := w.add(author, note("c-koseki", at, "自分用"))
		n := note("c-koseki", at+1, "共有")
		n.Shared = true
		shared := w.add(author, n)
		n.Camera, n.At, n.Text = "c-shared", at+2, "両方"
		w.add(author, n)

		require.Equal(t, []string{"c-shared 両方", "c-koseki 共有", "c-koseki 自分用"}, w.list(author, bookmark.Filter{}))
		for login, want := range map[string][]string{"kumin": {"c-shared 両方", "c-koseki 共有"}, "kiki": {"c-shared 両方", "c-koseki 共有"}, "gomi": {"c-shared 両方"}} {
			require.Equal(t, want, w.list(w.who(login), bookmark.Filter{}), login)
			require.Empty(t, w.list(w.who(login), bookmark.Filter{Mine: true}))
		}
		for _, post := range []identity.Post{identity.Facilities, identity.Auditor, identity.Administrator, identity.InformationSecurity, ""} {
			login := "x" + string(post[:min(4, len(post))])
			w.Add(login, post, "")
			require.Empty(t, w.list(w.who(login), bookmark.Filter{}), post)
		}
		require.Equal(t, bookmark.Bookmark{Note: bookmark.Note{Camera: "c-koseki", At: at + 1, Text: "共有", Shared: true}, ID: shared.ID, By: "koseki",
			ByName: "koseki", ByPost: identity.GeneralManager, Mine: true, Created: shared.Created, Changed: shared.Created}, shared)

		for _, other := range []string{"kumin", "kiki", "gomi"} { // seen or not: one may not touch it
			for _, b := range []bookmark.Bookmark{private, shared} {
				_, err := w.room.Change(t.Context(), w.who(other), b.ID, "x", true)
				require.ErrorIs(t, err, vms.NotFound)
				err2 := w.room.Remove(t.Context(), w.who(other), b.ID)
				require.Equal(t, w.room.Remove(t.Context(), w.who(other), "none"), err2)
			}
		}
		b, err := w.room.Change(t.Context(), author, shared.ID, " もう自分用 ", false)
		require.NoError(t, err)
		require.Equal(t, []any{"もう自分用", false, shared.Created}, []any{b.Text, b.Shared, b.Created})
		require.GreaterOrEqual(t, b.Changed, shared.Changed)
		require.Equal(t, []string{"c-shared 両方"}, w.list(w.who("kumin"), bookmark.Filter{}))
		require.NoError(t, w.room.Remove(t.Context(), author, private.ID))
		require.ErrorIs(t, w.room.Remove(t.Context(), author, private.ID), vms.NotFound)
		require.Equal(t, []string{"c-shared 両方", "c-koseki もう自分用"}, w.list(author, bookmark.Filter{}))
	})
}

func TestAMovedCameraIsJudgedAtTheFootage(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		w.Add("koseki", identity.GeneralManager, "koseki")
		w.Add("gomi", identity.GeneralManager, "gomi")
		w.Add("kiki", identity.CrisisManagement, "")
		before, after := w.Moved.Add(-10*time.Minute), w.Moved.Add(10*time.Minute)
		kiki, koseki, gomi := w.who("kiki"), w.who("koseki"), w.who("gomi")
		for _, at := range []vms.Instant{before, w.Moved - 1, w.Moved, after} {
			n := note("c-moved", at, at.Sub(w.Moved).String())
			n.Shared = true
			w.add(kiki, n)
		}
		require.Equal(t, []string{"c-moved -1µs", "c-moved -10m0s"}, w.list(koseki, bookmark.Filter{}))
		require.Equal(t, []string{"c-moved 10m0s", "c-moved 0s"}, w.list(gomi, bookmark.Filter{}))
		require.Len(t, w.list(kiki, bookmark.Filter{Camera: "c-moved"}), 4)

		add := func(who bookmark.Who, at, to vms.Instant) error {
			n := note("c-moved", at, "x")
			n.To = to
			_, err := w.room.Add(t.Context(), who, n)
			return err
		}
		require.NoError(t, add(koseki, before, w.Moved))
		require.NoError(t, add(gomi, w.Moved, after))
		require.NoError(t, add(kiki, before, after))
		for who, err := range map[string]error{"koseki after": add(koseki, after, 0), "koseki across": add(koseki, before, after),
			"gomi before": add(gomi, before, 0), "gomi across": add(gomi, before, after)} {
			require.ErrorIs(t, err, vms.Denied, who)
			require.Equal(t, "denied", vms.Code(err), who)
		}
		require.Contains(t, add(gomi, before, 0).Error(), "区民の所管", "whom to ask")
	})
}

func TestWhoLeftSeesNoneOfTheirOwn(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		w.Add("old", "", "")
		post := w.Appoint(identity.Appointment{Login: "old", Post: identity.GeneralManager, Unit: "koseki"})
		n := note("c-koseki", w.Now().Add(-time.Hour), "引継ぎ")
		n.Shared = true
		b := w.add(w.who("old"), n)
		require.NoError(t, w.Identity.End(t.Context(), post.ID, 0))
		w.Add("new", identity.GeneralManager, "koseki")
		left := w.who("old")
		require.Empty(t, w.list(left, bookmark.Filter{}))
		require.Empty(t, w.list(left, bookmark.Filter{Mine: true, Camera: "c-koseki"}))
		_, err := w.room.Change(t.Context(), left, b.ID, "x", false)
		require.ErrorIs(t, err, vms.NotFound)
		require.ErrorIs(t, w.room.Remove(t.Context(), left, b.ID), vms.NotFound)
		require.Equal(t, []string{"c-koseki 引継ぎ"}, w.list(w.who("new"), bookmark.Filter{}), "the post goes on")
	})
}

func TestWhatIsRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		w.Add("koseki", identity.GeneralManager, "koseki")
		w.Add("shisetsu", identity.Facilities, "")
		author, now := w.who("koseki"), w.Now()
		at := now.Add(-time.Hour)
		for _, c := range []struct {
			name, code string
			edit       func(*bookmark.Note)
		}{
			{"no text", "bad-text", func(n *bookmark.Note) { n.Text = " \n" }},
			{"long", "bad-text", func(n *bookmark.Note) { n.Text = strings.Repeat("字", 501) }},
			{"control", "bad-text", func(n *bookmark.Note) { n.Text = "a\x00b" }},
			{"not UTF-8", "bad-text", func(n *bookmark.Note) { n.Text = "a\xff" }},
			{"future", "in-future", func(n *bookmark.Note) { n.At = now.Add(time.Hour) }},
			{"into the future", "in-future", func(n *bookmark.Note) { n.To = now.Add(time.Hour) }},
			{"backwards", "bad-range", func(n *bookmark.Note) { n.To = n.At }},
			{"too far", "bad-range", func(n *bookmark.Note) { n.At, n.To = at.Add(-24*time.Hour-1000), at }},
			{"long still", "bad-range", func(n *bookmark.Note) { n.Still, n.To = true, n.At+1 }},
			{"long case", "bad-case", func(n *bookmark.Note) { n.Case = strings.Repeat("9", 65) }},
			{"purpose", "bad-purpose", func(n *bookmark.Note) { n.Purpose = "curiosity" }},
			{"purpose of the other kind", "bad-purpose", func(n *bookmark.Note) { n.Camera, n.Purpose = "c-security", access.DeterrenceCheck }},
			{"before it hung", "not-in-operation", func(n *bookmark.Note) { n.At = 0 }},
			{"not yet there", "no-camera", func(n *bookmark.Note) { n.Camera = "c-future" }},
			{"not theirs", "no-camera", func(n *bookmark.Note) { n.Camera = "c-gomi" }},
			{"none", "no-camera", func(n *bookmark.Note) { n.Camera = "../x" }},
		} {
			n := note("c-koseki", at, "本文")
			c.edit(&n)
			_, err := w.room.Add(t.Context(), author, n)
			require.Equal(t, c.code, vms.Code(err), c.name)
		}
		_, err := w.room.Add(t.Context(), w.who("shisetsu"), note("c-koseki", at, "x"))
		require.ErrorIs(t, err, vms.Denied)
		require.Empty(t, w.list(author, bookmark.Filter{}))
		rows := w.Rows(bookmark.ActionAdd)
		require.Len(t, rows, 7, "a refused right has its row, a slip of the pen none")
		for _, r := range rows {
			require.Equal(t, audit.Refused, r.Outcome)
		}
		_, _, err = w.room.List(t.Context(), author.Session.Person, bookmark.Filter{Before: "no id"})
		require.Equal(t, "bad-id", vms.Code(err))
		_, _, err = w.room.List(t.Context(), author.Session.Person, bookmark.Filter{Query: strings.Repeat("a　", 11)})
		require.Equal(t, "too-many-words", vms.Code(err))
	})
}

func TestTheLogNamesTheBookmarkAndHoldsNoText(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		w.Add("koseki", identity.GeneralManager, "koseki")
		who := w.who("koseki")
		require.NoError(t, w.Identity.SetPurpose(t.Context(), who.Session.ID, access.DeterrenceCheck, "R8-16"))
		who.Session, _ = w.Identity.Look(t.Context(), who.Session.ID)
		at := w.Now().Add(-time.Hour)
		n := note("c-koseki", at, "秘密の本文")
		n.To, n.Case = at.Add(time.Minute), "R8-17"
		b := w.add(who, n)
		require.Equal(t, []any{access.DeterrenceCheck, "R8-17"}, []any{b.Purpose, b.Case}, "the session's purpose, the case as written")
		other := note("c-security", at, "秘密の本文")
		o := w.add(who, other)
		require.Equal(t, []string{"", ""}, []string{o.Purpose, o.Case}, "which is not valid there, and so its case is not meant")
		other = note("c-koseki", at, "ほかの目的")
		other.Purpose = access.Incident
		require.Empty(t, w.add(who, other).Case)
		_, err := w.room.Change(t.Context(), who, b.ID, "別の秘密", true)
		require.NoError(t, err)
		require.NoError(t, w.room.Remove(t.Context(), who, b.ID))
		s := w.add(who, bookmark.Note{Camera: "c-koseki", At: at, Still: true})
		require.Equal(t, []any{access.DeterrenceCheck, "R8-16"}, []any{s.Purpose, s.Case}, "purpose and case of the session")

		for action, want := range map[string]string{
			bookmark.ActionAdd:    `{"bookmark":"` + b.ID + `","to":"` + n.To.String() + `","shared":false}`,
			bookmark.ActionChange: `{"bookmark":"` + b.ID + `","to":"` + n.To.String() + `","shared":true,"text":true}`,
			bookmark.ActionRemove: `{"bookmark":"` + b.ID + `","to":"` + n.To.String() + `","shared":true}`,
			bookmark.ActionKeep:   `{"bookmark":"` + s.ID + `","shared":false}`,
		} {
			r := w.Rows(action)[0]
			require.JSONEq(t, want, r.Detail)
			require.Equal(t, map[bool]string{true: "R8-16", false: "R8-17"}[action == bookmark.ActionKeep], r.Case)
			require.Equal(t, []any{"koseki", who.Session.ID, here, audit.OK, vms.CameraID("c-koseki"), at, access.DeterrenceCheck},
				[]any{r.Actor, r.Session, r.From, r.Outcome, r.Camera, r.At, r.Purpose}, action)
		}
		for _, r := range w.Rows("") {
			require.NotContains(t, r.Detail, "秘密")
		}
	})
}

func TestNothingIsKeptWithoutItsRow(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		ctx := context.Background()
		w.Add("koseki", identity.GeneralManager, "koseki")
		who, at := w.who("koseki"), w.Now().Add(-time.Hour)
		b := w.add(who, note("c-koseki", at, "先"))
		_, err := w.DB.Exec(ctx, `ALTER TABLE audit RENAME TO audit_away`)
		require.NoError(t, err)
		for _, still := range []bool{false, true} {
			_, err = w.room.Add(ctx, who, bookmark.Note{Camera: "c-koseki", At: at, Text: "後", Still: still})
			require.Equal(t, "unavailable", vms.Code(err))
		}
		_, err = w.room.Change(ctx, who, b.ID, "後", true)
		require.Equal(t, "unavailable", vms.Code(err))
		require.Equal(t, "unavailable", vms.Code(w.room.Remove(ctx, who, b.ID)))
		require.Equal(t, []string{"c-koseki 先"}, w.list(who, bookmark.Filter{}))
		_, err = w.DB.Exec(ctx, `ALTER TABLE audit_away RENAME TO audit`)
		require.NoError(t, err)

		// And where the change fails after its row, another row says so.
		_, err = w.DB.Exec(ctx, `CREATE UNIQUE INDEX one_only ON bookmark (camera)`)
		require.NoError(t, err)
		_, err = w.room.Add(ctx, who, note("c-koseki", at, "後"))
		require.Error(t, err)
		rows := w.Rows(bookmark.ActionAdd)
		require.Len(t, rows, 3)
		require.Equal(t, []any{audit.OK, audit.Failed, rows[1].ID}, []any{rows[1].Outcome, rows[2].Outcome, rows[2].Refers})
		require.Equal(t, []string{"c-koseki 先"}, w.list(who, bookmark.Filter{}))
	})
}
