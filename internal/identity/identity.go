// Package identity knows people, the posts they hold and where, and whether a request comes from
// one of them: sign-in with a password and a second factor, sessions, API tokens, recovery.
//
// Invariants:
//   - A token is known to its holder alone; rows and memory hold its SHA-256.
//   - A known and an unknown login answer alike, at the same cost, until the password was right.
//   - Whoever holds a post that decides or sees footage has proved a second factor, or has no session,
//     while one is required. An API token of a footage post works once its person confirmed it.
//   - Who is marked as of the ward's directory has no password here, by no way.
//   - Of one account at most 20 passwords, 20 codes and 20 recoveries are evaluated in any hour.
//   - A post that gives footage is in force only when two different people stand behind it, while
//     a second person is required; nobody approves their own. Nobody recovers an account alone.
//   - Every change raises the epoch: here at once, on other nodes within 0.5 s.
//
// It does not know what a post may do (access) and writes no audit log (its callers do).
package identity

import (
	"context"
	"log/slog"
	"regexp"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"yagura/internal/db"
	"yagura/internal/factor"
	"yagura/internal/vms"
)

// Post is an office a person is appointed to; rules speak of posts only.
type Post string

const (
	DepartmentHead      Post = "department_head"      // 部長
	GeneralManager      Post = "general_manager"      // 統括管理者
	CrisisManagement    Post = "crisis_management"    // 危機管理
	Facilities          Post = "facilities"           // 施設担当
	Auditor             Post = "auditor"              // 監査
	InformationSecurity Post = "information_security" // 情報安全担当
	ExecutingOfficer    Post = "executing_officer"    // 執行責任者
	Clerk               Post = "clerk"                // 事務担当
	LogAnalyst          Post = "log_analyst"          // 解析担当
	Administrator       Post = "administrator"        // 管理者
)

// Posts are all posts.
var Posts = []Post{DepartmentHead, GeneralManager, CrisisManagement, Facilities, Auditor,
	InformationSecurity, ExecutingOfficer, Clerk, LogAnalyst, Administrator}

// FootagePosts are the posts whose holders may see footage. No policy can give it to another post.
var FootagePosts = []Post{DepartmentHead, GeneralManager, CrisisManagement}

// TwoPersonPosts are the posts that nobody gets by one person's word: those that see footage, and that of the
// second person itself.
var TwoPersonPosts = append([]Post{InformationSecurity}, FootagePosts...)

// decidingPosts are those whose holders are a second person for others.
var decidingPosts = []Post{CrisisManagement, InformationSecurity}

// FactorPosts are the posts whose holders prove a second factor when they sign in.
var FactorPosts = append([]Post{InformationSecurity, Administrator}, FootagePosts...)

// briefPosts are the posts that decide: their sessions end sooner when nobody is there.
var briefPosts = []Post{CrisisManagement, InformationSecurity, Administrator}

// UnitPosts are the posts that are nothing without a unit.
var UnitPosts = []Post{DepartmentHead, GeneralManager, ExecutingOfficer, Clerk}

var titles = map[Post]string{DepartmentHead: "部長", GeneralManager: "統括管理者", CrisisManagement: "危機管理担当",
	Facilities: "施設担当", Auditor: "監査担当", InformationSecurity: "情報安全担当", ExecutingOfficer: "執行責任者",
	Clerk: "事務担当", LogAnalyst: "解析担当", Administrator: "管理者"}

// Title is the post's name in Japanese.
func (p Post) Title() string { return titles[p] }

// GivesFootage reports whether holders of the post may see footage.
func (p Post) GivesFootage() bool { return slices.Contains(FootagePosts, p) }

// TakesTwo reports whether an appointment to the post needs a second person.
func (p Post) TakesTwo() bool { return slices.Contains(TwoPersonPosts, p) }

// Kind is how somebody holds a post beside others.
type Kind string

const (
	Regular    Kind = "regular"    // 本務: one at a time
	Concurrent Kind = "concurrent" // 兼務
	Acting     Kind = "acting"     // 事務取扱: somebody higher does the work of a vacant post
)

// Kinds are all kinds.
var Kinds = []Kind{Regular, Concurrent, Acting}

var kindTitles = map[Kind]string{Regular: "本務", Concurrent: "兼務", Acting: "事務取扱"}

// Title is the kind's name in Japanese.
func (k Kind) Title() string { return kindTitles[k] }

// Appointment says that a person holds a post in [From, To).
type Appointment struct {
	ID          string
	Login       string
	Post        Post
	Unit        string // id; "" for posts of the whole ward
	Kind        Kind
	From, To    vms.Instant
	State       string // accepted, waiting or refused
	RequestedBy string
	RequestedAt vms.Instant
	DecidedBy   string
}

// InForce reports whether the appointment gives its rights at that instant.
func (a Appointment) InForce(now vms.Instant) bool {
	return a.State == "accepted" && a.From <= now && now < a.To
}

// Person is one person with all accepted appointments, past and future ones included, and their accepted grants.
type Person struct {
	Login, Name, Kana string
	Number            string // of the staff; "" none
	Disabled          bool
	Directory         bool // the ward's directory says who they are; they have no password here
	Appointments      []Appointment
	Grants            []Grant
}

