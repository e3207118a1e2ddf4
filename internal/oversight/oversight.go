// Package oversight is how the audit log is read: the rows somebody may see, with names, the true end
// of each view, and hints at what is unusual; and the signed export of them.
//
// Invariants:
//   - 監査 reads every row. Heads read who looked at footage that was their unit's at the instant of
//     the footage, without network addresses, and only the part of a view that lies in it; of a view
//     in a sealed case, which may be about themselves, nothing until the seal ends. Everybody reads
//     their own rows whole. What one may not read looks like what is not there.
//   - 危機管理 seals a case, once, for 90 days; only somebody else extends that, by 90 more each time.
//   - A hint is a number beside its limit, worked out when it is read, and never a verdict.
//   - An export is in the log before its first byte leaves, and what 監査 asks of the log before it is
//     answered: who reviews others can be reviewed.
//
// It writes no row but those and the ones of seals, shows no footage, and does not verify the log (audit does).
package oversight

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"maps"
	"slices"
	"sync"
	"time"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// Config is what a Room works with.
type Config struct {
	DB       *db.DB
	Log      *audit.Log
	Access   *access.Engine
	Identity *identity.Registry
	Cameras  func() *camera.Set
	Key      ed25519.PrivateKey // signs exports
	Now      func() vms.Instant
}

// Read is the action of a row about who read the log as 監査, and what they asked for.
const Read = "audit.read"

// Room reads the log.
type Room struct {
	Config

	mu    sync.Mutex
	asked map[string]vms.Instant // by session and question: when it was last noted
}

// New returns the room.
func New(c Config) *Room { return &Room{Config: c, asked: map[string]vms.Instant{}} }

// Me as Filter.Actor is the caller.
const Me = "me"

// Filter selects rows; zero fields select all.
type Filter struct {
	Actor   string // login, or Me
	Camera  vms.CameraID
	Action  string
	Outcome string
	Purpose string
	Hinted  bool     // only views with something unusual about them; an export has them all
	Time    vms.Span // when it happened; To 0 is without end
	Unit    string   // id: rows about footage that was this unit's, or that of one below it
	Before  int64    // only rows of a smaller Seq: the next page
	Limit   int
}

// Entry is a row as it is read. Of a view, its end is part of it; ends are no rows of their own unless
// they are asked for.
type Entry struct {
	audit.Viewing
	Name  string // of the actor; the login where nobody knows it
	Title string // of the post they held then; "" none
	Hints []Hint
}

// page is how many rows are looked at at a time.
const page = 500

// Page is a part of the list.
type Page struct {
	Entries []Entry // newest first
	Next    int64   // Filter.Before of the page after it; 0: there is none
}

// farthest is how many rows a page of hinted views is looked for among; it may be short, even empty,
// and yet have a next one.
const farthest = 4 * page

// List returns a page of rows.
func (r *Room) List(ctx context.Context, c identity.Caller, f Filter) (p Page, err error) {
	s, err := r.scope(ctx, c.Person, f.Unit)
	if err != nil {
		return p, err
	}
	if f.Hinted {
		p, err = r.hinted(ctx, s, f)
	} else {
		p, err = r.list(ctx, s, f)
	}
	if err != nil {
		return p, err
	}
	return p, r.note(ctx, c, s, f)
}

// again is for how long a question that is asked once more, as when a page is loaded again, is the same.
const again = 10 * time.Minute

// note writes into the log that somebody reads it as 監査. Pages of one question are one row: the place a page
// begins at is not part of it, and makes no exception either.
func (r *Room) note(ctx context.Context, c identity.Caller, s scope, f Filter) error {
	if !s.all || f.Actor == Me || f.Actor == s.login {
		return nil
	}
	detail, err := json.Marshal(f.words())
	if err != nil {
		return err
	}
	question := c.Session + string(detail)
	r.mu.Lock()
	maps.DeleteFunc(r.asked, func(_ string, at vms.Instant) bool { return s.now.Sub(at) >= again })
	_, same := r.asked[question]
	r.mu.Unlock()
	if same {
		return nil
	}
	if _, err = r.Log.Append(ctx, audit.Entry{Actor: s.login, Session: c.Session, From: c.From, Action: Read, Detail: string(detail)}); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked[question] = s.now
	return nil
}

