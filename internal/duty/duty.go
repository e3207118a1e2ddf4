// Package duty is 今回の確認: the rule says that heads shall look at the footage of their unit, so
// that they can show that they did. For each unit there is a norm; the server draws what a round looks
// at, the head marks it, and what needs attention goes to crisis management as a report.
//
// Invariants:
//   - What is drawn lies within what the head may see under that very appointment, and is drawn once:
//     nobody draws again until something pleasing comes.
//   - A moment is marked only by the one it was drawn for, and only after they really saw it, as the
//     audit log tells; where there is nothing to be seen any more, nothing need be.
//   - A report is shown to its sender and to crisis management, and to nobody else; both only while
//     they hold the post. Rounds, reports and units that are not somebody's answer like missing ones.
//   - Every change is in the audit log before it takes effect, by ids, without the words of a report.
//
// It shows no footage (its peer viewing does, and tells through Config.Watching what is being seen)
// and keeps no list of tasks (inbox asks it).
package duty

import (
	"context"
	"crypto/rand"
	"io"
	"slices"
	"time"

	"yagura/internal/access"
	"yagura/internal/archive"
	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// Audit actions.
const (
	Draw       = "duty.draw"
	MarkMoment = "duty.mark"
	ChangeNorm = "duty.norm"
	SendReport = "report.send"
	TakeReport = "report.receive"
	CloseOut   = "report.outcome"
)

// Config is what a Room works with.
type Config struct {
	DB       *db.DB
	Access   *access.Engine
	Identity *identity.Registry
	Audit    *audit.Log
	Cameras  func() *camera.Set
	Footage  Footage
	Watching func(login string, id vms.CameraID) []vms.Span // footage seen in views whose audit row has no end yet
	Rand     io.Reader                                      // crypto/rand.Reader when nil
	Now      func() vms.Instant
}

// Footage tells what is recorded.
type Footage interface {
	// Recordings returns what is recorded within span, and the gaps with their causes.
	Recordings(ctx context.Context, feed vms.Feed, span vms.Span) ([]vms.Span, []vms.Gap, error)
	// Activity returns how much moved in so many equal parts of span, on a scale of the camera's own
	// up to 1000; −1 where nothing is recorded or permitted.
	Activity(ctx context.Context, feed vms.Feed, span vms.Span, buckets int, permit []vms.Span) ([]int, error)
}

var _ Footage = (*archive.Archive)(nil)

// Room keeps rounds and reports.
type Room struct{ Config }

// New returns the room over a database.
func New(c Config) *Room {
	if c.Rand == nil {
		c.Rand = rand.Reader
	}
	return &Room{c}
}

func entry(c identity.Caller, action, detail string) audit.Entry {
	return audit.Entry{Actor: c.Person.Login, Session: c.Session, From: c.From, Action: action, Detail: detail}
}

// Unit is a unit with cameras, and how its duty stands this month.
type Unit struct {
	ID, Name  string
	Parent    string // id of the 部 above; "" none
	Mine      bool   // the caller's own duty
	Cameras   int    // now
	Norm      Norm
	Done      int    // rounds finished this month
	Attention int    // moments of this month that needed attention
	Open      string // the caller's open round; "" none
}

// heads are the posts that have the duty.
var heads = []identity.Post{identity.DepartmentHead, identity.GeneralManager}

// dutiesOf returns the units whose head the person is now, in the order of the appointments. Without a
// camera a unit has no duty.
func (r *Room) dutiesOf(p *identity.Person, now vms.Instant) (units []string) {
	for _, a := range p.Appointments {
		if a.InForce(now) && slices.Contains(heads, a.Post) && !slices.Contains(units, a.Unit) &&
			r.Access.CheckUnit(as(p, a.Unit), access.Duty, a.Unit, now).Allow && len(r.camerasOf(a.Unit, now)) > 0 {
			units = append(units, a.Unit)
		}
	}
	return units
}

// as is the person with only what the headship of that unit gives.
func as(p *identity.Person, unit string) *identity.Person {
	only := *p
	only.Appointments = slices.DeleteFunc(slices.Clone(p.Appointments), func(a identity.Appointment) bool {
		return a.Unit != unit || !slices.Contains(heads, a.Post)
	})
	return &only
}

// camerasOf returns the cameras that belong to the unit, or to one below it, now.
func (r *Room) camerasOf(unit string, now vms.Instant) (cams []*camera.Camera) {
	set := r.Cameras()
	for _, cam := range set.Cameras {
		if slices.Contains(unitsOf(set.Organisation, cam, now, now), unit) {
			cams = append(cams, cam)
		}
	}
	return cams
}

// unitsOf returns the units, and those above them, that own at now the camera's footage of an instant;
// each once.
func unitsOf(org *camera.Organisation, cam *camera.Camera, footage, now vms.Instant) (units []string) {
	place, ok := cam.PlacementAt(footage)
	if !ok {
		return nil
	}
	for _, section := range place.Sections {
		for _, heir := range org.Heirs(section, now) {
			units = append(units, org.Line(heir.ID)...)
		}
	}
	slices.Sort(units)
	return slices.Compact(units)
}

// Units returns the units of the caller's duty and, for whoever may read how all of them stand or sets
// their norms, the others that have cameras; in 建制順.
func (r *Room) Units(ctx context.Context, c identity.Caller) (month Month, units []Unit, err error) {
	now := r.Now()
	month = MonthOf(now)
	listed := r.listed(c.Person, now)
	err = r.DB.Read(ctx, func(tx *db.Tx) error {
		units = slices.Clone(listed)
		counts, err := monthCounts(ctx, tx, month.Span())
		if err != nil {
			return err
		}
		for i := range units {
			u := &units[i]
			u.Done, u.Attention = counts[u.ID].done, counts[u.ID].attention
			if u.Norm, err = norm(ctx, tx, u.ID, now+1); err != nil {
				return err
			}
			if u.Mine {
				u.Open, err = openRound(ctx, tx, u.ID, c.Person.Login, now)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	return month, units, err
}

// listed returns the units the person is told of, without how they stand.
func (r *Room) listed(p *identity.Person, now vms.Instant) (units []Unit) {
	set, mine, all, cameras := r.Cameras(), r.dutiesOf(p, now), r.readsAll(p, now), map[string]int{}
	for _, cam := range set.Cameras {
		for _, unit := range unitsOf(set.Organisation, cam, now, now) {
			cameras[unit]++
		}
	}
	for _, u := range set.Organisation.Units {
		own := slices.Contains(mine, u.ID)
		if u.In(now) && cameras[u.ID] > 0 && (own || all) {
			units = append(units, Unit{ID: u.ID, Name: u.Name, Parent: u.Parent, Mine: own, Cameras: cameras[u.ID]})
		}
	}
	return units
}

// readsAll reports whether the person may read how every unit stands: who sets norms needs to.
func (r *Room) readsAll(p *identity.Person, now vms.Instant) bool {
	return r.Access.CheckUnit(p, access.DutyRead, "", now).Allow || r.Access.CheckUnit(p, access.ApprovePolicy, "", now).Allow
}

func (r *Room) receives(p *identity.Person, now vms.Instant) bool {
	return r.Access.CheckUnit(p, access.DutyReceive, "", now).Allow
}

// errNoUnit answers alike for units that do not exist and those one has no business with.
var errNoUnit = vms.Errorf(vms.NotFound, "no-unit", "確認する部署がありません。 There is no such unit for you.")

// Month is a month of Japan.
type Month struct {
	Year  int
	Month time.Month
}

// MonthOf returns the month an instant lies in.
func MonthOf(at vms.Instant) Month {
	t := at.Time().In(conf.JST)
	return Month{t.Year(), t.Month()}
}

// ParseMonth reads YYYY-MM.
func ParseMonth(text string) (Month, error) {
	t, err := time.Parse("2006-01", text)
	if err != nil || t.Year() < 1970 {
		return Month{}, vms.Errorf(vms.Invalid, "bad-month", "%q は月ではありません（例 2017-06）。 That is no month, such as 2017-06.", text)
	}
	return Month{t.Year(), t.Month()}, nil
}

// Span is the month's time.
func (m Month) Span() vms.Span {
	from := time.Date(m.Year, m.Month, 1, 0, 0, 0, 0, conf.JST)
	return vms.Span{From: vms.InstantOf(from), To: vms.InstantOf(from.AddDate(0, 1, 0))}
}

func (m Month) String() string {
	return time.Date(m.Year, m.Month, 1, 0, 0, 0, 0, conf.JST).Format("2006-01")
}
