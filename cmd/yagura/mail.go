package main

import (
	"context"
	"crypto/x509"
	"os"
	"strings"
	"time"

	"yagura/internal/conf"
	"yagura/internal/digest"
	"yagura/internal/identity"
)

// mailConfig says how digests leave. Without a server none do.
type mailConfig struct {
	Server  conf.Secret   `yaml:"server"`
	CA      string        `yaml:"ca"`
	From    string        `yaml:"from"`
	Address string        `yaml:"address"`
	Digest  string        `yaml:"digest"`
	At      conf.Duration `yaml:"at"`

	server *digest.Server
}

func (m *mailConfig) check(d *conf.Doc, c *config) {
	if m.Server.Reveal() == "" {
		return
	}
	var err error
	if m.server, err = digest.NewServer(m.Server.Reveal()); err != nil {
		d.Reportf(&m.Server, "%v", err)
		return
	}
	if m.CA = c.path(m.CA); m.CA != "" {
		pem, err := os.ReadFile(m.CA)
		m.server.Roots = x509.NewCertPool()
		if err != nil || !m.server.Roots.AppendCertsFromPEM(pem) {
			d.Reportf(&m.CA, "%s holds no certificate in PEM", m.CA)
		}
	}
	if _, err := digest.AddressOf(m.From, ""); err != nil {
		d.Reportf(&m.From, "%v; write who mails are from, such as yagura@example.lg.jp", err)
	}
	if _, err := digest.AddressOf(m.Address, "login"); err != nil || !strings.Contains(m.Address, "{login}") {
		d.Reportf(&m.Address, "%q does not say where a person's mail goes; write something like {login}@example.lg.jp", m.Address)
	}
	if m.Digest != digest.Daily && m.Digest != digest.Weekly {
		d.Reportf(&m.Digest, "%q is no rhythm; write daily or weekly", m.Digest)
	}
	if m.At < 0 || m.At >= conf.Duration(24*time.Hour) {
		d.Reportf(&m.At, "%v is no time of a day; write something like 8h30m", time.Duration(m.At))
	}
}

// digests wires what tells people by mail how much they owe.
func (n *node) digests() *digest.Room {
	m := n.cfg.Mail
	return digest.New(digest.Config{DB: n.db, Identity: n.people, Owes: n.owes, Now: n.now, Log: n.log, Server: m.server, From: m.From, Address: m.Address, Every: m.Digest, At: time.Duration(m.At),
		Link: strings.TrimSuffix(n.cfg.Origin, "/") + "/records"})
}

// owes is how much of what somebody owes by a day: names of kinds and deadlines, and counts.
func (n *node) owes(ctx context.Context, p *identity.Person, day string) ([]digest.Owed, error) {
	a := n.records.Actor(&identity.Session{Person: p}, "")
	debts, err := n.records.Owed(ctx, a, day)
	if err != nil {
		return nil, err
	}
	var out []digest.Owed
	at := map[string]int{}
	add := func(kind string, what string, late bool) error {
		k, err := n.records.Kind(kind)
		if err != nil {
			return err
		}
		i, known := at[kind+"\x00"+what]
		if !known {
			i, at[kind+"\x00"+what] = len(out), len(out)
			out = append(out, digest.Owed{Kind: k.Name.Ja, What: what})
		}
		if out[i].Count++; late {
			out[i].Late++
		}
		return nil
	}
	for _, d := range debts {
		if err := add(d.Record.Kind, d.Deadline.Name.Ja, d.Day < day); err != nil {
			return nil, err
		}
	}
	lacking, err := n.records.Lacking(ctx, a, day)
	if err != nil {
		return nil, err
	}
	for _, l := range lacking {
		if err := add(l.Kind.ID, l.Name.Ja, l.Day < day); err != nil {
			return nil, err
		}
	}
	unseen, err := n.records.Unseen(ctx, a)
	if err != nil {
		return nil, err
	}
	for _, r := range unseen {
		if err := add(r.Kind, "後閲", false); err != nil {
			return nil, err
		}
	}
	return out, nil
}
