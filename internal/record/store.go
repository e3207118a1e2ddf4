package record

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"time"

	"yagura/internal/attachment"
	"yagura/internal/audit"
	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/vms"
)

// What a version is. A version made by a move has the move's id.
const (
	Created   = "create"
	Edited    = "edit"
	Corrected = "correct"
	Seen      = "see" // what a deputy did was seen by whom they stood in for
)

// Audit actions. Detail is the kind, the id and what was done, never what the record says.
const (
	CreateRecord  = "record.create"
	EditRecord    = "record.edit"
	MoveRecord    = "record.move"
	CorrectRecord = "record.correct"
	SeeRecord     = "record.see"
	ImportRecords = "record.import"
	ExportRecords = "record.export"
	RetellRecords = "record.retell"
)

// Actor is who acts.
type Actor struct {
	Login string
	Name  string      // as it stands in records that name them
	Entry audit.Entry // session and address of the rows about what they do

	// Sign is their name with the post by which they act, as it is kept in the history and printed in stamps.
	Sign func(role Role) string

	// Has reports whether they hold a post for a unit now: of it, or of one above it. Unit "" asks for the
	// ward as a whole.
	Has func(role Role, unit string) bool
}

// role is the first of the posts that they hold for the unit.
func (a Actor) role(roles []Role, unit string) (Role, bool) {
	i := slices.IndexFunc(roles, func(r Role) bool { return a.Has(r, unit) })
	if i < 0 {
		return "", false
	}
	return roles[i], true
}

func (a Actor) any(roles []Role, unit string) bool {
	_, has := a.role(roles, unit)
	return has
}

// Record is a record as it stands.
type Record struct {
	ID      string
	Kind    string
	Number  int64 // within kind and fiscal year
	Year    int   // fiscal year of the number
	Unit    string
	Name    string // of the unit, when the record was written
	State   string
	Version int64
	Values  Values
	By      string // login of who created it
	Created vms.Instant
	Changed vms.Instant
	Since   vms.Instant       // since when it is in its state
	Unseen  Role              // whose deputy made the last move, which they have not seen yet; "" nothing to see
	Names   map[string]string // of the people it names, by login, when they were written into it
}

// Version is one version of a record.
type Version struct {
	Version int64
	What    string // Created, Edited, Corrected, Seen or a move
	Deputy  bool   // in place of whom it belongs to
	State   string
	By      string
	Name    string // with the post, then
	At      vms.Instant
	Reason  string
	Values  Values
	Names   map[string]string // as Record.Names
}

// Config is what a Store works with.
type Config struct {
	DB       *db.DB
	Log      *audit.Log
	Now      func() vms.Instant
	Declared []*Kind
	Calendar Calendar
	Unit     func(id string) (name string, ok bool)                           // of the organisation, as it is now
	Units    func() []string                                                  // ids of all there are and were
	Person   func(ctx context.Context, login string) (name string, err error) // "" nobody known; may be nil
	Shelf    *attachment.Shelf                                                // nil: no files are taken

	// Exists reports whether a person, a unit or a camera was there on a day, as 2017-06-01. nil: nobody is asked.
	Exists func(ctx context.Context, n Named, day string) (Presence, error)

	// Wrote hears of every record as it is written, in its transaction. nil: nobody does.
	Wrote func(ctx context.Context, tx *db.Tx, r *Record) error
}

// Store is the records in a database.
type Store struct {
	Config
	kinds map[string]*Kind
}

// New returns the records of these kinds. A declaration that contradicts itself is an error.
func New(c Config) (*Store, error) {
	s := &Store{Config: c, kinds: map[string]*Kind{}}
	for _, k := range c.Declared {
		if err := k.Check(); err != nil {
			return nil, err
		}
		if s.kinds[k.ID] != nil {
			return nil, fmt.Errorf("kind %s is declared twice", k.ID)
		}
		s.kinds[k.ID] = k
	}
	for _, k := range c.Declared {
		for _, f := range links(k.Fields) {
			if s.kinds[f.Kind] == nil {
				return nil, fmt.Errorf("kind %s: field %s leads to a kind %q that there is not", k.ID, f.ID, f.Kind)
			}
		}
	}
	return s, nil
}

