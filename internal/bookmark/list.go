package bookmark

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"yagura/internal/access"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// Filter selects bookmarks; zero fields select all that the person may see.
type Filter struct {
	Query  string // words that text, camera or author's name have, all of them
	Camera vms.CameraID
	Span   vms.Span // what of footage it touches; To 0 is without end
	Mine   bool
	Still  bool
	Before string // id: only what comes after it in the list, the next page
	Limit  int    // 100 where 0
}

// MaxLimit is the most one page holds.
const MaxLimit = 200

// List returns what the person may see, newest footage first, and whether there is more.
func (r *Room) List(ctx context.Context, p *identity.Person, f Filter) (found []Bookmark, more bool, err error) {
	if f.Limit == 0 {
		f.Limit = 100
	}
	f.Limit = min(f.Limit, MaxLimit)
	if err := f.check(); err != nil {
		return nil, false, err
	}
	permit := r.permitted(p, f.Camera)
	for chunk := f.Limit + 1; len(permit) > 0; chunk = min(2*chunk, largest) {
		rows, err := r.query(ctx, r.condition(p, f, permit), chunk)
		if err != nil {
			return nil, false, err
		}
		for _, b := range rows {
			f.Before = b.ID
			if !covers(permit[b.Camera], b.At) {
				continue // of a camera that was somebody else's then
			}
			if len(found) == f.Limit {
				return found, true, nil
			}
			b.Mine = b.By == p.Login
			found = append(found, b)
		}
		if len(rows) < chunk {
			break
		}
	}
	return found, false, nil
}

func (f Filter) check() error {
	switch {
	case f.Before != "" && !isID(f.Before):
		return vms.Errorf(vms.Invalid, "bad-id", "before はしおりの番号ではありません。 before is no id of a bookmark.")
	case len(vms.Terms(f.Query)) > maxTerms:
		return vms.Errorf(vms.Invalid, "too-many-words", "検索する語は%d個までにしてください。 Search for at most %d words.", maxTerms, maxTerms)
	}
	return nil
}

const (
	maxTerms = 10
	largest  = 2000 // rows read at once
	few      = 8    // cameras that are looked up in their index; for more, reading in order until enough is found costs less
)

// permitted is the footage the person may bookmark, by camera; cameras without any are left out.
func (r *Room) permitted(p *identity.Person, only vms.CameraID) map[vms.CameraID][]vms.Span {
	now, _ := r.Clock.Now()
	permit := map[vms.CameraID][]vms.Span{}
	for _, cam := range r.Cameras().Cameras {
		if only != "" && cam.ID != only {
			continue
		}
		if spans := r.Access.Permitted(p, access.Bookmark, cam, now); len(spans) > 0 {
			permit[cam.ID] = spans
		}
	}
	return permit
}

// where is a condition while it is put together; ? stands for the next argument.
type where struct {
	parts []string
	args  []any
}

func (w *where) add(part string, args ...any) { w.parts = append(w.parts, w.bind(part, args...)) }

func (w *where) in(column string, ids []vms.CameraID) string {
	var args []any
	for _, id := range ids {
		args = append(args, string(id))
	}
	return w.bind(column+" IN (?"+strings.Repeat(", ?", len(ids)-1)+")", args...)
}

func (w *where) bind(part string, args ...any) string {
	var b strings.Builder
	for i, text := range strings.Split(part, "?") {
		if i > 0 {
			w.args = append(w.args, args[i-1])
			b.WriteString("$" + strconv.Itoa(len(w.args)))
		}
		b.WriteString(text)
	}
	return b.String()
}

