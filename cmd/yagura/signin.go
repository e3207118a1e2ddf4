package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

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

// secretsKey is the file of the key that seals secrets in the database; every gateway needs the same.
func (c *config) secretsKey() string { return filepath.Join(c.Data, "secrets.key") }

// signingIn wires who signs in and how.
func (n *node) signingIn() (*identity.Registry, error) {
	opts := n.cfg.identityOptions()
	opts.Log = n.log
	if n.role == "ingest" {
		return identity.New(n.db, opts), nil // nobody signs in here
	}
	key, err := secretFile(n.cfg.secretsKey())
	if err != nil {
		return nil, err
	}
	if opts.Seal, err = factor.NewSeal(key); err != nil {
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
