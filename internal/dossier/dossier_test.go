package dossier_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/compliance"
	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/dossier"
	"yagura/internal/duty"
	"yagura/internal/hold"
	"yagura/internal/identity"
	"yagura/internal/inventory"
	"yagura/internal/oplog"
	"yagura/internal/record"
	"yagura/internal/request"
	"yagura/internal/review"
	"yagura/internal/staff"
	"yagura/internal/testserver"
	"yagura/internal/vms"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func day(s string) vms.Instant {
	t, err := time.ParseInLocation(time.DateOnly, s, conf.JST)
	if err != nil {
		panic(err)
	}
	return vms.InstantOf(t.Add(12 * time.Hour))
}

// ward is the sample ward's records, today being 26 November 2026.
type ward struct {
	*compliance.Room
	t    testing.TB
	log  *audit.Log
	room *dossier.Room
}

func newWard(t testing.TB, url string) *ward {
	d, err := db.Open(context.Background(), url)
	require.NoError(t, err)
	t.Cleanup(func() { d.Close() })
	files, err := conf.ReadDir("../../camera-configs", camera.Patterns...)
	require.NoError(t, err)
	set, err := camera.Parse(files, "../../camera-configs", nil)
	require.NoError(t, err)
	w := &ward{t: t, log: audit.New(d, vms.NewClock(), "test")}
	now := func() vms.Instant { return day("2026-11-26") }
	people := identity.New(d, identity.Options{Now: now})
	w.Room, err = compliance.New(compliance.Config{Staff: func(context.Context, string) ([]compliance.Somebody, error) {
		return []compliance.Somebody{{ID: "one", Name: "見本　太郎", Unit: "koseki"}}, nil
	}, DB: d, Audit: w.log, Access: access.New(), Identity: people, Cameras: func() *camera.Set { return set }, Now: now})
	require.NoError(t, err)
	_, key, err := ed25519.GenerateKey(nil)
	require.NoError(t, err)
	w.room = dossier.New(dossier.Config{DB: d, Audit: w.log, Records: w.Room, Key: key, Now: now})
	return w
}

func onBoth(t *testing.T, story func(t *testing.T, w *ward)) {
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		story(t, newWard(t, "sqlite:"+filepath.Join(t.TempDir(), "yagura.db")))
	})
	t.Run("postgres", func(t *testing.T) { t.Parallel(); story(t, newWard(t, testserver.Postgres(t))) })
}

// of is somebody with these posts for every unit; with none, every post.
func of(login string, posts ...record.Role) record.Actor {
	return record.Actor{Login: login, Name: login, Sign: func(record.Role) string { return login }, Has: func(r record.Role, _ string) bool { return len(posts) == 0 || slices.Contains(posts, r) }}
}

var (
	anybody = of("one")
	joho    = of("joho", "information_security")
	kansa   = of("kansa", "auditor")
)

type values = map[string]any

func (w *ward) tell(all ...record.Told) []*record.Record {
	out, err := w.Retell(context.Background(), anybody, all)
	require.NoError(w.t, err)
	return out
}

func control(code string, v values) record.Told {
	v["code"], v["name"], v["reason"] = code, "管理策"+code, "サンプル"
	if v["applies"] == nil {
		v["applies"] = "yes"
	}
	return record.Told{Kind: "isms-control", At: day("2026-04-02"), By: anybody, Draft: record.Draft{Values: v}}
}

func patrolOn(on, note string) record.Told {
	return record.Told{Kind: "patrol", At: day(on), By: anybody, Draft: record.Draft{Unit: "koseki", Values: values{"day": on, "by": "manager", "patroller": "one", "area": note}},
		Steps: []record.Step{{At: day(on) + 1, By: anybody, Move: "record"}, {At: day(on) + 2, By: anybody, Move: "close"}}}
}

