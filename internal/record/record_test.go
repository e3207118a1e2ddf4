package record_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/record"
	"yagura/internal/vms"
)

// problems are the fields at fault.
func problems(err error) []string {
	var p record.Problems
	if !errors.As(err, &p) {
		return nil
	}
	var fields []string
	for _, x := range p {
		fields = append(fields, x.Field)
	}
	return fields
}

func TestARecordGoesItsWay(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		r := h.create(clerk, values{"day": "2017-06-02", "by": "staff", "to": "tokatsu", "areas": []any{"store", "desk"}, "minutes": json.Number("15"), "drill": true,
			"checks": []any{map[string]any{"item": "画面ロック", "mark": "ok"}, map[string]any{"item": "施錠", "mark": "bad", "note": "開いていた"}}})
		k, err := h.Kind("patrol")
		require.NoError(t, err)
		require.Equal(t, "H29巡-1", k.Label(r))
		require.Equal(t, "戸籍住民分野", r.Name)

		h.now = h.now.Add(time.Hour)
		r, err = h.Move(ctx, clerk, r.ID, 1, "tell", nil, "")
		require.NoError(t, err)
		require.Equal(t, "told", r.State)
		_, err = h.Move(ctx, clerk, r.ID, 2, "order", nil, "")
		require.ErrorIs(t, err, vms.Denied)
		_, err = h.Move(ctx, manager, r.ID, 2, "return", nil, " ")
		require.Equal(t, []string{"reason"}, problems(err))
		_, err = h.Move(ctx, manager, r.ID, 2, "order", values{"order": "施錠を確かめる"}, "")
		require.Equal(t, []string{"by_day"}, problems(err))
		_, err = h.Move(ctx, manager, r.ID, 2, "order", values{"order": "x", "by_day": "2017-06-01"}, "")
		require.Equal(t, []string{"by_day"}, problems(err), "a rule across fields")
		_, err = h.Move(ctx, manager, r.ID, 2, "order", values{"minutes": 1}, "")
		require.Equal(t, []string{"minutes"}, problems(err), "only what the move needs")
		_, err = h.Move(ctx, manager, r.ID, 2, "mend", nil, "")
		require.Equal(t, "no-move", vms.Code(err))
		r, err = h.Move(ctx, manager, r.ID, 2, "order", values{"order": "施錠を確かめる", "by_day": "2017-06-09"}, "")
		require.NoError(t, err)
		_, err = h.Move(ctx, clerk, r.ID, 2, "mend", nil, "")
		require.Equal(t, "changed", vms.Code(err), "the version seen is no longer the last")
		r, err = h.Move(ctx, clerk, r.ID, 3, "mend", nil, "")
		require.NoError(t, err)

		_, err = h.Change(ctx, clerk, r.ID, 4, values{"minutes": 20}, "")
		require.Equal(t, []string{"reason"}, problems(err))
		_, err = h.Change(ctx, clerk, r.ID, 4, values{"order": nil}, "誤記")
		require.Equal(t, []string{"order"}, problems(err), "a move needed it")
		r, err = h.Change(ctx, clerk, r.ID, 4, values{"minutes": 20, "drill": nil}, "誤記")
		require.NoError(t, err)
		require.Equal(t, "done", r.State)
		history, err := h.History(ctx, office, r.ID)
		require.NoError(t, err)
		var what []string
		for _, v := range history {
			what = append(what, v.What+" "+v.By)
		}
		require.Equal(t, []string{"correct jimu", "mend jimu", "order tokatsu", "tell jimu", "create jimu"}, what)
		require.Equal(t, int64(15), history[1].Values.Number("minutes"), "what it said before")
		require.Equal(t, "誤記", history[0].Reason)
		require.Equal(t, []string{"desk", "store"}, r.Values.List("areas"), "in the order of the options")
		require.Equal(t, "開いていた", r.Values.Rows("checks")[1].Text("note"))
	})
}

