package duty_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/audit"
	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/duty"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

const day = 24 * time.Hour

// impatient begins a round eight times at once, as somebody with eight tabs does, and returns the one there is.
func (w *ward) impatient(c identity.Caller, unit string) string {
	w.t.Helper()
	var wg sync.WaitGroup
	ids, drawn := make(chan string, 8), make(chan bool, 8)
	for range 8 {
		wg.Go(func() {
			r, fresh, err := w.room.Begin(w.t.Context(), c, unit)
			if err != nil {
				w.t.Error(err)
				return
			}
			ids <- r.ID
			drawn <- fresh
		})
	}
	wg.Wait()
	close(ids)
	close(drawn)
	first, fresh := <-ids, 0
	for id := range ids {
		require.Equal(w.t, first, id)
	}
	for f := range drawn {
		if f {
			fresh++
		}
	}
	require.Equal(w.t, 1, fresh)
	return first
}

func TestARoundIsDrawnOnce(t *testing.T) {
	onBoth(t, func(w *ward) {
		t, ctx := w.t, w.t.Context()
		w.filmed("c-koseki", "c-security", "c-shared", "c-main")
		head := w.person("head", identity.DepartmentHead, "kumin")
		_, units, err := w.room.Units(ctx, head)
		require.NoError(t, err)
		require.Equal(t, []duty.Unit{{ID: "kumin", Name: "区民", Mine: true, Cameras: 4, Norm: duty.Norm{Rounds: 4, Moments: 5}}}, units)

		first := w.impatient(head, "kumin")
		r, err := w.room.Round(ctx, head, first)
		require.NoError(t, err)
		require.Len(t, r.Moments, 5)
		_, units, err = w.room.Units(ctx, head)
		require.NoError(t, err)
		require.Equal(t, first, units[0].Open)

		w.now = r.Until() - 1
		again, isFresh, err := w.room.Begin(ctx, head, "kumin")
		require.NoError(t, err)
		require.Equal(t, []any{first, false}, []any{again.ID, isFresh})
		w.now = r.Until() // it lapses, and another is drawn
		again = w.begin(head, "kumin")
		require.NotEqual(t, first, again.ID)
		_, err = w.room.Mark(ctx, head, first, 1, duty.Fine, "")
		require.Equal(t, "lapsed", vms.Code(err))
	})
}

func TestADrawStaysWithinWhatTheAppointmentPermits(t *testing.T) {
	onBoth(t, func(w *ward) {
		t := w.t
		moved := noon.Add(-10 * day) // c-moved came from koseki to gomi
		w.filmed("c-moved", "c-gomi")
		w.recorded("c-shared", vms.Span{From: noon.Add(-40 * day), To: noon.Add(-24 * day)}, vms.Span{From: noon.Add(-3 * day), To: noon.Add(-2 * day)})
		w.person("both", identity.GeneralManager, "koseki") // sees what c-moved filmed before, too, ...
		w.Appoint(identity.Appointment{Login: "both", Post: identity.DepartmentHead, Unit: "kankyo", From: begin})
		both := w.as("both")
		require.NoError(t, w.room.SetNorm(t.Context(), w.person("joho", identity.InformationSecurity, ""), "kankyo", duty.Norm{Rounds: 4, Moments: 20}))
		for range 10 {
			r := w.begin(both, "kankyo")
			require.Len(t, r.Moments, 20)
			for _, m := range r.Moments {
				require.Equal(t, duty.Random, m.Why)
				switch m.Camera {
				case "c-moved":
					require.GreaterOrEqual(t, m.From, moved, "... but not as the head of kankyo")
				case "c-gomi": // what will be erased while the round is open is not drawn
					require.GreaterOrEqual(t, m.From, w.now.Add(-23*day))
				case "c-shared":
					require.True(t, vms.Span{From: noon.Add(-3 * day), To: noon.Add(-2 * day)}.Contains(m.From), "%v", m.From)
				default:
					require.Fail(t, "another unit's camera", m.Camera)
				}
				require.Less(t, m.From, w.now)
			}
			w.exec(`UPDATE duty_round SET open = 0`)
		}
	})
}

