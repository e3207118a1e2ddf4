package form_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
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
	"yagura/internal/form"
	"yagura/internal/identity"
	"yagura/internal/record"
	"yagura/internal/vms"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var now = vms.InstantOf(time.Date(2026, 11, 26, 10, 0, 0, 0, conf.JST))

// holding is somebody with these posts in the unit koseki; without any, with all of them everywhere.
func holding(login string, roles ...record.Role) record.Actor {
	return record.Actor{Login: login, Name: "見本　一郎", Sign: func(record.Role) string { return "統括管理者 見本　一郎" },
		Has: func(r record.Role, unit string) bool {
			return roles == nil || unit == "koseki" && slices.Contains(roles, r)
		}}
}

var all = holding("all")

type house struct {
	*form.Room
	records *compliance.Room
	db      *db.DB
}

func newHouse(t *testing.T) *house {
	ctx := context.Background()
	d, err := db.Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "yagura.db"))
	require.NoError(t, err)
	t.Cleanup(func() { d.Close() })
	files, err := conf.ReadDir("../../camera-configs", camera.Patterns...)
	require.NoError(t, err)
	set, err := camera.Parse(files, "../../camera-configs", nil)
	require.NoError(t, err)
	h, log := &house{db: d}, audit.New(d, vms.NewClock(), "test")
	cameras, clock := func() *camera.Set { return set }, func() vms.Instant { return now }
	people := identity.New(d, identity.Options{Now: clock})
	require.NoError(t, people.SyncUnits(ctx, set.Organisation))
	require.NoError(t, people.Import(ctx, conf.File{Name: "people.yaml", Data: `people:
  - {login: all, name: 見本　一郎, kana: ミホン　イチロウ, posts: [{post: clerk, unit: koseki, from: 2017-04-01}]}
  - {login: holder, name: 例示　次郎, kana: レイジ　ジロウ, posts: [{post: clerk, unit: koseki, from: 2017-04-01}]}
`}, "", "one", "two"))
	h.records, err = compliance.New(compliance.Config{DB: d, Access: access.New(), Audit: log, Identity: people, Cameras: cameras, Now: clock})
	require.NoError(t, err)
	h.Room = form.New(form.Config{Records: h.records, Cameras: cameras, Now: clock})
	return h
}

type values = map[string]any

func (h *house) write(t *testing.T, kind string, v values, moves ...string) *record.Record {
	unit := "koseki"
	if k, err := h.records.Kind(kind); err == nil && k.Ward {
		unit = ""
	}
	x, err := h.records.Create(t.Context(), all, kind, record.Draft{Unit: unit, Values: v})
	require.NoError(t, err)
	for i, m := range moves {
		x, err = h.records.Move(t.Context(), holding(fmt.Sprint("mover", i)), x.ID, x.Version, m, nil, "")
		require.NoError(t, err, m)
	}
	return x
}

// printed is the text of a PDF, page by page.
func (h *house) printed(t *testing.T, a record.Actor, o form.Order) []string {
	t.Helper()
	book, err := h.Print(t.Context(), a, o)
	require.NoError(t, err)
	name := filepath.Join(t.TempDir(), "a.pdf")
	f, err := os.Create(name)
	require.NoError(t, err)
	require.NoError(t, book.WritePDF(f))
	require.NoError(t, f.Close())
	out, err := exec.Command("pdftotext", "-layout", name, "-").Output()
	require.NoError(t, err)
	return strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
}

var (
	patrol   = values{"day": "2026-11-20", "patroller": "all", "by": "manager", "findings": 1, "checks": []any{values{"item": "鍵の管理", "result": "bad", "note": "机上に置かれていた"}, values{"item": "離席時の画面ロック", "result": "ok"}}}
	starting = values{"staff": "H0042", "name": "例示　花子", "kana": "レイジ　ハナコ", "kind": "fiscal", "from": "2026-12-01", "until": "2027-03-31", "terminal": true}
	zone     = values{"floor": "1F", "room": "書庫", "zone": "secure", "plan": "honcho-1f", "outline": "500,20 610,20 610,160 500,160"}
)

