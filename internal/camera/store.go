package camera

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"time"

	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/vms"
)

// Judge says what in the proposed files is wider than the accepted versions (newest first), in
// words; nothing means they only narrow. An error refuses the files.
type Judge func(history iter.Seq2[[]conf.File, error], proposed []conf.File) (wider []string, err error)

// Version is one numbered state of a kind of files.
type Version struct {
	Number     int64
	Hash       string
	Files      []conf.File // as written, variables unresolved
	State      string      // accepted, waiting, refused or withdrawn
	Why        []string    // what it widens, as found when it was proposed
	ProposedBy string
	ProposedAt vms.Instant
	AcceptedBy string // a login, or why nobody was asked: first start, narrows, relaxed; of a refused one, who refused
	AcceptedAt vms.Instant
	Ground     Ground // of what it changes, where an article governs that
}

// Accepted reports whether the version is, or was, in force.
func (v Version) Accepted() bool { return v.State == "accepted" }

// Store keeps the versions of one kind of files in the database. In force is the newest accepted
// one. It serves camera-configs and, with another Judge, policies.
type Store struct {
	DB      *db.DB
	Kind    string // cameras or policies
	Judge   Judge
	Governs func(old, new []conf.File) ([]string, error) // settings that differ and need a ground; nil: none
	Relaxed bool                                         // relax: [second_person] — everything is accepted at once
	Sealing func() (Seal, error)                         // asked where files hold a password; nil: those are refused
}

// Files proposes what stands in the directory.
const Files = "files"

// NewStore keeps versions of camera-configs.
func NewStore(d *db.DB, relaxed bool) *Store {
	return &Store{DB: d, Kind: "cameras", Judge: Wider, Governs: Governs, Relaxed: relaxed}
}

func (s *Store) topic() string { return "config/" + s.Kind }

// Propose offers files. The first version, one that only narrows, and every one while relaxed is
// in force when it returns; any other waits for Accept, and Why says for what. Files that say what
// the version in force says change nothing and withdraw what waits; files that did not change since a
// person proposed something else change nothing at all. by is a login or Files.
func (s *Store) Propose(ctx context.Context, files []conf.File, by string) (Version, error) {
	var v Version
	err := s.DB.Tx(ctx, func(tx *db.Tx) (err error) {
		v, err = s.propose(ctx, tx, files, by)
		return err
	})
	if err != nil {
		return Version{}, fmt.Errorf("propose %s: %w", s.Kind, err)
	}
	return v, nil
}

func (s *Store) propose(ctx context.Context, tx *db.Tx, files []conf.File, by string) (Version, error) {
	hash := conf.Hash(files)
	newest, err := s.newest(ctx, tx, `state <> 'withdrawn'`)
	if err != nil && !errors.Is(err, vms.NotFound) {
		return Version{}, err
	}
	if newest.Number > 0 && newest.Hash == hash {
		return newest, nil // proposed again, by a restart or another node
	}
	if by == Files && newest.Number > 0 && newest.ProposedBy != Files {
		if same, err := s.unchanged(ctx, tx, newest.Number, hash); err != nil || same {
			return newest, err
		}
	}
	if _, err := tx.Exec(ctx, `UPDATE config_version SET state = 'withdrawn' WHERE kind = $1 AND state = 'waiting'`, s.Kind); err != nil {
		return Version{}, err
	}
	current, err := s.newest(ctx, tx, `state = 'accepted'`)
	if err != nil && !errors.Is(err, vms.NotFound) {
		return Version{}, err
	}
	if current.Number > 0 && current.Hash == hash {
		return current, nil
	}
	v := Version{Hash: hash, Files: files, ProposedBy: by, ProposedAt: now()}
	if v.Why, err = s.Judge(s.history(ctx, tx), files); err != nil {
		return Version{}, err
	}
	switch {
	case current.Number == 0:
		v.AcceptedBy = "first start"
	case len(v.Why) == 0:
		v.AcceptedBy = "narrows"
	case s.Relaxed:
		v.AcceptedBy = "relaxed"
	}
	return s.insert(ctx, tx, v)
}

