package request_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"yagura/internal/audit"
	"yagura/internal/gateway"
	"yagura/internal/hold"
	"yagura/internal/identity"
	"yagura/internal/oplog"
	"yagura/internal/oversight"
	"yagura/internal/request"
	"yagura/internal/testserver"
	"yagura/internal/viewing/viewingtest"
	"yagura/internal/vms"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// ward is a small ward with a terminal T-1, covered by c-koseki and c-shared, and T-9, covered by nothing.
type ward struct {
	*viewingtest.World
	room  *request.Room
	holds *hold.Room
	logs  *oplog.Room
	t     *testing.T
}

func newWard(t *testing.T, url string) *ward {
	w := &ward{World: viewingtest.NewOn(t, url), t: t}
	seals := oversight.New(oversight.Config{DB: w.DB, Log: w.Audit, Access: w.Access, Identity: w.Identity, Cameras: w.Set, Now: w.Now})
	w.holds = hold.New(hold.Config{DB: w.DB, Access: w.Access, Audit: w.Audit, Cameras: w.Set, Footage: w.Archive, Now: w.Now})
	w.logs = w.operationLogs()
	w.room = request.New(request.Config{DB: w.DB, Access: w.Access, Audit: w.Audit, Cameras: w.Set, Footage: w.Archive, Holds: w.holds, Seal: seals.Seal, Now: w.Now,
		Hint: gateway.RequestHint(w.logs), HintAsked: w.logs.FootageAsked, HintAnswered: w.logs.FootageOutcome,
		Terminal: func(_ context.Context, id string) (request.Terminal, error) {
			switch id {
			case "T-1":
				return request.Terminal{Room: "1F 戸籍住民 3", Cameras: []vms.CameraID{"c-koseki", "c-shared"}}, nil
			case "T-9":
				return request.Terminal{Room: "9F"}, nil
			}
			return request.Terminal{}, vms.Errorf(vms.NotFound, "no-terminal", "none")
		},
		Member: func(_ context.Context, _ identity.Caller, known string) (request.Member, error) {
			return request.Member{Number: strings.TrimPrefix(known, "staff-"), Name: "見本　太郎", Unit: "戸籍住民分野"}, nil
		}})
	w.Add("kaiseki", identity.LogAnalyst, "")
	w.Add("kiki", identity.CrisisManagement, "")
	w.Add("kansa", identity.Auditor, "")
	w.Add("bucho", identity.DepartmentHead, "kumin")
	return w
}

func onBoth(t *testing.T, story func(t *testing.T, w *ward)) {
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		story(t, newWard(t, "sqlite:"+filepath.Join(t.TempDir(), "yagura.db")))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		story(t, newWard(t, testserver.Postgres(t)))
	})
}

func (w *ward) who(login string) identity.Caller {
	return identity.Caller{Person: w.Session(login).Person, Session: "s-" + login, From: "192.0.2.7"}
}

// asked is what an analyst says.
func (w *ward) asked() request.Request {
	at := w.Now().Add(-24 * time.Hour)
	return request.Request{Rules: []string{"H3", "H5"}, Terminal: " T-1 ", Staff: "staff-1234567", Note: "閉庁後",
		Events:  []vms.Instant{at.Add(3 * time.Hour), at, at.Add(10 * time.Minute), at},
		Figures: []request.Figure{{Name: "20代女性の割合", Value: "82 %", Peers: "31 %"}}}
}

func (w *ward) ask() request.Request {
	w.t.Helper()
	q, err := w.room.Ask(w.t.Context(), w.who("kaiseki"), w.asked())
	require.NoError(w.t, err)
	return q
}

// From the analyst to the footage, and the outcome back.
func TestFromAHintToFootageAndBack(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		ctx := t.Context()
		q := w.ask()
		require.Regexp(t, `^\d+-映-001$`, q.Number)
		require.Regexp(t, `-002$`, w.ask().Number)
		require.Len(t, q.Events, 3, "in order, once each")
		require.Len(t, q.Stretches(), 2, "two that lie close together, and one three hours later")

		seen, err := w.room.Find(ctx, w.who("kiki"), q.Number)
		require.NoError(t, err)
		require.Equal(t, request.Member{Number: "1234567", Name: "見本　太郎", Unit: "戸籍住民分野"}, seen.Member)
		require.Equal(t, []vms.CameraID{"c-koseki", "c-shared"}, seen.Cameras)
		require.Equal(t, q.Figures, seen.Figures)
		require.Len(t, w.Rows(request.Read), 1, "who was told who it is about is in the log")

		taken, err := w.room.Take(ctx, w.who("kiki"), q.Number, true)
		require.NoError(t, err)
		require.Equal(t, []string{request.Looking, "kiki"}, []string{taken.State(), taken.TakenBy})
		_, err = w.room.Take(ctx, w.who("kiki"), q.Number, true)
		require.NoError(t, err, "again: nothing is held twice")
		holds, err := w.holds.List(ctx, w.who("kiki").Person, hold.Filter{InForce: true})
		require.NoError(t, err)
		require.Len(t, holds, 4, "two stretches on two cameras")
		for _, h := range holds {
			require.Equal(t, q.Number, h.Case)
			require.Equal(t, "操作ログの兆候（H3・H5）の確認", h.Reason)
		}
		require.Len(t, w.Rows(oversight.SealCase), 1)

		_, err = w.room.Answer(ctx, w.who("kiki"), q.Number, request.Seen, "")
		require.Equal(t, "note-required", vms.Code(err))
		_, err = w.room.Answer(ctx, w.who("kiki"), q.Number, request.Seen, "18:24 に端末の前で紙に書き写す様子")
		require.NoError(t, err)
		_, err = w.room.Answer(ctx, w.who("kiki"), q.Number, request.Nothing, "x")
		require.Equal(t, "answered", vms.Code(err))

		back, err := w.room.Find(ctx, w.who("kaiseki"), q.Number)
		require.NoError(t, err)
		require.Equal(t, request.Seen, back.Outcome)
		require.Empty(t, back.Said+back.By, "the analyst is told the outcome and no more")
		require.Empty(t, back.Member)
		for _, action := range []string{request.Asked, request.Read, request.Taken, request.Answered} {
			for _, row := range w.Rows(action) {
				require.Empty(t, row.Camera)
				require.NotContains(t, row.Detail, "1234567")
				require.NotContains(t, row.Detail, "紙に")
			}
		}
	})
}