func TestWhatIsWrongIsSaidFieldByField(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		for name, c := range map[string]struct {
			v    values
			want []string
		}{
			"nothing":        {values{}, []string{"day", "by"}},
			"no such field":  {values{"day": "2017-06-02", "by": "manager", "x": 1}, []string{"x"}},
			"no such day":    {values{"day": "2017-02-30", "by": "manager"}, []string{"day"}},
			"no such choice": {values{"day": "2017-06-02", "by": "boss"}, []string{"by"}},
			"condition":      {values{"day": "2017-06-02", "by": "staff"}, []string{"to"}},
			"cells":          {values{"day": "2017-06-02", "by": "manager", "checks": []any{map[string]any{"item": "a", "mark": "ok"}, map[string]any{"mark": "bad"}}}, []string{"checks.2.item", "checks.2.note"}},
			"bounds":         {values{"day": "2017-06-02", "by": "manager", "minutes": 601, "code": "12", "order": strings.Repeat("あ", 4001)}, []string{"code", "minutes", "order"}},
			"types":          {values{"day": true, "by": []any{"manager"}, "minutes": "1.5", "from": "9:30", "drill": "maybe", "checks": "x", "areas": []any{"sea"}}, []string{"day", "by", "from", "areas", "checks", "minutes", "drill"}},
		} {
			_, err := h.Create(t.Context(), clerk, "patrol", record.Draft{Unit: "koseki", Values: c.v})
			require.ErrorIs(t, err, vms.Invalid, name)
			require.ElementsMatch(t, c.want, problems(err), name)
		}
		r := h.create(clerk, values{"day": "2017-06-02", "by": "manager", "to": "somebody"})
		require.Empty(t, r.Values.Text("to"), "its condition does not hold")
		_, err := h.Create(t.Context(), clerk, "patrol", record.Draft{Unit: "sea", Values: plain("2017-06-02")})
		require.Equal(t, []string{"unit"}, problems(err))
	})
}

func TestWhoMay(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		r := h.create(clerk, plain("2017-06-02"))
		for _, a := range []record.Actor{clerk, officer, manager, office} {
			_, err := h.Find(ctx, a, r.ID)
			require.NoError(t, err, a.Login)
		}
		_, err := h.Find(ctx, other, r.ID)
		require.ErrorIs(t, err, vms.NotFound, "of another unit")
		_, none := h.Find(ctx, clerk, "nothing")
		require.Equal(t, none, err, "as if there were none")
		_, err = h.Change(ctx, other, r.ID, 1, values{"minutes": 1}, "")
		require.ErrorIs(t, err, vms.NotFound)
		_, err = h.Change(ctx, office, r.ID, 1, values{"minutes": 1}, "")
		require.ErrorIs(t, err, vms.Denied, "who only reads")
		_, err = h.Create(ctx, other, "patrol", record.Draft{Unit: "koseki", Values: plain("2017-06-03")})
		require.ErrorIs(t, err, vms.Denied)
		moves, err := h.MovesOf(ctx, manager, r)
		require.NoError(t, err)
		require.Empty(t, moves)

		both := as("both", "clerk koseki", "general_manager koseki")
		r, err = h.Move(ctx, both, r.ID, 1, "tell", nil, "")
		require.NoError(t, err)
		_, err = h.Move(ctx, both, r.ID, 2, "order", values{"order": "x", "by_day": "2017-06-09"}, "")
		require.ErrorIs(t, err, vms.Denied, "who reported does not order")
		moves, err = h.MovesOf(ctx, both, r)
		require.NoError(t, err)
		require.Len(t, moves, 1, "but may return it")
	})
}

