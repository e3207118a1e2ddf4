package compliance

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/holiday"
	"yagura/internal/record"
	"yagura/internal/vms"
)

var weekdays = []record.Option{option("1", "月", "Mon"), option("2", "火", "Tue"), option("3", "水", "Wed"), option("4", "木", "Thu"), option("5", "金", "Fri"), option("6", "土", "Sat"), option("0", "日", "Sun")}

// BusinessCalendar is when a unit works, and all units below it that have none of their own: a facility that opens at weekends,
// a school. The newest one in force on a day counts; without any it is the ward's offices.
var BusinessCalendar = record.Kind{
	ID: "business-calendar", Name: text("業務カレンダー", "Business calendar"), Prefix: "暦", Day: "from", Title: []string{"from", "weekdays", "opens", "closes"},
	Note: text("所属とその下の所属の開庁日・業務時間です。情報安全担当が定めます。ない所属は区役所の開庁日によります。", "When a unit and those below it work. Without one it is the ward's offices."),
	Fields: []record.Field{
		must(date("from", "適用開始日", "In force from")), date("until", "適用終了日", "Until"),
		must(choices("weekdays", "開庁曜日", "Days of the week", weekdays...)),
		yes("holidays", "祝日も開庁", "Open on holidays"), yes("year_end", "年末年始も開庁", "Open at New Year"),
		must(clock("opens", "業務開始", "Opens")), must(clock("closes", "業務終了", "Closes")),
		helped(bounded(number("patrol_days", "巡回の基準", "Patrol within", "営業日", "business days"), 1, 20), "この日数巡回がなければ催促します。空欄は5日です。", "Whom it concerns is reminded after that. Empty: 5."),
		table("days", "臨時の開庁・閉庁", "Other days",
			must(date("day", "日", "Day")), must(choice("open", "開閉", "Open or closed", option("open", "開庁", "Open"), option("closed", "閉庁", "Closed"))), line("why", "理由", "Why")),
		lines("note", "備考", "Notes"),
	},
	States: []record.State{open("draft", "案", "Draft"), state("in_force", "適用中", "In force"), done("ended", "終了", "Ended")},
	Moves: []record.Move{
		move("set", "適用する", "Put in force", "draft", "in_force"),
		move("end", "終了する", "End", "in_force", "ended", needs("until"), withReason),
	},
	Rules: []record.Rule{
		ordered("from", "until", "適用終了日が適用開始日より前です。", "It ends before it begins."),
		ordered("opens", "closes", "業務終了が業務開始より前です。", "It closes before it opens."),
	},
	Columns: []string{"from", "until", "weekdays", "opens", "closes", "patrol_days"},
	Readers: everyUnit, Writers: office,
}

// bounded is the number, from one to another.
func bounded(f record.Field, least, most int64) record.Field { f.Min, f.Max = least, most; return f }

// Hours of the ward's offices, and after how many business days without a patrol somebody is reminded.
const (
	wardOpens, wardCloses = "08:30", "17:15"
	patrolWithin          = 5
)

// hours are when a unit works, for as long as a calendar is in force.
type hours struct {
	from, until       string
	weekdays          []string
	holidays, yearEnd bool
	opens, closes     string
	patrol            int
	days              map[string]bool // open ones and closed ones
}

func hoursOf(r *record.Record) *hours {
	v := r.Values
	h := &hours{from: v.Text("from"), until: v.Text("until"), weekdays: v.List("weekdays"), holidays: v.Yes("holidays"), yearEnd: v.Yes("year_end"),
		opens: v.Text("opens"), closes: v.Text("closes"), patrol: int(v.Number("patrol_days")), days: map[string]bool{}}
	if h.patrol == 0 {
		h.patrol = patrolWithin
	}
	for _, d := range v.Rows("days") {
		h.days[d.Text("day")] = d.Text("open") == "open"
	}
	return h
}

func (h *hours) works(day time.Time) bool {
	if open, other := h.days[day.Format(time.DateOnly)]; other {
		return open
	}
	if !slices.Contains(h.weekdays, strconv.Itoa(int(day.Weekday()))) {
		return false
	}
	switch holiday.On(vms.InstantOf(day)) {
	case "":
		return true
	case holiday.YearEnd:
		return h.yearEnd
	}
	return h.holidays
}

// Calendar is when each unit works, as the records of calendars say.
type Calendar struct {
	cameras func() *camera.Set
	of      atomic.Pointer[map[string][]*hours] // by unit, the newest first
}

var _ record.Calendar = (*Calendar)(nil)

// on are the hours of a unit on a day: its own, or those of the nearest unit above it; nil: the ward's.
func (c *Calendar) on(unit string, day time.Time) *hours {
	all := c.of.Load()
	if all == nil || len(*all) == 0 {
		return nil
	}
	d := day.In(conf.JST).Format(time.DateOnly)
	for _, u := range c.cameras().Organisation.Line(unit) {
		for _, h := range (*all)[u] {
			if h.from <= d && (h.until == "" || d <= h.until) {
				return h
			}
		}
	}
	return nil
}

// Works reports whether a unit works on a day. Unit "" is the ward.
func (c *Calendar) Works(unit string, day time.Time) bool {
	if h := c.on(unit, day); h != nil {
		return h.works(day.In(conf.JST))
	}
	return !holiday.Closed(vms.InstantOf(day))
}

// Hours are those of a unit on a day, as 08:30.
func (c *Calendar) Hours(unit string, day time.Time) (opens, closes string) {
	if h := c.on(unit, day); h != nil {
		return h.opens, h.closes
	}
	return wardOpens, wardCloses
}

// open reports whether a unit works at a time of a day, or on that day where the time is "".
func (c *Calendar) open(unit string, day time.Time, clock string) bool {
	opens, closes := c.Hours(unit, day)
	return c.Works(unit, day) && (clock == "" || opens <= clock && clock < closes)
}

// PatrolWithin is the norm of a unit: how many business days go by without a patrol at most.
func (c *Calendar) PatrolWithin(unit string, day time.Time) int {
	if h := c.on(unit, day); h != nil {
		return h.patrol
	}
	return patrolWithin
}

// calendars is the topic of changes of business calendars.
const calendars = "business-calendar"

// wrote tells all nodes where a calendar changed.
func (r *Room) wrote(ctx context.Context, tx *db.Tx, rec *record.Record) error {
	if rec.Kind != BusinessCalendar.ID {
		return nil
	}
	return r.c.DB.Signal(ctx, tx, calendars)
}

// Run keeps the calendars as the records say, and the deadlines that count by them, until ctx ends.
func (r *Room) Run(ctx context.Context) error {
	return r.c.DB.Watch(ctx, calendars, r.Reckon)
}

// Reckon reads the calendars, and counts anew what is due by them.
func (r *Room) Reckon(ctx context.Context) error {
	if err := r.loadCalendars(ctx); err != nil {
		return err
	}
	return r.Store.Reckon(ctx)
}

func (r *Room) loadCalendars(ctx context.Context) error {
	all, err := r.every(ctx, house, BusinessCalendar.ID, record.Query{States: []string{"in_force", "ended"}})
	if err != nil {
		return err
	}
	of := map[string][]*hours{}
	for _, x := range slices.Backward(all) { // of two that begin on a day the one written last
		of[x.Unit] = append(of[x.Unit], hoursOf(x))
	}
	for _, list := range of {
		slices.SortStableFunc(list, func(a, b *hours) int { return strings.Compare(b.from, a.from) })
	}
	r.Days.of.Store(&of)
	return nil
}