// Kinds are the kinds, in the order they were declared.
func (s *Store) Kinds() []*Kind { return s.Declared }

// Kind returns a kind; an error of kind vms.NotFound where there is none.
func (s *Store) Kind(id string) (*Kind, error) {
	if k := s.kinds[id]; k != nil {
		return k, nil
	}
	return nil, errNoKind
}

// Errors that several steps answer with.
var (
	// errNone answers alike for records that do not exist and those one may not know of.
	errNone    = vms.Errorf(vms.NotFound, "no-record", "記録がありません。 There is no such record.")
	errNoKind  = vms.Errorf(vms.NotFound, "no-kind", "その種類の記録はありません。 There is no such kind of record.")
	errChanged = vms.Errorf(vms.Conflict, "changed", "ほかの人が先に書き換えました。読み直してください。 Somebody else changed it first: read it again.")
	errSame    = vms.Errorf(vms.Conflict, "same-key", "同じ記録がすでにあります。 There is such a record already.")
)

func denied(what string) error { return vms.Errorf(vms.Denied, "denied", "%s", what) }

// Writes reports whether somebody may create and edit records of a unit.
func (k *Kind) Writes(a Actor, unit string) bool { return a.any(k.Writers, unit) }

// Reads reports whether somebody may read any of the kind's records, of one of the units.
func (s *Store) Reads(k *Kind, a Actor) bool { return len(s.readable(k, a, nil)) > 0 }

// Reads reports whether somebody may read records of a unit: readers, and whoever may write or move them.
func (k *Kind) Reads(a Actor, unit string) bool {
	return a.any(k.Readers, unit) || a.any(k.Writers, unit) ||
		slices.ContainsFunc(k.Moves, func(m Move) bool { return a.any(m.By, unit) || a.any(m.Deputy, unit) })
}

// Draft is a record to be.
type Draft struct {
	Unit   string // "" of a kind of the ward
	Values map[string]any
}

// Create writes a new record.
func (s *Store) Create(ctx context.Context, a Actor, kind string, d Draft) (*Record, error) {
	k, err := s.Kind(kind)
	if err != nil {
		return nil, err
	}
	r, err := s.draft(k, a, d)
	if err != nil {
		return nil, err
	}
	if err := s.refer(ctx, s.DB, a, k, nil, r); err != nil {
		return nil, err
	}
	if err := s.say(ctx, a, CreateRecord, k, r, ""); err != nil {
		return nil, err
	}
	return r, s.DB.Tx(ctx, func(tx *db.Tx) error { return s.insert(ctx, tx, a, k, r) })
}

// draft checks a new record, which has no number and no names yet.
func (s *Store) draft(k *Kind, a Actor, d Draft) (*Record, error) {
	now := s.Now()
	r := &Record{ID: rand.Text(), Kind: k.ID, Unit: d.Unit, State: k.States[0].ID, Version: 1, By: a.Login, Created: now, Changed: now, Since: now,
		Year: FiscalYear(now)}
	var err error
	if r.Name, err = s.unitName(k, d.Unit); err != nil {
		return nil, err
	}
	switch {
	case k.Writes(a, d.Unit):
	case !s.Reads(k, a):
		return nil, errNoKind
	default:
		return nil, denied("この所属の" + k.Name.Ja + "を記録する職ではありません。 Not a post that keeps these records for this unit.")
	}
	r.Values, err = k.whole(d.Values)
	return r, err
}

func (s *Store) unitName(k *Kind, unit string) (string, error) {
	if k.Ward {
		if unit != "" {
			return "", Problems{{"unit", Text{"所属ごとの記録ではありません。", "These records belong to no unit."}}}
		}
		return "", nil
	}
	name, ok := s.Unit(unit)
	if !ok {
		return "", Problems{{"unit", Text{"所属を選んでください。", "Choose a unit."}}}
	}
	return name, nil
}

