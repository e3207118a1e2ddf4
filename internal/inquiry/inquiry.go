// Package inquiry is what the ward tells the people who are filmed: the public notice of what its
// cameras are for, how long footage is kept and who may look; and the answers to those who ask whether
// anybody looked (閲覧状況の照会).
//
// Invariants:
//   - Nothing here names a camera, a person or a place more exactly than a floor. Posts, dates and
//     purposes are told; names never.
//   - What the notice says is read from the configuration and the policies in force and counted in the
//     audit log; none of it is text that somebody has to keep up to date.
//   - A view that belongs to a sealed case is told to nobody outside while it is sealed, neither in an
//     answer nor in a count.
//   - A receipt is a number and a secret. Without both nothing is answered, and a wrong number, a wrong
//     secret and an inquiry that never was answer alike. The secret is kept as its SHA-256.
//   - Who asked is not kept: no address, and of what they gave to be reached by, nothing after contactKept.
//   - What 監査 answers is what the log says at the moment they looked, and stays as it was answered.
//
// It imports its peers access and identity for who may answer and which posts may look, audit for what was
// looked at, and inbox, whose Source it is. It knows no HTTP; how often somebody may ask from one address is
// its caller's question.
package inquiry

import (
	"context"
	"fmt"
	"log/slog"
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
	Access   *access.Engine
	Identity *identity.Registry
	Audit    *audit.Log
	Cameras  func() *camera.Set
	Sealed   func(context.Context) (func(caseNumber string) bool, error) // which cases are kept from those they may be about
	Contact  Contact
	Page     string // address of the public page
	Now      func() vms.Instant
	Log      *slog.Logger
}

// Contact is whom people may ask; empty where the configuration does not say.
type Contact struct {
	Responsible string // title of who is responsible for the cameras
	Office      string
	Phone       string
}

// Actions in the audit log. Detail names the receipt; of who asked nothing is written.
const (
	Asked    = "inquiry.ask"
	Answered = "inquiry.answer"
	Refused  = "inquiry.refuse"
)

// Limits.
const (
	Longest     = 24 * time.Hour       // of the time an inquiry is about
	clocks      = time.Minute          // by how much those of people may be fast
	oldest      = 400 * 24 * time.Hour // how far back one may ask
	answerIn    = 14 * 24 * time.Hour
	contactKept = 90 * 24 * time.Hour // after the decision
	forgetEvery = time.Hour
	mostAnHour  = 60 // inquiries, from everywhere
	noticeFor   = time.Minute
	MaxContact  = 200 // characters
	MaxNote     = 500
)

// Room answers.
type Room struct {
	Config

	mu     sync.Mutex
	notice *Notice // of made, for noticeFor
	made   vms.Instant
}

// New returns the room.
func New(c Config) *Room { return &Room{Config: c} }

// Run forgets, until ctx ends, what is not to be kept.
func (r *Room) Run(ctx context.Context) error {
	for ctx.Err() == nil {
		if err := r.Forget(ctx); err != nil && ctx.Err() == nil {
			r.Log.Error("how people are reached was not erased", "err", err)
		}
		vms.Sleep(ctx, forgetEvery)
	}
	return nil
}

// Forget erases what people gave to be reached by, some time after they were answered.
func (r *Room) Forget(ctx context.Context) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE inquiry SET contact = '' WHERE contact <> '' AND decided_at > 0 AND decided_at < $1`, int64(r.Now().Add(-contactKept)))
		return err
	})
}

// withheld is what tells whether a view for a case is not told outside now: it may be about whoever asks, and
// would warn them. This is the one place that decides it.
func (r *Room) withheld(ctx context.Context) (func(caseNumber string) bool, error) {
	sealed, err := r.Sealed(ctx)
	if err != nil {
		return nil, fmt.Errorf("which cases are sealed: %w", err)
	}
	return func(caseNumber string) bool { return caseNumber != "" && sealed(caseNumber) }, nil
}