// sample is a few controls and what proves some of them.
func (w *ward) sample() {
	w.tell(patrolOn("2025-05-01", "昨年度"), patrolOn("2026-05-01", "=1+1"), patrolOn("2026-06-01", "窓口"))
	terminal := record.Told{Kind: "terminal", At: day("2017-06-01"), By: anybody, Draft: record.Draft{Unit: "koseki", Values: values{"terminal": "T-001", "floor": "1F", "room": "戸籍住民"}}}
	w.tell(terminal)
	_, err := w.log.Append(context.Background(), audit.Entry{Time: day("2026-07-01"), Actor: "kansa", Action: "review.report", Camera: "a1-01", Detail: "秘密"})
	require.NoError(w.t, err)
	w.tell(
		control("8.15", values{"proof": []any{"review"}}),
		control("7.10", values{"proof": []any{"patrol", "memo-issue"}}),
		control("7.2", values{"proof": []any{"patrol"}, "conditions": []any{values{"kind": "patrol", "field": "状態", "value": "完了", "least": int64(3)}}}),
		control("7.7", values{"proof": []any{"patrol"}, "singles": []any{values{"record": "R8巡-1", "note": "見本"}, values{"record": "R8巡-99"}}}),
		control("8.1", values{"proof": []any{"terminal"}}),
		control("6.3", values{"proof": []any{"awareness"}}),
		control("5.1", values{}),
		control("8.25", values{"applies": "no"}),
	)
}

func (w *ward) states(a record.Actor, year int) map[string]string {
	all, err := w.room.Controls(context.Background(), a, year)
	require.NoError(w.t, err)
	out := map[string]string{}
	var codes []string
	for _, c := range all {
		s := string(c.State)
		for _, p := range c.Proofs {
			s += fmt.Sprintf(" %s=%d/%d", p.Kind, p.Count, p.Least)
		}
		out[c.Code()], codes = s, append(codes, c.Code())
	}
	require.Equal(w.t, []string{"5.1", "6.3", "7.2", "7.7", "7.10", "8.1", "8.15", "8.25"}, codes, "by number, not by letters")
	return out
}

func TestAControlSaysWhatProvesItInAYearAndWhatIsMissing(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		w.sample()
		require.Equal(t, map[string]string{
			"8.15": "proved review=1/1", "7.10": "short patrol=2/1 memo-issue=0/1", "7.2": "short patrol=2/3", "7.7": "short patrol=2/1", "8.1": "proved terminal=1/1",
			"6.3": "missing awareness=0/1", "5.1": "unset", "8.25": "excluded",
		}, w.states(joho, 2026))
		last := w.states(kansa, 2025)
		require.Equal(t, "short patrol=1/1 memo-issue=0/1", last["7.10"])
		require.Equal(t, "missing review=0/1", last["8.15"])
		require.Equal(t, "proved terminal=1/1", last["8.1"], "it was in force")

		_, err := w.room.Controls(t.Context(), of("jimu", "clerk"), 2026)
		require.ErrorIs(t, err, vms.Denied)
	})
}

func TestConditionsNameWhatThereIs(t *testing.T) {
	w := newWard(t, "sqlite:"+filepath.Join(t.TempDir(), "yagura.db"))
	for _, row := range []values{{"kind": "patrol", "field": "天気", "value": "晴れ"}, {"kind": "patrol", "field": "状態", "value": "晴れ"}, {"kind": "review", "field": "状態", "value": "完了"}, {"kind": "finding"}} {
		_, err := w.Create(t.Context(), joho, "isms-control", record.Draft{Values: values{"code": "9.9", "name": "x", "applies": "yes", "reason": "x", "proof": []any{"patrol", "review"}, "conditions": []any{row}}})
		require.ErrorIs(t, err, vms.Invalid, "%v", row)
	}
}