func (r *Room) list(ctx context.Context, s scope, f Filter) (p Page, err error) {
	err = r.each(ctx, s, f, min(page, f.Limit+1), func(batch []audit.Viewing, _ int64) (bool, error) {
		for _, v := range batch {
			if len(p.Entries) == f.Limit {
				p.Next = p.Entries[f.Limit-1].Seq
				return false, nil
			}
			p.Entries = append(p.Entries, Entry{Viewing: v})
		}
		return true, nil
	})
	if err != nil {
		return p, err
	}
	return p, r.describe(ctx, s, p.Entries)
}

// hinted returns a page of the views that have hints. Hints are worked out as rows are read, so that
// a page is looked for among so many rows and no more.
func (r *Room) hinted(ctx context.Context, s scope, f Filter) (p Page, err error) {
	rows, step := 0, min(page, 2*f.Limit)
	err = r.each(ctx, s, f, step, func(batch []audit.Viewing, last int64) (bool, error) {
		entries, err := r.entries(ctx, s, batch)
		if err != nil {
			return false, err
		}
		for _, e := range entries {
			switch {
			case len(e.Hints) == 0:
			case len(p.Entries) == f.Limit:
				p.Next = p.Entries[f.Limit-1].Seq
				return false, nil
			default:
				p.Entries = append(p.Entries, e)
			}
		}
		if rows, step = rows+step, page; rows >= farthest {
			p.Next = last
		}
		return rows < farthest, nil
	})
	return p, err
}

// Somebody is a person whose rows one may ask for.
type Somebody struct{ Login, Name, Title string }

// Reach is how far somebody reads in the log.
type Reach struct {
	All    bool       // every row
	Floors bool       // also who looked at footage of their own units
	People []Somebody // for whoever reads every row: everybody there is
}

// Reach returns how far the person reads.
func (r *Room) Reach(ctx context.Context, p *identity.Person) (out Reach, err error) {
	s, err := r.scope(ctx, p, "")
	out.All, out.Floors = s.all, len(s.whose) > 0
	if err != nil || !s.all {
		return out, err
	}
	people, err := r.Identity.People(ctx)
	for _, p := range people {
		out.People = append(out.People, Somebody{p.Login, p.Name, titleAt(p, s.now)})
	}
	return out, err
}

// Walk calls fn with all rows of these actions that happened within span, with their hints, newest first and
// batch by batch: for rooms that review them, not for people.
func (r *Room) Walk(ctx context.Context, actions []string, span vms.Span, fn func([]Entry) error) error {
	s := scope{all: true, now: r.Now()}
	q := audit.Filter{Actions: actions, Time: span, NoEnds: true, Limit: page}
	return r.read(ctx, s, q, func(batch []audit.Viewing, _ int64) (bool, error) {
		entries, err := r.entries(ctx, s, batch)
		if err != nil {
			return false, err
		}
		return true, fn(entries)
	})
}

