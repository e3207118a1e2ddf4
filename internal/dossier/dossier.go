// Package dossier shows which records prove a control of ISO/IEC 27001 in a fiscal year, says what is
// missing, and makes one ZIP of them for an audit: tables, printed forms, rows of the audit log, an index
// with the SHA-256 of every file, signed.
//
// Invariants:
//   - A control that nothing proves in the year is said, on the page and in the pack.
//   - The row of the audit log is durable before the first byte of a pack, and the chain's head of that moment
//     is in the pack. A pack that breaks off is no ZIP.
//   - Making one takes a bounded amount of memory, however many records there are: what is kept of a file that
//     was written is its name and digest.
//   - Nothing in it goes beyond what the asker may read as records; of the audit log it has places, instants,
//     actions and hashes, not who looked at what.
//
// It imports its peers compliance, whose controls and kinds these are, and oversight, for the signed ZIP. It
// knows no footage.
package dossier

import (
	"context"
	"crypto/ed25519"
	"sync"

	"yagura/internal/audit"
	"yagura/internal/compliance"
	"yagura/internal/db"
	"yagura/internal/record"
	"yagura/internal/vms"
)

// Audit actions. Detail is the year and the controls.
const (
	Asked = "dossier.ask"
	Made  = "dossier.make" // a pack is about to leave
)

// Config is what a Room works with.
type Config struct {
	DB      *db.DB
	Audit   *audit.Log
	Records *compliance.Room
	Key     ed25519.PrivateKey // signs
	Now     func() vms.Instant
}

// Room is where evidence is put together.
type Room struct {
	c      Config
	making sync.Mutex // held while a pack is made: one at a time in this process
}

// New returns the room.
func New(c Config) *Room { return &Room{c: c} }

// May reports whether somebody may see what proves the controls, and take it with them.
func (r *Room) May(a record.Actor) bool {
	return a.Has("information_security", "") || a.Has("auditor", "")
}

var errPost = vms.Errorf(vms.Denied, "denied", "証跡をまとめるのは情報安全担当と監査です。 Evidence is put together by information security and the auditors.")

func (r *Room) may(ctx context.Context, a record.Actor, action, detail string) error {
	if r.May(a) {
		return nil
	}
	e := a.Entry
	e.Actor, e.Action, e.Detail = a.Login, action, detail
	return r.c.Audit.Did(ctx, e, errPost)
}
