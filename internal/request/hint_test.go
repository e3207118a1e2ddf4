package request_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/audit"
	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/oplog"
	"yagura/internal/oplog/event"
	"yagura/internal/request"
	"yagura/internal/sheet"
	"yagura/internal/vms"
)

func (w *ward) operationLogs() *oplog.Room {
	profiles, err := event.Profiles()
	require.NoError(w.t, err)
	key, err := event.NewKey("a secret of the tests, long enough")
	require.NoError(w.t, err)
	return oplog.New(oplog.Config{DB: w.DB, Access: w.Access, Audit: w.Audit, Identity: w.Identity, Cameras: w.Set, Profiles: profiles, Key: key, Now: w.Now, Log: slog.New(slog.DiscardHandler),
		Terminals: func(context.Context) (map[string]oplog.Terminal, error) {
			return map[string]oplog.Terminal{"T-1": {ID: "T-1", Unit: "koseki", Room: "1F", Cameras: []vms.CameraID{"c-koseki", "c-shared"}}, "T-9": {ID: "T-9", Unit: "koseki"}}, nil
		}})
}

const resident = "0001234567" // a searched person

// hinted is a hint that somebody looked the same person up on three days, at T-1 and once at T-9, which no camera covers.
func (w *ward) hinted() *oplog.Hint {
	w.t.Helper()
	ctx, analyst := w.t.Context(), w.who("kaiseki")
	g, err := sheet.Read([]byte("職員番号,氏名,所属コード,配属開始日\n001201,例示 一郎,koseki,2020-04-01\n"))
	require.NoError(w.t, err)
	_, err = w.logs.ImportStaff(ctx, analyst, g, false)
	require.NoError(w.t, err)
	file := "ログ番号,操作日時,職員番号,所属コード,端末ID,業務区分,操作種別,被検索者宛名番号,性別,年齢\n"
	for i, e := range []struct {
		days     int
		terminal string
	}{{-4, "T-1"}, {-3, "T-1"}, {-2, "T-1"}, {-1, "T-9"}} {
		at := w.Now().Time().In(conf.JST).AddDate(0, 0, e.days)
		file += fmt.Sprintf("%d,%s 10:00:00,001201,koseki,%s,住民記録,照会,%s,女,24\n", i+1, at.Format(time.DateOnly), e.terminal, resident)
	}
	rep, err := w.logs.Import(ctx, analyst, "resident", "M-1", strings.NewReader(file))
	require.NoError(w.t, err)
	require.Empty(w.t, rep.Problems)
	list, err := w.logs.Hints(ctx, analyst, oplog.HintQuery{Rule: "H5"})
	require.NoError(w.t, err)
	require.Len(w.t, list, 1)
	return &list[0]
}

func (w *ward) look(h *oplog.Hint) {
	w.t.Helper()
	_, err := w.logs.Move(w.t.Context(), w.who("kaiseki"), h.ID, h.Version, "look", "同じ方を3日")
	require.NoError(w.t, err)
}

func (w *ward) stateOf(id string) (state, footage, outcome string) {
	w.t.Helper()
	h, err := w.logs.Hint(w.t.Context(), w.who("kaiseki"), id)
	require.NoError(w.t, err)
	return h.State, h.Footage, h.Outcome
}

// From a hint to the footage and back: the request says what the hint says, and the hint moves on with it.
func TestAHintBecomesARequest(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		ctx, h := t.Context(), w.hinted()
		_, err := w.room.Ask(ctx, w.who("kaiseki"), request.Request{Hint: h.ID})
		require.Equal(t, "no-move", vms.Code(err), "it is not to be looked into")
		w.look(h)
		_, err = w.room.Ask(ctx, w.who("kaiseki"), request.Request{Hint: h.ID, Terminal: "T-7"})
		require.Equal(t, "not-of-hint", vms.Code(err))
		_, err = w.room.Ask(ctx, w.who("kaiseki"), request.Request{Hint: h.ID, Terminal: "T-9"})
		require.Equal(t, "no-cover", vms.Code(err))
		wrong := w.asked()
		wrong.Hint, wrong.Terminal = h.ID, ""
		q, err := w.room.Ask(ctx, w.who("kaiseki"), wrong)
		require.NoError(t, err)
		require.Equal(t, []any{[]string{"H5"}, "T-1", h.Staff.ID, 3}, []any{q.Rules, q.Terminal, q.Staff, len(q.Events)}, "what the asker says of it does not count")
		require.Equal(t, []request.Figure{{Name: "日数", Value: "4"}, {Name: "検索された方", Value: "1"}}, q.Figures)
		state, footage, _ := w.stateOf(h.ID)
		require.Equal(t, []string{oplog.StateFootage, q.Number}, []string{state, footage})
		_, err = w.room.Ask(ctx, w.who("kaiseki"), request.Request{Hint: h.ID})
		require.Equal(t, "no-move", vms.Code(err), "asked once")

		seen, err := w.room.Find(ctx, w.who("kiki"), q.Number)
		require.NoError(t, err)
		require.Equal(t, request.Member{Number: "001201", Name: "例示 一郎", Unit: w.unit("koseki")}, seen.Member, "by name, from the register of staff")
		told := fmt.Sprintf("%+v", seen)
		require.NotContains(t, told, resident)
		require.NotContains(t, told, h.Person.String(), "nor as a pseudonym")
		_, err = w.room.Take(ctx, w.who("kiki"), q.Number, true)
		require.NoError(t, err)
		state, _, _ = w.stateOf(h.ID)
		require.Equal(t, oplog.StateFootage, state)
		_, err = w.room.Answer(ctx, w.who("kiki"), q.Number, request.Seen, "紙に書き写す様子")
		require.NoError(t, err)
		state, _, outcome := w.stateOf(h.ID)
		require.Equal(t, []string{oplog.StateHanded, request.Seen}, []string{state, outcome})

		moves := map[string]int{}
		for _, row := range w.Rows(oplog.MoveHint) {
			require.NotContains(t, row.Detail, "紙に")
			moves[row.Actor]++
		}
		require.Equal(t, map[string]int{"kaiseki": 2, "kiki": 1}, moves, "look, footage, outcome")
	})
}

