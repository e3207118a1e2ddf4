package anchor

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"io"
	"slices"

	"yagura/internal/audit"
)

// Report is what Verify saw.
type Report struct {
	Anchors int
	Last    Anchor // the highest
	Bad     *audit.Finding
}

// remembered is how many anchors back one may name as the one before it: after a lease went over, the
// new holder's first may name an earlier one than the old holder's last.
const remembered = 64

// check goes through anchors in order, up to the first that is wrong.
type check struct {
	Report
	log   *audit.Log
	keys  []ed25519.PublicKey
	names []string // digests of the last ones
	loose []loose  // those whose predecessor has not been met
}

// loose is an anchor that names one that has not been met. It may come yet: after an old database was
// restored, new anchors of lower rows follow old ones of higher rows.
type loose struct {
	before string
	after  int64 // the row of the anchor that stands before it
	seq    int64
}

// Verify compares the log with the anchors in the store from a row on. The chain itself must have been
// verified. Keys are those whose signatures are trusted.
func Verify(ctx context.Context, log *audit.Log, store Store, keys []ed25519.PublicKey, from int64) (Report, error) {
	c := check{log: log, keys: keys}
	for info, err := range store.List(ctx, prefix) {
		if err != nil {
			return c.Report, fmt.Errorf("anchors: %w", err)
		}
		seq, ours := seqOf(info.Key)
		if !ours {
			c.Bad = &audit.Finding{Kind: audit.Unsigned, Text: fmt.Sprintf("%s は錨ではありません。 %s is no anchor.", info.Key, info.Key)}
			return c.Report, nil
		}
		if seq < from-1 {
			continue
		}
		a, err := read(ctx, store, info.Key)
		if err != nil {
			return c.Report, fmt.Errorf("anchor of row %d: %w", seq, err)
		}
		if err := c.add(ctx, a, seq); err != nil || c.Bad != nil {
			return c.Report, err
		}
	}
	if len(c.loose) > 0 {
		l := c.loose[0]
		c.Bad = &audit.Finding{Seq: l.after, Kind: audit.Unmoored, Text: fmt.Sprintf("この行と行 %d の間の錨がありません。 An anchor between this row and row %d is not there.", l.seq, l.seq)}
	}
	return c.Report, nil
}

func (c *check) add(ctx context.Context, a Anchor, seq int64) (err error) {
	if a.Seq != seq || !a.signedBy(c.keys) {
		c.Bad = &audit.Finding{Seq: seq, Kind: audit.Unsigned, Text: "錨の署名が正しくないか、信頼する鍵のものではありません。 The anchor's signature is wrong, or not by a key that is trusted: name others with --key."}
		return nil
	}
	if c.Bad, err = c.log.Holds(ctx, a.head(), a.Time); err != nil || c.Bad != nil {
		return err
	}
	c.follow(a)
	return nil
}

// follow looks whether the one before an anchor was met, and whether the anchor is that of another.
func (c *check) follow(a Anchor) {
	if c.Anchors > 0 && a.Before != "" && !slices.Contains(c.names, a.Before) && len(c.loose) < remembered {
		c.loose = append(c.loose, loose{a.Before, c.Last.Seq, a.Seq})
	}
	name := a.digest()
	c.loose = slices.DeleteFunc(c.loose, func(l loose) bool { return l.before == name })
	if c.names = append(c.names, name); len(c.names) > remembered {
		c.names = c.names[1:]
	}
	c.Anchors++
	c.Last = a
}

// VerifyLines compares the log with the anchors in what a syslog host has written. Lines may be
// missing, and come in any order.
func VerifyLines(ctx context.Context, log *audit.Log, r io.Reader, keys []ed25519.PublicKey, from int64) (Report, error) {
	c := check{log: log, keys: keys}
	last := c.Last
	err := lines(r, func(a Anchor) error {
		if c.Bad != nil || a.Seq < from-1 {
			return nil
		}
		if a.Seq > last.Seq {
			last = a
		}
		return c.add(ctx, a, a.Seq)
	})
	c.Last = last
	return c.Report, err
}