func TestADeputyActsAndIsSeen(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		r := h.create(clerk, plain("2017-06-02"))
		r, err := h.Move(ctx, clerk, r.ID, 1, "tell", nil, "")
		require.NoError(t, err)
		r, err = h.Move(ctx, officer, r.ID, 2, "order", values{"order": "x", "by_day": "2017-06-09"}, "")
		require.NoError(t, err)
		require.Equal(t, record.Role("general_manager"), r.Unseen)
		_, err = h.See(ctx, officer, r.ID, 3)
		require.ErrorIs(t, err, vms.Denied)
		r, err = h.Change(ctx, clerk, r.ID, 3, values{"checks": []any{map[string]any{"item": "a", "mark": "ok"}}}, "追記")
		require.NoError(t, err)
		r, err = h.Move(ctx, clerk, r.ID, 4, "mend", nil, "")
		require.NoError(t, err)
		unseen, err := h.Unseen(ctx, manager)
		require.NoError(t, err)
		require.Len(t, unseen, 1, "it waits to be seen, however far others went on")
		_, err = h.See(ctx, manager, r.ID, 5)
		require.NoError(t, err)
		unseen, err = h.Unseen(ctx, manager)
		require.NoError(t, err)
		require.Empty(t, unseen)
		history, err := h.History(ctx, manager, r.ID)
		require.NoError(t, err)
		require.True(t, history[3].Deputy)
		require.Equal(t, []string{"general_manager tokatsu", "executing_officer shikko"}, []string{history[0].Name, history[3].Name}, "signed by the post that acted")
	})
}

func TestWhatIsOwed(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		owed := func(a record.Actor, by string) (out []string) {
			debts, err := h.Owed(ctx, a, by)
			require.NoError(t, err)
			for _, d := range debts {
				out = append(out, d.Deadline.ID+" "+d.Day)
			}
			return out
		}
		r := h.create(clerk, plain("2017-06-02"))
		r, err := h.Move(ctx, clerk, r.ID, 1, "tell", nil, "")
		require.NoError(t, err)
		require.Empty(t, owed(manager, "2017-06-06"))
		require.Equal(t, []string{"confirm 2017-06-07"}, owed(manager, "2017-06-07"), "three business days after a Friday")
		require.Empty(t, owed(clerk, "2017-06-07"))
		_, err = h.Move(ctx, manager, r.ID, 2, "order", values{"order": "x", "by_day": "2017-06-09"}, "")
		require.NoError(t, err)
		require.Empty(t, owed(manager, "2018-01-01"))
		require.Equal(t, []string{"mend 2017-06-09"}, owed(as("x", "clerk koseki", "executing_officer koseki"), "2017-06-09"), "once, for both posts")
		require.Empty(t, owed(other, "2018-01-01"))
	})
}

func TestLists(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		for _, day := range []string{"2017-06-01", "2017-06-02", "2017-06-05", "2017-07-03"} {
			h.now = h.now.Add(time.Minute)
			h.create(clerk, values{"day": day, "by": "staff", "to": "tokatsu", "areas": []any{"desk"}, "order": "ＡＢＣ " + day})
		}
		_, err := h.Create(ctx, other, "patrol", record.Draft{Unit: "gomi", Values: plain("2017-06-04")})
		require.NoError(t, err)
		list := func(a record.Actor, q record.Query) (out []string) {
			p, err := h.List(ctx, a, "patrol", q)
			require.NoError(t, err)
			for _, r := range p.Records {
				out = append(out, r.Values.Text("day"))
			}
			return out
		}
		require.Equal(t, []string{"2017-07-03", "2017-06-05", "2017-06-04", "2017-06-02", "2017-06-01"}, list(office, record.Query{}))
		require.Equal(t, []string{"2017-06-04"}, list(other, record.Query{}))
		require.Equal(t, []string{"2017-06-04"}, list(office, record.Query{Units: []string{"gomi"}}))
		require.Empty(t, list(other, record.Query{Units: []string{"koseki"}}))
		require.Equal(t, []string{"2017-06-02", "2017-06-04", "2017-06-05"}, list(office, record.Query{From: "2017-06-02", To: "2017-06-30", Oldest: true}))
		require.Equal(t, []string{"2017-06-05"}, list(office, record.Query{Text: "abc 06-05"}))
		require.Empty(t, list(office, record.Query{Text: "a%c"}))
		require.Len(t, list(office, record.Query{Text: "執務室 戸籍"}), 4, "the words people see")
		require.Len(t, list(office, record.Query{Fields: map[string][]string{"by": {"staff"}, "areas": {"store", "desk"}}}), 4)
		require.Equal(t, []string{"2017-06-04"}, list(office, record.Query{Fields: map[string][]string{"by": {"manager"}}}))
		require.Empty(t, list(office, record.Query{States: []string{"done"}}))
		_, err = h.List(ctx, office, "patrol", record.Query{Fields: map[string][]string{"minutes": {"1"}}})
		require.ErrorIs(t, err, vms.Invalid)

		var got []string
		q := record.Query{Limit: 2}
		for {
			p, err := h.List(ctx, office, "patrol", q)
			require.NoError(t, err)
			require.Equal(t, 5, p.All)
			for _, r := range p.Records {
				got = append(got, r.Values.Text("day"))
			}
			if !p.More {
				break
			}
			q.After = p.Records[len(p.Records)-1].ID
		}
		require.Equal(t, list(office, record.Query{}), got, "page by page")
	})
}

