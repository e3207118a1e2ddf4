package camera

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"yagura/internal/conf"
	"yagura/internal/db"
)

// Seal keeps a secret at rest; about says whose it is, and must be said again to open it.
type Seal interface {
	Close(secret, about string) (string, error)
	Open(sealed, about string) (string, error)
}

const sealedMark = "sealed:" // before stored files that are not in clear

// pack is how the files of a version are stored: in clear where they name where passwords are kept, and
// sealed as a whole where one stands in them.
func (s *Store) pack(files []conf.File, hash string) (string, error) {
	text := encode(files)
	if s.Kind != "cameras" || !holdSecrets(files) {
		return text, nil
	}
	seal, err := s.seal()
	if err != nil {
		return "", err
	}
	closed, err := seal.Close(text, s.about(hash))
	return sealedMark + closed, err
}

func (s *Store) unpack(text, hash string) (files []conf.File, err error) {
	if closed, ok := strings.CutPrefix(text, sealedMark); ok {
		seal, err := s.seal()
		if err != nil {
			return nil, err
		}
		if text, err = seal.Open(closed, s.about(hash)); err != nil {
			return nil, fmt.Errorf("read a version of %s: %w", s.Kind, err)
		}
	}
	return files, json.Unmarshal([]byte(text), &files)
}

// SealOld seals what was stored in clear before there was a seal.
func (s *Store) SealOld(ctx context.Context) error {
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		old, err := s.inClear(ctx, tx)
		if err != nil {
			return err
		}
		for number, v := range old {
			text, err := s.pack(v.Files, v.Hash)
			if err != nil {
				return err
			}
			if !strings.HasPrefix(text, sealedMark) {
				continue
			}
			if _, err := tx.Exec(ctx, `UPDATE config_version SET files = $3 WHERE kind = $1 AND number = $2`, s.Kind, number, text); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("seal versions of %s: %w", s.Kind, err)
	}
	return nil
}

func (s *Store) inClear(ctx context.Context, tx *db.Tx) (map[int64]Version, error) {
	rows, err := tx.Query(ctx, `SELECT `+versionColumns+` FROM config_version WHERE kind = $1 AND files NOT LIKE $2`, s.Kind, sealedMark+"%")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int64]Version{}
	for rows.Next() {
		v, err := s.scan(rows)
		if err != nil {
			return nil, err
		}
		out[v.Number] = v
	}
	return out, rows.Err()
}

func (s *Store) about(hash string) string { return "version of " + s.Kind + " " + hash }

func (s *Store) seal() (Seal, error) {
	if s.Sealing == nil {
		return nil, errors.New("a camera file holds a password, and there is no key to keep it with")
	}
	return s.Sealing()
}

var variable = regexp.MustCompile(`\$\{[A-Za-z0-9_]*\}`)

// holdSecrets reports whether a password may stand in the files themselves. What cannot be read counts as one.
func holdSecrets(files []conf.File) bool {
	for _, f := range files {
		if f.Name == "organisation.yaml" || strings.HasPrefix(f.Name, "plans/") {
			continue
		}
		var written cameraFile
		if doc := conf.Decode(f, "", nil, &written); len(doc.Problems()) > 0 {
			return true
		}
		for _, c := range written.Cameras {
			secret := c.Credentials.Reveal()
			_, password, pair := strings.Cut(secret, ":")
			named := strings.HasPrefix(secret, "file:") || variable.ReplaceAllString(secret, "") == "" || pair && variable.ReplaceAllString(password, "") == ""
			if !named || strings.ContainsAny(c.Streams.Main+c.Streams.Sub, "?@;") {
				return true
			}
		}
	}
	return false
}
