package oversight_test

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"yagura/internal/audit"
	"yagura/internal/conf"
	"yagura/internal/identity"
	"yagura/internal/oversight"
	"yagura/internal/testserver"
	"yagura/internal/viewing/viewingtest"
	"yagura/internal/vms"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// noon is where the stories stand: Wednesday, 2025-06-18, 12:00 in Japan.
var noon = vms.InstantOf(time.Date(2025, 6, 18, 12, 0, 0, 0, conf.JST))

const day = 24 * time.Hour

// ward is a small ward whose log is read.
type ward struct {
	*viewingtest.World
	t    *testing.T
	room *oversight.Room
	key  ed25519.PrivateKey
	now  vms.Instant
}

func onBoth(t *testing.T, story func(t *testing.T, w *ward)) {
	for name, url := range map[string]func(*testing.T) string{
		"sqlite":   func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "y.db") },
		"postgres": func(t *testing.T) string { return testserver.Postgres(t) },
	} {
		t.Run(name, func(t *testing.T) {
			_, key, err := ed25519.GenerateKey(nil)
			require.NoError(t, err)
			w := &ward{World: viewingtest.NewOn(t, url(t)), t: t, key: key, now: noon}
			w.Cameras(viewingtest.Files(noon.Add(-10 * day))) // c-moved came from koseki to gomi ten days ago
			w.room = oversight.New(oversight.Config{DB: w.DB, Log: w.Audit, Access: w.Access, Identity: w.Identity, Cameras: w.Set, Key: key,
				Now: func() vms.Instant { return w.now }})
			begin, _ := vms.ParseInstant("2017-06-01T00:00:00+09:00")
			for _, a := range []identity.Appointment{{Login: "head", Post: identity.GeneralManager, Unit: "koseki"}, {Login: "gomi", Post: identity.GeneralManager, Unit: "gomi"},
				{Login: "kiki", Post: identity.CrisisManagement}, {Login: "kiki2", Post: identity.CrisisManagement}, {Login: "kiki3", Post: identity.CrisisManagement}, {Login: "kansa", Post: identity.Auditor}, {Login: "admin", Post: identity.Administrator}} {
				w.Add(a.Login, "", "")
				a.From = begin
				w.Appoint(a)
			}
			story(t, w)
		})
	}
}

// add writes a row and returns its id.
func (w *ward) add(e audit.Entry) string {
	w.t.Helper()
	if e.Session == "" {
		e.Session, e.From = "s1", "10.0.0.7"
	}
	id, err := w.Audit.Append(w.t.Context(), e)
	require.NoError(w.t, err)
	return id
}

func (w *ward) viewed(login, camera, action string, footage, begun vms.Instant) audit.Entry {
	return audit.Entry{Actor: login, Action: action, Camera: vms.CameraID(camera), Stream: vms.Sub, At: footage, Time: begun, Purpose: "incident"}
}

func (w *ward) caller(login string) identity.Caller {
	w.t.Helper()
	p, err := w.Identity.Person(w.t.Context(), login)
	require.NoError(w.t, err)
	return identity.Caller{Person: p, Session: "s9", From: "10.0.0.9"}
}

func (w *ward) list(login string, f oversight.Filter) []oversight.Entry {
	w.t.Helper()
	if f.Limit == 0 {
		f.Limit = 100
	}
	p, err := w.room.List(w.t.Context(), w.caller(login), f)
	require.NoError(w.t, err)
	require.Zero(w.t, p.Next)
	return p.Entries
}

func ids(entries []oversight.Entry) (out []string) {
	for _, e := range entries {
		out = append(out, e.ID)
	}
	return out
}