// TestEveryFormSaysWhatItsRecordSays: one record of each, on each of its forms.
func TestEveryFormSaysWhatItsRecordSays(t *testing.T) {
	h := newHouse(t)
	h.write(t, "patrol", patrol, "record")
	h.write(t, "awareness-material", values{"day": "2026-11-27", "title": "離席時の画面ロック", "words": "席を立つときは画面をロックする。\n用紙を置いたままにしない。\n気付いたら声をかける。"}, "publish")
	issue := h.write(t, "memo-issue", values{"day": "2026-11-26", "first": 118, "last": 120, "receiver": "all"})
	h.write(t, "memo-policy", values{"year": "2026", "scope": "yes", "prohibited": "no", "other_kind": "pass_on", "other": "伝達票を使う", "from": "2026-12-01",
		"rules": []any{values{"business": "窓口の引継ぎ", "need": "区民を待たせないため", "who": "窓口担当", "what": "受付番号", "paper": "伝達票", "disposal": "当日裁断"}}}, "submit")
	h.write(t, "device-exception", values{"applicant": "all", "device": "smartphone", "purpose": "events", "reason": "催しの連絡", "zone": "business", "form": []any{"calls"}, "example": "会場での通話", "from": "2026-12-01", "until": "2027-03-31"},
		"ask", "endorse", "approve")
	h.write(t, "official-mobile", values{"asset": "M-001", "model": "見本機", "keeper": "all", "holder": "holder", "lent": "2026-11-24", "locked": true}, "lend")
	h.write(t, "induction", starting)
	h.write(t, "zone", zone)
	h.write(t, "information-system", values{"name": "見本システム", "personal": true, "users": 40, "auth": "two_factor", "two_factor_from": "2026-04-01", "log": "kept"})
	for _, c := range []struct {
		kind, form string
		says       []string
	}{
		{"patrol", "findings", []string{"指摘・是正一覧", "R8.11.20", "鍵の管理", "机上に置かれて", "指摘 1件", "統括管理者"}},
		{"patrol", "departments", []string{"部別実施状況", "区民サービス管理部"}},
		{"awareness-material", "word", []string{"離席時の画面ロック", "席を立つときは画面をロックする。", "用紙を置いたままにしない。", "気付いたら声をかける。", "令和8年11月27日"}},
		{"memo-issue", "sheets", []string{"指定メモ用紙", "No. 000118", "戸籍住民", "使用後は裁断"}},
		{"memo-issue", "book", []string{"メモ用紙交付簿", "118", "120", "未回収 3枚"}},
		{"memo-policy", "rules", []string{"部署別ルール一覧", "業務別ルール", "窓口の引継ぎ"}},
		{"device-exception", "permit", []string{"使用承認書", "会場での通話", "令和8年12月1日～令和9年3月31日", "統括管理者"}},
		{"device-exception", "exceptions", []string{"例外一覧", "R9.3.31", "通話のみ"}},
		{"official-mobile", "lending", []string{"貸出簿", "M-001", "R8.11.24", "貸出中", "貸出 1件"}},
		{"induction", "induction", []string{"例示 花子", "H0042", "同意書", "署名（自署）", "令和 年 月 日"}},
		{"zone", "poster", []string{"機密区域", "私物の情報機器の使用は禁止", "書庫"}},
		{"zone", "plan", []string{"区域図 本庁舎 1階", "業務区域及び機密区域では私物の情報機器の使用は禁止（公開区域は使用可）", "1 機密"}},
		{"information-system", "systems", []string{"導入状況一覧", "個人情報を扱う1システムのうち1システムで二要素認証（利用者 40人のうち40人）"}},
		{"official-mobile", "record", []string{"業務用携帯端末", "M-001", "経過", "貸し出す", "見本 一郎"}},
		{"memo-policy", "list", []string{"メモのルール一覧", "承認待ち"}},
	} {
		sheets := h.printed(t, all, form.Order{Kind: c.kind, Form: c.form})
		text := strings.Join(strings.Fields(strings.ReplaceAll(sheets[0], "　", " ")), " ")
		for _, w := range c.says {
			require.Contains(t, text, w, "%s on %s", c.kind, c.form)
		}
		if c.form != "sheets" && c.form != "poster" {
			require.Contains(t, text, "出力 見本 一郎（all） 令和8年11月26日 10:00", "who printed it")
			require.Contains(t, text, fmt.Sprintf("1 / %d", len(sheets)))
		}
	}
	require.Len(t, h.printed(t, all, form.Order{Kind: "memo-issue", Form: "sheets", Records: []string{issue.ID}}), 3, "a sheet a number")
	blank := h.printed(t, all, form.Order{Kind: "patrol", Form: "blank", Unit: "koseki"})[0]
	for _, w := range []string{"巡回点検票", "戸籍住民", "カメラの遮へい・表示板", "是正期限"} {
		require.Contains(t, blank, w)
	}
}

// TestLongRecordsAreNotCut: what does not fit a line goes on in the next one, what does not fit a page on the next one.
func TestLongRecordsAreNotCut(t *testing.T) {
	h := newHouse(t)
	long := strings.Repeat("会場の係との連絡に限って通話に使う。", 200)
	h.write(t, "device-exception", values{"applicant": "all", "device": "smartphone", "purpose": "other", "purpose_other": "見本", "reason": long + "終わり。", "zone": "business", "form": []any{"calls"}, "example": strings.Repeat("長い名前の地域行事", 21),
		"from": "2026-12-01", "until": "2027-03-31"})
	sheets := h.printed(t, all, form.Order{Kind: "device-exception", Form: "record"})
	require.Greater(t, len(sheets), 2)
	whole := strings.Join(strings.Fields(strings.Join(sheets, "")), "")
	require.Equal(t, 200, strings.Count(regexp.MustCompile(`理由|\d+/\d+|出力[^会]*\d\d:\d\d`).ReplaceAllString(whole, ""), "会場の係との連絡に限って通話に使う。"))
	require.Contains(t, whole, "終わり。")
}

