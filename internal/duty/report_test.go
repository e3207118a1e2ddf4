package duty_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/duty"
	"yagura/internal/identity"
	"yagura/internal/inbox"
	"yagura/internal/vms"
)

// staff are the people of a story about reports.
type staff struct{ head, other, kiki, kiki2, kansa identity.Caller }

func (w *ward) staff() staff {
	return staff{w.person("head", identity.DepartmentHead, "kumin"), w.person("other", identity.DepartmentHead, "kumin"),
		w.person("kiki", identity.CrisisManagement, ""), w.person("kiki2", identity.CrisisManagement, ""), w.person("kansa", identity.Auditor, "")}
}

func draft(note string) duty.Draft {
	return duty.Draft{Camera: "c-koseki", At: noon.Add(-time.Hour), Note: note}
}

func (w *ward) send(c identity.Caller, d duty.Draft) *duty.Report {
	w.t.Helper()
	rep, err := w.room.Send(w.t.Context(), c, d)
	require.NoError(w.t, err)
	return rep
}

func (w *ward) reports(c identity.Caller) (ids []string) {
	w.t.Helper()
	list, err := w.room.Reports(w.t.Context(), c)
	require.NoError(w.t, err)
	for _, r := range list {
		ids = append(ids, r.ID)
	}
	return ids
}

// waiting are the ids of what waits for somebody in this room.
func (w *ward) waiting(c identity.Caller) (ids []string) {
	w.t.Helper()
	items, err := w.room.Items(w.t.Context(), c.Person)
	require.NoError(w.t, err)
	for _, i := range items {
		ids = append(ids, i.ID)
	}
	return ids
}

func TestAReportIsSeenByItsSenderAndCrisisManagementAlone(t *testing.T) {
	onBoth(t, func(w *ward) {
		t, ctx, s := w.t, w.t.Context(), w.staff()
		rep := w.send(s.head, draft("机の上にメモ"))
		require.Equal(t, []any{"head", identity.DepartmentHead, "kumin", w.now}, []any{rep.Login, rep.Post, rep.Unit, rep.Sent})
		for _, c := range []identity.Caller{s.head, s.kiki, s.kiki2} {
			list, err := w.room.Reports(ctx, c)
			require.NoError(t, err)
			require.Equal(t, []*duty.Report{rep}, list)
		}
		for _, c := range []identity.Caller{s.other, s.kansa, w.person("joho", identity.InformationSecurity, ""), w.person("gm", identity.GeneralManager, "koseki"),
			w.person("admin", identity.Administrator, "")} {
			require.Empty(t, w.reports(c))
			for _, answer := range []func() (*duty.Report, error){
				func() (*duty.Report, error) { return w.room.Receive(ctx, c, rep.ID) },
				func() (*duty.Report, error) { return w.room.Decide(ctx, c, rep.ID, duty.Handled, "") },
			} {
				_, err := answer()
				_, none := w.room.Receive(ctx, c, "no-such-report")
				require.Equal(t, none, err)
				require.ErrorIs(t, err, vms.NotFound)
			}
		}
		_, err := w.room.Receive(ctx, s.head, rep.ID) // the sender knows of it
		require.ErrorIs(t, err, vms.Denied)

		w.end("head")
		w.end("kiki2")
		w.now++
		require.Empty(t, w.reports(w.as("head")), "an ended appointment ends it all")
		require.Empty(t, w.reports(w.as("kiki2")))
		require.Len(t, w.reports(s.kiki), 1)
		log, err := json.Marshal(w.Rows(duty.SendReport))
		require.NoError(t, err)
		require.NotContains(t, string(log), "メモ", "the log is read by others")
		require.Equal(t, []string{"head c-koseki report " + rep.ID}, w.details(duty.SendReport))
	})
}

