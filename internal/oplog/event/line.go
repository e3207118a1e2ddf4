package event

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
	"time"

	"yagura/internal/conf"
	"yagura/internal/sheet"
	"yagura/internal/vms"
)

const longest = 64 // characters of a code or a name in a log

// event makes the event of the line that was read, and notes what is wrong with it.
func (r *Reader) event() Event {
	e := Event{Staff: r.needed("staff_no"), Unit: r.code("unit_code"), Terminal: r.needed("terminal_id"), Business: r.business(),
		Action: r.word("action", true), Criteria: r.word("criteria_kind", false), Hits: r.number("hit_count", -1), Sex: r.word("sex", false),
		Members: r.number("members", 0), Protected: r.word("protected", false) == "yes", Cased: r.cell("case_no") != "" || r.cell("reason") != "", Age: -1}
	at := r.moment()
	e.At = vms.InstantOf(at)
	ref := r.cell("person_ref")
	if ref == "" && (e.Action == View || e.Action == Print || e.Action == Update) {
		r.wrong("person_ref", "入力が必要です。", "It is needed.")
	}
	e.Person = r.of("person", ref, r.key.Person)
	e.Household = r.of("household", r.cell("household"), r.key.Household)
	address := r.cell("address")
	e.Area, _ = CutArea(address)
	e.Area = strings.Clone(e.Area)
	e.Place = r.of("place", address, r.key.Place)
	if family := r.cell("family"); family != "" {
		e.Kin = r.key.Kin(family, address)
	}
	e.Age = r.age(at)
	if r.profile.strict {
		r.narrow(&e)
	}
	e.Key = r.eventKey(&e, ref)
	return e
}

// eventKey is made of the log's own number, where it has one, else of what the event is.
func (r *Reader) eventKey(e *Event, ref string) int64 {
	if number := r.cell("event_no"); number != "" && r.profile.strict { // whatever that column holds
		return int64(r.key.of("event "+r.profile.ID, number))
	}
	h := sha256.New()
	if number := r.cell("event_no"); number != "" {
		fmt.Fprintf(h, "%s\x00%s", r.profile.ID, number)
	} else {
		fmt.Fprintf(h, "%s\x00%d\x00%s\x00%s\x00%s\x00%s\x00%s\x00%d\x00%d", r.profile.ID, e.At, e.Staff, e.Terminal, e.Business, e.Action, e.Criteria, e.Hits, r.key.Person(ref))
	}
	return int64(binary.BigEndian.Uint64(h.Sum(nil)) & (1<<63 - 1))
}

// code is a code as the file has it.
func (r *Reader) code(field string) string {
	s := r.cell(field)
	if len(s) > longest*3 {
		r.wrong(field, "長すぎます。", "It is too long.")
		return ""
	}
	return strings.Clone(s)
}

// business is what the system calls it; a strict profile has a list.
func (r *Reader) business() string {
	if r.profile.strict {
		return r.word("business", true)
	}
	return r.needed("business")
}

func (r *Reader) needed(field string) string {
	s := r.code(field)
	if s == "" {
		r.wrong(field, "入力が必要です。", "It is needed.")
	}
	return s
}

// word is what the profile makes of what the file says.
func (r *Reader) word(field string, needed bool) string {
	s := r.cell(field)
	if s == "" {
		if needed {
			r.wrong(field, "入力が必要です。", "It is needed.")
		}
		return ""
	}
	if meaning, ok := r.profile.values[field][s]; ok {
		return meaning
	}
	if field == "criteria_kind" {
		return "other"
	}
	r.wrong(field, fmt.Sprintf("「%s」は分かりません。", s), fmt.Sprintf("%q is not known.", s))
	return ""
}

func (r *Reader) number(field string, none int) int {
	s := r.cell(field)
	if s == "" {
		return none
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 10_000_000 || r.profile.strict && len(s) > 1 && s[0] == '0' { // 0001234 is a number of something
		r.wrong(field, "数ではありません。", "It is no number.")
		return none
	}
	return n
}

// moment is when it happened: in Japan, by the Western calendar or an era.
func (r *Reader) moment() time.Time {
	s := r.cell("occurred_at")
	if s == "" {
		r.wrong("occurred_at", "入力が必要です。", "It is needed.")
		return time.Time{}
	}
	if layout := map[string]string{"dmy": "2/1/2006 15:04:05", "mdy": "1/2/2006 15:04:05"}[r.profile.dates]; layout != "" {
		if t, err := time.ParseInLocation(layout, s, conf.JST); err == nil {
			return t
		}
		r.wrong("occurred_at", "日時ではないか、選んだ日付の形式と違います。", "It is no moment, or not written as was chosen.")
		return time.Time{}
	}
	for _, layout := range []string{"2006-01-02 15:04:05", "2006/01/02 15:04:05", "2006-01-02T15:04:05", "20060102150405", "2006/1/2 15:04:05", "2006-01-02T15:04:05Z07:00"} {
		if t, err := time.ParseInLocation(layout, s, conf.JST); err == nil {
			return t
		}
	}
	day, clock, _ := strings.Cut(strings.Join(strings.Fields(s), " "), " ")
	if d, ok := sheet.Day(day); ok {
		for _, layout := range []string{"15:04:05", "15:04", "15時04分05秒", "15時04分"} {
			if c, err := time.Parse(layout, clock); err == nil {
				return time.Date(d.Year(), d.Month(), d.Day(), c.Hour(), c.Minute(), c.Second(), 0, conf.JST)
			}
		}
	}
	r.wrong("occurred_at", "日時ではありません（例：2026-11-25 18:10:05、令和8年11月25日 18:10:05）。", "It is no moment.")
	return time.Time{}
}

// age is how old the person was at that time.
func (r *Reader) age(at time.Time) int {
	if n := r.number("age", -1); n >= 0 {
		if n > 130 {
			r.wrong("age", "年齢ではありません。", "It is no age.")
			return -1
		}
		return n
	}
	s := r.cell("birthday")
	if s == "" || at.IsZero() {
		return -1
	}
	born, ok := sheet.Day(s)
	if !ok {
		r.wrong("birthday", "日付ではありません。", "It is no date.")
		return -1
	}
	at = at.In(conf.JST)
	age := at.Year() - born.Year()
	if at.Month() < born.Month() || at.Month() == born.Month() && at.Day() < born.Day() {
		age--
	}
	if age < 0 || age > 130 {
		r.wrong("birthday", "生年月日が操作日時に合いません。", "It does not fit the moment.")
		return -1
	}
	return age
}
