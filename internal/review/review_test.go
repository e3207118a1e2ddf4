package review_test

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"io"
	"log/slog"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"yagura/internal/audit"
	"yagura/internal/conf"
	"yagura/internal/identity"
	"yagura/internal/inbox"
	"yagura/internal/oversight"
	"yagura/internal/review"
	"yagura/internal/testserver"
	"yagura/internal/viewing/viewingtest"
	"yagura/internal/vms"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func day(month time.Month, d, hour int) vms.Instant {
	return vms.InstantOf(time.Date(2025, month, d, hour, 0, 0, 0, conf.JST))
}

type ward struct {
	*viewingtest.World
	t    *testing.T
	now  vms.Instant
	room *review.Room
}

func onBoth(t *testing.T, story func(t *testing.T, w *ward)) {
	for name, url := range map[string]func(*testing.T) string{
		"sqlite":   func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "y.db") },
		"postgres": func(t *testing.T) string { return testserver.Postgres(t) },
	} {
		t.Run(name, func(t *testing.T) {
			w := &ward{World: viewingtest.NewOn(t, url(t)), t: t, now: day(time.July, 1, 12)}
			_, key, err := ed25519.GenerateKey(nil)
			require.NoError(t, err)
			now := func() vms.Instant { return w.now }
			log := oversight.New(oversight.Config{DB: w.DB, Log: w.Audit, Access: w.Access, Identity: w.Identity, Cameras: w.Set, Key: key, Now: now})
			w.room = review.New(review.Config{DB: w.DB, Audit: w.Audit, Access: w.Access, Identity: w.Identity, Oversight: log, Key: key, Now: now, Log: slog.New(slog.DiscardHandler)})
			for _, a := range []identity.Appointment{{Login: "kiki", Post: identity.CrisisManagement}, {Login: "kansa", Post: identity.Auditor}, {Login: "kansa2", Post: identity.Auditor},
				{Login: "joho", Post: identity.InformationSecurity}, {Login: "head", Post: identity.GeneralManager, Unit: "koseki"}} {
				w.Add(a.Login, "", "")
				a.From = day(time.January, 1, 0)
				w.Appoint(a)
			}
			story(t, w)
		})
	}
}

func (w *ward) caller(login string) identity.Caller {
	w.t.Helper()
	p, err := w.Identity.Person(w.t.Context(), login)
	require.NoError(w.t, err)
	return identity.Caller{Person: p, Session: "s9", From: "10.0.0.9"}
}

func (w *ward) add(login, action, caseRef string, at vms.Instant) string {
	w.t.Helper()
	id, err := w.Audit.Append(w.t.Context(), audit.Entry{Actor: login, Action: action, Camera: "c-koseki", Stream: vms.Sub, Time: at, Purpose: "incident", Case: caseRef})
	require.NoError(w.t, err)
	return id
}

// month fills June: twenty ordinary views, one at night, one on a holiday's eve at noon in a sealed case, one look-up.
func (w *ward) june() {
	w.t.Helper()
	for d := range 20 {
		if weekday := day(time.June, d+2, 12).Time().In(conf.JST).Weekday(); weekday != time.Saturday && weekday != time.Sunday {
			w.add("kiki", audit.ViewLive, "", day(time.June, d+2, 12))
		}
	}
	w.add("kiki", audit.ViewPast, "", day(time.June, 18, 3))
	w.add("kiki", audit.ViewPast, "29-14", day(time.June, 19, 14))
	_, err := w.DB.Exec(w.t.Context(), `INSERT INTO case_seal VALUES ('29-14', 'x', 'kiki', 0, 1, '', 0, '', 0)`)
	require.NoError(w.t, err)
	_, err = w.Audit.Append(w.t.Context(), audit.Entry{Actor: "kansa", Action: oversight.Read, Time: day(time.June, 20, 10), Detail: `{"actor":"kiki"}`})
	require.NoError(w.t, err)
	_, err = w.Audit.Append(w.t.Context(), audit.Entry{Actor: "head", Action: oversight.Export, Time: day(time.June, 20, 10)})
	require.NoError(w.t, err)
	w.add("kiki", audit.ViewLive, "", day(time.July, 1, 3)) // of another month
}

func (w *ward) month(login string) *review.Month {
	w.t.Helper()
	m, err := w.room.Month(w.t.Context(), w.caller(login), "2025-06")
	require.NoError(w.t, err)
	return m
}