// whole reads values that make a whole record.
func (k *Kind) whole(raw map[string]any, needs ...string) (Values, error) {
	v, problems := k.Read(raw)
	if len(problems) == 0 {
		problems = k.Lacks(v, needs...)
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return v, nil
}

// say writes what is about to happen into the audit log.
func (s *Store) say(ctx context.Context, a Actor, action string, k *Kind, r *Record, what string) error {
	e := a.Entry
	e.Actor, e.Action = a.Login, action
	e.Detail = strings.TrimSpace(k.ID + " " + r.ID + " " + what)
	_, err := s.Log.Append(ctx, e)
	return err
}

// Change changes a record: while its state is open it is edited; afterwards it is corrected, with a reason that
// stays beside what it said before. version is the one that was seen: whoever was slower is told.
func (s *Store) Change(ctx context.Context, a Actor, id string, version int64, change map[string]any, reason string) (*Record, error) {
	r, k, err := s.mine(ctx, a, id, version)
	if err != nil {
		return nil, err
	}
	next, v, err := k.changed(a, r, change, reason, func() ([]string, error) { return s.needed(ctx, k, r.ID) })
	if err != nil {
		return nil, err
	}
	if err := s.refer(ctx, s.DB, a, k, r, next); err != nil {
		return nil, err
	}
	if equal(next.Values, r.Values) {
		return r, nil
	}
	action := EditRecord
	if v.What == Corrected {
		action = CorrectRecord
	}
	if err := s.say(ctx, a, action, k, r, fmt.Sprint(r.Version+1)); err != nil {
		return nil, err
	}
	return s.turn(ctx, a, k, r, next, v)
}

// changed is the record after an edit or a correction, and the version that says so. needed are the fields
// that its moves needed.
func (k *Kind) changed(a Actor, r *Record, change map[string]any, reason string, needed func() ([]string, error)) (*Record, *Version, error) {
	role, may := a.role(k.Writers, r.Unit)
	if !may {
		return nil, nil, denied("この記録を書き換える職ではありません。 Not a post that may change this record.")
	}
	v := &Version{What: Edited, Name: a.Sign(role), Reason: reason}
	var needs []string
	if !k.state(r.State).Open {
		if strings.TrimSpace(reason) == "" {
			return nil, nil, Problems{{"reason", Text{"訂正の理由を入力してください。", "Say why it is corrected."}}}
		}
		v.What = Corrected
		var err error
		if needs, err = needed(); err != nil {
			return nil, nil, err
		}
	}
	next := *r
	var err error
	next.Values, err = k.whole(r.Values.with(change), needs...)
	return &next, v, err
}

// mine returns a record the actor may know of, in the version they saw.
func (s *Store) mine(ctx context.Context, a Actor, id string, version int64) (*Record, *Kind, error) {
	r, err := s.Find(ctx, a, id)
	if err != nil {
		return nil, nil, err
	}
	if r.Version != version {
		return nil, nil, errChanged
	}
	return r, s.kinds[r.Kind], nil
}

// turn writes the next version of a record; v says how it came about.
func (s *Store) turn(ctx context.Context, a Actor, k *Kind, was, r *Record, v *Version) (*Record, error) {
	return r, s.DB.Tx(ctx, func(tx *db.Tx) error { return s.turnIn(ctx, tx, a, k, was, r, v) })
}

func (s *Store) turnIn(ctx context.Context, tx *db.Tx, a Actor, k *Kind, was, r *Record, v *Version) error {
	r.Version, r.Changed = was.Version+1, s.Now()
	if r.State != was.State {
		r.Since = r.Changed
	}
	v.Version, v.State, v.By, v.At, v.Values, v.Names = r.Version, r.State, a.Login, r.Changed, r.Values, r.Names
	if err := s.update(ctx, tx, k, was, r); err != nil {
		return err
	}
	if err := s.keep(ctx, tx, a, k, r); err != nil {
		return err
	}
	return s.remember(ctx, tx, r.ID, v)
}

// FiscalYear is the 年度 of an instant: it begins on 1 April, Japanese time.
func FiscalYear(at vms.Instant) int {
	t := at.Time().In(conf.JST)
	if t.Month() < time.April {
		return t.Year() - 1
	}
	return t.Year()
}
