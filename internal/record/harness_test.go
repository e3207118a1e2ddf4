package record_test

import (
	"path/filepath"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"yagura/internal/attachment"
	"yagura/internal/audit"
	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/record"
	"yagura/internal/testserver"
	"yagura/internal/vms"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// friday is when the stories begin: 2017-06-02, 10:00 in Japan.
var friday = vms.InstantOf(time.Date(2017, 6, 2, 10, 0, 0, 0, conf.JST))

// patrol is a kind with one of everything.
func patrol() *record.Kind {
	text := func(ja, en string) record.Text { return record.Text{Ja: ja, En: en} }
	marks := []record.Option{{ID: "ok", Name: text("○", "fine")}, {ID: "bad", Name: text("×", "not")}}
	return &record.Kind{
		ID: "patrol", Name: text("巡回", "Patrol"), Prefix: "巡", Day: "day", Key: []string{"day", "code"}, Title: []string{"day", "by"},
		Fields: []record.Field{
			{ID: "day", Name: text("実施日", "Day"), Type: record.Date, Required: true},
			{ID: "from", Name: text("開始", "From"), Type: record.Clock},
			{ID: "code", Name: text("巡回コード", "Code"), Type: record.Line, Match: regexp.MustCompile(`^[0-9]{4}$`), Help: text("4桁の数字", "Four digits")},
			{ID: "by", Name: text("実施者区分", "By"), Type: record.Choice, Required: true, Filter: true,
				Options: []record.Option{{ID: "manager", Name: text("管理職", "Manager")}, {ID: "staff", Name: text("指定職員", "Designated")}}},
			{ID: "to", Name: text("報告先", "Reported to"), Type: record.Person, Required: true, When: &record.When{Field: "by", Is: []string{"staff"}}},
			{ID: "areas", Name: text("区域", "Areas"), Type: record.Choices, Filter: true,
				Options: []record.Option{{ID: "desk", Name: text("執務室", "Office")}, {ID: "store", Name: text("書庫", "Archive")}}},
			{ID: "checks", Name: text("点検", "Checks"), Type: record.Table, Columns: []record.Field{
				{ID: "item", Name: text("項目", "Item"), Type: record.Line, Required: true},
				{ID: "mark", Name: text("結果", "Result"), Type: record.Choice, Options: marks, Required: true},
				{ID: "note", Name: text("所見", "Note"), Type: record.Lines, Required: true, When: &record.When{Field: "mark", Is: []string{"bad"}}}}},
			{ID: "minutes", Name: text("時間", "Minutes"), Type: record.Number, Min: 1, Max: 600},
			{ID: "drill", Name: text("訓練", "Drill"), Type: record.Yes},
			{ID: "order", Name: text("指示", "Order"), Type: record.Lines},
			{ID: "by_day", Name: text("是正期限", "To be mended by"), Type: record.Date},
			{ID: "photos", Name: text("写真", "Photos"), Type: record.Files, Filing: record.Filing{Most: 3, Bytes: 1000, Types: []attachment.Type{attachment.JPEG, attachment.TXT}}},
		},
		States: []record.State{{ID: "draft", Name: text("下書き", "Draft"), Open: true}, {ID: "told", Name: text("報告済", "Reported")},
			{ID: "mending", Name: text("是正中", "Being mended")}, {ID: "done", Name: text("完了", "Done"), Done: true}},
		Moves: []record.Move{
			{ID: "tell", Name: text("報告する", "Report"), From: []string{"draft"}, To: "told"},
			{ID: "order", Name: text("指示する", "Order"), From: []string{"told"}, To: "mending", By: []record.Role{"general_manager"},
				Deputy: []record.Role{"executing_officer"}, Needs: []string{"order", "by_day"}, Takes: []string{"photos"}, Other: "tell"},
			{ID: "return", Name: text("差し戻す", "Return"), From: []string{"told"}, To: "draft", By: []record.Role{"general_manager"}, Reason: true},
			{ID: "mend", Name: text("完了する", "Finish"), From: []string{"mending"}, To: "done", Guard: func(v record.Values) string {
				if len(v.Rows("checks")) == 0 {
					return "点検の結果がありません。"
				}
				return ""
			}},
		},
		Due: []record.Deadline{
			{ID: "confirm", Name: text("指示", "Order"), While: []string{"told"}, Days: 3, Business: true, Owed: []record.Role{"general_manager"}},
			{ID: "mend", Name: text("是正", "Mend"), While: []string{"mending"}, Of: "by_day"},
		},
		Rules: []record.Rule{func(v record.Values) *record.Problem {
			if v.Text("by_day") != "" && v.Text("by_day") < v.Text("day") {
				return &record.Problem{Field: "by_day", Text: text("是正期限が実施日より前です。", "Before the day.")}
			}
			return nil
		}},
		Stamps:  []record.Stamp{{Name: text("統括管理者", "Manager"), Move: "order"}, {Name: text("実施者", "Patroller"), Move: record.Created}},
		Readers: []record.Role{"information_security"}, Writers: []record.Role{"clerk", "executing_officer"},
	}
}

// weekdays is a calendar without holidays.
type weekdays struct{}

func (weekdays) Works(_ string, day time.Time) bool {
	return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
}

// house is records of units koseki and gomi, and a clock that stands still.
type house struct {
	*record.Store
	t   testing.TB
	db  *db.DB
	now vms.Instant
}

func newHouse(t testing.TB, url string) *house {
	d, err := db.Open(t.Context(), url)
	require.NoError(t, err)
	t.Cleanup(func() { d.Close() })
	h := &house{t: t, db: d, now: friday}
	names := map[string]string{"koseki": "戸籍住民分野", "gomi": "ごみゼロ推進分野"}
	h.Store, err = record.New(record.Config{DB: d, Log: audit.New(d, vms.NewClock(), "test"), Now: func() vms.Instant { return h.now }, Declared: []*record.Kind{patrol()}, Calendar: weekdays{},
		Unit:  func(id string) (string, bool) { name, ok := names[id]; return name, ok },
		Units: func() []string { return []string{"koseki", "gomi"} }})
	require.NoError(t, err)
	return h
}

func onBoth(t *testing.T, story func(t *testing.T, h *house)) {
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		story(t, newHouse(t, "sqlite:"+filepath.Join(t.TempDir(), "yagura.db")))
	})
	t.Run("postgres", func(t *testing.T) { t.Parallel(); story(t, newHouse(t, testserver.Postgres(t))) })
}

// as is somebody with posts written as "post unit"; "post *" is everywhere.
func as(login string, posts ...string) record.Actor {
	return record.Actor{Login: login, Sign: func(r record.Role) string { return string(r) + " " + login }, Has: func(role record.Role, unit string) bool {
		return slices.Contains(posts, string(role)+" "+unit) || slices.Contains(posts, string(role)+" *")
	}}
}

var (
	clerk   = as("jimu", "clerk koseki")
	officer = as("shikko", "executing_officer koseki")
	manager = as("tokatsu", "general_manager koseki")
	office  = as("joho", "information_security *")
	other   = as("gomi", "clerk gomi")
)

type values = map[string]any

func (h *house) create(a record.Actor, v values) *record.Record {
	h.t.Helper()
	r, err := h.Create(h.t.Context(), a, "patrol", record.Draft{Unit: "koseki", Values: v})
	require.NoError(h.t, err)
	return r
}

// plain is what a patrol needs at least.
func plain(day string) values { return values{"day": day, "by": "manager"} }