// make asks for a pack and makes it.
func (w *ward) make(a record.Actor, controls ...string) []byte {
	p, err := w.room.Ask(context.Background(), a, 2026, controls)
	require.NoError(w.t, err)
	ready, err := w.room.Begin(context.Background(), a, p.ID)
	require.NoError(w.t, err)
	var out bytes.Buffer
	require.NoError(w.t, ready.Write(context.Background(), &out))
	return out.Bytes()
}

func unzip(t *testing.T, data []byte) (dir string, names []string) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	dir = t.TempDir()
	for _, f := range z.File {
		require.False(t, f.NonUTF8, f.Name)
		names = append(names, f.Name)
		require.NoError(t, os.MkdirAll(filepath.Join(dir, filepath.Dir(f.Name)), 0o700))
		in, err := f.Open()
		require.NoError(t, err)
		b, err := io.ReadAll(in)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(dir, f.Name), b, 0o600))
	}
	return dir, names
}

func TestAPackHoldsTheRecordsAndSaysHowToVerifyIt(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		w.sample()
		dir, names := unzip(t, w.make(joho))
		for _, want := range []string{"管理策/適用宣言と証跡.xlsx", "記録/巡回.xlsx", "記録/巡回.csv", "記録/巡回/R8巡-1.pdf", "記録/巡回/R8巡-2.pdf", "記録/巡回_状態_完了.csv", "記録/端末.csv", "監査ログ/閲覧監査.csv", "監査ログ/先頭.json", "manifest.json", "索引.html", "索引.pdf", "SHA256SUMS"} {
			require.Contains(t, names, want)
		}
		sums := exec.Command("sha256sum", "-c", "--strict", "--quiet", "SHA256SUMS")
		sums.Dir = dir
		said, err := sums.CombinedOutput()
		require.NoError(t, err, "%s", said)

		patrols, err := os.ReadFile(filepath.Join(dir, "記録/巡回.csv"))
		require.NoError(t, err)
		require.True(t, bytes.HasPrefix(patrols, []byte("\ufeff")), "Excel takes it for UTF-8")
		require.NotContains(t, string(patrols), ",=1+1", "no formula")
		require.NotContains(t, string(patrols), "昨年度", "another year's")
		rows, err := os.ReadFile(filepath.Join(dir, "監査ログ/閲覧監査.csv"))
		require.NoError(t, err)
		require.Contains(t, string(rows), "review.report")
		for _, secret := range []string{"kansa", "a1-01", "秘密"} {
			require.NotContains(t, string(rows), secret, "who did what with which camera is for those who read the log")
		}
		w.checkManifest(dir)
	})
}

func (w *ward) checkManifest(dir string) {
	b, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	require.NoError(w.t, err)
	var m struct {
		By       string
		From, To string
		Software string
		Log      struct {
			Seq  int64
			Hash string
		} `json:"audit_log"`
		Controls []struct {
			Code, State string
			Singles     []struct{ Record, File string } `json:"single_records"`
		}
		Files []struct{ Name, SHA256 string }
	}
	require.NoError(w.t, json.Unmarshal(b, &m))
	require.Equal(w.t, []string{"joho", "2026-04-01", "2027-03-31"}, []string{m.By, m.From, m.To})
	require.NotEmpty(w.t, m.Software)
	require.Equal(w.t, []struct{ Record, File string }{{"R8巡-1", "記録/巡回/R8巡-1.pdf"}, {"R8巡-99", ""}}, m.Controls[3].Singles)
	rows, err := w.log.Query(context.Background(), audit.Filter{Action: dossier.Made})
	require.NoError(w.t, err)
	require.Len(w.t, rows, 1)
	require.Equal(w.t, rows[0].Seq, m.Log.Seq, "the last row is that of the making itself")
	require.Equal(w.t, rows[0].Hash.String(), m.Log.Hash)
	page, err := os.ReadFile(filepath.Join(dir, "索引.html"))
	require.NoError(w.t, err)
	for _, want := range []string{"証跡なし", "啓発 0件（必要1件）", "R8巡-99 がありません", m.Files[0].SHA256, m.Log.Hash} {
		require.Contains(w.t, string(page), want)
	}
}