func TestNothingToLookAtIsNoRound(t *testing.T) {
	onBoth(t, func(w *ward) {
		t, ctx := w.t, w.t.Context()
		head := w.person("head", identity.DepartmentHead, "kumin")
		_, _, err := w.room.Begin(ctx, head, "kumin")
		require.Equal(t, "nothing-recorded", vms.Code(err))
		none := w.person("none", identity.GeneralManager, "zeimu") // a unit without cameras
		_, units, err := w.room.Units(ctx, none)
		require.NoError(t, err)
		require.Empty(t, units)
		for _, unit := range []string{"zeimu", "kumin", "koseki", "no-such-unit", ""} {
			_, _, err := w.room.Begin(ctx, none, unit)
			require.Equal(t, vms.Errorf(vms.NotFound, "no-unit", "%s", err.Error()), err, unit)
		}
	})
}

func TestAMomentIsMarkedOnlyAfterItWasSeen(t *testing.T) {
	onBoth(t, func(w *ward) {
		t, ctx := w.t, w.t.Context()
		w.filmed("c-koseki", "c-security", "c-shared", "c-main")
		head := w.person("head", identity.DepartmentHead, "kumin")
		r := w.begin(head, "kumin")
		m, started := r.Moments[0], w.now
		second := func(at vms.Instant) vms.Span { return vms.Span{From: at, To: at.Add(time.Second)} }
		notSeen := func(why string) {
			t.Helper()
			_, err := w.room.Mark(ctx, head, r.ID, 1, duty.Fine, "")
			require.Equal(t, "not-seen", vms.Code(err), why)
			require.ErrorIs(t, err, vms.Conflict)
		}
		w.now = w.now.Add(time.Hour)
		notSeen("nobody looked")
		w.viewed("head", m.Camera, started.Add(-2*time.Minute), second(m.From))
		notSeen("before the round")
		w.viewed("other", m.Camera, w.now, second(m.From))
		notSeen("somebody else")
		w.viewed("head", "c-gomi", w.now, second(m.From))
		notSeen("another camera")
		w.viewed("head", m.Camera, w.now, second(m.From.Add(2*time.Minute)), second(m.From.Add(-2*time.Minute-time.Second)))
		notSeen("more than two minutes away")
		w.watching["other "+string(m.Camera)] = []vms.Span{second(m.From)}
		notSeen("somebody else is looking")
		require.Empty(t, w.Rows(duty.MarkMoment))

		w.watching["head "+string(m.Camera)] = []vms.Span{second(m.From.Add(-2 * time.Minute))}
		r, err := w.room.Mark(ctx, head, r.ID, 1, duty.Fine, "") // in a view that still runs
		require.NoError(t, err)
		require.Equal(t, []any{duty.Fine, w.now}, []any{r.Moments[0].Result, r.Moments[0].Checked})

		w.viewed("head", r.Moments[1].Camera, w.now, second(r.Moments[1].From.Add(2*time.Minute-1)))
		_, err = w.room.Mark(ctx, head, r.ID, 2, duty.Attention, "荷物が置かれたまま")
		require.NoError(t, err)
		require.Equal(t, "head "+string(r.Moments[1].Camera)+" round "+r.ID+", moment 2: attention", w.details(duty.MarkMoment)[1])

		w.exec(`DELETE FROM span WHERE camera = $1`, string(r.Moments[2].Camera))
		_, err = w.room.Mark(ctx, head, r.ID, 3, duty.Fine, "")
		require.NoError(t, err, "there is nothing to be seen any more")
	})
}

