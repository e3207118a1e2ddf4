package survey

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/vms"
)

// wardCameras are the sample cameras of the house.
func wardCameras(t *testing.T) *camera.Set {
	t.Helper()
	files, err := conf.ReadDir("../../camera-configs", camera.Patterns...)
	require.NoError(t, err)
	set, err := camera.Parse(files, "../../camera-configs", nil)
	require.NoError(t, err)
	return set
}

// h29 is the report of the sample, not written yet.
func h29(t *testing.T) *report {
	t.Helper()
	r := New(Config{Now: func() vms.Instant { return vms.InstantOf(time.Now()) }})
	s, list, err := r.sampleOf(H29)
	require.NoError(t, err)
	return &report{survey: s, replies: list, cameras: wardCameras(t)}
}

func text(t *testing.T, r *report) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, r.write().WriteText(&b))
	return b.String()
}

// said are the sentences of the ward's report of 2017.
var sentences = []string{"平成29年4月26日～5月12日", "（全150部署）", "150のうち144の部署で", "すべての職場において", "対象：76部署", "76のうち62の部署で", "メモ禁止62のうち42の部署で",
	"150のうち109の部署で", "95のすべての部署において", "本庁舎1階～3階（39台）", "本庁舎5階～9階（15台）", "庁外施設（46台）",
	"朝礼、ミーティング、メール、回覧、研修等", "その他の対応（主な回答）", "1 調査の概要", "2 調査結果", "3 今後の取組み", "(4) 監視カメラの設置"}

func TestTheReportOf2017(t *testing.T) {
	out := text(t, h29(t))
	for _, s := range sentences {
		require.Contains(t, out, s)
	}
	require.NotContains(t, out, "未回答")
	require.NotContains(t, out, "案")
}

// answering is the first reply that answers a question so.
func (t *report) answering(question, is string) *Reply {
	for _, p := range t.replies {
		if p.Answers.is(question, []string{is}) {
			return p
		}
	}
	return nil
}

// TestEveryNumberIsCounted changes one reply, 部署 or camera at a time.
func TestEveryNumberIsCounted(t *testing.T) {
	put := func(question, from, to string) func(*report) {
		return func(r *report) { r.answering(question, from).Answers[question] = Answer{Is: []string{to}} }
	}
	moved := func(from, to string) func(*report) {
		day := func(s string) vms.Instant { return at(s) }
		return func(r *report) {
			for _, cam := range r.cameras.Cameras {
				if cam.Placements[0].From == day(from) {
					cam.Placements[0].From = day(to)
					return
				}
			}
		}
	}
	for name, c := range map[string]struct {
		change func(*report)
		want   []string
	}{
		"150, a target more": {func(r *report) {
			more := *r.answering("q1", "done")
			r.replies = append(r.replies, &more)
		}, []string{"（全151部署）", "151のうち145の部署で"}},
		"144":       {put("q1", "done", "other"), []string{"150のうち143の部署で"}},
		"all do it": {func(r *report) { r.answering("q2", "meeting").Answers["q2"] = Answer{} }, []string{"150のうち149の職場において"}},
		"76": {func(r *report) {
			p := r.answering("q3b", "other")
			p.Answers, _ = r.survey.Form.read(Answers{"q1": p.Answers["q1"], "q3a": {Is: []string{"no"}}, "q3b": {Is: []string{"prohibited"}}, "q4": p.Answers["q4"]})
		}, []string{"対象：75部署", "75のうち62の部署で"}},
		"62":      {func(r *report) { p := r.answering("q3c", "no"); p.Answers["q3b"] = Answer{Is: []string{"other"}} }, []string{"76のうち61の部署で", "メモ禁止61のうち42の部署で"}},
		"42":      {put("q3c", "yes", "no"), []string{"メモ禁止62のうち41の部署で"}},
		"109":     {put("q4", "kept", "partly"), []string{"150のうち108の部署で"}},
		"95 done": {put("q5b", "done", "not"), []string{"95のうち94の部署で"}},
		"95 asked": {func(r *report) {
			p := r.answering("q5b", "done")
			p.Answers["q5a"] = Answer{Is: []string{"no"}}
		}, []string{"94のすべての部署において"}},
		"39 and 15":     {moved("2017-06-01", "2017-06-15"), []string{"本庁舎1階～3階（38台）", "（16台）"}},
		"46":            {moved("2017-07-03", "2017-08-01"), []string{"庁外施設（45台）", "庁外施設（1台）　8月1日運用開始予定"}},
		"another year":  {moved("2017-07-03", "2018-01-09"), []string{"庁外施設（1台）　平成30年1月9日運用開始予定"}},
		"not handed in": {func(r *report) { r.answering("q1", "done").State = Waiting }, []string{"150のうち143の部署で", "このうち1部署は未回答"}},
	} {
		r := h29(t)
		c.change(r)
		out := text(t, r)
		for _, s := range c.want {
			require.Contains(t, out, s, name)
		}
	}
}

