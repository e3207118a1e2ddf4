package survey

import (
	"bytes"
	"maps"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/compliance"
	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/inbox"
	"yagura/internal/paper"
	"yagura/internal/record"
	"yagura/internal/testserver"
	"yagura/internal/vms"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// friday is when the stories begin: 2017-05-05, 10:00 in Japan, inside the survey's days.
var friday = vms.InstantOf(time.Date(2017, 5, 5, 10, 0, 0, 0, conf.JST))

type weekdays struct{}

func (weekdays) Works(string, time.Time) bool { return true }

type house struct {
	*Room
	t     *testing.T
	log   *audit.Log
	posts map[string][]string // by login, as "post unit"; "post *" is everywhere
}

func newHouse(t *testing.T, url string) *house {
	d, err := db.Open(t.Context(), url)
	require.NoError(t, err)
	t.Cleanup(func() { d.Close() })
	set, now := wardCameras(t), func() vms.Instant { return friday }
	h := &house{t: t, log: audit.New(d, vms.NewClock(), "test"), posts: map[string][]string{"joho": {"information_security *"}, "kansa": {"auditor *"}, "jimu": {"clerk koseki"},
		"tokatsu": {"general_manager koseki"}, "bucho": {"department_head koseki", "department_head zeimu-kazei"}, "gomi": {"clerk gomi-zero"}, "nobody": nil}}
	records, err := record.New(record.Config{DB: d, Log: h.log, Now: now, Declared: compliance.Kinds(), Calendar: weekdays{},
		Unit: func(id string) (string, bool) { return id, true }, Units: func() []string { return []string{"koseki", "gomi-zero"} }})
	require.NoError(t, err)
	h.Room = New(Config{DB: d, Audit: h.log, Records: records, Cameras: func() *camera.Set { return set }, Now: now,
		Actor: func(p *identity.Person) record.Actor { return h.as(p.Login) }})
	return h
}

func onBoth(t *testing.T, story func(t *testing.T, h *house)) {
	t.Run("sqlite", func(t *testing.T) { story(t, newHouse(t, "sqlite:"+filepath.Join(t.TempDir(), "yagura.db"))) })
	t.Run("postgres", func(t *testing.T) { story(t, newHouse(t, testserver.Postgres(t))) })
}

func (h *house) as(login string) record.Actor {
	return record.Actor{Login: login, Sign: func(r record.Role) string { return string(r) + " " + login }, Has: func(r record.Role, unit string) bool {
		return slices.Contains(h.posts[login], string(r)+" "+unit) || slices.Contains(h.posts[login], string(r)+" *")
	}}
}

func (h *house) code(err error, want string) {
	h.t.Helper()
	require.Equal(h.t, want, vms.Code(err), "%v", err)
}

// opened is a survey that asks the 150 部署 of the sample.
func (h *house) opened() {
	h.t.Helper()
	ctx, joho := h.t.Context(), h.as("joho")
	_, err := h.Create(ctx, joho, Survey{Name: "s1", Title: "調査", Purpose: "目的", From: "2017-04-26", To: "2017-05-12", Since: "2017-04-01", AsOf: "2017-06-05"})
	require.NoError(h.t, err)
	h.code(h.Move(ctx, joho, "s1", 1, "open", ""), "no-units")
	units, err := SampleUnits()
	require.NoError(h.t, err)
	require.NoError(h.t, h.SetUnits(ctx, joho, units))
	require.NoError(h.t, h.Move(ctx, joho, "s1", 1, "open", ""))
}

func (h *house) reply(target string) *Reply {
	h.t.Helper()
	_, p, err := h.Reply(h.t.Context(), h.as("joho"), "s1", target)
	require.NoError(h.t, err)
	return p
}

func (h *house) survey() *Survey {
	h.t.Helper()
	s, _, err := h.Replies(h.t.Context(), h.as("joho"), "s1")
	require.NoError(h.t, err)
	return s
}

func (h *house) waits(login string) (kinds []string) {
	h.t.Helper()
	items, err := h.Items(h.t.Context(), &identity.Person{Login: login})
	require.NoError(h.t, err)
	for _, i := range items {
		kinds = append(kinds, i.Kind+" "+i.Subject.Number)
	}
	return kinds
}

func (h *house) report() string {
	h.t.Helper()
	doc, err := h.Report(h.t.Context(), h.as("joho"), "s1")
	require.NoError(h.t, err)
	return plain(h.t, doc)
}

func plain(t *testing.T, doc *paper.Document) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, doc.WriteText(&b))
	return b.String()
}