func TestAGapIsSeenAtItsEdges(t *testing.T) {
	onBoth(t, func(w *ward) {
		t, ctx := w.t, w.t.Context()
		gap := vms.Span{From: noon.Add(-50 * time.Hour), To: noon.Add(-40 * time.Hour)}
		w.recorded("c-gomi", vms.Span{From: w.month().From, To: gap.From}, vms.Span{From: gap.To, To: noon})
		w.lost("c-gomi", gap.From, gap.Duration(), vms.Disconnected)
		head := w.person("head", identity.DepartmentHead, "kankyo")
		r := w.begin(head, "kankyo")
		m := r.Moments[len(r.Moments)-1]
		require.Equal(t, []any{duty.Gap, vms.Disconnected, gap}, []any{m.Why, m.Cause, m.Span})
		mark := func() error {
			_, err := w.room.Mark(ctx, head, r.ID, m.N, duty.Fine, "")
			return err
		}
		w.viewed("head", "c-gomi", w.now, vms.Span{From: gap.From.Add(-6 * time.Minute), To: gap.From.Add(-5 * time.Minute)})
		require.Equal(t, "not-seen", vms.Code(mark()))
		w.viewed("head", "c-gomi", w.now, vms.Span{From: gap.To.Add(4 * time.Minute), To: gap.To.Add(6 * time.Minute)})
		require.NoError(t, mark())
	})
}

func TestWhatStoodOutSinceTheLastRound(t *testing.T) {
	onBoth(t, func(w *ward) {
		t := w.t
		w.filmed("c-koseki", "c-gomi")
		spans := func(id vms.CameraID, holes ...vms.Span) {
			w.recorded(id, vms.Subtract([]vms.Span{w.month()}, holes)...)
		}
		hole := func(ago, length time.Duration) vms.Span {
			return vms.Span{From: noon.Add(-ago), To: noon.Add(length - ago)}
		}
		old, stall, brief, planned, ours := hole(20*day, time.Hour), hole(3*day, 2*time.Minute), hole(2*day, 59*time.Second), hole(day, time.Hour), hole(5*day, 3*time.Hour)
		spans("c-security", old, stall, brief)
		w.lost("c-security", old.From, old.Duration(), vms.Unreachable)
		w.lost("c-security", stall.From, stall.Duration(), vms.Stalled)
		w.lost("c-security", brief.From, brief.Duration(), vms.Disconnected)
		spans("c-main", planned, ours)
		w.lost("c-main", planned.From, planned.Duration(), vms.NotConfigured)
		w.lost("c-main", ours.From, ours.Duration(), vms.Restarted)
		head := w.person("head", identity.DepartmentHead, "kumin")
		noted := func(r *duty.Round) (out []duty.Moment) {
			for _, m := range r.Moments {
				if m.Why != duty.Random {
					m.N = 0
					out = append(out, m)
				}
			}
			return out
		}
		want := []duty.Moment{{Camera: "c-security", Span: old, Why: duty.Gap, Cause: vms.Unreachable},
			{Camera: "c-security", Span: stall, Why: duty.Stall, Cause: vms.Stalled},
			{Camera: "c-main", Span: ours, Why: duty.Gap, Cause: vms.Restarted}}
		r := w.begin(head, "kumin")
		require.Equal(t, want, noted(r))
		w.finish(head, r, duty.Fine)

		w.now = w.now.Add(6 * time.Hour)
		w.lost("c-shared", noon.Add(time.Hour), 90*time.Second, vms.Refused)
		later := noted(w.begin(head, "kumin")) // what was told before is not told again
		require.Equal(t, []duty.Moment{{Camera: "c-shared", Span: hole(-time.Hour, 90*time.Second), Why: duty.Gap, Cause: vms.Refused}}, later)
	})
}

// stored puts ten minutes in which so much moved into the index.
func stored(t testing.TB, tx *db.Tx, id vms.CameraID, at vms.Instant, mean int64) {
	t.Helper()
	_, err := tx.Exec(t.Context(), `INSERT INTO segment (camera, stream, start_us, end_us, run_us, seq, epoch, key, size, root, track, fragments, activity,
		clock_us, state, cause, exempt, mean, peak) VALUES ($1, 'main', $2, $3, 0, 0, 1, $4, 1, $5, $5, $5, $5, 0, 'stored', '', 0, $6, $6)`,
		string(id), int64(at), int64(at.Add(10*time.Minute)), string(id)+at.String(), []byte{}, mean)
	require.NoError(t, err)
}