// Entries returns the rows with these ids, likewise.
func (r *Room) Entries(ctx context.Context, ids []string) (map[string]Entry, error) {
	s, out := scope{all: true, now: r.Now()}, map[string]Entry{}
	for some := range slices.Chunk(ids, page) {
		err := r.read(ctx, s, audit.Filter{IDs: some, Limit: page}, func(batch []audit.Viewing, _ int64) (bool, error) {
			entries, err := r.entries(ctx, s, batch)
			for _, e := range entries {
				out[e.ID] = e
			}
			return true, err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// entries are rows with names and hints.
func (r *Room) entries(ctx context.Context, s scope, batch []audit.Viewing) ([]Entry, error) {
	out := make([]Entry, len(batch))
	for i, v := range batch {
		out[i].Viewing = v
	}
	return out, r.describe(ctx, s, out)
}

// each calls fn with what may be seen of the filtered rows, newest first, batch by batch, and the place
// of the last row looked at, until fn says stop.
func (r *Room) each(ctx context.Context, s scope, f Filter, batch int, fn func([]audit.Viewing, int64) (bool, error)) error {
	q := s.filter(f)
	q.Limit = batch
	return r.read(ctx, s, q, fn)
}

func (r *Room) read(ctx context.Context, s scope, q audit.Filter, fn func([]audit.Viewing, int64) (bool, error)) error {
	for ; ; q.Limit = page {
		rows, err := r.Log.Query(ctx, q)
		if err != nil || len(rows) == 0 {
			return err
		}
		q.Before = rows[len(rows)-1].Seq
		views, err := r.Log.Ends(ctx, rows)
		if err != nil {
			return err
		}
		seen := views[:0]
		for _, v := range views {
			if shown, ok := s.show(v); ok {
				seen = append(seen, shown)
			}
		}
		if on, err := fn(seen, q.Before); err != nil || !on || len(rows) < q.Limit {
			return err
		}
	}
}

// scope is what somebody may read of the log, in a unit or everywhere.
type scope struct {
	login string
	all   bool
	now   vms.Instant
	seals map[string]bool             // cases they are not told of
	whose map[vms.CameraID][]vms.Span // footage of which they may know who viewed it
	unit  map[vms.CameraID][]vms.Span // footage of the unit asked for; nil: of all
}

func (r *Room) scope(ctx context.Context, p *identity.Person, unit string) (s scope, err error) {
	s = scope{login: p.Login, now: r.Now(), whose: map[vms.CameraID][]vms.Span{}}
	s.all = r.Access.CheckUnit(p, access.ReadRecords, "", s.now).Allow
	if s.seals, err = r.sealedNow(ctx); err != nil {
		return s, err
	}
	set := r.Cameras()
	for _, cam := range set.Cameras {
		if spans := r.Access.Permitted(p, access.WhoViewed, cam, s.now); len(spans) > 0 {
			s.whose[cam.ID] = spans
		}
	}
	if unit == "" {
		return s, nil
	}
	s.unit = map[vms.CameraID][]vms.Span{}
	for _, cam := range set.Cameras {
		for i, p := range cam.Placements {
			if slices.ContainsFunc(p.Sections, func(id string) bool { return under(set.Organisation, id, unit, s.now) }) {
				s.unit[cam.ID] = append(s.unit[cam.ID], cam.Span(i))
			}
		}
	}
	return s, nil
}

// under reports whether a section's work is done in the unit, or below it, now.
func under(org *camera.Organisation, section, unit string, now vms.Instant) bool {
	return slices.ContainsFunc(org.Heirs(section, now), func(u *camera.Unit) bool { return slices.Contains(org.Line(u.ID), unit) })
}

// filter is what is asked of the database; show goes on from there.
func (s scope) filter(f Filter) audit.Filter {
	q := audit.Filter{Actor: f.Actor, Camera: f.Camera, Action: f.Action, Outcome: f.Outcome, Purpose: f.Purpose, Time: f.Time, Before: f.Before,
		NoEnds: f.Action != audit.ViewEnd}
	if f.Hinted {
		q.Actions = audit.Views
	}
	if q.Actor == Me {
		q.Actor = s.login
	}
	if s.unit != nil {
		q.Cameras = keys(s.unit)
	}
	if !s.all {
		q.Reader = &audit.Reader{Login: s.login, Cameras: keys(s.whose)}
	}
	return q
}

// keys are never nil.
func keys(m map[vms.CameraID][]vms.Span) []vms.CameraID {
	out := make([]vms.CameraID, 0, len(m))
	for id := range m {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

// show is the row as it may be read, and whether it may.
func (s scope) show(v audit.Viewing) (audit.Viewing, bool) {
	if s.unit != nil && len(within(v, s.unit[v.Camera])) == 0 {
		return v, false
	}
	if s.all || v.Actor == s.login {
		return v, true
	}
	seen := within(v, s.whose[v.Camera])
	if len(seen) == 0 || s.seals[fold(v.Case)] {
		return v, false
	}
	if v.Ranges != nil {
		v.Ranges = seen
	}
	v.Session, v.From, v.Process, v.Node = "", "", "", ""
	return v, true
}

// within is the part of the footage a row is about that lies in spans: what was seen, else the instant
// that was asked for.
func within(v audit.Viewing, spans []vms.Span) []vms.Span {
	about := v.Ranges
	if len(about) == 0 {
		at := v.At
		if at == 0 {
			at = v.Time
		}
		about = []vms.Span{{From: at, To: at + 1}}
	}
	return vms.Subtract(about, vms.Subtract(about, spans))
}

// describe adds names and hints.
func (r *Room) describe(ctx context.Context, s scope, entries []Entry) error {
	people := map[string]*identity.Person{}
	for i := range entries {
		e := &entries[i]
		p, known := people[e.Actor]
		if !known {
			p, _ = r.Identity.Person(ctx, e.Actor) // rows outlive people, and some are nobody's
			people[e.Actor] = p
		}
		e.Name = e.Actor
		if p != nil {
			e.Name, e.Title = p.Name, titleAt(p, e.Time)
		}
	}
	return r.hint(ctx, s, entries)
}

// titleAt is the first post the person held then.
func titleAt(p *identity.Person, at vms.Instant) string {
	for _, a := range p.Appointments {
		if a.InForce(at) {
			return a.Post.Title()
		}
	}
	return ""
}