// unchanged reports whether the files say what they said, or what was in force, before that version of a person.
func (s *Store) unchanged(ctx context.Context, tx *db.Tx, number int64, hash string) (bool, error) {
	for _, where := range []string{`proposed_by = '` + Files + `'`, `state = 'accepted'`} {
		v, err := s.newest(ctx, tx, fmt.Sprintf(`number < %d AND %s`, number, where))
		if errors.Is(err, vms.NotFound) {
			continue
		}
		if err != nil || v.Hash == hash {
			return err == nil, err
		}
	}
	return false, nil
}

func (s *Store) insert(ctx context.Context, tx *db.Tx, v Version) (Version, error) {
	v.State = "waiting"
	if v.AcceptedBy != "" {
		v.State, v.AcceptedAt = "accepted", v.ProposedAt
		if err := s.DB.Signal(ctx, tx, s.topic()); err != nil {
			return v, err
		}
	}
	err := tx.QueryRow(ctx, `SELECT COALESCE(MAX(number), 0) + 1 FROM config_version WHERE kind = $1`, s.Kind).Scan(&v.Number)
	if err != nil {
		return v, err
	}
	files, err := s.pack(v.Files, v.Hash)
	if err != nil {
		return v, err
	}
	why := encode(v.Why)
	_, err = tx.Exec(ctx, `INSERT INTO config_version
		(kind, number, hash, files, state, why, proposed_by, proposed_at, accepted_by, accepted_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		s.Kind, v.Number, v.Hash, files, v.State, why, v.ProposedBy, int64(v.ProposedAt), v.AcceptedBy, int64(v.AcceptedAt))
	return v, err
}

// Accept puts a waiting version in force. by must be another person than the one who proposed it;
// whether they may is the caller's question. One that changes settings an article governs needs a ground.
func (s *Store) Accept(ctx context.Context, number int64, by string, g Ground) error {
	if err := s.decide(ctx, number, by, "accepted", g); err != nil {
		return fmt.Errorf("accept %s: %w", s.Kind, err)
	}
	return nil
}

// Refuse ends a waiting version, likewise; what was in force stays. The same files are not asked about
// again, but whoever may accept them still can while no others are proposed.
func (s *Store) Refuse(ctx context.Context, number int64, by string) error {
	if err := s.decide(ctx, number, by, "refused", Ground{}); err != nil {
		return fmt.Errorf("refuse %s: %w", s.Kind, err)
	}
	return nil
}

func (s *Store) decide(ctx context.Context, number int64, by, state string, g Ground) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		v, err := s.newest(ctx, tx, `state <> 'withdrawn'`)
		switch {
		case err != nil:
			return err
		case v.Number != number || v.State != "waiting" && (v.State != "refused" || state == "refused"):
			return vms.Errorf(vms.Conflict, "not-waiting", "この版は承認待ちではありません。 version %d does not wait for acceptance; the newest is %d", number, v.Number)
		case by == "" || by == v.ProposedBy:
			return vms.Errorf(vms.Denied, "second-person", "提案した人とは別の人が決めます。 version %d needs a second person; %q proposed it", number, v.ProposedBy)
		}
		if state == "accepted" {
			if err := s.grounded(ctx, tx, v, g); err != nil {
				return err
			}
		}
		_, err = tx.Exec(ctx, `UPDATE config_version SET state = $5, accepted_by = $3, accepted_at = $4, ground = $6
			WHERE kind = $1 AND number = $2`, s.Kind, number, by, int64(now()), state, g.encode())
		if err != nil {
			return err
		}
		return s.DB.Signal(ctx, tx, s.topic())
	})
}

// Current returns the version in force; vms.NotFound before the first.
func (s *Store) Current(ctx context.Context) (Version, error) {
	var v Version
	err := s.DB.Read(ctx, func(tx *db.Tx) (err error) {
		v, err = s.newest(ctx, tx, `state = 'accepted'`)
		return err
	})
	return v, err
}

// Waiting returns the version that waits for a second person; vms.NotFound where none does.
func (s *Store) Waiting(ctx context.Context) (Version, error) {
	var v Version
	err := s.DB.Read(ctx, func(tx *db.Tx) (err error) {
		v, err = s.newest(ctx, tx, `state = 'waiting'`)
		return err
	})
	return v, err
}

// All returns every version without its files, newest first.
func (s *Store) All(ctx context.Context) ([]Version, error) {
	rows, err := s.DB.Query(ctx, `SELECT number, hash, '[]', state, why, proposed_by, proposed_at, accepted_by, accepted_at, ground
		FROM config_version WHERE kind = $1 ORDER BY number DESC`, s.Kind)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Version
	for rows.Next() {
		v, err := s.scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

// Find returns a version, and the accepted one it follows; the first has a zero Version before it.
func (s *Store) Find(ctx context.Context, number int64) (v, before Version, err error) {
	err = s.DB.Read(ctx, func(tx *db.Tx) (err error) {
		if v, err = s.newest(ctx, tx, fmt.Sprintf(`number = %d`, number)); err != nil {
			return err
		}
		before, err = s.newest(ctx, tx, fmt.Sprintf(`state = 'accepted' AND number < %d`, number))
		if errors.Is(err, vms.NotFound) {
			before, err = Version{}, nil
		}
		return err
	})
	return v, before, err
}

// Watch calls fn with the version in force now, if there is one, and after every change, on
// whichever node it was made, until ctx ends. Where fn returns an error it is called again.
func (s *Store) Watch(ctx context.Context, fn func(context.Context, Version) error) error {
	var last int64
	return s.DB.Watch(ctx, s.topic(), func(ctx context.Context) error {
		v, err := s.Current(ctx)
		if errors.Is(err, vms.NotFound) || err == nil && v.Number == last {
			return nil
		}
		if err == nil {
			err = fn(ctx, v)
		}
		if err == nil {
			last = v.Number
		}
		return err
	})
}

const versionColumns = `number, hash, files, state, why, proposed_by, proposed_at, accepted_by, accepted_at, ground`

// newest returns the version of the highest number among those where holds.
func (s *Store) newest(ctx context.Context, tx *db.Tx, where string) (Version, error) {
	row := tx.QueryRow(ctx, `SELECT `+versionColumns+` FROM config_version WHERE kind = $1 AND `+where+`
		ORDER BY number DESC LIMIT 1`, s.Kind)
	return s.scan(row)
}

// history yields the files of the accepted versions, newest first.
func (s *Store) history(ctx context.Context, tx *db.Tx) iter.Seq2[[]conf.File, error] {
	return func(yield func([]conf.File, error) bool) {
		for below := int64(1) << 62; ; {
			row := tx.QueryRow(ctx, `SELECT `+versionColumns+` FROM config_version
				WHERE kind = $1 AND state = 'accepted' AND number < $2 ORDER BY number DESC LIMIT 1`, s.Kind, below)
			v, err := s.scan(row)
			if errors.Is(err, vms.NotFound) || !yield(v.Files, err) || err != nil {
				return
			}
			below = v.Number
		}
	}
}

func (s *Store) scan(row interface{ Scan(...any) error }) (Version, error) {
	var v Version
	var files, why, ground string
	err := row.Scan(&v.Number, &v.Hash, &files, &v.State, &why, &v.ProposedBy, &v.ProposedAt, &v.AcceptedBy, &v.AcceptedAt, &ground)
	if errors.Is(err, sql.ErrNoRows) {
		return v, vms.Errorf(vms.NotFound, "no-version", "no such version of %s", s.Kind)
	}
	if err == nil {
		v.Files, err = s.unpack(files, v.Hash)
	}
	if err == nil {
		err = json.Unmarshal([]byte(why), &v.Why)
	}
	if err == nil {
		v.Ground, err = decodeGround(ground)
	}
	return v, err
}

func encode(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic("camera: " + err.Error()) // strings and slices of strings always marshal
	}
	return string(b)
}

func now() vms.Instant { return vms.InstantOf(time.Now()) }
