package audit

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"yagura/internal/vms"
)

// Kind is what is wrong with the log.
type Kind string

// Kinds. The last three are told by anchors.
const (
	Missing   Kind = "missing"    // rows are not there
	Changed   Kind = "changed"    // a row does not fit its hash and the row before: edited, swapped, put in between
	Unchained Kind = "unchained"  // a row without a hash where every row has one
	Backdated Kind = "back-dated" // a row says it was written before the one above it
	Cut       Kind = "cut"        // the log ends before a row that an anchor knows
	Rebuilt   Kind = "rebuilt"    // the chain is whole, but not the one an anchor knows
	Unsigned  Kind = "unsigned"   // an anchor that nobody trusted has signed
	Unmoored  Kind = "unmoored"   // an anchor that a later one follows is not there
)

// Finding is the first thing that is wrong.
type Finding struct {
	Seq  int64
	Kind Kind
	Text string // in Japanese and English
}

func (f *Finding) String() string { return fmt.Sprintf("row %d: %s: %s", f.Seq, f.Kind, f.Text) }

func found(seq int64, kind Kind, format string, args ...any) *Finding {
	return &Finding{seq, kind, fmt.Sprintf(format, args...)}
}

// Report is what Verify saw.
type Report struct {
	Rows      int64 // that were looked at
	Head      Head  // the last of them
	Begins    int64 // the first row with a hash of its own
	Late      int64 // rows written long after what they tell of, as after an outage
	FirstLate int64 // the first of these
	Bad       *Finding
}

// lateAfter is what is told as late: nearly all rows are written within a second.
const lateAfter = 15 * time.Minute

// Verify goes through the chain from a row on, trusting the hash of the one before it, up to the first
// row that is wrong. It keeps a page of rows in memory, whatever the length of the log, and may run
// beside the server.
func (l *Log) Verify(ctx context.Context, from int64) (Report, error) {
	w := walk{}
	if from > 1 {
		rows, err := readRows(l.db.Query(ctx, `SELECT `+columns+` FROM audit WHERE seq = $1 AND hash IS NOT NULL`, from-1))
		if err != nil {
			return w.Report, fmt.Errorf("verify the audit log: %w", err)
		}
		if len(rows) == 1 { // else it is from before the chain, which is verified as a whole
			w.Head, w.Begins = rows[0].head(), from-1
		}
	}
	for limit := 8; w.Bad == nil; limit = min(2*limit, pageRows) {
		rows, err := readRows(l.db.Query(ctx, following, w.Head.Seq, limit))
		if err != nil {
			return w.Report, fmt.Errorf("verify the audit log: %w", err)
		}
		if len(rows) == 0 {
			break
		}
		for i := 0; i < len(rows) && w.Bad == nil; i++ {
			w.step(&rows[i])
		}
	}
	if w.Bad == nil && w.Begins == 0 && w.Head.Seq > 0 {
		w.Bad = found(w.Head.Seq, Unchained, "連鎖がまだ始まっていません。 No row has a hash: the chain has not begun.")
	}
	return w.Report, nil
}

// walk is a way through the chain.
type walk struct{ Report }

func (w *walk) step(r *row) {
	link := w.Head.Hash.next(r)
	bare, chained := r.Hash == (Hash{}), w.Begins > 0
	switch {
	case r.Seq != w.Head.Seq+1:
		w.Bad = found(w.Head.Seq+1, Missing, "行 %d から %d までがありません。 Rows %d to %d are missing.", w.Head.Seq+1, r.Seq-1, w.Head.Seq+1, r.Seq-1)
	case bare && chained:
		w.Bad = found(r.Seq, Unchained, "連鎖の外で書かれた行です。 It was not written by this program: it carries no hash.")
	case !bare && !chained && r.Seq > 1 && r.Action != Chained:
		w.Bad = found(r.Seq, Unchained, "連鎖の開始を示す行ではありません。 The rows before it carry no hash, and it does not say so.")
	case !bare && r.Hash != link:
		w.Bad = found(r.Seq, Changed, "内容か前の行が変わっています。 It, or its place after row %d, was changed.", w.Head.Seq)
	case r.Written < w.Head.Written:
		w.Bad = found(r.Seq, Backdated, "前の行より前の時刻で書かれています。 It says %s, the row above it %s.", r.Written, w.Head.Written)
	default:
		w.take(r, link)
	}
}

func (w *walk) take(r *row, link Hash) {
	w.Rows++
	w.Head = Head{r.Seq, link, r.Written}
	if r.Hash == (Hash{}) {
		return
	}
	if w.Begins == 0 {
		w.Begins = r.Seq
	}
	if r.Written.Sub(r.Time) > lateAfter {
		if w.Late++; w.Late == 1 {
			w.FirstLate = r.Seq
		}
	}
}

// Holds says whether the log still is what somebody outside the database knows of it; nil when it is.
// at says when they knew it, for the text.
func (l *Log) Holds(ctx context.Context, known Head, at vms.Instant) (*Finding, error) {
	var hash []byte
	err := l.db.QueryRow(ctx, `SELECT hash FROM audit WHERE seq = $1`, known.Seq).Scan(&hash)
	if errors.Is(err, sql.ErrNoRows) {
		var last int64
		if err := l.db.QueryRow(ctx, `SELECT COALESCE(MAX(seq), 0) FROM audit`).Scan(&last); err != nil {
			return nil, fmt.Errorf("read the audit log: %w", err)
		}
		if last < known.Seq {
			return found(last+1, Cut, "記録が行 %d で終わっています。%s の錨は行 %d を示します。 The log ends at row %d; an anchor of %s knows row %d.",
				last, at, known.Seq, last, at, known.Seq), nil
		}
		return found(known.Seq, Missing, "行がありません。 The row is missing."), nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the audit log: %w", err)
	}
	if string(hash) != string(known.Hash[:]) {
		return found(known.Seq, Rebuilt, "%s の錨と異なります。この行またはそれより前が作り直されています。 An anchor of %s knows another row here: it, or rows before it, were made anew.", at, at), nil
	}
	return nil, nil
}