// TestPaperIsForWhomTheRecordIs: the same rights as on screen, the state a form asks for, and a row in the log.
func TestPaperIsForWhomTheRecordIs(t *testing.T) {
	h := newHouse(t)
	first := h.write(t, "induction", starting)
	clerk, stranger := holding("clerk", "clerk"), holding("stranger", "administrator")
	elsewhere := record.Actor{Login: "gomi", Has: func(r record.Role, unit string) bool { return r == "clerk" && unit == "gomi" }}
	order := form.Order{Kind: "induction", Form: "induction", Records: []string{first.ID}}
	_, err := h.Print(t.Context(), stranger, order)
	require.ErrorIs(t, err, vms.NotFound)
	_, err = h.Print(t.Context(), elsewhere, order)
	require.ErrorIs(t, err, vms.NotFound)
	_, err = h.Print(t.Context(), elsewhere, form.Order{Kind: "patrol", Form: "blank", Unit: "koseki"})
	require.ErrorIs(t, err, vms.NotFound)
	_, err = h.Print(t.Context(), clerk, form.Order{Kind: "induction", Form: "poster"})
	require.ErrorIs(t, err, vms.NotFound, "a form of another kind")
	require.Empty(t, h.prints(t))

	_, err = h.Print(t.Context(), clerk, order)
	require.NoError(t, err)
	require.Equal(t, []string{"clerk induction induction 1 " + first.ID}, h.prints(t))

	asked := h.write(t, "device-exception", values{"applicant": "all", "device": "phone", "purpose": "events", "reason": "催し", "zone": "business", "form": []any{"calls"}, "example": "会場", "from": "2026-12-01", "until": "2027-03-31"}, "ask")
	_, err = h.Print(t.Context(), clerk, form.Order{Kind: "device-exception", Form: "permit", Records: []string{asked.ID}})
	require.ErrorIs(t, err, vms.Conflict, "what was not approved has no 承認書")

	for i := range 14 {
		more := maps.Clone(starting)
		more["staff"] = fmt.Sprintf("H1%03d", i)
		h.write(t, "induction", more)
	}
	require.Len(t, h.printed(t, clerk, form.Order{Kind: "induction", Form: "induction"}), 15, "a sheet each")
}

// TestACodeFindsItsRecord: as it was read, as it was typed, for those who may read it.
func TestACodeFindsItsRecord(t *testing.T) {
	h := newHouse(t)
	x := h.write(t, "induction", starting)
	clerk, stranger := holding("clerk", "clerk"), holding("stranger", "auditor")
	for _, code := range []string{form.Address(x.ID), strings.ToLower(form.Address(x.ID)), "https://yagura.example/r/" + x.ID + " ", "R8研-1", "ｒ８研－１"} {
		at, err := h.Find(t.Context(), clerk, code)
		require.NoError(t, err, code)
		require.Equal(t, &form.Place{Kind: "induction", Record: x.ID, Unit: "koseki"}, at, code)
	}
	at, err := h.Find(t.Context(), clerk, "/r/patrol/koseki")
	require.NoError(t, err)
	require.Equal(t, &form.Place{Kind: "patrol", Unit: "koseki"}, at)
	for _, code := range []string{"/r/NO-SUCH", "R8研-2", "/r/patrol/gomi", "/r/no-such/koseki", "R8？-1"} {
		_, err := h.Find(t.Context(), clerk, code)
		require.ErrorIs(t, err, vms.NotFound, code)
	}
	_, err = h.Find(t.Context(), holding("nobody", "administrator"), form.Address(x.ID))
	require.ErrorIs(t, err, vms.NotFound)
	_, err = h.Find(t.Context(), stranger, form.Address(x.ID))
	require.NoError(t, err)
}

// prints are the rows of the log about printing.
func (h *house) prints(t *testing.T) (out []string) {
	rows, err := h.db.Query(t.Context(), `SELECT actor, detail FROM audit WHERE action = $1 ORDER BY seq`, record.PrintRecords)
	require.NoError(t, err)
	defer rows.Close()
	for rows.Next() {
		var actor, detail string
		require.NoError(t, rows.Scan(&actor, &detail))
		out = append(out, actor+" "+detail)
	}
	require.NoError(t, rows.Err())
	return out
}