// whole are answers to everything.
func whole() Answers {
	is := func(ids ...string) Answer { return Answer{Is: ids} }
	return Answers{"q1": is("done"), "q2": is("email"), "q3a": is("yes"), "q3b": is("prohibited"), "q3c": {Is: []string{"no"}, Text: "メモを取らないため。"}, "q4": is("kept"), "q5a": is("no")}
}

const koseki = "区民サービス管理部 戸籍住民分野"

func TestASurveyFromOpeningToReport(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx, joho, jimu, tokatsu := t.Context(), h.as("joho"), h.as("jimu"), h.as("tokatsu")
		h.opened()
		require.Equal(t, 150, len(first(h.Replies(ctx, joho, "s1"))))
		require.Equal(t, 6, len(first(h.Replies(ctx, jimu, "s1"))), "koseki and its five offices")
		_, _, err := h.Replies(ctx, h.as("nobody"), "s1")
		h.code(err, "no-survey")
		_, _, err = h.Reply(ctx, jimu, "s1", "gomi-zero")
		h.code(err, "no-target")
		list, err := h.List(ctx, h.as("nobody"))
		require.NoError(t, err)
		require.Empty(t, list)
		require.Contains(t, h.report(), "このうち150部署は未回答")

		require.Contains(t, h.waits("jimu"), "survey_reply "+koseki)
		require.Empty(t, h.waits("bucho"))
		_, err = h.Chase(ctx, jimu, "s1")
		h.code(err, "denied")
		n, err := h.Chase(ctx, joho, "s1")
		require.NoError(t, err)
		require.Equal(t, 150, n)
		require.Contains(t, h.waits("bucho"), "survey_reply "+koseki, "once it was chased")

		h.code(h.Save(ctx, h.as("joho"), "s1", "koseki", 0, whole()), "denied")
		partly := whole()
		delete(partly, "q4")
		require.NoError(t, h.Save(ctx, jimu, "s1", "koseki", 0, partly))
		h.code(h.Save(ctx, jimu, "s1", "koseki", 0, whole()), "changed")
		require.Error(t, h.MoveReply(ctx, jimu, "s1", "koseki", 1, "submit", ""), "q4 is missing")
		require.NoError(t, h.Save(ctx, jimu, "s1", "koseki", 1, whole()))
		h.posts["jimu"] = append(h.posts["jimu"], "general_manager koseki")
		require.NoError(t, h.MoveReply(ctx, jimu, "s1", "koseki", 2, "submit", ""))
		h.code(h.MoveReply(ctx, jimu, "s1", "koseki", 3, "approve", ""), "own")
		h.posts["jimu"] = h.posts["jimu"][:1]
		h.code(h.Save(ctx, jimu, "s1", "koseki", 3, whole()), "state")
		require.Contains(t, h.waits("tokatsu"), "survey_approval "+koseki)
		require.Error(t, h.MoveReply(ctx, tokatsu, "s1", "koseki", 3, "return", " "), "wants a reason")
		require.NoError(t, h.MoveReply(ctx, tokatsu, "s1", "koseki", 3, "return", "用紙を確かめて"))
		require.NoError(t, h.MoveReply(ctx, jimu, "s1", "koseki", 4, "submit", ""))
		require.NoError(t, h.MoveReply(ctx, tokatsu, "s1", "koseki", 5, "approve", ""))
		require.NotContains(t, h.waits("jimu"), "survey_reply "+koseki)
		require.Contains(t, h.report(), "150のうち1の部署で巡回が")

		h.code(h.Edit(ctx, jimu, "s1", "koseki", 6, "q3c", Quote{Main: true}), "denied")
		require.Error(t, h.Edit(ctx, joho, "s1", "koseki", 6, "q1", Quote{Main: true}), "nothing was written")
		require.NoError(t, h.Edit(ctx, joho, "s1", "koseki", 6, "q3c", Quote{Main: true, Edited: "必要がないため。"}))
		require.Contains(t, h.report(), "・必要がないため。")
		require.Equal(t, "メモを取らないため。", h.reply("koseki").Answers["q3c"].Text, "what they wrote stays")

		require.NoError(t, h.Move(ctx, joho, "s1", h.survey().Version, "collect", ""))
		h.code(h.Move(ctx, joho, "s1", h.survey().Version, "check", "x"), "open-replies")
		n, err = h.ConfirmAll(ctx, joho, "s1")
		require.NoError(t, err)
		require.Equal(t, 1, n)
		require.Error(t, h.Move(ctx, joho, "s1", h.survey().Version, "check", ""), "149 are missing: wants a reason")
		require.NoError(t, h.Move(ctx, joho, "s1", h.survey().Version, "check", "期限のため"))
		h.code(h.MoveReply(ctx, joho, "s1", "koseki", 8, "send_back", "x"), "state")
		require.NoError(t, h.Move(ctx, joho, "s1", h.survey().Version, "settle", ""))
		h.code(h.Move(ctx, joho, "s1", h.survey().Version, "back", "x"), "state")
		require.Empty(t, h.waits("jimu"))

		history, err := h.History(ctx, jimu, "s1", "koseki")
		require.NoError(t, err)
		var what []string
		for _, v := range history {
			what = append(what, v.What)
		}
		require.Equal(t, []string{"confirm", "quote", "approve", "submit", "return", "submit", "save", "save"}, what)
		require.Equal(t, "用紙を確かめて", history[4].Reason)
		require.Equal(t, whole(), history[0].Answers)
		rows, err := h.DB.Query(ctx, `SELECT action, COUNT(*) FROM audit WHERE action LIKE 'survey.%' GROUP BY action`)
		require.NoError(t, err)
		defer rows.Close()
		got := map[string]int{}
		for rows.Next() {
			var action string
			var n int
			require.NoError(t, rows.Scan(&action, &n))
			got[action] = n
		}
		want := map[string]int{CreateSurvey: 1, SetUnits: 1, ChaseSurvey: 1, SaveReply: 2, MoveReply: 5, EditQuote: 1, MoveSurvey: 5}
		for action := range want {
			require.GreaterOrEqual(t, got[action], want[action], action)
		}
		require.ElementsMatch(t, slices.Collect(maps.Keys(want)), slices.Collect(maps.Keys(got)))
	})
}