func TestAsItWas(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		r := h.create(clerk, values{"day": "2017-06-02", "by": "manager", "minutes": 10})
		before := h.now
		h.now = h.now.Add(24 * time.Hour)
		r, err := h.Change(ctx, clerk, r.ID, 1, values{"minutes": 30}, "")
		require.NoError(t, err)
		_, err = h.Move(ctx, clerk, r.ID, 2, "tell", nil, "")
		require.NoError(t, err)
		was, err := h.AsOf(ctx, "patrol", before)
		require.NoError(t, err)
		require.Equal(t, []any{"draft", int64(10)}, []any{was[0].State, was[0].Values.Number("minutes")})
		is, err := h.AsOf(ctx, "patrol", h.now)
		require.NoError(t, err)
		require.Equal(t, []any{"told", int64(30)}, []any{is[0].State, is[0].Values.Number("minutes")})
		none, err := h.AsOf(ctx, "patrol", before-1)
		require.NoError(t, err)
		require.Empty(t, none)
	})
}

func TestTheSameTwiceAndTwoAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		v := values{"day": "2017-06-02", "by": "manager", "code": "0001"}
		r := h.create(clerk, v)
		_, err := h.Create(ctx, clerk, "patrol", record.Draft{Unit: "koseki", Values: v})
		require.Equal(t, "same-key", vms.Code(err))
		errs := make(chan error, 8)
		for i := range cap(errs) {
			go func() {
				_, err := h.Change(ctx, clerk, r.ID, 1, values{"minutes": i + 1}, "")
				errs <- err
			}()
		}
		won := 0
		for range cap(errs) {
			if err := <-errs; err == nil {
				won++
			} else {
				require.Equal(t, "changed", vms.Code(err), err)
			}
		}
		require.Equal(t, 1, won)
	})
}

func TestDeclarationsAreChecked(t *testing.T) {
	k := patrol()
	require.NoError(t, k.Check())
	k.Moves[0].To = "nowhere"
	k.Fields = append(k.Fields, record.Field{ID: "day", Name: record.Text{Ja: "再"}, Type: record.Date})
	k.Due[1].Of = "minutes"
	err := k.Check()
	for _, want := range []string{"nowhere", `field "day"`, `no date "minutes"`} {
		require.ErrorContains(t, err, want)
	}
	_, err = record.New(record.Config{Declared: []*record.Kind{k}})
	require.Error(t, err)
}

