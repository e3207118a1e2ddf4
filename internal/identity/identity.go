// Package identity knows people, the posts they hold and where, and whether a request comes from
// one of them: sign-in with a password, sessions and API tokens.
//
// Invariants:
//   - A token is known to its holder alone; rows and memory hold its SHA-256.
//   - A known and an unknown login answer alike, at the same cost.
//   - A post that gives footage is in force only when two different people stand behind it, while
//     a second person is required; nobody approves their own.
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

// UnitPosts are the posts that are nothing without a unit.
var UnitPosts = []Post{DepartmentHead, GeneralManager, ExecutingOfficer, Clerk}

var titles = map[Post]string{DepartmentHead: "部長", GeneralManager: "統括管理者", CrisisManagement: "危機管理担当",
	Facilities: "施設担当", Auditor: "監査担当", InformationSecurity: "情報安全担当", ExecutingOfficer: "執行責任者",
	Clerk: "事務担当", LogAnalyst: "解析担当", Administrator: "管理者"}

// Title is the post's name in Japanese.
func (p Post) Title() string { return titles[p] }

// GivesFootage reports whether holders of the post may see footage.
func (p Post) GivesFootage() bool { return slices.Contains(FootagePosts, p) }

// Appointment says that a person holds a post in [From, To).
type Appointment struct {
	ID          string
	Login       string
	Post        Post
	Unit        string // id; "" for posts of the whole ward
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

// Person is one person with all accepted appointments, past and future ones included.
type Person struct {
	Login, Name, Kana string
	Disabled          bool
	Appointments      []Appointment
}

// Session is a signed-in browser or an API token in use.
type Session struct {
	ID      string // public: for logs and lists
	Kind    string // session or token
	Person  *Person
	Purpose string // stated for this session; "" not yet
	Case    string // number of the case stated with it; "" none
	Source  string
	Created vms.Instant
	Expires vms.Instant

	acted, used vms.Instant
}

// Lifetimes of a session.
const (
	Idle     = 30 * time.Minute // without a request and without a picture playing
	Unacted  = 4 * time.Hour    // a playing picture alone keeps a session no longer than this
	Absolute = 12 * time.Hour
)

// Options of a Registry.
type Options struct {
	SecondPerson bool               // footage posts wait for approval
	Now          func() vms.Instant // the wall clock when nil
	Log          *slog.Logger
}

// Registry is the people, their posts and their sessions.
type Registry struct {
	db   *db.DB
	opts Options

	hashing chan struct{}     // argon2id takes 64 MiB: one at a time
	lines   [16]chan struct{} // sign-ins for one login stand in line
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
	r := &Registry{db: d, opts: opts, hashing: make(chan struct{}, 1), cache: map[string]cached{}, wake: make(chan struct{})}
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
	err := r.db.Tx(ctx, func(tx *db.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return r.db.Signal(ctx, tx, topic)
	})
	if err == nil {
		r.changed() // without waiting for Run to hear of it
	}
	return err
}

var loginForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,63}$`)