func (w *ward) waits(login string) (kinds []string) {
	w.t.Helper()
	p, err := w.Identity.Person(w.t.Context(), login)
	require.NoError(w.t, err)
	items, err := w.room.Items(w.t.Context(), p)
	require.NoError(w.t, err)
	for _, i := range items {
		kinds = append(kinds, i.Kind)
	}
	return kinds
}

func TestAMonthIsReviewed(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		ctx := t.Context()
		code := func(err error, want string) {
			t.Helper()
			require.Equal(t, want, vms.Code(err), "%v", err)
		}
		w.june()
		require.NoError(t, w.room.Once(ctx))
		_, err := w.room.Month(ctx, w.caller("kansa"), "2025-06")
		code(err, "no-month") // views may still run
		w.now = day(time.July, 2, 1)
		require.NoError(t, w.room.Once(ctx))
		m := w.month("kansa")
		require.Equal(t, []int{17, 1, 4}, []int{m.Views, m.LookUps, len(m.Items)}, "at night, in the sealed case, one of 15, the look-up")
		var why []string
		n := map[string]int{}
		for _, i := range m.Items {
			why = append(why, i.Kind+" "+i.Why[0])
			n[i.Kind+" "+i.Why[0]] = i.N
		}
		require.ElementsMatch(t, []string{"view hinted", "view sealed", "view random", "lookup random"}, why)
		require.NoError(t, w.room.Once(ctx))
		require.Equal(t, m.Seed, w.month("kansa").Seed, "drawn once")
		require.Len(t, w.Rows(review.DrawMonth), 1)
		require.Contains(t, w.Rows(review.DrawMonth)[0].Detail, m.Seed)
		require.Len(t, w.month("joho").Items, 1, "only what 監査 asked of the log")
		_, err = w.room.Month(ctx, w.caller("kiki"), "2025-06")
		code(err, "denied")
		require.Equal(t, []any{[]string{inbox.ReviewMonth}, []string{inbox.ReviewMonth}, []string(nil)}, []any{w.waits("kansa"), w.waits("joho"), w.waits("kiki")})

		kansa, kansa2, joho, kiki := w.caller("kansa"), w.caller("kansa2"), w.caller("joho"), w.caller("kiki")
		night, sealed, drawn, lookUp := n["view hinted"], n["view sealed"], n["view random"], n["lookup random"]
		require.NoError(t, w.room.Approve(ctx, kansa, "2025-06", []int{drawn, sealed}))
		code(w.room.Approve(ctx, kansa, "2025-06", []int{drawn}), "moved-on")
		code(w.room.Approve(ctx, kansa, "2025-06", []int{lookUp}), "own")
		code(w.room.Approve(ctx, kansa2, "2025-06", []int{lookUp}), "no-item")
		code(w.room.Approve(ctx, joho, "2025-06", []int{night}), "no-item")
		code(w.room.Approve(ctx, kiki, "2025-06", []int{night}), "denied")
		require.NoError(t, w.room.Approve(ctx, joho, "2025-06", []int{lookUp}))

		code(w.room.Answer(ctx, kiki, "2025-06", night, "x"), "no-item") // not asked yet
		code(w.room.Ask(ctx, kansa, "2025-06", night, " "), "bad-text")
		code(w.room.Find(ctx, kansa, "2025-06", night, review.Remark, "x"), "moved-on")
		require.NoError(t, w.room.Ask(ctx, kansa, "2025-06", night, "理由は"))
		require.Equal(t, []string{inbox.Review}, w.waits("kiki"))
		require.Empty(t, w.waits("kansa"), "it is somebody else's turn")
		mine, err := w.room.Mine(ctx, kiki)
		require.NoError(t, err)
		require.Equal(t, []any{1, "理由は", "c-koseki"}, []any{len(mine), mine[0].Question, string(mine[0].Entry.Camera)})
		code(w.room.Answer(ctx, kansa, "2025-06", night, "x"), "no-item")
		require.NoError(t, w.room.Answer(ctx, kiki, "2025-06", night, "通報があった"))
		code(w.room.Answer(ctx, kiki, "2025-06", night, "また"), "moved-on")
		require.Equal(t, []any{[]string(nil), []string{inbox.ReviewMonth}}, []any{w.waits("kiki"), w.waits("kansa2")})
		code(w.room.Find(ctx, kansa2, "2025-06", night, "guilty", "x"), "bad-finding")
		require.NoError(t, w.room.Find(ctx, kansa2, "2025-06", night, review.Remark, "記録を残すこと"))
		require.NoError(t, w.room.Finish(ctx, kansa2, "2025-06", night, "周知した"))
		require.Empty(t, w.waits("kansa"))
		w.signed(kansa)
	})
}