// Nobody finds a request about themselves, and who has no part in it learns nothing.
func TestWhoIsToldWhat(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		ctx := t.Context()
		q := w.ask()
		self := w.who("kiki")
		person := *self.Person
		person.Number = "1234567"
		self.Person = &person
		_, err := w.room.Find(ctx, self, q.Number)
		require.ErrorIs(t, err, vms.NotFound)
		_, err = w.room.Take(ctx, self, q.Number, true)
		require.ErrorIs(t, err, vms.NotFound)
		list, err := w.room.List(ctx, self.Person)
		require.NoError(t, err)
		require.Empty(t, list)
		items, err := w.room.Items(ctx, self.Person)
		require.NoError(t, err)
		require.Empty(t, items)

		_, err = w.room.Find(ctx, w.who("bucho"), q.Number)
		require.ErrorIs(t, err, vms.NotFound)
		_, err = w.room.List(ctx, w.who("bucho").Person)
		require.ErrorIs(t, err, vms.Denied)
		_, err = w.room.Ask(ctx, w.who("kiki"), w.asked())
		require.ErrorIs(t, err, vms.Denied)
		for _, login := range []string{"kansa", "kaiseki"} {
			_, err = w.room.Answer(ctx, w.who(login), q.Number, request.Nothing, "x")
			require.ErrorIs(t, err, vms.Denied, login)
		}
		read, err := w.room.Find(ctx, w.who("kansa"), q.Number)
		require.NoError(t, err)
		require.Equal(t, "1234567", read.Member.Number, "auditors read it whole")
		refused := 0
		for _, row := range w.Rows(request.Answered) {
			if row.Outcome == audit.Refused {
				refused++
			}
		}
		require.Equal(t, 2, refused)
	})
}

// What waits for whom, and what cannot be asked.
func TestWhatWaitsAndWhatIsWrong(t *testing.T) {
	t.Parallel()
	w := newWard(t, "sqlite:"+filepath.Join(t.TempDir(), "yagura.db"))
	ctx := t.Context()
	kinds := func(login string) (out []string) {
		items, err := w.room.Items(ctx, w.who(login).Person)
		require.NoError(t, err)
		for _, i := range items {
			out = append(out, i.Kind)
		}
		return out
	}
	q := w.ask()
	require.Greater(t, q.Due.Sub(w.Now()), 4*24*time.Hour)
	require.Equal(t, []string{"footage_request"}, kinds("kiki"))
	require.Empty(t, kinds("kaiseki"))
	_, err := w.room.Answer(ctx, w.who("kiki"), q.Number, request.Unclear, "欠落")
	require.NoError(t, err)
	require.Empty(t, kinds("kiki"))
	require.Equal(t, []string{"request_done"}, kinds("kaiseki"))

	for code, edit := range map[string]func(*request.Request){
		"no-terminal": func(q *request.Request) { q.Terminal = "T-7" },
		"no-cover":    func(q *request.Request) { q.Terminal = "T-9" },
		"bad-request": func(q *request.Request) { q.Staff = " " },
		"bad-events":  func(q *request.Request) { q.Events = []vms.Instant{w.Now().Add(time.Hour)} },
		"bad-rules":   func(q *request.Request) { q.Rules = []string{"H15"} },
		"bad-figures": func(q *request.Request) { q.Figures = []request.Figure{{Name: "x"}} },
		"bad-note":    func(q *request.Request) { q.Note = strings.Repeat("字", 501) },
	} {
		wrong := w.asked()
		edit(&wrong)
		_, err := w.room.Ask(ctx, w.who("kaiseki"), wrong)
		require.Equal(t, code, vms.Code(err), "%v", err)
		require.False(t, errors.Is(err, vms.Denied))
	}
}
