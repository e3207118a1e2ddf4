package inquiry

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"yagura/internal/audit"
	"yagura/internal/db"
	"yagura/internal/inbox"
	"yagura/internal/vms"
)

// States.
const (
	Waiting = "waiting"
	Done    = "answered"
	No      = "refused"
)

// Inquiry is one inquiry, with its answer where there is one.
type Inquiry struct {
	Number    string
	Site      string
	Floor     string
	Place     string
	Time      vms.Span
	Contact   string
	Asked     vms.Instant
	Due       vms.Instant
	State     string
	Views     []View // of an answer
	Note      string // to it, or why there is none
	DecidedBy string
	Decided   vms.Instant
}

// View is that holders of a post looked at an area, on a day.
type View struct {
	Date    string `json:"date"` // YYYY-MM-DD in Japan, on which was looked
	Post    string `json:"post"` // "" where nobody knows it any more
	Kind    string `json:"kind"` // live, past or still
	Purpose string `json:"purpose"`
	Times   int    `json:"times"`
}

// Question is what somebody asks.
type Question struct {
	Site, Floor string
	Time        vms.Span
	Contact     string // how to reach who asks; may be empty
}

// Receipt is what one asks for the answer with. The secret is told once.
type Receipt struct {
	Number, Secret string
	Due            vms.Instant
}

// Ask takes an inquiry. What cannot be asked is vms.Invalid; too many of them, vms.Conflict "busy".
func (r *Room) Ask(ctx context.Context, q Question) (Receipt, error) {
	now := r.Now()
	place, err := r.check(&q, now)
	if err != nil {
		return Receipt{}, err
	}
	receipt := Receipt{Number: grouped(rand.Text()[:8]), Secret: grouped(rand.Text()[:16]), Due: now.Add(answerIn)}
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		var lately int
		if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM inquiry WHERE asked_at > $1`, int64(now.Add(-time.Hour))).Scan(&lately); err != nil {
			return err
		}
		if lately >= mostAnHour {
			return vms.Errorf(vms.Conflict, "busy", "照会が多いため、いまは受け付けられません。時間をおいて、もう一度お試しください。 Too many inquiries just now; try again later.")
		}
		_, err := tx.Exec(ctx, `INSERT INTO inquiry (number, secret, site, floor, place, from_us, to_us, contact, asked_at, due_at, state, views, note, decided_by, decided_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'waiting', '[]', '', '', 0)`,
			receipt.Number, digest(receipt.Secret), q.Site, q.Floor, place, int64(q.Time.From), int64(q.Time.To), q.Contact, int64(now), int64(receipt.Due))
		if err != nil {
			return err
		}
		return r.DB.Signal(ctx, tx, inbox.Topic)
	})
	if err != nil {
		return Receipt{}, fmt.Errorf("inquiry: %w", err)
	}
	_, err = r.Audit.Append(ctx, audit.Entry{Action: Asked, Detail: receipt.Number})
	return receipt, err
}

// check says what is wrong with a question, and tidies it; place is the area in words.
func (r *Room) check(q *Question, now vms.Instant) (place string, err error) {
	list := areas(r.Cameras(), now)
	i := slices.IndexFunc(list, func(a Area) bool { return a.Site == q.Site && a.Floor == q.Floor })
	q.Contact = strings.Join(strings.Fields(q.Contact), " ")
	switch {
	case i < 0:
		return "", vms.Errorf(vms.Invalid, "no-area", "その場所はありません。一覧から選んでください。 There is no such area; choose one from the list.")
	case q.Time.Empty() || q.Time.To.Sub(q.Time.From) > Longest:
		return "", vms.Errorf(vms.Invalid, "bad-time", "時間は、24時間以内で指定してください。 Ask about at most 24 hours.")
	case q.Time.To > now.Add(clocks) || q.Time.From < now.Add(-oldest):
		return "", vms.Errorf(vms.Invalid, "bad-time", "時間は、過去400日以内で指定してください。 Ask about a time of the last 400 days.")
	case utf8.RuneCountInString(q.Contact) > MaxContact || !printable(q.Contact):
		return "", vms.Errorf(vms.Invalid, "bad-contact", "連絡先は200字以内で入力してください。 The contact has at most 200 characters.")
	}
	return list[i].Name, nil
}

func printable(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(c rune) bool { return !unicode.IsPrint(c) && c != '\n' })
}

// Look returns the inquiry of a receipt, without what concerns the ward alone. Whatever is wrong is
// vms.NotFound, always the same.
func (r *Room) Look(ctx context.Context, number, secret string) (Inquiry, error) {
	var kept string
	var q Inquiry
	err := r.DB.Read(ctx, func(tx *db.Tx) (err error) {
		kept, q = digest(""), Inquiry{}
		list, err := inquiries(ctx, tx, `number = $1`, plain(number))
		if err != nil || len(list) == 0 {
			return err
		}
		q = list[0]
		return tx.QueryRow(ctx, `SELECT secret FROM inquiry WHERE number = $1`, q.Number).Scan(&kept)
	})
	if err != nil {
		return Inquiry{}, fmt.Errorf("look at an inquiry: %w", err)
	}
	right := subtle.ConstantTimeCompare([]byte(digest(plain(secret))), []byte(kept)) == 1
	if !right || q.Number == "" {
		return Inquiry{}, vms.Errorf(vms.NotFound, "no-inquiry", "受付番号または確認用の文字が違います。 The receipt number or its secret is wrong.")
	}
	q.Contact, q.DecidedBy = "", ""
	return q, nil
}

// grouped puts a hyphen after every four characters.
func grouped(s string) string {
	var parts []string
	for chunk := range slices.Chunk([]byte(s), 4) {
		parts = append(parts, string(chunk))
	}
	return strings.Join(parts, "-")
}

// plain is what was typed, as grouped writes it.
func plain(s string) string {
	keep := func(c rune) rune {
		if c >= 'a' && c <= 'z' {
			c -= 'a' - 'A'
		}
		if c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' {
			return c
		}
		return -1
	}
	return grouped(strings.Map(keep, s))
}

// digest is how a secret is kept; it is random, so that a plain hash is enough.
func digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// mostListed is how many inquiries of a state are shown.
const mostListed = 200

// waiting are those that wait, soonest due first: whoever asks often later keeps nobody from being answered.
func waiting(ctx context.Context, tx *db.Tx) ([]Inquiry, error) {
	return inquiries(ctx, tx, `state = 'waiting' ORDER BY due_at, number LIMIT $1`, mostListed)
}

// inquiries returns those that tail says, in its order.
func inquiries(ctx context.Context, tx *db.Tx, tail string, args ...any) (out []Inquiry, err error) {
	return db.Collect(db.Rows(tx.Query(ctx, `SELECT number, site, floor, place, from_us, to_us, contact, asked_at, due_at, state, views, note, decided_by, decided_at
		FROM inquiry WHERE `+tail, args...)), scan)
}

func scan(rows db.Row) (q Inquiry, err error) {
	var views string
	err = rows.Scan(&q.Number, &q.Site, &q.Floor, &q.Place, &q.Time.From, &q.Time.To, &q.Contact, &q.Asked, &q.Due, &q.State, &views, &q.Note, &q.DecidedBy, &q.Decided)
	return q, errors.Join(err, json.Unmarshal([]byte(views), &q.Views))
}