func TestWhoReadsWhat(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		signIn := w.add(audit.Entry{Actor: "kiki", Action: audit.SignIn, Time: noon.Add(-5 * time.Hour)})
		live := w.add(w.viewed("kiki", "c-koseki", audit.ViewLive, 0, noon.Add(-4*time.Hour)))
		secret := w.viewed("kiki", "c-koseki", audit.ViewPast, noon.Add(-day), noon.Add(-3*time.Hour))
		secret.Case = "29-14"
		inCase := w.add(secret)
		secret.Time, secret.Case = noon.Add(-91*day), "28-2"
		oldCase := w.add(secret)
		refused := w.viewed("gomi", "c-koseki", audit.ViewLive, 0, noon.Add(-2*time.Hour))
		refused.Outcome = audit.Refused
		tried := w.add(refused)
		theirs := w.add(w.viewed("kiki", "c-gomi", audit.ViewStill, noon.Add(-day), noon.Add(-time.Hour)))
		before := w.add(w.viewed("kiki", "c-moved", audit.ViewPast, noon.Add(-11*day), noon.Add(-time.Hour)))
		after := w.add(w.viewed("kiki", "c-moved", audit.ViewPast, noon.Add(-9*day), noon.Add(-time.Hour)))
		marked := w.viewed("kiki", "c-koseki", "report.send", noon.Add(-day), noon.Add(-time.Hour))
		report := w.add(marked)
		own := w.add(w.viewed("head", "c-koseki", audit.ViewPast, noon.Add(-day), noon.Add(-time.Minute)))

		_, err := w.DB.Exec(t.Context(), `INSERT INTO case_seal VALUES ('２９－１４', 'x', 'kiki', 0, $1, '', 0, '', 0)`, int64(noon+1))
		require.NoError(t, err)
		require.Equal(t, []string{own, report, after, before, theirs, tried, oldCase, inCase, live, signIn}, ids(w.list("kansa", oversight.Filter{})), "an auditor reads everything")
		require.Equal(t, []string{report, after, before, theirs, oldCase, inCase, live, signIn}, ids(w.list("kiki", oversight.Filter{})), "their own")
		require.Equal(t, []string{own, before, oldCase, live}, ids(w.list("head", oversight.Filter{})), "footage of koseki then, no report, no sealed case")
		require.Equal(t, []string{after, theirs, tried}, ids(w.list("gomi", oversight.Filter{})))
		require.Empty(t, w.list("admin", oversight.Filter{}))
		require.Equal(t, []string{own}, ids(w.list("head", oversight.Filter{Actor: oversight.Me})))
		require.Empty(t, w.list("head", oversight.Filter{Actor: "gomi"}))

		for login, want := range map[string][]any{"kansa": {true, true, 7}, "head": {false, true, 0}, "kiki": {false, false, 0}, "admin": {false, false, 0}} {
			reach, err := w.room.Reach(t.Context(), w.caller(login).Person)
			require.NoError(t, err)
			require.Equal(t, want, []any{reach.All, reach.Floors, len(reach.People)}, login)
		}
		seen := w.list("head", oversight.Filter{Actor: "kiki"})[2]
		require.Equal(t, []any{"", "", "", "危機管理担当", "kiki"}, []any{seen.From, seen.Session, seen.Node, seen.Title, seen.Name}, "who, not from where")
		require.Equal(t, "10.0.0.7", w.list("kansa", oversight.Filter{Camera: "c-gomi"})[0].From)
		for name, c := range map[string]struct {
			f    oversight.Filter
			want []string
		}{
			"camera":  {oversight.Filter{Camera: "c-moved"}, []string{after, before}},
			"action":  {oversight.Filter{Action: audit.SignIn}, []string{signIn}},
			"outcome": {oversight.Filter{Outcome: audit.Refused}, []string{tried}},
			"time":    {oversight.Filter{Time: vms.Span{From: noon.Add(-4 * time.Hour), To: noon.Add(-2 * time.Hour)}}, []string{inCase, live}},
			"unit":    {oversight.Filter{Unit: "gomi"}, []string{after, theirs}},
			"部":       {oversight.Filter{Unit: "kumin", Actor: "kiki"}, []string{report, before, oldCase, inCase, live}},
			"no unit": {oversight.Filter{Unit: "mars"}, nil},
			"purpose": {oversight.Filter{Purpose: "incident", Actor: "head"}, []string{own}},
			"another": {oversight.Filter{Purpose: "maintenance"}, nil},
			"hinted":  {oversight.Filter{Hinted: true}, []string{live}},
		} {
			require.Equal(t, c.want, ids(w.list("kansa", c.f)), name)
		}
	})
}

// TestAViewIsOneEntry with its end, and of what it saw a head is told their part.
func TestAViewIsOneEntry(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		moved := noon.Add(-10 * day)
		id := w.add(w.viewed("kiki", "c-moved", audit.ViewPast, moved.Add(-time.Minute), noon.Add(-time.Hour)))
		running := w.add(w.viewed("kiki", "c-moved", audit.ViewPast, moved.Add(-time.Minute), noon.Add(-time.Hour)))
		seen := []vms.Span{{From: moved.Add(-time.Minute), To: moved.Add(time.Minute)}}
		require.NoError(t, w.Audit.CloseView(t.Context(), id, seen, "closed by the viewer"))

		all := w.list("kansa", oversight.Filter{})
		require.Equal(t, []string{running, id}, ids(all))
		require.Equal(t, []any{seen, "closed by the viewer"}, []any{all[1].Ranges, all[1].Why})
		require.NotZero(t, all[1].Ended)
		require.Zero(t, all[0].Ended)
		require.Equal(t, []vms.Span{{From: seen[0].From, To: moved}}, w.list("head", oversight.Filter{})[1].Ranges)
		gomi := w.list("gomi", oversight.Filter{})
		require.Equal(t, []string{id}, ids(gomi), "it went on into theirs")
		require.Equal(t, []vms.Span{{From: moved, To: seen[0].To}}, gomi[0].Ranges)
		require.Len(t, w.list("kansa", oversight.Filter{Action: audit.ViewEnd}), 1)
		require.Empty(t, w.list("head", oversight.Filter{Action: audit.ViewEnd}))
	})
}