func TestFarMoreThanUsualAtNight(t *testing.T) {
	onBoth(t, func(w *ward) {
		t := w.t
		w.filmed("c-gomi", "c-shared")
		night := vms.InstantOf(noon.Time().Add(-10 * time.Hour)) // 02:00
		require.NoError(t, w.DB.Tx(t.Context(), func(tx *db.Tx) error {
			for at := noon.Add(-13 * day); at < noon; at = at.Add(10 * time.Minute) {
				mean, local := int64(1000), at.Time().In(conf.JST) // bytes a second
				if wd := local.Weekday(); local.Hour() >= 9 && local.Hour() < 17 && wd != time.Saturday && wd != time.Sunday {
					mean = 20000
				}
				stored(t, tx, "c-shared", at, mean)
				if night.Sub(at) >= 0 && night.Sub(at) < 30*time.Minute {
					mean = 30000
				}
				stored(t, tx, "c-gomi", at, mean)
			}
			return nil
		}))
		r := w.begin(w.person("head", identity.DepartmentHead, "kankyo"), "kankyo")
		m := r.Moments[len(r.Moments)-1]
		require.Equal(t, []any{vms.CameraID("c-gomi"), duty.OutsideHours}, []any{m.Camera, m.Why})
		require.InDelta(t, float64(night.Add(-20*time.Minute)), float64(m.From), float64(5*time.Minute/time.Microsecond))
		require.InDelta(t, 30, m.Duration().Minutes(), 5)
		require.Equal(t, 1, len(r.Moments)-5)
	})
}

func TestARoundIsFinishedByItsLastMark(t *testing.T) {
	onBoth(t, func(w *ward) {
		t, ctx := w.t, w.t.Context()
		w.filmed("c-gomi")
		head := w.person("head", identity.DepartmentHead, "kankyo")
		r := w.begin(head, "kankyo")
		for _, bad := range []int{0, 6} {
			_, err := w.room.Mark(ctx, head, r.ID, bad, duty.Fine, "")
			require.Equal(t, "no-moment", vms.Code(err))
		}
		_, err := w.room.Mark(ctx, head, r.ID, 1, "", "")
		require.ErrorIs(t, err, vms.Invalid)
		finished := w.finish(head, r, duty.Attention)
		require.Equal(t, w.now, finished.Finished)
		stored, err := w.room.Round(ctx, head, r.ID)
		require.NoError(t, err)
		require.Equal(t, finished, stored)

		w.now = w.now.Add(time.Hour) // a wrong key is corrected, and the round stays as finished as it was
		corrected, err := w.room.Mark(ctx, head, r.ID, 5, duty.Fine, "見直した")
		require.NoError(t, err)
		require.Equal(t, []any{finished.Finished, duty.Fine, "見直した"}, []any{corrected.Finished, corrected.Moments[4].Result, corrected.Moments[4].Note})
		month, units, err := w.room.Units(ctx, head)
		require.NoError(t, err)
		require.Equal(t, "2025-06", month.String())
		require.Equal(t, []any{1, 4, ""}, []any{units[0].Done, units[0].Attention, units[0].Open})
		require.Len(t, w.Rows(duty.MarkMoment), 6)
		w.now = w.now.Add(30 * day) // another month
		_, units, err = w.room.Units(ctx, head)
		require.NoError(t, err)
		require.Zero(t, units[0].Done)
	})
}

// TestARoundIsItsOwnersAlone: others, of the same unit and of the highest posts, meet nothing; nor does
// the owner once the appointment has ended.
func TestARoundIsItsOwnersAlone(t *testing.T) {
	onBoth(t, func(w *ward) {
		t, ctx := w.t, w.t.Context()
		w.filmed("c-koseki")
		head := w.person("head", identity.DepartmentHead, "kumin")
		r := w.begin(head, "kumin")
		w.look(r, r.Moments[0])
		meetsNothing := func(c identity.Caller) {
			t.Helper()
			_, none := w.room.Round(ctx, c, "no-such-round")
			_, err := w.room.Round(ctx, c, r.ID)
			require.Equal(t, none, err)
			_, err = w.room.Mark(ctx, c, r.ID, 1, duty.Fine, "")
			require.Equal(t, none, err)
			require.ErrorIs(t, err, vms.NotFound)
		}
		for login, post := range map[string]identity.Post{"second": identity.DepartmentHead, "kiki": identity.CrisisManagement, "kansa": identity.Auditor} {
			meetsNothing(w.person(login, post, "kumin"))
		}
		meetsNothing(w.person("gm", identity.GeneralManager, "koseki"))
		own := w.begin(w.as("second"), "kumin") // the unit's other head has a round of their own
		require.NotEqual(t, r.ID, own.ID)

		w.end("head")
		w.now++
		former := w.as("head")
		meetsNothing(former)
		_, _, err := w.room.Begin(ctx, former, "kumin")
		require.Equal(t, "no-unit", vms.Code(err))
		_, units, err := w.room.Units(ctx, former)
		require.NoError(t, err)
		require.Empty(t, units)
	})
}

