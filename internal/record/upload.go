package record

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"slices"

	"yagura/internal/attachment"
	"yagura/internal/audit"
	"yagura/internal/db"
	"yagura/internal/vms"
)

// What a row of a file says of it. Waiting, it is its uploader's; kept, its record's.
const (
	fileWaiting = "waiting"
	fileKept    = "kept"
	fileLeaving = "leaving" // its object is being removed
)

// Audit actions. Detail holds ids and hashes, never names.
const (
	AttachFile   = "record.attach"
	DownloadFile = "record.download"
)

const waitingMost = 50 // files of one person that belong to no record yet

const fileColumns = `id, name, type, size, sha256, scan, actor, actor_name, at_us`

func scanFile(row db.Row, more ...any) (f File, err error) {
	return f, row.Scan(append([]any{&f.ID, &f.Name, &f.Type, &f.Size, &f.SHA256, &f.Scan, &f.By, &f.Signed, &f.At}, more...)...)
}

var (
	errNoFile   = vms.Errorf(vms.NotFound, "no-file", "添付ファイルがありません。 There is no such file.")
	errNoUpload = vms.Errorf(vms.Conflict, "no-uploads", "このサーバーはファイルを受け取れません。 Files are not taken here.")
)

// Upload is a file on its way in.
type Upload struct {
	Kind, Field, Name string
	Body              io.Reader
}

// Upload takes a file that the actor is about to attach to a record of a kind: object first, row second. Until a version of
// a record names it, it is theirs alone; a day later it is removed.
func (s *Store) Upload(ctx context.Context, a Actor, u Upload) (*File, error) {
	k, f, err := s.filing(ctx, a, u)
	if err != nil {
		return nil, err
	}
	name, err := attachment.Name(u.Name)
	if err != nil {
		return nil, err
	}
	st, err := s.Shelf.Stage(ctx, name, attachment.Limit{Bytes: f.Bytes(), Types: f.Types()}, u.Body)
	if vms.Code(err) == "file-virus" {
		e := a.Entry
		e.Actor, e.Action, e.Outcome, e.Detail = a.Login, AttachFile, audit.Refused, k.ID+" virus"
		_, said := s.Log.Append(ctx, e)
		err = errors.Join(err, said)
	}
	if err != nil {
		return nil, err
	}
	defer st.Close() // of a temporary file
	up := &File{ID: rand.Text(), Name: name, Type: st.Type, Size: st.Size, SHA256: st.SHA256, By: a.Login, Signed: s.signed(k, a), At: s.Now()}
	if st.Scanned {
		up.Scan = Scanned
	}
	e := a.Entry
	e.Actor, e.Action, e.Detail = a.Login, AttachFile, fmt.Sprintf("%s %s %s", k.ID, up.ID, up.SHA256)
	if _, err := s.Log.Append(ctx, e); err != nil {
		return nil, err
	}
	if err := st.Put(ctx, up.ID); err != nil {
		return nil, fmt.Errorf("attach: %w", err)
	}
	_, err = s.DB.Exec(ctx, `INSERT INTO record_file (`+fileColumns+`, kind, field, state, record, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '', 0)`,
		up.ID, up.Name, up.Type, up.Size, up.SHA256, up.Scan, up.By, up.Signed, up.At, k.ID, f.ID, fileWaiting)
	if err != nil { // nobody else has this id
		return nil, errors.Join(err, s.Shelf.Remove(context.WithoutCancel(ctx), up.ID, up.SHA256))
	}
	return up, nil
}

// filing is the field a file is for, where the actor may attach one.
func (s *Store) filing(ctx context.Context, a Actor, u Upload) (*Kind, *Field, error) {
	k, err := s.Kind(u.Kind)
	if err != nil {
		return nil, nil, err
	}
	f := k.field(u.Field)
	switch {
	case !s.Reads(k, a):
		return nil, nil, errNoKind
	case f == nil || f.Type != Files:
		return nil, nil, vms.Errorf(vms.NotFound, "no-field", "添付できる項目ではありません。 Not a field that takes files.")
	case !s.Attaches(k, a):
		return nil, nil, denied("この記録を書く職ではありません。 Not a post that writes these records.")
	case s.Shelf == nil:
		return nil, nil, errNoUpload
	}
	var waiting int
	if err := s.DB.QueryRow(ctx, `SELECT COUNT(*) FROM record_file WHERE state = $1 AND actor = $2`, fileWaiting, a.Login).Scan(&waiting); err != nil {
		return nil, nil, err
	}
	if waiting >= waitingMost {
		return nil, nil, vms.Errorf(vms.Conflict, "too-many-uploads", "記録に使っていない添付ファイルが%d個あります。記録を保存してから、続けてください。 %[1]d files wait for their record: save it first.", waiting)
	}
	return k, f, nil
}