func (w *ward) unit(id string) string { return w.Set().Organisation.Find(id).Name }

// Where the footage shows nothing, the hint is to be looked into again, and may be asked about again.
func TestAHintComesBackWithoutAFinding(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		ctx, h := t.Context(), w.hinted()
		w.look(h)
		for _, outcome := range []string{request.Unclear, request.Nothing} {
			q, err := w.room.Ask(ctx, w.who("kaiseki"), request.Request{Hint: h.ID})
			require.NoError(t, err)
			_, err = w.room.Answer(ctx, w.who("kiki"), q.Number, outcome, "席に人がいない")
			require.NoError(t, err)
			state, footage, got := w.stateOf(h.ID)
			require.Equal(t, []string{oplog.StateLook, q.Number, outcome}, []string{state, footage, got})
		}
	})
}

// Who may not work on a hint does not ask about it, nor learn that it is there.
func TestARequestFromAHintOutOfScope(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		ctx, h := t.Context(), w.hinted()
		w.look(h)
		self := w.who("kaiseki")
		person := *self.Person
		person.Number = "001201"
		self.Person = &person
		_, err := w.room.Ask(ctx, self, request.Request{Hint: h.ID})
		require.ErrorIs(t, err, vms.NotFound, "about themselves")
		_, none := w.room.Ask(ctx, w.who("kaiseki"), request.Request{Hint: "none"})
		require.ErrorIs(t, none, vms.NotFound)
		require.Equal(t, none.Error(), err.Error())
		for _, login := range []string{"kiki", "kansa", "bucho"} {
			_, err = w.room.Ask(ctx, w.who(login), request.Request{Hint: h.ID})
			require.ErrorIs(t, err, vms.Denied, login)
		}
		state, footage, _ := w.stateOf(h.ID)
		require.Equal(t, []string{oplog.StateLook, ""}, []string{state, footage})
		refused := 0
		for _, row := range w.Rows(request.Asked) {
			require.Equal(t, audit.Refused, row.Outcome)
			refused++
		}
		require.Equal(t, 3, refused)
	})
}

// A database that goes away in between leaves neither a request without its hint nor a hint without its request.
func TestARequestAndItsHintAreOneStep(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		ctx, h := t.Context(), w.hinted()
		w.look(h)
		gone := errors.New("the connection was lost")
		broken := w.room.Config
		broken.HintAsked = func(ctx context.Context, c identity.Caller, id string) (func(context.Context, *db.Tx, string) error, error) {
			moveOn, err := w.logs.FootageAsked(ctx, c, id)
			return func(ctx context.Context, tx *db.Tx, n string) error { return errors.Join(moveOn(ctx, tx, n), gone) }, err
		}
		broken.HintAnswered = func(ctx context.Context, c identity.Caller, id, number, outcome string, shown bool) (func(context.Context, *db.Tx) error, error) {
			moveOn, err := w.logs.FootageOutcome(ctx, c, id, number, outcome, shown)
			return func(ctx context.Context, tx *db.Tx) error { return errors.Join(moveOn(ctx, tx), gone) }, err
		}
		_, err := request.New(broken).Ask(ctx, w.who("kaiseki"), request.Request{Hint: h.ID})
		require.ErrorIs(t, err, gone)
		list, err := w.room.List(ctx, w.who("kaiseki").Person)
		require.NoError(t, err)
		require.Empty(t, list)
		state, footage, _ := w.stateOf(h.ID)
		require.Equal(t, []string{oplog.StateLook, ""}, []string{state, footage})
		require.Len(t, w.Rows(request.Asked), 1, "the log had it first")

		q, err := w.room.Ask(ctx, w.who("kaiseki"), request.Request{Hint: h.ID})
		require.NoError(t, err, "asked again, it is done")
		_, err = request.New(broken).Answer(ctx, w.who("kiki"), q.Number, request.Seen, "x")
		require.ErrorIs(t, err, gone)
		after, err := w.room.Find(ctx, w.who("kiki"), q.Number)
		require.NoError(t, err)
		state, _, outcome := w.stateOf(h.ID)
		require.Equal(t, []string{oplog.StateFootage, "", ""}, []string{state, outcome, after.Outcome})
		_, err = w.room.Answer(ctx, w.who("kiki"), q.Number, request.Seen, "x")
		require.NoError(t, err)
	})
}

// A hint at nobody in the register is asked about by the number that the log has.
func TestARequestAboutANumberOutOfTheRegister(t *testing.T) {
	t.Parallel()
	w := newWard(t, "sqlite:"+filepath.Join(t.TempDir(), "yagura.db"))
	ctx, h := t.Context(), w.hinted()
	_, err := w.DB.Exec(ctx, `DELETE FROM oplog_staff`)
	require.NoError(t, err)
	w.look(h)
	q, err := w.room.Ask(ctx, w.who("kaiseki"), request.Request{Hint: h.ID})
	require.NoError(t, err)
	seen, err := w.room.Find(ctx, w.who("kiki"), q.Number)
	require.NoError(t, err)
	require.Equal(t, request.Member{Number: "001201", Unit: w.unit("koseki")}, seen.Member)
}
