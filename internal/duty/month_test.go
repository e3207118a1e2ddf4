package duty_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/audit"
	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/duty"
	"yagura/internal/identity"
	"yagura/internal/testserver"
	"yagura/internal/vms"
)

func (w *ward) book(c identity.Caller, unit string) *duty.Book {
	w.t.Helper()
	b, err := w.room.Book(w.t.Context(), c, unit, duty.MonthOf(noon))
	require.NoError(w.t, err)
	return b
}

func TestTheBookOfAMonth(t *testing.T) {
	onBoth(t, func(w *ward) {
		t, ctx := w.t, w.t.Context()
		w.filmed("c-gomi", "c-shared")
		head := w.person("head", identity.DepartmentHead, "kankyo")
		w.person("gomi", identity.GeneralManager, "gomi")
		w.person("kiki", identity.CrisisManagement, "")
		w.World.Add("former", "", "")
		w.Appoint(identity.Appointment{Login: "former", Post: identity.DepartmentHead, Unit: "kankyo", From: begin, To: noon.Add(-5 * day)})
		seen := vms.Span{From: noon.Add(-15 * day), To: noon.Add(-15 * day).Add(time.Minute)}
		june := duty.MonthOf(noon).Span()

		w.viewed("former", "c-gomi", noon.Add(-6*day), seen)
		w.viewed("former", "c-gomi", noon.Add(-4*day), seen) // no longer its head
		w.viewed("gomi", "c-gomi", noon.Add(-6*day), seen)   // head of the unit below
		w.viewed("kiki", "c-gomi", noon.Add(-6*day), seen)   // not a head
		w.viewed("head", "c-koseki", noon.Add(-6*day), seen) // not the unit's camera
		w.viewed("head", "c-moved", noon.Add(-6*day), seen)  // not the unit's footage then
		w.viewed("head", "c-gomi", june.From-1, seen)        // another month
		w.viewed("head", "c-shared", june.From, seen, vms.Span{From: seen.To.Add(time.Hour), To: seen.To.Add(2 * time.Hour)})
		for _, e := range []audit.Entry{{Outcome: audit.Refused, Action: audit.ViewLive}, {Action: audit.SignIn}} {
			e.Actor, e.Camera, e.Time = "head", "c-gomi", noon.Add(-3*day)
			_, err := w.Audit.Append(ctx, e)
			require.NoError(t, err)
		}
		failed, err := w.Audit.Append(ctx, audit.Entry{Actor: "head", Action: audit.ViewLive, Camera: "c-gomi", Time: noon.Add(-3 * day)})
		require.NoError(t, err)
		require.NoError(t, w.Audit.CloseView(ctx, failed, nil, "not opened: no stream"))
		_, err = w.Audit.Append(ctx, audit.Entry{Actor: "head", Action: audit.ViewLive, Camera: "c-moved", Stream: vms.Main, Time: noon.Add(-2 * day)}) // it runs
		require.NoError(t, err)
		r := w.finish(head, w.begin(head, "kankyo"), duty.Attention)

		b := w.book(head, "kankyo")
		require.Equal(t, []any{"2025-06", "kankyo", "環境", duty.Norm{Rounds: 4, Moments: 5}}, []any{b.Month.String(), b.Unit, b.Name, b.Norm})
		require.Equal(t, []duty.Day{{Date: time.Date(2025, 6, 18, 0, 0, 0, 0, conf.JST), Rounds: 1, Moments: 5, Attention: 5}}, b.Days)
		var lines []string
		for _, e := range b.Entries[:3] {
			lines = append(lines, fmt.Sprint(e.Name, " ", e.Post.Title(), " ", e.Number, " ", e.Live(), " ", e.Result, " ", e.Seen))
		}
		require.Equal(t, []string{"head 部長 C-SHARED false  " + vms.Span{From: seen.From, To: seen.To.Add(2 * time.Hour)}.String(),
			"former 部長 C-GOMI false  " + seen.String(), "head 部長 C-MOVED true  " + vms.Span{}.String()}, lines)
		require.Zero(t, b.Entries[2].Ended)
		require.Len(t, b.Entries, 3+len(r.Moments))
		for _, e := range b.Entries[3:] {
			require.Equal(t, []any{duty.Attention, "10.0.0.7", "deterrence_check", "head"}, []any{e.Result, e.Entry.From, e.Purpose, e.Actor})
		}
	})
}