func TestReceiptAndOutcomeComeBack(t *testing.T) {
	onBoth(t, func(w *ward) {
		t, ctx, s := w.t, w.t.Context(), w.staff()
		rep := w.send(s.head, draft("x"))
		require.Equal(t, []string{"report-" + rep.ID}, w.waiting(s.kiki))
		require.Empty(t, w.waiting(s.head))
		require.Empty(t, w.waiting(s.kansa))

		w.now = w.now.Add(time.Minute)
		got, err := w.room.Receive(ctx, s.kiki, rep.ID)
		require.NoError(t, err)
		require.Equal(t, []any{w.now, "kiki", ""}, []any{got.Received, got.ReceivedBy, got.Outcome})
		require.Empty(t, w.waiting(s.kiki2), "one of them has it")
		require.Equal(t, []string{"receipt-" + rep.ID}, w.waiting(s.head))
		w.now = w.now.Add(time.Minute)
		again, err := w.room.Receive(ctx, s.kiki2, rep.ID)
		require.NoError(t, err)
		require.Equal(t, []any{got.Received, "kiki"}, []any{again.Received, again.ReceivedBy})

		got, err = w.room.Decide(ctx, s.kiki2, rep.ID, duty.Investigating, "所属に照会中")
		require.NoError(t, err)
		require.Equal(t, []any{duty.Investigating, vms.Instant(0), "kiki2"}, []any{got.Outcome, got.Closed, got.DecidedBy})
		require.Equal(t, []string{"outcome-" + rep.ID + "-investigating"}, w.waiting(s.head))
		w.now = w.now.Add(time.Minute)
		got, err = w.room.Decide(ctx, s.kiki, rep.ID, duty.Handled, "指導した")
		require.NoError(t, err)
		require.Equal(t, []any{duty.Handled, w.now, "指導した"}, []any{got.Outcome, got.Closed, got.OutcomeText})
		_, err = w.room.Decide(ctx, s.kiki, rep.ID, duty.NoIssue, "")
		require.Equal(t, "closed", vms.Code(err))
		list, err := w.room.Reports(ctx, s.head)
		require.NoError(t, err)
		require.Equal(t, []*duty.Report{got}, list)
		require.Equal(t, []string{"kiki c-koseki report " + rep.ID + ": handled", "kiki2 c-koseki report " + rep.ID + ": investigating"},
			reversed(w.details(duty.CloseOut)))

		items, err := w.room.Items(ctx, s.head.Person)
		require.NoError(t, err)
		require.Equal(t, inbox.Item{ID: "outcome-" + rep.ID + "-handled", Kind: inbox.Outcome, At: w.now, Link: "/inbox?item=outcome-" + rep.ID + "-handled",
			Subject: inbox.Subject{Report: rep.ID, Camera: "c-koseki", From: "head", Unit: "kumin", Post: identity.DepartmentHead, Outcome: duty.Handled}}, items[0])
		w.now = w.now.Add(31 * day)
		require.NotContains(t, strings.Join(w.waiting(s.head), " "), "outcome", "news grow old")
	})
}

func reversed(list []string) []string { return []string{list[1], list[0]} }

func TestNobodyAnswersTheirOwnReport(t *testing.T) {
	onBoth(t, func(w *ward) {
		t, ctx, s := w.t, w.t.Context(), w.staff()
		rep := w.send(s.kiki, draft("x"))
		require.Equal(t, []any{identity.CrisisManagement, ""}, []any{rep.Post, rep.Unit})
		require.Empty(t, w.waiting(s.kiki))
		for _, err := range []error{second(w.room.Receive(ctx, s.kiki, rep.ID)), second(w.room.Decide(ctx, s.kiki, rep.ID, duty.NoIssue, ""))} {
			require.Equal(t, "own-report", vms.Code(err))
		}
		_, err := w.room.Decide(ctx, s.kiki2, rep.ID, "fine", "")
		require.Equal(t, "bad-outcome", vms.Code(err))
		got, err := w.room.Decide(ctx, s.kiki2, rep.ID, duty.NoIssue, "") // answered is received
		require.NoError(t, err)
		require.Equal(t, []any{"kiki2", w.now, w.now}, []any{got.ReceivedBy, got.Received, got.Closed})
	})
}

func second[T any](_ T, err error) error { return err }

func TestAReportComesOfAMoment(t *testing.T) {
	onBoth(t, func(w *ward) {
		t, ctx, s := w.t, w.t.Context(), w.staff()
		w.filmed("c-koseki")
		r := w.begin(s.head, "kumin")
		d := duty.Draft{Camera: "c-koseki", At: r.Moments[1].From, Cameras: []vms.CameraID{"c-main", "c-koseki", "c-main"}, Note: "x", Round: r.ID, Moment: 2}
		for _, bad := range []duty.Draft{
			{Camera: "c-main", At: d.At, Note: "x", Round: r.ID, Moment: 2},
			{Camera: "c-koseki", At: d.At, Note: "x", Round: r.ID, Moment: 6},
			{Camera: "c-koseki", At: d.At, Note: "x", Round: "no-such-round", Moment: 2},
		} {
			_, err := w.room.Send(ctx, s.head, bad)
			require.ErrorIs(t, err, vms.NotFound)
		}
		_, err := w.room.Send(ctx, s.other, d) // somebody else's round
		require.Equal(t, "no-round", vms.Code(err))
		rep := w.send(s.head, d)
		require.Equal(t, []vms.CameraID{"c-main"}, rep.Cameras)
		r, err = w.room.Round(ctx, s.head, r.ID)
		require.NoError(t, err)
		require.Equal(t, []string{"", rep.ID}, []string{r.Moments[0].Report, r.Moments[1].Report})
		_, err = w.room.Send(ctx, s.head, d)
		require.Equal(t, "already-reported", vms.Code(err))
		require.Len(t, w.reports(s.kiki), 1)
	})
}