// signed looks into the report.
func (w *ward) signed(c identity.Caller) {
	w.t.Helper()
	b, err := w.room.Report(w.t.Context(), c, "2025-06")
	require.NoError(w.t, err)
	require.Equal(w.t, "yagura-review-2025-06.zip", b.Name)
	var buf bytes.Buffer
	require.NoError(w.t, b.Write(&buf))
	z, err := zip.NewReader(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
	require.NoError(w.t, err)
	files := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		require.NoError(w.t, err)
		files[f.Name], err = io.ReadAll(r)
		require.NoError(w.t, err)
	}
	require.True(w.t, ed25519.Verify(w.room.Key.Public().(ed25519.PublicKey), files["SHA256SUMS"], files["SHA256SUMS.sig"]))
	require.Contains(w.t, string(files["SHA256SUMS"]), "report.txt")
	for _, says := range []string{"閲覧監査 月次報告　2025-06", "照会　理由は", "回答　通報があった", "所見　改善を要する　記録を残すこと", "措置　周知した", "封印", "無作為"} {
		require.Contains(w.t, string(files["report.txt"]), says)
	}
	require.NotContains(w.t, string(files["report.txt"]), "途中経過")
	var says struct {
		Seed, Complete any
		Items          []struct {
			N       int
			ID, Why any
		}
	}
	require.NoError(w.t, json.Unmarshal(files["report.json"], &says))
	require.Equal(w.t, true, says.Complete)
	require.Len(w.t, says.Items, 4)
	require.Len(w.t, w.Rows(review.SaveReport), 1)
}

// TestTheSampleIsDrawnAgain by whoever has the seed, from the log alone.
func TestTheSampleIsDrawnAgain(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		w.june()
		w.now = day(time.July, 2, 1)
		require.NoError(t, w.room.Once(t.Context()))
		m := w.month("kansa")
		seed, err := review.ParseSeed(m.Seed)
		require.NoError(t, err)
		var rest []string
		rows, err := w.Audit.Query(t.Context(), audit.Filter{Actions: audit.Views, Time: vms.Span{From: day(time.June, 1, 0), To: day(time.July, 1, 0)}})
		require.NoError(t, err)
		for _, e := range rows {
			if at := e.Time.Time().In(conf.JST); at.Hour() != 3 && e.Case == "" {
				rest = append(rest, e.ID)
			}
		}
		i := slices.IndexFunc(m.Items, func(i review.Item) bool { return i.Kind == review.View && i.Why[0] == review.Random })
		require.Equal(t, review.Draw(seed, rest), []string{m.Items[i].Entry.ID})
	})
}

// TestMonthsThatNobodyDrewAreDrawnLate, as far back as the log goes.
func TestMonthsThatNobodyDrewAreDrawnLate(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		w.june()
		w.now = day(time.September, 15, 1)
		require.NoError(t, w.room.Once(t.Context()))
		months, err := w.room.Months(t.Context(), w.caller("kansa"))
		require.NoError(t, err)
		var names []string
		for _, m := range months {
			names = append(names, m.Name)
		}
		require.Equal(t, []string{"2025-08", "2025-07", "2025-06"}, names)
		require.Equal(t, []int{0, 1, 17}, []int{months[0].Views, months[1].Views, months[2].Views})
	})
}

// TestAViewerIsNotToldOfASeal: they may be who it is kept from.
func TestAViewerIsNotToldOfASeal(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		w.june()
		w.now = day(time.July, 2, 1)
		require.NoError(t, w.room.Once(t.Context()))
		for _, i := range w.month("kansa").Items {
			if i.Entry.Case != "" {
				require.Equal(t, []string{review.Sealed}, i.Why)
				require.NoError(t, w.room.Ask(t.Context(), w.caller("kansa"), "2025-06", i.N, "理由は"))
			}
		}
		mine, err := w.room.Mine(t.Context(), w.caller("kiki"))
		require.NoError(t, err)
		require.Len(t, mine, 1)
		require.Equal(t, "29-14", mine[0].Entry.Case)
		require.Empty(t, mine[0].Why)
	})
}