// TestPicturesSoonAfterOneAnotherAreOneLine: what somebody sees who drags along a timeline.
func TestPicturesSoonAfterOneAnotherAreOneLine(t *testing.T) {
	onBoth(t, func(w *ward) {
		t := w.t
		head := w.person("head", identity.DepartmentHead, "kankyo")
		still := func(id vms.CameraID, after, into time.Duration, purpose string) {
			at := noon.Add(after - day)
			e := audit.Entry{Actor: "head", Action: audit.ViewStill, Camera: id, Stream: vms.Sub, At: at, Time: at, Purpose: purpose, Case: "29-14"}
			row, err := w.Audit.Append(t.Context(), e)
			require.NoError(t, err)
			from := noon.Add(into - 2*day)
			e.Action, e.Refers, e.Ranges = audit.ViewEnd, row, []vms.Span{{From: from, To: from.Add(100 * time.Millisecond)}}
			_, err = w.Audit.Append(t.Context(), e)
			require.NoError(t, err)
		}
		for i := range 20 {
			still("c-gomi", time.Duration(i)*time.Second, time.Duration(i)*time.Minute, "incident")
			still("c-shared", time.Duration(i)*time.Second, 0, "incident")
		}
		still("c-gomi", 21*time.Second, 0, "maintenance")
		still("c-gomi", 90*time.Second, 0, "incident")
		var lines []string
		for _, e := range w.book(head, "kankyo").Entries {
			lines = append(lines, fmt.Sprint(e.Number, " ", e.Purpose, " ", e.Case, " ", e.Ended.Sub(e.Time), " ", e.Seen.Duration(), " ", e.Live()))
		}
		require.Equal(t, []string{"C-GOMI incident 29-14 19s 19m0.1s false", "C-SHARED incident 29-14 19s 100ms false",
			"C-GOMI maintenance 29-14 0s 100ms false", "C-GOMI incident 29-14 0s 100ms false"}, lines)
	})
}

// TestANormIsOfItsTime: what is set later does not change what was asked of past months.
func TestANormIsOfItsTime(t *testing.T) {
	onBoth(t, func(w *ward) {
		t, kiki := w.t, w.person("kiki", identity.CrisisManagement, "")
		require.NoError(t, w.room.SetNorm(t.Context(), kiki, "kankyo", duty.Norm{Rounds: 8, Moments: 6}))
		w.now = w.now.Add(30 * day)
		require.NoError(t, w.room.SetNorm(t.Context(), kiki, "kankyo", duty.Norm{Rounds: 1, Moments: 1}))
		require.Equal(t, duty.Norm{Rounds: 8, Moments: 6}, w.book(kiki, "kankyo").Norm)
		b, err := w.room.Book(t.Context(), kiki, "kankyo", duty.MonthOf(w.now))
		require.NoError(t, err)
		require.Equal(t, duty.Norm{Rounds: 1, Moments: 1}, b.Norm)
		b, err = w.room.Book(t.Context(), kiki, "kankyo", duty.MonthOf(noon.Add(-40*day)))
		require.NoError(t, err)
		require.Equal(t, duty.Norm{Rounds: 4, Moments: 5}, b.Norm)
	})
}