func TestOneReportsOnlyWhatOneMaySee(t *testing.T) {
	onBoth(t, func(w *ward) {
		t, ctx, s := w.t, w.t.Context(), w.staff()
		moved := noon.Add(-10 * day)
		for _, c := range []struct {
			who  identity.Caller
			d    duty.Draft
			code string
		}{
			{s.head, duty.Draft{Camera: "c-gomi", At: noon, Note: "x"}, "no-camera"},
			{s.head, duty.Draft{Camera: "no-such", At: noon, Note: "x"}, "no-camera"},
			{s.head, duty.Draft{Camera: "c-koseki", At: noon, Cameras: []vms.CameraID{"c-gomi"}, Note: "x"}, "no-camera"},
			{s.head, duty.Draft{Camera: "c-moved", At: moved, Note: "x"}, "denied"},
			{s.head, duty.Draft{Camera: "c-moved", At: moved - 1, Note: "x"}, ""},
			{s.head, duty.Draft{Camera: "c-koseki", At: noon + 1, Note: "x"}, "bad-time"},
			{s.head, duty.Draft{Camera: "c-koseki", Note: "x"}, "bad-time"},
			{s.head, duty.Draft{Camera: "c-koseki", At: noon}, "bad-note"},
			{s.head, duty.Draft{Camera: "c-koseki", At: noon, Note: strings.Repeat("あ", 2000)}, ""},
			{s.head, duty.Draft{Camera: "c-koseki", At: noon, Note: strings.Repeat("あ", 2001)}, "bad-note"},
			{s.head, duty.Draft{Camera: "c-koseki", At: noon, Note: "x", Cameras: many(17)}, "too-many-cameras"},
			{s.kansa, duty.Draft{Camera: "c-koseki", At: noon, Note: "x"}, "denied"},
			{w.person("clerk", identity.Clerk, "koseki"), duty.Draft{Camera: "c-koseki", At: noon, Note: "x"}, "no-camera"},
			{w.person("admin", identity.Administrator, ""), duty.Draft{Camera: "c-koseki", At: noon, Note: "x"}, "denied"},
		} {
			_, err := w.room.Send(ctx, c.who, c.d)
			require.Equal(t, c.code, vms.Code(err), "%+v: %v", c.d, err)
			if c.code == "" {
				require.NoError(t, err)
			}
		}
		require.Len(t, w.reports(s.kiki), 2)
		require.Len(t, w.Rows(duty.SendReport), 2)
	})
}

func many(n int) (ids []vms.CameraID) {
	for i := range n {
		ids = append(ids, vms.CameraID("c-"+string(rune('a'+i))))
	}
	return ids
}

func TestAUnitBehindItsNormIsTold(t *testing.T) {
	onBoth(t, func(w *ward) {
		t, ctx := w.t, w.t.Context()
		w.filmed("c-gomi")
		w.recorded("c-moved", w.month())
		head, kiki := w.person("head", identity.DepartmentHead, "kankyo"), w.person("kiki", identity.CrisisManagement, "")
		require.NoError(t, w.room.SetNorm(ctx, kiki, "kankyo", duty.Norm{Rounds: 2, Moments: 1}))
		june := duty.MonthOf(noon).Span()
		w.now = june.To.Add(-7*day) - 1
		require.Empty(t, w.waiting(head))
		w.now++
		items, err := w.room.Items(ctx, head.Person)
		require.NoError(t, err)
		require.Equal(t, []inbox.Item{{ID: "duty-kankyo-2025-06", Kind: inbox.Duty, At: w.now, Link: "/duty?unit=kankyo",
			Subject: inbox.Subject{Unit: "kankyo", Month: "2025-06", Rounds: 2}}}, items)
		require.Empty(t, w.waiting(kiki))
		for range 2 {
			w.finish(head, w.begin(head, "kankyo"), duty.Fine)
		}
		require.Empty(t, w.waiting(head))
	})
}