func TestPages(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		var want []string
		for i := range 700 { // most of which the head may not see
			e := w.viewed("kiki", []string{"c-gomi", "c-moved"}[i%2], audit.ViewPast, noon.Add(-day), noon.Add(-time.Hour))
			if i%100 == 0 {
				e.Camera = "c-koseki"
			}
			e.ID = fmt.Sprint(i)
			if w.add(e); i%100 == 0 {
				want = append([]string{e.ID}, want...)
			}
		}
		var got []string
		for before, pages := int64(0), 0; ; pages++ {
			p, err := w.room.List(t.Context(), w.caller("head"), oversight.Filter{Limit: 3, Before: before})
			require.NoError(t, err)
			got = append(got, ids(p.Entries)...)
			if p.Next == 0 {
				require.Equal(t, 2, pages)
				break
			}
			require.Len(t, p.Entries, 3)
			before = p.Next
		}
		require.Equal(t, want, got)
	})
}

// TestWhoeverBeginsInTheMiddleIsNotedToo: of all the pages of a question one row tells, whichever came first.
func TestWhoeverBeginsInTheMiddleIsNotedToo(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		w.add(w.viewed("kiki", "c-koseki", audit.ViewPast, noon.Add(-day), noon.Add(-time.Hour)))
		for _, before := range []int64{1 << 40, 0, 2} {
			_, err := w.room.List(t.Context(), w.caller("kansa"), oversight.Filter{Camera: "c-koseki", Before: before, Limit: 10})
			require.NoError(t, err)
		}
		rows := w.Rows(oversight.Read)
		require.Len(t, rows, 1)
		require.Equal(t, []string{"kansa", `{"camera":"c-koseki"}`}, []string{rows[0].Actor, rows[0].Detail})
	})
}

// TestHintedViewsAreFoundFarBack, page by page, though none of a page's rows may have a hint.
func TestHintedViewsAreFoundFarBack(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		var want []string
		for _, at := range []vms.Instant{noon.Add(-30 * day), noon.Add(-9*time.Hour - time.Minute), noon.Add(-11 * day)} { // one at noon, at night, on a Saturday
			id := w.add(w.viewed("kiki", "c-koseki", audit.ViewPast, 0, at))
			if at != noon.Add(-30*day) {
				want = append([]string{id}, want...)
			}
		}
		for i := range 2200 {
			e := w.viewed("kiki", "c-koseki", audit.ViewStill, noon.Add(-day), noon.Add(-time.Hour))
			e.ID = fmt.Sprint(i)
			w.add(e)
		}
		var got []string
		for before, pages := int64(0), 1; ; pages++ {
			p, err := w.room.List(t.Context(), w.caller("kansa"), oversight.Filter{Hinted: true, Limit: 1, Before: before})
			require.NoError(t, err)
			got = append(got, ids(p.Entries)...)
			if p.Next == 0 {
				require.Equal(t, 3, pages, "an empty one of 2,000 rows and some, and two with one each")
				break
			}
			before = p.Next
		}
		require.Equal(t, want, got)
	})
}

func TestManyViewsAreHintedAtToAuditors(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		for i := range 60 {
			w.add(w.viewed("kiki", "c-koseki", audit.ViewPast, noon.Add(-day), noon.Add(-time.Duration(i%30+1)*day))) // two a day
		}
		for range 9 {
			w.add(w.viewed("kiki", "c-koseki", audit.ViewPast, noon.Add(-day), noon.Add(-time.Hour)))
		}
		w.add(w.viewed("kiki", "c-gomi", audit.ViewPast, noon.Add(-day), noon.Add(-time.Hour)))
		today := oversight.Filter{Time: vms.Span{From: noon.Add(-2 * time.Hour)}}
		many := []oversight.Hint{{Kind: oversight.ManyViews, Value: 9, Usual: 2, Limit: 5}}
		got := w.list("kansa", today)
		require.Len(t, got, 10)
		require.Empty(t, got[0].Hints, "another camera")
		for _, e := range got[1:] {
			require.Equal(t, many, e.Hints)
		}
		require.Equal(t, many, w.list("kiki", today)[5].Hints)
		require.Empty(t, w.list("head", today)[5].Hints)
	})
}