func TestWhoReadsTheBook(t *testing.T) {
	onBoth(t, func(w *ward) {
		t, ctx := w.t, w.t.Context()
		readers := []identity.Caller{w.person("head", identity.DepartmentHead, "kumin"), w.person("koseki", identity.GeneralManager, "koseki"),
			w.person("kiki", identity.CrisisManagement, ""), w.person("kansa", identity.Auditor, "")}
		for _, c := range readers {
			require.Equal(t, "戸籍", w.book(c, "koseki").Name)
		}
		others := []identity.Caller{w.person("kankyo", identity.DepartmentHead, "kankyo"), w.person("zeimu", identity.GeneralManager, "zeimu"),
			w.person("joho", identity.InformationSecurity, ""), w.person("clerk", identity.Clerk, "koseki"), w.person("admin", identity.Administrator, "")}
		w.end("koseki")
		w.now++
		for _, c := range append(others, w.as("koseki")) {
			_, err := w.room.Book(ctx, c, "koseki", duty.MonthOf(noon))
			_, none := w.room.Book(ctx, c, "no-such-unit", duty.MonthOf(noon))
			require.Equal(t, none, err)
			require.ErrorIs(t, err, vms.NotFound)
		}
		_, err := w.room.Book(ctx, readers[0], "koseki", duty.MonthOf(noon)) // of a 分野 in their 部
		require.NoError(t, err)
		for _, bad := range []string{"", "2025", "2025-13", "2025-06-01", "x"} {
			_, err := duty.ParseMonth(bad)
			require.ErrorIs(t, err, vms.Invalid, bad)
		}
	})
}

// fill writes a log of so many rows: views with their ends, by the unit's head and by others, over two months.
func (w *ward) fill(rows int) {
	w.t.Helper()
	ids, actors := []vms.CameraID{"c-gomi", "c-shared", "c-koseki", "c-moved"}, []string{"head", "kiki", "kiki2", "tokatsu", "bucho"}
	require.NoError(w.t, w.DB.Tx(w.t.Context(), func(tx *db.Tx) error {
		add := func(seq int, id, action, refers, ranges string, at vms.Instant, i int) error {
			_, err := tx.Exec(w.t.Context(), `INSERT INTO audit (seq, id, at, node, process, actor, session, source, action, outcome, camera, stream,
				footage, purpose, detail, refers, ranges) VALUES ($1, $2, $3, 'n1', 'p', $4, 's', '10.0.0.7', $5, 'ok', $6, 'sub', $7, 'incident', '', $8, $9)`,
				seq, id, int64(at), actors[i%5], action, string(ids[i/5%4]), int64(at.Add(-day)), refers, ranges)
			return err
		}
		for i := range rows / 2 {
			at, id := noon.Add(-time.Duration(i)*100*time.Second), fmt.Sprint("view-", i)
			ranges := fmt.Sprintf(`[{"from":"%s","to":"%s"}]`, at.Add(-day), at.Add(-day).Add(time.Minute))
			if err := add(2*i+1, id, audit.ViewPast, "", "null", at, i); err != nil {
				return err
			}
			if err := add(2*i+2, id+"-end", audit.ViewEnd, id, ranges, at.Add(time.Minute), i); err != nil {
				return err
			}
		}
		return nil
	}))
}

// TestTheBookOfALongLog is the small twin of BenchmarkBook.
func TestTheBookOfALongLog(t *testing.T) {
	onBoth(t, func(w *ward) {
		w.fill(4000)
		head := w.person("head", identity.DepartmentHead, "kankyo")
		b := w.book(head, "kankyo")
		want := 0
		for i := range 2000 { // the head's of three cameras; of c-moved what was filmed after it came
			at, id := noon.Add(-time.Duration(i)*100*time.Second), i/5%4
			if i%5 == 0 && id != 2 && at >= duty.MonthOf(noon).Span().From {
				want++
			}
		}
		require.Len(w.t, b.Entries, want)
	})
}

func BenchmarkBook(b *testing.B) {
	for name, url := range map[string]func(testing.TB) string{
		"sqlite":   func(t testing.TB) string { return "sqlite:" + t.TempDir() + "/y.db" },
		"postgres": testserver.Postgres,
	} {
		b.Run(name, func(b *testing.B) {
			w := newWard(b, url(b))
			w.fill(100_000)
			head, n := w.person("head", identity.DepartmentHead, "kankyo"), 0
			for b.Loop() {
				n = len(w.book(head, "kankyo").Entries)
			}
			b.ReportMetric(float64(n), "entries")
		})
	}
}
