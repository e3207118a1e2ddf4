package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

	"yagura/internal/camera"
	"yagura/internal/db"
	"yagura/internal/factor"
	"yagura/internal/identity"
)

// identityOptions are what the configuration says about people.
func (c *config) identityOptions() identity.Options {
	o := identity.Options{SecondPerson: !c.relaxed("second_person"), SecondFactor: !c.relaxed("second_factor"), ConfirmToken: !c.relaxed("footage_tokens")}
	if l := c.Directory.ldap; l != nil {
		o.Directory = l.Verify
	}
	return o
}

// secretsKey is the file of the key that seals secrets in the database; every gateway needs the same, and
// every node where camera files hold passwords.
func (c *config) secretsKey() string { return filepath.Join(c.Data, "secrets.key") }

// sealing gives what seals secrets in the database, made at its first use.
func (c *config) sealing() (factor.Seal, error) {
	key, err := secretFile(c.secretsKey())
	if err != nil {
		return factor.Seal{}, err
	}
	return factor.NewSeal(key)
}

// cameraStore keeps versions of camera files, in which a password may stand.
func (c *config) cameraStore(d *db.DB) *camera.Store {
	s := camera.NewStore(d, c.relaxed("second_person"))
	s.Sealing = func() (camera.Seal, error) { return c.sealing() }
	return s
}

// signingIn wires who signs in and how.
func (n *node) signingIn() (*identity.Registry, error) {
	opts := n.cfg.identityOptions()
	opts.Log = n.log
	if n.role == "ingest" {
		return identity.New(n.db, opts), nil // nobody signs in here
	}
	var err error
	if opts.Seal, err = n.cfg.sealing(); err != nil {
		return nil, err
	}
	if opts.Keys, err = factor.NewKeys(n.cfg.Origin); err != nil && opts.SecondFactor {
		n.log.Warn("nobody can register a key", "err", err)
	}
	return identity.New(n.db, opts), nil
}

// welcome prints the link of the first start, where there is nobody yet.
func (n *node) welcome(ctx context.Context, out io.Writer) error {
	if n.role == "ingest" {
		return nil
	}
	code, err := n.people.StartLink(ctx)
	if err != nil || code == "" {
		return err
	}
	_, err = fmt.Fprintf(out, `
利用者がまだいません。1 時間以内に次のリンクを開き、最初の管理者と情報安全担当を登録してください（別の人が、それぞれパスワードを決めます）。
There is nobody yet. Within an hour, open this link to make the first administrator and the first information security officer:
  %s/start#%s

`, n.cfg.Origin, code)
	return err
}