// signed is the actor with a post by which they write or move records of a kind.
func (s *Store) signed(k *Kind, a Actor) string {
	for _, unit := range s.readable(k, a, nil) {
		if role, has := a.role(k.Writers, unit); has {
			return a.Sign(role)
		}
		for _, m := range k.Moves {
			if role, has := a.role(slices.Concat(m.By, m.Deputy), unit); has {
				return a.Sign(role)
			}
		}
	}
	return a.Name
}

// known puts what the rows say in the place of the files a record names.
func (s *Store) known(ctx context.Context, k *Kind, r *Record) error {
	for _, f := range k.filed() {
		files := r.Values.Files(f.ID)
		told := make([]File, len(files))
		for i, x := range files {
			var kind, field, record, state string
			var err error
			told[i], err = scanFile(s.DB.QueryRow(ctx, `SELECT `+fileColumns+`, kind, field, record, state FROM record_file WHERE id = $1`, x.ID), &kind, &field, &record, &state)
			if err != nil && !errors.Is(err, sql.ErrNoRows) {
				return err
			}
			if err != nil || kind != k.ID || field != f.ID || state == fileLeaving || record != "" && record != r.ID {
				return Problems{{f.ID, Text{"添付ファイルが見つかりません。もう一度添付してください。", "There is no such file any more: attach it again."}}}
			}
		}
		if len(told) > 0 {
			r.Values[f.ID] = told
		}
	}
	return nil
}

// keep makes the files that a version names its record's. One that waits can only be the actor's.
func (s *Store) keep(ctx context.Context, tx *db.Tx, a Actor, k *Kind, r *Record) error {
	for _, f := range k.filed() {
		for _, x := range r.Values.Files(f.ID) {
			res, err := tx.Exec(ctx, `UPDATE record_file SET state = $1, record = $2, version = $3 WHERE id = $4 AND state = $5 AND actor = $6`,
				fileKept, r.ID, r.Version, x.ID, fileWaiting, a.Login)
			if err != nil {
				return err
			}
			if n, err := res.RowsAffected(); err != nil || n == 1 {
				if err != nil {
					return err
				}
				continue
			}
			var there int
			if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM record_file WHERE id = $1 AND state = $2 AND record = $3`, x.ID, fileKept, r.ID).Scan(&there); err != nil {
				return err
			}
			if there == 0 {
				return Problems{{f.ID, Text{"添付ファイルが見つかりません。もう一度添付してください。", "There is no such file any more: attach it again."}}}
			}
		}
	}
	return nil
}

// Download gives out a file that any version of a record names, to whoever may read the record. That it leaves is in the
// log before this returns, and it is what was attached, to the byte; Content is to be closed.
func (s *Store) Download(ctx context.Context, a Actor, record, id string) (f File, content io.ReadCloser, err error) {
	r, err := s.Find(ctx, a, record)
	if err != nil {
		return f, nil, err
	}
	f, err = scanFile(s.DB.QueryRow(ctx, `SELECT `+fileColumns+` FROM record_file WHERE id = $1 AND record = $2 AND state = $3`, id, r.ID, fileKept))
	if errors.Is(err, sql.ErrNoRows) {
		return f, nil, errNoFile
	}
	if err != nil {
		return f, nil, err
	}
	if s.Shelf == nil {
		return f, nil, errNoUpload
	}
	if content, err = s.Shelf.Open(ctx, f.ID, f.SHA256, f.Size); err != nil {
		return f, nil, err
	}
	if err := s.say(ctx, a, DownloadFile, s.kinds[r.Kind], r, f.ID+" "+f.SHA256); err != nil {
		return f, nil, errors.Join(err, content.Close())
	}
	return f, content, nil
}