func TestNorms(t *testing.T) {
	onBoth(t, func(w *ward) {
		t, ctx := w.t, w.t.Context()
		kiki, joho := w.person("kiki", identity.CrisisManagement, ""), w.person("joho", identity.InformationSecurity, "")
		head := w.person("head", identity.DepartmentHead, "kumin")
		require.NoError(t, w.room.SetNorm(ctx, kiki, "kumin", duty.Norm{Rounds: 2, Moments: 3}))
		w.now++
		require.NoError(t, w.room.SetNorm(ctx, joho, "kumin", duty.Norm{Rounds: 3, Moments: 1}))
		_, units, err := w.room.Units(ctx, kiki)
		require.NoError(t, err)
		norms := map[string]duty.Norm{}
		for _, u := range units {
			require.False(t, u.Mine)
			norms[u.ID] = u.Norm
		}
		require.Equal(t, map[string]duty.Norm{"kumin": {Rounds: 3, Moments: 1}, "koseki": {Rounds: 4, Moments: 5}, "kankyo": {Rounds: 4, Moments: 5},
			"gomi": {Rounds: 4, Moments: 5}}, norms)
		require.ErrorIs(t, w.room.SetNorm(ctx, head, "kumin", duty.Norm{Rounds: 1, Moments: 1}), vms.Denied)
		require.Equal(t, "no-unit", vms.Code(w.room.SetNorm(ctx, kiki, "no-such-unit", duty.Norm{Rounds: 1, Moments: 1})))
		for _, bad := range []duty.Norm{{}, {Rounds: 1}, {Moments: 1}, {Rounds: 32, Moments: 1}, {Rounds: 1, Moments: 21}, {Rounds: -1, Moments: 1}} {
			require.Equal(t, "bad-norm", vms.Code(w.room.SetNorm(ctx, kiki, "kumin", bad)), "%+v", bad)
		}
		require.Equal(t, []string{"kiki  kumin: 2 rounds a month, 3 moments a round", "joho  kumin: 3 rounds a month, 1 moments a round"}, w.details(duty.ChangeNorm))

		w.filmed("c-koseki")
		require.Len(t, w.begin(head, "kumin").Moments, 1)
	})
}

// TestWithoutTheLogNothingChanges: what cannot be written down does not happen.
func TestWithoutTheLogNothingChanges(t *testing.T) {
	w := newWard(t, "sqlite:"+t.TempDir()+"/y.db")
	w.filmed("c-gomi")
	head := w.person("head", identity.DepartmentHead, "kankyo")
	r := w.begin(head, "kankyo")
	w.look(r, r.Moments[0])
	w.exec(`CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'disk full'); END`)
	_, err := w.room.Mark(t.Context(), head, r.ID, 1, duty.Fine, "")
	require.ErrorContains(t, err, "disk full")
	_, err = w.room.Send(t.Context(), head, duty.Draft{Camera: "c-gomi", At: r.Moments[0].From, Note: "x"})
	require.ErrorContains(t, err, "disk full")
	w.exec(`DROP TRIGGER full`)
	stored, err := w.room.Round(t.Context(), head, r.ID)
	require.NoError(t, err)
	require.True(t, slices.Equal(r.Moments, stored.Moments))
	reports, err := w.room.Reports(t.Context(), head)
	require.NoError(t, err)
	require.Empty(t, reports)
	require.Empty(t, w.Rows(audit.SignIn))
}