func TestMainAnswersAreEditedBesideTheOriginal(t *testing.T) {
	r := h29(t)
	p := r.answering("q4", "partly")
	require.True(t, p.Quotes["q4"].Main)
	p.Quotes["q4"] = Quote{Main: true, Edited: "緊急の連絡に使用している。"}
	require.Contains(t, text(t, r), "・緊急の連絡に使用している。")
	p.Quotes["q4"] = Quote{Edited: "緊急の連絡に使用している。"}
	require.NotContains(t, text(t, r), "緊急の連絡に使用している。")
}

// TestTheSampleIsTable52: every 区分 answers as it did, and always alike.
func TestTheSampleIsTable52(t *testing.T) {
	one, two := h29(t), h29(t)
	require.Equal(t, one.replies, two.replies)
	var got []string
	for _, row := range one.byCategory().Rows[1:] {
		got = append(got, strings.Join(row, " "))
	}
	require.Equal(t, []string{
		"区長部局分野 38 38／38 38／38 26／29 21／26 30／38 31／31", "区長部局事業所 68 64／68 68／68 28／34 17／28 48／68 38／38", "会計室 1 1／1 1／1 1／1 1／1 1／1 1／1",
		"区議会事務局 1 1／1 1／1 0／0 0／0 0／1 1／1", "行政委員会事務局 8 7／8 8／8 3／4 2／3 6／8 5／5", "小学校 23 23／23 23／23 3／5 1／3 16／23 12／12",
		"中学校 11 10／11 11／11 1／3 0／1 8／11 7／7", "合計 150 144／150 150／150 62／76 42／62 109／150 95／95"}, got)
	for _, p := range one.replies {
		require.Empty(t, one.survey.Form.lacks(p.Answers), p.Name)
		read, err := one.survey.Form.read(p.Answers)
		require.NoError(t, err)
		require.Equal(t, p.Answers, read, p.Name)
	}
}

func TestAFormRefuses(t *testing.T) {
	f, err := Standard()
	require.NoError(t, err)
	for name, c := range map[string]Answers{
		"no such question": {"q9": {Is: []string{"x"}}},
		"no such answer":   {"q1": {Is: []string{"x"}}},
		"two of a choice":  {"q1": {Is: []string{"done", "other"}}},
		"too long":         {"q1": {Is: []string{"other"}, Text: strings.Repeat("長", 1001)}},
	} {
		_, err := f.read(c)
		require.Error(t, err, name)
	}
	a, err := f.read(Answers{"q1": {Is: []string{"done"}, Text: "gone"}, "q3b": {Is: []string{"prohibited"}}, "q3a": {Is: []string{"no"}}, "q2": {Is: []string{"email", "meeting", "email"}}})
	require.NoError(t, err)
	require.Equal(t, Answers{"q1": {Is: []string{"done"}}, "q2": {Is: []string{"meeting", "email"}}, "q3a": {Is: []string{"no"}}}, a, "what is not asked is not answered")
	require.Len(t, f.lacks(a), 2, "q4 and q5a")
	require.Len(t, f.lacks(Answers{}), 5, "what everybody is asked")
}
