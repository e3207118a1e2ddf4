package audit

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"

	"yagura/internal/db"
	"yagura/internal/vms"
)

// Hash is the SHA-256 of a row and all rows before it: SHA-256(hash of the row before ‖ bytes of this
// row), where before the first row stand 32 zero bytes.
//
// The bytes of a row are its fields one after the other, each as its length in bytes (4 bytes, big
// endian) and then itself: a number as 8 bytes, big endian, two's complement; text as it is stored.
// In this order, by the names of the columns:
//
//	"yagura audit row 1", seq, id, at, written, node, process, actor, session, source, action, outcome,
//	camera, stream, footage, purpose, case_ref, detail, refers, ranges
//
// A column that is added later comes at the end, and only in rows in which it is not empty: so what
// was hashed before stays right.
type Hash [sha256.Size]byte

func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// rowForm is the first field of every row's bytes.
const rowForm = "yagura audit row 1"

// next is the hash of the row that follows.
func (h Hash) next(r *row) Hash {
	b := append(make([]byte, 0, 512), h[:]...)
	text := func(fields ...string) {
		for _, f := range fields {
			b = append(binary.BigEndian.AppendUint32(b, uint32(len(f))), f...)
		}
	}
	number := func(n int64) { b = binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint32(b, 8), uint64(n)) }
	text(rowForm)
	number(r.Seq)
	text(r.ID)
	number(int64(r.Time))
	number(int64(r.Written))
	text(r.Node, r.Process, r.Actor, r.Session, r.From, r.Action, r.Outcome, string(r.Camera), string(r.Stream))
	number(int64(r.At))
	text(r.Purpose, r.Case, r.Detail, r.Refers, r.ranges)
	return sha256.Sum256(b)
}

// Head is a row as an anchor names it: its place, and the hash over it and all before it.
type Head struct {
	Seq     int64 // 0: the log is empty
	Hash    Hash
	Written vms.Instant
}

// Head returns the last row.
func (l *Log) Head(ctx context.Context) (h Head, err error) {
	err = l.db.Read(ctx, func(tx *db.Tx) error {
		h, _, err = headOf(ctx, tx)
		return err
	})
	if err != nil {
		return h, fmt.Errorf("read the end of the audit log: %w", err)
	}
	return h, nil
}

// headOf returns the last row; its hash is worked out where it carries none. chained is false where no
// row carries one although there are some.
//
// A row without a hash behind one that has one was not written by this program; the log goes on over
// it, because views would end otherwise, and Verify points at it for ever.
func headOf(ctx context.Context, tx *db.Tx) (h Head, chained bool, err error) {
	last, err := readRows(tx.Query(ctx, `SELECT `+columns+` FROM audit ORDER BY seq DESC LIMIT 1`))
	if err == nil && len(last) == 1 && last[0].Hash == (Hash{}) {
		last, err = readRows(tx.Query(ctx, `SELECT `+columns+` FROM audit WHERE hash IS NOT NULL ORDER BY seq DESC LIMIT 1`))
	}
	if err != nil {
		return h, false, err
	}
	if len(last) == 1 {
		h, chained = last[0].head(), true
	}
	for {
		rows, err := readRows(tx.Query(ctx, following, h.Seq, pageRows))
		if err != nil || len(rows) == 0 {
			return h, chained || h.Seq == 0, err
		}
		for _, r := range rows {
			h = Head{r.Seq, h.Hash.next(&r), max(h.Written, r.Written)}
		}
	}
}

// following are the rows after one, so many.
const (
	following = `SELECT ` + columns + ` FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2`
	pageRows  = 500
)

func (r *row) head() Head { return Head{r.Seq, r.Hash, r.Written} }

// chaining is the row with which the chain begins.
func (l *Log) chaining(last int64) Entry {
	now, _ := l.clock.Now()
	return Entry{ID: Chained, Time: now, Node: l.node, Action: Chained, Outcome: OK,
		Detail: fmt.Sprintf("rows 1 to %d were written before the log was chained; the hash of this row is over them too", last)}
}

// AddRoots writes down the Merkle root (RFC 6962) over the roots of so many segments, and returns the
// row's id. Of the same segments there is one row, however often it is written.
func (l *Log) AddRoots(ctx context.Context, count int, root [sha256.Size]byte) (string, error) {
	return l.Append(ctx, Entry{ID: fmt.Sprintf("roots-%x", root), Action: Roots, Detail: fmt.Sprintf(`{"count":%d,"root":"%x"}`, count, root)})
}