// condition is what the database looks for. It knows whole cameras only; for which instants they
// are the person's is looked at afterwards: alternatives by time would keep it from reading in order.
func (r *Room) condition(p *identity.Person, f Filter, permit map[vms.CameraID][]vms.Span) where {
	var w where
	column := "camera || ''"
	if len(permit) <= few {
		column = "camera"
	}
	w.parts = append(w.parts, w.in(column, slices.Sorted(maps.Keys(permit))))
	if f.Mine {
		w.add("login = ?", p.Login)
	} else {
		w.add("(login = ? OR shared = 1)", p.Login)
	}
	if f.Still {
		w.add("still = 1")
	}
	if f.Before != "" {
		w.add("id < ?", f.Before)
	}
	if f.Span.To != 0 {
		w.add("id < ?", edge(f.Span.To))
	}
	if f.Span.From != 0 {
		w.add("id >= ? AND (at_us >= ? OR to_us > ?)", edge(f.Span.From.Add(-longest)), int64(f.Span.From), int64(f.Span.From))
	}
	for _, term := range vms.Terms(f.Query) {
		w.add(`(folded LIKE ? ESCAPE '\'`+r.named(&w, term)+`)`, db.Like(term))
	}
	return w
}

// named is the rest of a term's condition: cameras whose number or name has it.
func (r *Room) named(w *where, term string) string {
	var ids []vms.CameraID
	for _, cam := range r.Cameras().Cameras {
		if strings.Contains(vms.Fold(cam.Number)+"\n"+vms.Fold(cam.Name), term) {
			ids = append(ids, cam.ID)
		}
	}
	if ids == nil {
		return ""
	}
	return " OR " + w.in("camera", ids)
}

const columns = `id, camera, at_us, to_us, words, shared, still, login, name, post, purpose, matter, created_at, changed_at`

func (r *Room) query(ctx context.Context, w where, limit int) ([]Bookmark, error) {
	return db.Collect(db.Rows(r.DB.Query(ctx, `SELECT `+columns+` FROM bookmark WHERE `+strings.Join(w.parts, " AND ")+
		fmt.Sprintf(` ORDER BY id DESC LIMIT %d`, limit), w.args...)), scan)
}

func scan(row db.Row) (b Bookmark, err error) {
	err = row.Scan(&b.ID, &b.Camera, &b.At, &b.To, &b.Text, &b.Shared, &b.Still, &b.By, &b.ByName, &b.ByPost, &b.Purpose, &b.Case,
		&b.Created, &b.Changed)
	return b, err
}

// read returns a person's own bookmark.
func (r *Room) read(ctx context.Context, login, id string) (Bookmark, error) {
	b, err := scan(r.DB.QueryRow(ctx, `SELECT `+columns+` FROM bookmark WHERE id = $1 AND login = $2`, id, login))
	if errors.Is(err, sql.ErrNoRows) {
		return b, errNoBookmark
	}
	b.Mine = true
	return b, err
}

func insert(ctx context.Context, tx *db.Tx, b Bookmark) error {
	_, err := tx.Exec(ctx, `INSERT INTO bookmark (`+columns+`, folded)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`, b.ID, string(b.Camera), int64(b.At), int64(b.To),
		b.Text, flag(b.Shared), flag(b.Still), b.By, b.ByName, string(b.ByPost), b.Purpose, b.Case, int64(b.Created), int64(b.Changed),
		b.folded())
	return err
}

func (r *Room) update(ctx context.Context, b Bookmark) error {
	return r.one(ctx, `UPDATE bookmark SET words = $3, shared = $4, changed_at = $5, folded = $6 WHERE id = $1 AND login = $2`,
		b.ID, b.By, b.Text, flag(b.Shared), int64(b.Changed), b.folded())
}

func (r *Room) remove(ctx context.Context, b Bookmark) error {
	return r.one(ctx, `DELETE FROM bookmark WHERE id = $1 AND login = $2`, b.ID, b.By)
}

// one runs a statement that must meet one row.
func (r *Room) one(ctx context.Context, query string, args ...any) error {
	res, err := r.DB.Exec(ctx, query, args...)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, errNoBookmark)
	}
	return nil
}

func (b Bookmark) folded() string { return vms.Fold(b.Text) + "\n" + vms.Fold(b.ByName) }

func isID(id string) bool {
	return len(id) >= 16 && len(id) <= 64 && !slices.ContainsFunc([]byte(id[:16]), func(c byte) bool { return !strings.ContainsRune("0123456789abcdef", rune(c)) })
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