// open reads an export.
func open(t *testing.T, b []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	require.NoError(t, err)
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		require.NoError(t, err)
		text, err := io.ReadAll(r)
		require.NoError(t, err)
		out[f.Name] = string(text)
	}
	return out
}

func (w *ward) export(login string, f oversight.Filter, format string) map[string]string {
	w.t.Helper()
	b, err := w.room.Export(w.t.Context(), w.caller(login), f, format)
	require.NoError(w.t, err)
	require.Regexp(w.t, `^yagura-audit-20250618-120000\.zip$`, b.Name)
	var buf bytes.Buffer
	require.NoError(w.t, b.Write(w.t.Context(), &buf))
	return open(w.t, buf.Bytes())
}

func TestExport(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		id := w.add(w.viewed("kiki", "c-koseki", audit.ViewPast, noon.Add(-day), noon.Add(-20*time.Hour)))
		require.NoError(t, w.Audit.CloseView(t.Context(), id, []vms.Span{{From: noon.Add(-day), To: noon}}, "closed by the viewer"))
		w.add(audit.Entry{Actor: "kiki", Action: audit.SignIn, Outcome: audit.Failed, Detail: "=HYPERLINK(\"x\")", Time: noon})
		files := w.export("kansa", oversight.Filter{Actor: "kiki"}, "csv")
		w.signed(files)
		require.True(t, strings.HasPrefix(files["entries.csv"], "\ufeff番号 seq,"))
		rows, err := csv.NewReader(strings.NewReader(files["entries.csv"])).ReadAll()
		require.NoError(t, err)
		require.Len(t, rows, 3)
		require.Equal(t, "'=HYPERLINK(\"x\")", rows[1][15])
		require.Equal(t, []string{"1", "2025-06-17 16:00:00.000", "kiki", "kiki", "危機管理担当", "s1", "10.0.0.7", "view.past", "ok", "c-koseki", "C-KOSEKI", "sub",
			"2025-06-17 12:00:00.000", "incident", "", "", "", "2025-06-17 12:00:00.000 – 2025-06-18 12:00:00.000"}, rows[2][:18])
		require.Equal(t, "closed by the viewer", rows[2][19])
		var says struct {
			By     string
			Filter map[string]string
			Rows   int
			Log    struct{ Seq int64 }
		}
		require.NoError(t, json.Unmarshal([]byte(files["export.json"]), &says))
		require.Equal(t, []any{"kansa", map[string]string{"actor": "kiki"}, 2, int64(3)}, []any{says.By, says.Filter, says.Rows, says.Log.Seq})
		noted := w.Rows(oversight.Export)
		require.Len(t, noted, 1)
		require.Equal(t, []any{"kansa", `{"actor":"kiki"}`, "10.0.0.9", "s9"}, []any{noted[0].Actor, noted[0].Detail, noted[0].From, noted[0].Session})

		files = w.export("head", oversight.Filter{}, "json")
		w.signed(files)
		var list []map[string]any
		require.NoError(t, json.Unmarshal([]byte(files["entries.json"]), &list))
		require.Len(t, list, 2, "their own row of this export, and the view")
		require.Equal(t, []any{oversight.Export, "view.past", nil}, []any{list[0]["action"], list[1]["action"], list[1]["source"]})
		files = w.export("admin", oversight.Filter{Camera: "c-koseki"}, "json")
		require.Equal(t, "[]\n", files["entries.json"])
		_, err = w.room.Export(t.Context(), w.caller("kansa"), oversight.Filter{}, "xlsx")
		require.ErrorIs(t, err, vms.Invalid)
		require.Len(t, w.Rows(oversight.Export), 3)
	})
}

// signed verifies an export as VERIFY.txt says, with the tools it names.
func (w *ward) signed(files map[string]string) {
	w.t.Helper()
	require.True(w.t, ed25519.Verify(w.key.Public().(ed25519.PublicKey), []byte(files["SHA256SUMS"]), []byte(files["SHA256SUMS.sig"])))
	for line := range strings.Lines(files["SHA256SUMS"]) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		require.Equal(w.t, fmt.Sprintf("%x", sha256.Sum256([]byte(files[name]))), sum)
	}
	dir := w.t.TempDir()
	for name, text := range files {
		require.NoError(w.t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	var commands string
	for line := range strings.Lines(files["VERIFY.txt"]) {
		if c, ok := strings.CutPrefix(line, "  "); ok {
			commands += c
		}
	}
	check := exec.CommandContext(w.t.Context(), "sh", "-ec", commands)
	check.Dir = dir
	out, err := check.CombinedOutput()
	require.NoError(w.t, err, "%s", out)
	require.Contains(w.t, string(out), "Signature Verified Successfully")
}