// Holds reports whether one of the posts is in force for the person.
func (p *Person) Holds(now vms.Instant, posts ...Post) bool {
	return slices.ContainsFunc(p.Appointments, func(a Appointment) bool { return a.InForce(now) && slices.Contains(posts, a.Post) })
}

// Session is a signed-in browser or an API token in use.
type Session struct {
	ID      string // public: for logs and lists
	Kind    string // Full, Token or Half
	Person  *Person
	Label   string // of a token: what it is for
	Factor  string // id of the factor that was proved; "" the password alone
	Purpose string // stated for this session; "" not yet
	Case    string // number of the case stated with it; "" none
	Source  string
	Created vms.Instant
	Expires vms.Instant
	Proved  vms.Instant // when the person last proved themselves; 0: a token, never

	// StatesPurpose says that every view names its purpose: a token acts without anybody at a screen.
	StatesPurpose bool

	acted, used, confirmed vms.Instant
	until                  vms.Instant // of a token that was changed since; 0: it was not
}

// Caller is who asks for something, in which session, and from where: what a room checks, and what the audit
// log notes.
type Caller struct {
	Person  *Person
	Session string // public id; "" a command line
	From    string // network address, or who stands at the machine
}

// Kinds of session.
const (
	Full  = "session" // a browser
	Token = "token"   // an API token
	Half  = "half"    // the password was right, the second factor is still to come
)

// Lifetimes of a session.
const (
	Idle        = 30 * time.Minute // without a request and without a picture playing
	IdleBrief   = 15 * time.Minute // likewise, for posts that decide
	Unacted     = 4 * time.Hour    // a playing picture alone keeps a session no longer than this
	Absolute    = 12 * time.Hour
	HalfLasts   = 5 * time.Minute // for the second factor
	StepUpLasts = 5 * time.Minute // of a proof, for what asks for a fresh one
	TokenLasts  = 24 * time.Hour  // of a token of a footage post, at most
	Parallel    = 3               // sessions of a person
)

// Options of a Registry.
type Options struct {
	SecondPerson bool         // TwoPersonPosts wait for approval
	SecondFactor bool         // FactorPosts, and whoever has a factor, prove one
	ConfirmToken bool         // tokens of footage posts wait for their person, and state their purpose
	Keys         *factor.Keys // WebAuthn of the origin; nil: there is none

	// Directory compares a password typed here with the directory's, for people it knows; an empty login is
	// nobody's and costs the same. nil: it compares none.
	Directory func(ctx context.Context, login, password string) (bool, error)

	Seal factor.Seal        // for secrets of codes
	Now  func() vms.Instant // the wall clock when nil
	Log  *slog.Logger
}

// Registry is the people, their posts and their sessions.
type Registry struct {
	db   *db.DB
	opts Options

	hashing chan struct{}     // argon2id takes 64 MiB: one at a time
	lines   [16]chan struct{} // sign-ins for one login stand in line
	full    full              // who guessed too often
	epoch   atomic.Uint64     // rises with every change
	mu      sync.Mutex        // guards what follows
	cache   map[string]cached // by token hash and by session id
	wake    chan struct{}     // closed and replaced on every change
}

const topic = "identity"

// New returns the registry kept in d.
func New(d *db.DB, opts Options) *Registry {
	if opts.Now == nil {
		opts.Now = func() vms.Instant { return vms.InstantOf(time.Now()) }
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	r := &Registry{db: d, opts: opts, hashing: make(chan struct{}, 1), cache: map[string]cached{}, wake: make(chan struct{}),
		full: full{until: map[string]vms.Instant{}}}
	for i := range r.lines {
		r.lines[i] = make(chan struct{}, 1)
	}
	return r
}

// Run hears of changes made by other nodes, until ctx ends.
func (r *Registry) Run(ctx context.Context) error {
	return r.db.Watch(ctx, topic, func(context.Context) error { r.changed(); return nil })
}

// Epoch rises with every change of people, posts and sessions.
func (r *Registry) Epoch() uint64 { return r.epoch.Load() }

// Changed returns a channel that is closed at the next change.
func (r *Registry) Changed() <-chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.wake
}

func (r *Registry) changed() {
	r.mu.Lock()
	defer r.mu.Unlock()
	clear(r.cache)
	r.epoch.Add(1)
	close(r.wake)
	r.wake = make(chan struct{})
}

// change runs fn in a transaction that tells every node that something changed.
func (r *Registry) change(ctx context.Context, fn func(*db.Tx) error) error {
	return r.changing(ctx, func(tx *db.Tx) (bool, error) { return true, fn(tx) })
}

// changing runs fn in a transaction; where it reports a change, every node is told.
func (r *Registry) changing(ctx context.Context, fn func(*db.Tx) (changed bool, err error)) error {
	var changed bool
	err := r.db.Tx(ctx, func(tx *db.Tx) (err error) {
		if changed, err = fn(tx); err != nil || !changed {
			return err
		}
		return r.db.Signal(ctx, tx, topic)
	})
	if err == nil && changed {
		r.changed() // without waiting for Run to hear of it
	}
	return err
}

var loginForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,63}$`)