func TestAPackIsMadeOnceByWhoAskedForIt(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		w.sample()
		_, names := unzip(t, w.make(kansa, "8.15"))
		require.False(t, slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(n, "記録/") }), "%v", names)
		packs, err := w.room.Packs(t.Context(), joho)
		require.NoError(t, err)
		require.Equal(t, "done", packs[0].State)
		require.Equal(t, packs[0].Steps, packs[0].Made)
		require.Len(t, packs[0].Sums, 64)
		_, err = w.room.Begin(t.Context(), kansa, packs[0].ID)
		require.ErrorIs(t, err, vms.Conflict)
		_, err = w.room.Begin(t.Context(), joho, packs[0].ID)
		require.ErrorIs(t, err, vms.NotFound, "somebody else's")
		_, err = w.room.Begin(t.Context(), of("jimu", "clerk"), packs[0].ID)
		require.ErrorIs(t, err, vms.Denied)
		for _, bad := range []string{"8.16", "="} {
			_, err = w.room.Ask(t.Context(), joho, 2026, []string{bad})
			require.ErrorIs(t, err, vms.Invalid)
		}
		_, err = w.room.Ask(t.Context(), joho, 2027, nil)
		require.ErrorIs(t, err, vms.Invalid, "a year that has not begun")
	})
}

// narrow takes so many bytes, and then no more.
type narrow int

func (n *narrow) Write(p []byte) (int, error) {
	if *n -= narrow(len(p)); *n < 0 {
		return 0, io.ErrClosedPipe
	}
	return len(p), nil
}

func TestAPackThatBreaksOffMayBeFetchedAgain(t *testing.T) {
	w := newWard(t, "sqlite:"+filepath.Join(t.TempDir(), "yagura.db"))
	w.sample()
	p, err := w.room.Ask(t.Context(), joho, 2026, nil)
	require.NoError(t, err)
	ready, err := w.room.Begin(t.Context(), joho, p.ID)
	require.NoError(t, err)
	_, err = w.room.Begin(t.Context(), joho, p.ID)
	require.ErrorIs(t, err, vms.Conflict, "one at a time")
	little := narrow(2000)
	require.Error(t, ready.Write(t.Context(), &little))
	p, err = w.room.Find(t.Context(), joho, p.ID)
	require.NoError(t, err)
	require.Equal(t, "broken", p.State)
	ready, err = w.room.Begin(t.Context(), joho, p.ID)
	require.NoError(t, err)
	require.NoError(t, ready.Write(t.Context(), io.Discard))
}

// Ledgers name actions in words: these are the words of the rooms that write them.
func TestLedgersAreOfActionsThereAre(t *testing.T) {
	known := []string{audit.ViewLive, audit.ViewPast, audit.ViewStill, duty.Draw, duty.MarkMoment, duty.SendReport, duty.TakeReport, duty.CloseOut,
		review.DrawMonth, review.FindFine, review.AskViewer, review.AnswerIt, review.WriteDown, review.FinishIt, review.SaveReport,
		inventory.Taken, inventory.Confirmed, inventory.Objected, inventory.Closed,
		oplog.ImportLog, audit.ReadLogs, oplog.MoveHint, oplog.Identify, oplog.EraseMedia,
		hold.Placed, hold.Extended, hold.Released, hold.Kept, request.Asked, request.Taken, request.Answered,
		audit.ChangeConfig, audit.DecideVersion, audit.Roots,
		audit.AddPerson, staff.EditPerson, staff.DisablePerson, staff.EnablePerson, audit.Appoint, staff.ImportPeople, audit.AskGrant, audit.DecideGrant, audit.EndGrant, audit.SignIn}
	var named []string
	for _, l := range compliance.Ledgers {
		named = append(named, l.Actions...)
	}
	slices.Sort(known)
	slices.Sort(named)
	require.Equal(t, known, named)
}
