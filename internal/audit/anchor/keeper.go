package anchor

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"yagura/internal/audit"
	"yagura/internal/db"
	"yagura/internal/vms"
)

// Actions of rows about the log itself.
const (
	NewKey       = "audit.key"          // Detail is the public key that signs from now on, base64
	Contradicted = "audit.contradicted" // the log is not what an anchor knows: Detail says where
)

const (
	every   = time.Minute // what of the log's end can be cut off without a trace
	lease   = "audit"
	setting = "audit.anchored"
)

// Config is what a Keeper works with.
type Config struct {
	Log    *audit.Log
	DB     *db.DB
	Store  Store
	Key    ed25519.PrivateKey
	Syslog *Syslog                     // nil: none
	Before func(context.Context) error // what is to be in the log before it is anchored; nil: nothing
	Node   string
	Now    func() vms.Instant
	Report *slog.Logger
}

// Keeper anchors the log, on one node at a time.
type Keeper struct {
	Config
	known     bool    // last was looked up in the store
	last      *Anchor // the newest in the store
	against   *Anchor // the log contradicts it
	announced bool    // the key is in the log
	failed    string  // what was reported last
}

// New returns a keeper that does nothing until Run.
func New(c Config) *Keeper { return &Keeper{Config: c} }

// Run anchors once a minute while this node holds the lease for it, until ctx ends.
func (k *Keeper) Run(ctx context.Context, leases *db.Leases) error {
	epoch := int64(-1)
	return leases.Keep(ctx, lease, every, func(ctx context.Context, held *db.Lease) {
		if held.Epoch != epoch {
			k.known, k.last, epoch = false, nil, held.Epoch // another node may have gone on meanwhile
		}
		k.report(k.Once(ctx))
	})
}

// report logs an error when it is another than before.
func (k *Keeper) report(err error) {
	text := ""
	if err != nil && !errors.Is(err, context.Canceled) {
		text = err.Error()
	}
	if text != "" && text != k.failed {
		k.Report.Error("audit log not anchored as it should be", "err", err)
	}
	k.failed = text
}

// Status is how far the log is anchored.
type Status struct {
	Seq     int64       `json:"seq"`     // of the last anchor
	Time    vms.Instant `json:"time"`    // when it was made
	Stored  vms.Instant `json:"stored"`  // when the store last held an anchor of the newest row
	Sent    vms.Instant `json:"sent"`    // likewise when the syslog host had been sent one, as far as that can be told; 0: never
	Against string      `json:"against"` // how the log contradicts an anchor; empty: it does not
}

// StatusOf returns what the keeper, on whatever node, noted last; zero where it never did.
func StatusOf(ctx context.Context, d *db.DB) (s Status, err error) {
	err = d.Read(ctx, func(tx *db.Tx) error {
		text, err := tx.Setting(ctx, setting)
		if errors.Is(err, vms.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		return json.Unmarshal([]byte(text), &s)
	})
	if err != nil {
		return s, fmt.Errorf("how far the audit log is anchored: %w", err)
	}
	return s, nil
}

// Once checks the log against the last anchor, and anchors its newest row.
func (k *Keeper) Once(ctx context.Context) error {
	status, err := StatusOf(ctx, k.DB)
	if err != nil {
		return err
	}
	errs := []error{k.announce(ctx)}
	if k.Before != nil {
		errs = append(errs, k.Before(ctx))
	}
	if !k.known {
		if k.last, err = newest(ctx, k.Store); err != nil {
			return errors.Join(append(errs, fmt.Errorf("look for the last anchor: %w", err))...)
		}
		k.known = true
	}
	status.Against, err = k.compare(ctx)
	errs = append(errs, err, k.moor(ctx, &status))
	return errors.Join(append(errs, k.note(ctx, status))...)
}

// announce has the log say with which key it is anchored.
func (k *Keeper) announce(ctx context.Context) error {
	if k.announced {
		return nil
	}
	public := base64.StdEncoding.EncodeToString(k.Key.Public().(ed25519.PublicKey))
	_, err := k.Log.Append(ctx, audit.Entry{ID: NewKey + " " + public, Action: NewKey, Detail: public})
	k.announced = err == nil
	return err
}

// compare says how the log contradicts the last anchor, or the one it contradicted before.
func (k *Keeper) compare(ctx context.Context) (string, error) {
	a := k.last
	if k.against != nil {
		a = k.against
	}
	if a == nil {
		return "", nil
	}
	f, err := k.Log.Holds(ctx, a.head(), a.Time)
	if err != nil || f == nil {
		k.against = nil
		return "", err
	}
	k.against = a
	why := f.String()
	_, err = k.Log.Append(ctx, audit.Entry{ID: Contradicted + " " + a.digest(), Action: Contradicted, Outcome: audit.Failed, Detail: why})
	return why, errors.Join(fmt.Errorf("the audit log contradicts its anchor: %s", why), err)
}

// moor anchors the newest row unless it is anchored. The syslog host comes first: it must not wait for
// a store that is away.
func (k *Keeper) moor(ctx context.Context, status *Status) error {
	head, err := k.Log.Head(ctx)
	if err != nil || head.Seq == 0 {
		return err
	}
	a := k.last
	if a == nil || a.head().Seq != head.Seq || a.head().Hash != head.Hash {
		a = k.sign(head)
	}
	err = k.send(ctx, *a, status)
	if a != k.last {
		kept, put := k.put(ctx, *a)
		if put != nil {
			return errors.Join(err, put)
		}
		k.last = kept
	}
	status.Seq, status.Time, status.Stored = k.last.Seq, k.last.Time, k.Now()
	return err
}

func (k *Keeper) sign(head audit.Head) *Anchor {
	a := &Anchor{Seq: head.Seq, Hash: head.Hash.String(), Time: k.Now(), Node: k.Node}
	if k.last != nil {
		a.Before = k.last.digest()
	}
	a.sign(k.Key)
	return a
}

// send has the syslog host know the anchor, if there is one.
func (k *Keeper) send(ctx context.Context, a Anchor, status *Status) error {
	if k.Syslog == nil {
		return nil
	}
	if status.Sent < a.Time {
		if err := k.Syslog.Send(ctx, a); err != nil {
			return err
		}
	}
	status.Sent = max(a.Time, k.Now())
	return nil
}

// put makes the object of an anchor, and returns the one that is there: an earlier attempt may have
// succeeded although it did not seem so.
func (k *Keeper) put(ctx context.Context, a Anchor) (*Anchor, error) {
	b, err := json.Marshal(a)
	if err != nil {
		return nil, err
	}
	err = k.Store.Put(ctx, keyOf(a.Seq), bytes.NewReader(b), int64(len(b)))
	if !errors.Is(err, vms.Conflict) {
		return &a, err
	}
	there, readErr := read(ctx, k.Store, keyOf(a.Seq))
	if readErr == nil && there.head().Hash == a.head().Hash && there.signedBy([]ed25519.PublicKey{k.Key.Public().(ed25519.PublicKey)}) {
		return &there, nil
	}
	return nil, errors.Join(err, readErr)
}

func (k *Keeper) note(ctx context.Context, s Status) error {
	b, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return k.DB.Tx(ctx, func(tx *db.Tx) error { return tx.SetSetting(ctx, setting, string(b)) })
}