// TestTogether: several changes are made, all of them or none, and a refused one is told by its place.
func TestTogether(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		staff := func(day string) record.Act {
			return record.Act{Kind: "patrol", Draft: record.Draft{Unit: "koseki", Values: values{"day": day, "by": "staff", "to": "shikko"}}, Moves: []record.Going{{Move: "tell"}}}
		}
		made, err := h.Together(t.Context(), clerk, []record.Act{staff("2017-06-01"), staff("2017-06-02")})
		require.NoError(t, err)
		require.Equal(t, []any{"told", int64(2), int64(1), int64(2)}, []any{made[0].State, made[0].Version, made[0].Number, made[1].Number})
		history, err := h.History(t.Context(), clerk, made[1].ID)
		require.NoError(t, err)
		require.Len(t, history, 2)

		bad := staff("2017-06-05")
		bad.Draft.Values["day"] = "2017-06-31"
		_, err = h.Together(t.Context(), clerk, []record.Act{staff("2017-06-05"), bad, {ID: made[0].ID, Version: 1}})
		var refused record.Refusals
		require.ErrorAs(t, err, &refused)
		require.Equal(t, []int{1, 2}, []int{refused[0].Act, refused[1].Act})
		p, err := h.List(t.Context(), clerk, "patrol", record.Query{})
		require.NoError(t, err)
		require.Equal(t, 2, p.All, "nothing of them was made")

		order := func(r *record.Record) record.Act {
			return record.Act{ID: r.ID, Version: r.Version, Moves: []record.Going{{Move: "order", Change: values{"order": "施錠", "by_day": "2017-06-09"}}}}
		}
		_, err = h.Together(t.Context(), clerk, []record.Act{order(made[0])})
		require.ErrorAs(t, err, &refused)
		require.ErrorIs(t, refused[0].Err, vms.Denied)
		both := as("both", "clerk koseki", "general_manager koseki")
		_, err = h.Together(t.Context(), both, []record.Act{{Kind: "patrol", Draft: staff("2017-06-01").Draft, Moves: []record.Going{{Move: "tell"}, order(made[0]).Moves[0]}}})
		require.ErrorContains(t, err, "ほかの人", "one does not order what one told a moment ago")
		done, err := h.Together(t.Context(), manager, []record.Act{order(made[0]), order(made[1])})
		require.NoError(t, err)
		require.Equal(t, "mending", done[1].State)
	})
}

// TestNamesStay: a record keeps the names that people had when it named them.
func TestNamesStay(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		name := "見本　執"
		h.Person = func(_ context.Context, login string) (string, error) {
			return map[string]string{"shikko": name}[login], nil
		}
		r := h.create(clerk, values{"day": "2017-06-01", "by": "staff", "to": "shikko"})
		name = "改姓　執"
		r, err := h.Move(t.Context(), clerk, r.ID, 1, "tell", nil, "")
		require.NoError(t, err)
		require.Equal(t, map[string]string{"shikko": "見本　執"}, r.Names)
		p, err := h.List(t.Context(), clerk, "patrol", record.Query{Text: "見本"})
		require.NoError(t, err)
		require.Len(t, p.Records, 1, "names are found")
		history, err := h.History(t.Context(), clerk, r.ID)
		require.NoError(t, err)
		require.Equal(t, "見本　執", history[1].Names["shikko"])
		other := h.create(clerk, values{"day": "2017-06-02", "by": "staff", "to": "shikko"})
		require.Equal(t, "改姓　執", other.Names["shikko"])
	})
}

// TestWhatIsMissing: a list is narrowed to records in which a field is empty.
func TestWhatIsMissing(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.create(clerk, values{"day": "2017-06-01", "by": "manager", "areas": []any{"desk"}})
		bare := h.create(clerk, plain("2017-06-02"))
		p, err := h.List(t.Context(), clerk, "patrol", record.Query{Fields: map[string][]string{"areas": {""}}})
		require.NoError(t, err)
		require.Equal(t, 1, p.All)
		require.Equal(t, bare.ID, p.Records[0].ID)
	})
}
