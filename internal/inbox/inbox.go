// Package inbox is one list of what waits for a person: reports, approvals, a duty behind its norm.
//
// Invariant: nothing is kept here but what was read. Each room tells what waits in it, for this person,
// now; what no longer waits there is no longer in the list.
//
// It imports its peers access and identity for Approvals and SignIns, the sources that no room above it
// owns: who may be the second person of what waits for one, and what waits about signing in. It does nothing about an item: its link leads
// to where that is done.
package inbox

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// Kinds of item.
const (
	Report   = "report"    // a new one, to crisis management
	Receipt  = "receipt"   // one's report was received ...
	Outcome  = "outcome"   // ... or answered
	Approval = "approval"  // something waits for a second person
	Duty     = "duty"      // a unit is behind its norm
	Chase    = "chase"     // somebody is reminded of what they owe to records
	Recovery = "recovery"  // an account to be recovered, to whoever may approve that
	Token    = "token"     // an API token waits for its person
	Night    = "emergency" // somebody views in an emergency, or did: to be reviewed
	Inquiry  = "inquiry"   // somebody who was filmed asks who looked, to whoever may answer

	Review      = "review"       // a question about one's own view
	ReviewMonth = "review_month" // a month's sample has something to decide

	RightsLines     = "rights_lines"     // rights to confirm or object to
	RightsObjection = "rights_objection" // appointments that somebody objects to

	MailFailed     = "mail_failed"     // digests by mail did not arrive, to administrators
	SurveyReply    = "survey_reply"    // a survey to answer
	SurveyApproval = "survey_approval" // an answer to approve
	HoldEnds       = "hold_ends"       // a hold on footage ends soon

	FootageRequest = "footage_request" // 映像確認依頼, to 危機管理
	RequestDone    = "request_done"    // its outcome, to who asked

	HintAnswer = "hint_answer" // a hint in the operation logs, to who says whether that was needed
	HintsDue   = "hints_due"   // how many hints are due or late, to analysts
	LogsDue    = "logs_due"    // the log of a month is to be taken, to analysts
)

// Topic is signalled, in the transaction, by whoever changes what waits for somebody.
const Topic = "inbox"

// Item is one thing that waits. Its ID is the same for as long as it is the same thing: [A-Za-z0-9._-].
type Item struct {
	ID      string
	Kind    string
	Subject Subject
	At      vms.Instant // since when it waits
	Link    string      // the page where it is dealt with
	Read    bool        // set by the room
}

// Subject is what an item is about; each kind fills in what it has.
type Subject struct {
	Report  string // id
	Camera  vms.CameraID
	Number  string // the 部署 of a survey
	From    string // login of who sent or asked
	Unit    string
	Outcome string
	What    string // that waits for approval: cameras, policies, appointment, grant or hold
	Version int64  // of cameras or policies
	ID      string // of an appointment, a recovery, a token or a hold; number of an inquiry; name of a survey
	Login   string // who is to be appointed, or recovered
	Label   string // of a token; place of an inquiry; case of a hold; title of a survey
	Post    identity.Post
	Month   string // YYYY-MM, of a duty; the last day of a survey, or to answer a hint; the month of a log that is to be taken
	Done    int    // of hints that are due: how many are late
	Rounds  int    // of a survey: how often it was chased; of a hint or a log: 1 where it is late
}

// Source is a room in which something may wait for people.
type Source interface {
	Items(ctx context.Context, p *identity.Person) ([]Item, error)
}

// Room puts the sources together.
type Room struct {
	db      *db.DB
	now     func() vms.Instant
	sources []Source

	mu   sync.Mutex
	wake chan struct{} // closed and replaced when something may have changed
}

// New returns the inbox of what waits in the sources.
func New(d *db.DB, now func() vms.Instant, sources ...Source) *Room {
	return &Room{db: d, now: now, sources: sources, wake: make(chan struct{})}
}

// Run hears of changes, on whichever node they were made, until ctx ends.
func (r *Room) Run(ctx context.Context) error {
	return r.db.Watch(ctx, Topic, func(context.Context) error { r.changed(); return nil })
}

// Changed returns a channel that is closed when what waits may have changed. Time and changes of posts
// and files change it too, unheard: whoever keeps an answer asks again now and then.
func (r *Room) Changed() <-chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.wake
}

func (r *Room) changed() {
	r.mu.Lock()
	defer r.mu.Unlock()
	close(r.wake)
	r.wake = make(chan struct{})
}

// Items returns what waits for the person, newest first.
func (r *Room) Items(ctx context.Context, p *identity.Person) ([]Item, error) {
	var items []Item
	for _, s := range r.sources {
		more, err := s.Items(ctx, p)
		if err != nil {
			return nil, fmt.Errorf("what waits: %w", err)
		}
		items = append(items, more...)
	}
	if len(items) == 0 {
		return nil, nil
	}
	read, err := r.read(ctx, p.Login)
	if err != nil {
		return nil, err
	}
	for i := range items {
		items[i].Read = read[items[i].ID]
	}
	slices.SortStableFunc(items, func(a, b Item) int { return int(b.At - a.At) })
	return items, nil
}

func (r *Room) read(ctx context.Context, login string) (map[string]bool, error) {
	out := map[string]bool{}
	for row, err := range db.Rows(r.db.Query(ctx, `SELECT item FROM inbox_read WHERE login = $1`, login)) {
		if err != nil {
			return nil, err
		}
		var id string
		if err := row.Scan(&id); err != nil {
			return nil, err
		}
		out[id] = true
	}
	return out, nil
}

// Unread counts the items not read.
func Unread(items []Item) (n int) {
	for _, i := range items {
		if !i.Read {
			n++
		}
	}
	return n
}

// MarkRead notes that the person has read an item; vms.NotFound where it does not wait for them.
func (r *Room) MarkRead(ctx context.Context, p *identity.Person, id string) error {
	items, err := r.Items(ctx, p)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(items, func(i Item) bool { return i.ID == id })
	if i < 0 {
		return vms.Errorf(vms.NotFound, "no-item", "その連絡はありません。 There is no such item.")
	}
	if items[i].Read {
		return nil
	}
	return r.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `INSERT INTO inbox_read (login, item, read_at) VALUES ($1, $2, $3)
			ON CONFLICT (login, item) DO NOTHING`, p.Login, id, int64(r.now())); err != nil {
			return err
		}
		return r.db.Signal(ctx, tx, Topic)
	})
}
