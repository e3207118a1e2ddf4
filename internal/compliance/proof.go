package compliance

import (
	"context"
	"errors"
	"slices"

	"yagura/internal/record"
	"yagura/internal/vms"
)

// Ledger is a kind of evidence that is kept in the audit log: rows of some actions. Only that they are there,
// when, and their hashes prove anything; who did it, and to which camera, is for those who may read the log.
type Ledger struct {
	ID      string // no kind of record has it
	Name    record.Text
	Actions []string // of rows, in the words of the rooms that write them
}

// Ledgers are what the audit log proves.
var Ledgers = []Ledger{
	{"duty", text("映像確認簿", "Viewing ledger"), []string{"view.live", "view.past", "view.still", "duty.draw", "duty.mark", "report.send", "report.receive", "report.outcome"}},
	{"review", text("閲覧監査", "Viewing audit"), []string{"review.draw", "review.fine", "review.ask", "review.answer", "review.find", "review.done", "review.report"}},
	{"rights", text("アクセス権棚卸", "Review of rights"), []string{"rights.take", "rights.confirm", "rights.object", "rights.close"}},
	{"oplog", text("操作ログの点検", "Operation logs looked through"), []string{"oplog.import", "oplog.read", "oplog.hint", "oplog.identify"}},
	{"media", text("記録媒体の消去", "Media erased"), []string{"oplog.erased"}},
	{"hold", text("保全台帳", "Ledger of holds"), []string{"hold.place", "hold.extend", "hold.release", "hold.keep"}},
	{"request", text("映像確認依頼", "Requests for footage"), []string{"request.ask", "request.take", "request.answer"}},
	{"config", text("設定・権限の版", "Versions of settings and rules"), []string{"config.version", "version.decide"}},
	{"roots", text("映像のハッシュ", "Hashes of footage"), []string{"footage.roots"}},
	{"accounts", text("利用者の登録・任用", "People and their posts"), []string{"person.add", "person.edit", "person.disable", "person.enable", "person.appoint", "person.import", "rights.grant.ask", "rights.grant.decide", "rights.grant.end"}},
	{"sign-in", text("サインインの記録", "Sign-ins"), []string{"session.sign-in"}},
}

// proving are the kinds of record that prove a control. What stands is in force until it ends; the others are of the
// year of their day.
var proving = []struct {
	kind   string
	name   record.Text
	stands bool
}{
	{"patrol", text("巡回", "Patrol"), false},
	{"awareness", text("啓発", "Awareness"), false},
	{"awareness-material", text("啓発教材", "Awareness material"), false},
	{"induction", text("任用時研修", "Induction"), false},
	{"training-material", text("研修教材", "Training material"), true},
	{"memo-policy", text("メモのルール", "Memo rule"), true},
	{"memo-issue", text("メモ用紙の交付", "Memo paper issued"), false},
	{"device-exception", text("私物機器の使用承認", "Device exceptions"), false},
	{"official-mobile", text("業務用携帯端末", "Official mobiles"), true},
	{"zone", text("区域", "Zones"), true},
	{"terminal", text("端末", "Terminals"), true},
	{"information-system", text("情報システム", "Information systems"), true},
	{"regulation", text("規程", "Regulations"), true},
	{"isms-document", text("ISMS文書", "ISMS documents"), true},
	{"isms-asset", text("情報資産", "Information assets"), true},
	{"isms-risk", text("リスク", "Risks"), true},
	{"finding", text("指摘・是正", "Findings"), false},
	{"internal-audit", text("内部監査", "Internal audit"), false},
	{"management-review", text("マネジメントレビュー", "Management review"), false},
	{"milestone", text("ISMS工程", "ISMS milestones"), false},
	{"notice", text("周知", "Notices to staff"), false},
	{"consultation", text("職員団体との協議", "Consultation with the union"), false},
	{"inspection", text("保守点検", "Inspections"), false},
	{"complaint", text("苦情・問合せ", "Complaints"), false},
	{"disclosure", text("開示請求", "Disclosure requests"), false},
}

// proofs are what may prove a control: kinds of record, and ledgers.
func proofs() (out []record.Option) {
	for _, p := range proving {
		out = append(out, record.Option{ID: p.kind, Name: p.name})
	}
	for _, l := range Ledgers {
		out = append(out, record.Option{ID: l.ID, Name: l.Name})
	}
	return out
}

// ProofName is how a kind of evidence is called; the id itself where there is none.
func ProofName(id string) record.Text {
	for _, o := range proofs() {
		if o.ID == id {
			return o.Name
		}
	}
	return text(id, id)
}

// Stands reports whether records of a kind are in force until they end, rather than of the year of their day.
func Stands(kind string) bool {
	for _, p := range proving {
		if p.kind == kind {
			return p.stands
		}
	}
	return false
}

// The rule is added here, not in the declaration: it looks at all kinds, of which Control is one.
func init() { Control.Rules = append(Control.Rules, provable) }

// provable is the rule that conditions name what there is, and are of kinds that the control names.
func provable(v record.Values) *record.Problem {
	for _, row := range v.Rows("conditions") {
		kind := row.Text("kind")
		if !slices.Contains(v.List("proof"), kind) {
			return wrong("conditions", "「"+ProofName(kind).Ja+"」を、証跡となる記録にも選んでください。", "Choose this kind among the records that prove it, too.")
		}
		if _, ok := Narrowed(kind, row.Text("field"), row.Text("value")); !ok {
			return wrong("conditions", "「"+ProofName(kind).Ja+"」を「"+row.Text("field")+"＝"+row.Text("value")+"」では絞り込めません。項目は「状態」か選択式の項目、値は画面のとおりに書いてください。",
				"These records cannot be narrowed like that: the field is 状態 or one with options, the value as it is shown.")
		}
	}
	return nil
}

// stateField names, in a condition, how far a record has come.
const stateField = "状態"

// Narrowed is the query of the records of a kind whose field has a value, both as people see them; ok is false
// where there is no such field or value. Without a field it is all of them that prove anything; ledgers have none.
func Narrowed(kind, field, value string) (q record.Query, ok bool) {
	i := slices.IndexFunc(Kinds(), func(k *record.Kind) bool { return k.ID == kind })
	if i < 0 {
		return q, field == "" && value == ""
	}
	k := Kinds()[i]
	q.States = provingStates(k)
	switch field {
	case "":
		return q, value == ""
	case stateField:
		j := slices.IndexFunc(k.States, func(s record.State) bool { return s.Name.Ja == value })
		if j < 0 {
			return q, false
		}
		q.States = []string{k.States[j].ID}
		return q, true
	}
	for _, f := range k.Fields {
		for _, o := range f.Options {
			if f.Name.Ja == field && f.Filter && o.Name.Ja == value {
				q.Fields = map[string][]string{f.ID: {o.ID}}
				return q, true
			}
		}
	}
	return q, false
}

// provingStates are the states of records that prove something: a draft does not, nor does what was taken back.
func provingStates(k *record.Kind) (out []string) {
	for _, s := range k.States {
		if s.ID != "draft" && s.ID != "void" {
			out = append(out, s.ID)
		}
	}
	return out
}

// Numbered is the record of that number, as R8巡-12, if the actor may read it; nil where there is none.
func (r *Room) Numbered(ctx context.Context, a record.Actor, label string) (*record.Kind, *record.Record, error) {
	rec, err := r.Called(ctx, a, label)
	if errors.Is(err, vms.NotFound) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	k, err := r.Kind(rec.Kind)
	return k, rec, err
}