func first(_ *Survey, list []*Reply, _ error) []*Reply { return list }

// TestRecordsFillInReplies: what the unit's records of the period say is proposed, and becomes the report's number.
func TestRecordsFillInReplies(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx, jimu := t.Context(), h.as("jimu")
		h.opened()
		prefilled := func(target string) map[string]Prefill {
			t.Helper()
			out, err := h.Prefilled(ctx, jimu, h.survey(), h.reply(target))
			require.NoError(t, err)
			return out
		}
		require.Empty(t, prefilled("koseki"))
		make := func(kind string, moves []string, values map[string]any) *record.Record {
			t.Helper()
			r, err := h.Records.Create(ctx, jimu, kind, record.Draft{Unit: "koseki", Values: values})
			require.NoError(t, err)
			for _, m := range moves {
				r, err = h.Records.Move(ctx, jimu, r.ID, r.Version, m, nil, "")
				require.NoError(t, err)
			}
			return r
		}
		patrol := map[string]any{"day": "2017-05-02", "patroller": "tokatsu", "by": "manager", "checks": []any{map[string]any{"item": "施錠", "result": "ok"}}}
		make("patrol", []string{"record"}, patrol)
		patrol["day"] = "2017-03-31"
		make("patrol", []string{"record"}, patrol)
		make("patrol", nil, map[string]any{"day": "2017-05-03", "patroller": "tokatsu", "by": "manager"})
		make("awareness", []string{"done"}, map[string]any{"day": "2017-05-01", "methods": []any{"email"}, "theme": "メモ"})
		make("awareness", []string{"done"}, map[string]any{"day": "2017-05-02", "methods": []any{"circular", "other"}, "theme": "私物"})
		make("induction", nil, map[string]any{"staff": "001", "name": "例示", "kana": "レイジ", "kind": "temporary", "from": "2017-05-01", "until": "2017-06-30"})
		got := prefilled("koseki")
		require.Equal(t, Prefill{Answer{Is: []string{"done"}}, "巡回 1件（H29巡-1）"}, got["q1"], "what is of the period, and recorded")
		require.Equal(t, []string{"circular", "email"}, got["q2"].Answer.Is)
		require.Equal(t, "啓発 2件（H29啓-2 ほか）", got["q2"].Source)
		require.Equal(t, []string{"yes"}, got["q5a"].Answer.Is)
		require.Equal(t, []string{"not"}, got["q5b"].Answer.Is, "the consent is not signed")
		require.NotContains(t, got, "q4", "nothing is guessed")
		require.Empty(t, prefilled("minaminakano-jimusho"), "an office of koseki is not koseki")

		before := h.report()
		answers := whole()
		answers["q1"] = got["q1"].Answer
		require.NoError(t, h.Save(ctx, jimu, "s1", "koseki", 0, answers))
		require.NoError(t, h.MoveReply(ctx, jimu, "s1", "koseki", 1, "submit", ""))
		require.NoError(t, h.MoveReply(ctx, h.as("tokatsu"), "s1", "koseki", 2, "approve", ""))
		require.Contains(t, before, "150のうち0の部署で巡回")
		require.Contains(t, h.report(), "150のうち1の部署で巡回")
	})
}

func TestSamplesAreLoadedOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx, joho := t.Context(), h.as("joho")
		for i, fresh := range []bool{true, false} {
			name, was, err := h.LoadSample(ctx, joho, H29)
			require.NoError(t, err)
			require.Equal(t, []any{H29, fresh}, []any{name, was}, i)
		}
		name, _, err := h.LoadSample(ctx, joho, Current)
		require.NoError(t, err)
		require.Equal(t, "fy2017", name)
		_, _, err = h.LoadSample(ctx, joho, "x")
		h.code(err, "no-sample")
		doc, err := h.Report(ctx, h.as("kansa"), H29)
		require.NoError(t, err)
		for _, s := range sentences {
			require.Contains(t, plain(t, doc), s)
		}
		_, err = h.Report(ctx, h.as("jimu"), H29)
		h.code(err, "denied")
		tables, err := h.Tables(ctx, joho, H29)
		require.NoError(t, err)
		require.Equal(t, []int{8, 150}, []int{len(tables[0].Rows), len(tables[1].Rows)})
		require.Equal(t, []any{"合計", int64(150), int64(144), int64(150)}, tables[0].Rows[7][:4])
		require.Contains(t, h.waits("jimu"), inbox.SurveyReply+" "+koseki)
	})
}

// TestASurveyIsEditedUntilItAsks: words and days change while it is prepared, by who keeps surveys; then they stand.
func TestASurveyIsEditedUntilItAsks(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx, joho := t.Context(), h.as("joho")
		s := Survey{Name: "s1", Title: "調査", Purpose: "目的", From: "2017-04-26", To: "2017-05-12", Since: "2017-04-01", AsOf: "2017-06-05"}
		_, err := h.Create(ctx, joho, s)
		require.NoError(t, err)
		s.Title, s.To = "実施状況の調査", "2017-05-19"
		_, err = h.Amend(ctx, h.as("jimu"), 1, s)
		h.code(err, "denied")
		next, err := h.Amend(ctx, joho, 1, s)
		require.NoError(t, err)
		require.Equal(t, []any{"実施状況の調査", "2017-05-19", int64(2)}, []any{h.survey().Title, h.survey().To, next.Version})
		_, err = h.Amend(ctx, joho, 1, s)
		h.code(err, "changed")
		bad := s
		bad.To = "2017-04-01"
		_, err = h.Amend(ctx, joho, 2, bad)
		require.ErrorIs(t, err, vms.Invalid)
		units, err := SampleUnits()
		require.NoError(t, err)
		require.NoError(t, h.SetUnits(ctx, joho, units))
		require.NoError(t, h.Move(ctx, joho, "s1", 2, "open", ""))
		_, err = h.Amend(ctx, joho, 3, s)
		h.code(err, "state")
	})
}
