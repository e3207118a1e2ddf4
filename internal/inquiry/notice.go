package inquiry

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/factor"
	"yagura/internal/vms"
)

// Notice is the public page, as things stand.
type Notice struct {
	Organisation string
	Kinds        []Kind
	Viewers      []access.Viewer
	Areas        []Area
	Month        string // YYYY-MM: the last whole one
	Departments  []Department
	Purposes     map[string]int // views of that month, by purpose; "" where none was needed
	Contact      Contact
	QR           []string // the page's address, rows of 1 and 0
	Page         string
}

// Kind is a legal kind of camera that is in use.
type Kind struct {
	Kind        camera.Kind
	Cameras     int
	Least, Most int      // days footage is kept
	Purposes    []string // for which it may be looked at
}

// Area is a place in public words: a building, or a floor of it.
type Area struct{ Site, Floor, Name string }

// Department is how often footage of a 部 was looked at.
type Department struct {
	Unit    string // id; "" for cameras that no unit has any more
	Name    string
	Live    int
	Past    int
	Exports int
}

// Notice returns the public page; it is made anew once a minute.
func (r *Room) Notice(ctx context.Context) (*Notice, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.Now()
	if r.notice != nil && now.Sub(r.made) < noticeFor {
		return r.notice, nil
	}
	n, err := r.makeNotice(ctx, now)
	if err != nil {
		return nil, err
	}
	r.notice, r.made = n, now
	return n, nil
}

func (r *Room) makeNotice(ctx context.Context, now vms.Instant) (*Notice, error) {
	set := r.Cameras()
	n := &Notice{Organisation: set.Organisation.Name, Viewers: r.Access.Viewers(), Areas: areas(set, now), Contact: r.Contact, Page: r.Page}
	for _, kind := range []camera.Kind{camera.Surveillance, camera.Security} {
		if k := kindOf(set, kind, now); k.Cameras > 0 {
			n.Kinds = append(n.Kinds, k)
		}
	}
	var err error
	if n.QR, err = factor.QR(r.Page); err != nil {
		return nil, err
	}
	month := lastMonth(now)
	n.Month = month.From.Time().In(conf.JST).Format("2006-01")
	counts, err := r.Audit.Counts(ctx, month)
	if err != nil {
		return nil, err
	}
	withheld, err := r.withheld(ctx)
	if err != nil {
		return nil, err
	}
	counts = slices.DeleteFunc(counts, func(c audit.Count) bool { return withheld(c.Case) })
	n.Departments, n.Purposes = departments(set, counts, now)
	return n, nil
}

// kindOf counts the cameras of a kind that hang now.
func kindOf(set *camera.Set, kind camera.Kind, now vms.Instant) Kind {
	k := Kind{Kind: kind, Purposes: access.Purposes(kind)}
	for _, cam := range set.Cameras {
		if _, hangs := cam.PlacementAt(now); !hangs || cam.Kind != kind {
			continue
		}
		days := int((cam.Retention + 24*time.Hour - 1) / (24 * time.Hour))
		if k.Cameras++; k.Cameras == 1 {
			k.Least = days
		}
		k.Least, k.Most = min(k.Least, days), max(k.Most, days)
	}
	return k
}

// areas are the places where cameras hang, in the order of the sites.
func areas(set *camera.Set, now vms.Instant) (out []Area) {
	for _, cam := range set.Cameras {
		if _, hangs := cam.PlacementAt(now); !hangs {
			continue
		}
		a := Area{cam.Site, cam.Floor, cam.SiteName}
		if a.Floor != "" {
			a.Name += " " + a.Floor
		}
		if !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return out
}

// lastMonth is the month before this one, in Japan.
func lastMonth(now vms.Instant) vms.Span {
	t := now.Time().In(conf.JST)
	first := time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, conf.JST)
	return vms.Span{From: vms.InstantOf(first.AddDate(0, -1, 0)), To: vms.InstantOf(first)}
}

// departments adds up the counts by 部: those that have cameras now, and those whose footage was looked at.
// What two of them share counts for both.
func departments(set *camera.Set, counts []audit.Count, now vms.Instant) ([]Department, map[string]int) {
	all, purposes := map[string]*Department{}, map[string]int{}
	of := func(id string) *Department {
		d := all[id]
		if d == nil {
			d = &Department{Unit: id}
			if u := set.Organisation.Find(id); u != nil {
				d.Name = u.Name
			}
			all[id] = d
		}
		return d
	}
	for _, cam := range set.Cameras {
		for _, id := range departmentsOf(set, cam, now, now) {
			of(id)
		}
	}
	for _, c := range counts {
		purposes[c.Purpose] += c.N
		ids := []string{""}
		if cam := set.Find(c.Camera); cam != nil {
			ids = departmentsOf(set, cam, audit.DayStart(c.Footage+1)-1, now)
		}
		for _, id := range ids {
			if c.Action == audit.ViewLive {
				of(id).Live += c.N
			} else {
				of(id).Past += c.N
			}
		}
	}
	order := func(d Department) int {
		if u := set.Organisation.Find(d.Unit); u != nil {
			return u.Order
		}
		return 1 << 30
	}
	var out []Department
	for _, d := range all {
		out = append(out, *d)
	}
	slices.SortFunc(out, func(a, b Department) int { return cmp.Compare(order(a), order(b)) })
	return out, purposes
}

// departmentsOf are the 部 whose footage of that instant it is now; one of no name where there is none.
func departmentsOf(set *camera.Set, cam *camera.Camera, at, now vms.Instant) []string {
	ids := map[string]bool{}
	if p, ok := cam.PlacementAt(at); ok {
		for _, section := range p.Sections {
			for _, heir := range set.Organisation.Heirs(section, now) {
				ids[set.Organisation.Department(heir.ID).ID] = true
			}
		}
		if len(ids) == 0 {
			ids[""] = true
		}
	}
	return slices.Sorted(maps.Keys(ids))
}
