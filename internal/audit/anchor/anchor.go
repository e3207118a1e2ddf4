// Package anchor keeps the audit log's head where the database's administrator does not reach: once a
// minute the last row's place and hash are signed, put into the object store, and sent to a syslog
// host. Whoever rebuilds the chain, or cuts off its end, contradicts an anchor.
//
// Invariants: an anchor is never overwritten (its key is its row's place). It names the one before it,
// so that anchors cannot be taken away in between. What is newer than the last anchor, a minute at
// most, is the only part of the log whose end can be cut without a trace. A log that contradicts the
// last anchor, as after the restoration of an old database, is told within a minute.
//
// It imports its peer audit for what it anchors. It verifies nothing of the chain itself (audit does).
package anchor

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"yagura/internal/audit"
	"yagura/internal/blob"
	"yagura/internal/vms"
)

// Store is where anchors are kept.
type Store interface {
	blob.Store
	blob.Lister
}

// Anchor is what is known outside the database of the row at Seq.
type Anchor struct {
	Seq       int64       `json:"seq"`
	Hash      string      `json:"hash"` // hexadecimal
	Time      vms.Instant `json:"time"`
	Node      string      `json:"node"`
	Before    string      `json:"before"` // digest of the anchor before it; empty: it is the first
	Key       string      `json:"key"`    // Ed25519 public key, base64
	Signature string      `json:"signature"`
}

// statement is what is signed.
func (a Anchor) statement() []byte {
	return fmt.Appendf(nil, "yagura audit anchor 1\nseq %d\nhash %s\ntime %s\nnode %q\nbefore %s\n", a.Seq, a.Hash, a.Time, a.Node, a.Before)
}

// digest is what the next anchor calls this one.
func (a Anchor) digest() string {
	sum := sha256.Sum256(append(a.statement(), a.Signature...))
	return hex.EncodeToString(sum[:])
}

func (a *Anchor) sign(key ed25519.PrivateKey) {
	a.Key = base64.StdEncoding.EncodeToString(key.Public().(ed25519.PublicKey))
	a.Signature = base64.StdEncoding.EncodeToString(ed25519.Sign(key, a.statement()))
}

// signedBy reports whether one of the keys has signed it.
func (a Anchor) signedBy(keys []ed25519.PublicKey) bool {
	sig, err := base64.StdEncoding.DecodeString(a.Signature)
	return err == nil && slices.ContainsFunc(keys, func(k ed25519.PublicKey) bool { return ed25519.Verify(k, a.statement(), sig) })
}

// head is the row it names.
func (a Anchor) head() audit.Head {
	h := audit.Head{Seq: a.Seq}
	if b, err := hex.DecodeString(a.Hash); err == nil && len(b) == len(h.Hash) {
		copy(h.Hash[:], b)
	}
	return h
}

const (
	prefix = "anchors/"
	digits = 12 // of a row's place; in byte order of the keys anchors are in order of the rows
	group  = 3  // so that no folder has more than a thousand entries
	suffix = ".json"
	most   = 4 << 10 // bytes
)

// keyOf is anchors/000/000/001/234.json for row 1234.
func keyOf(seq int64) string {
	text, key := fmt.Sprintf("%0*d", digits, seq), strings.TrimSuffix(prefix, "/")
	for part := range slices.Chunk([]byte(text), group) {
		key += "/" + string(part)
	}
	return key + suffix
}

// seqOf is the row of a key; false where it is none of ours.
func seqOf(key string) (int64, bool) {
	text := strings.TrimSuffix(strings.TrimPrefix(key, prefix), suffix)
	seq, err := strconv.ParseInt(strings.ReplaceAll(text, "/", ""), 10, 64)
	return seq, err == nil && key == keyOf(seq)
}

func read(ctx context.Context, store blob.Store, key string) (a Anchor, err error) {
	r, err := store.Get(ctx, key, 0, most)
	if err != nil {
		return a, err
	}
	b, err := io.ReadAll(r)
	if err = errors.Join(err, r.Close()); err != nil {
		return a, err
	}
	return a, json.Unmarshal(b, &a)
}

// newest returns the anchor of the highest row, nil where there is none. It looks digit by digit: a
// store lists forwards only, and there are half a million anchors a year.
func newest(ctx context.Context, store Store) (*Anchor, error) {
	key := prefix
	for i := range digits {
		if i > 0 && i%group == 0 {
			key += "/"
		}
		digit, err := highest(ctx, store, key)
		if err != nil || digit == "" {
			return nil, err
		}
		key += digit
	}
	a, err := read(ctx, store, key+suffix)
	return &a, err
}

// highest is the highest digit some key goes on with; "" for none.
func highest(ctx context.Context, store blob.Lister, key string) (string, error) {
	for d := 9; d >= 0; d-- {
		for _, err := range store.List(ctx, key+strconv.Itoa(d)) {
			return strconv.Itoa(d), err
		}
	}
	return "", nil
}
