package main

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"yagura/internal/audit"
	"yagura/internal/audit/anchor"
	"yagura/internal/blob"
	"yagura/internal/db"
	"yagura/internal/vms"
)

// auditKey is the file of the key that signs anchors and exports of the log.
func (c *config) auditKey() string { return filepath.Join(c.Data, "audit.key") }

type auditKeyVerb struct{ configFlag }

// Run prints the public key of this node, with which others verify.
func (v *auditKeyVerb) Run(std streams) error {
	cfg, err := loadConfig(v.Config)
	if err != nil {
		return err
	}
	if _, err := os.Stat(cfg.auditKey()); err != nil {
		return fmt.Errorf("%w; yagura serve makes it at its first start", err)
	}
	key, err := anchor.Key(cfg.auditKey())
	if err != nil {
		return err
	}
	text, err := anchor.Public(key.Public().(ed25519.PublicKey))
	if err == nil {
		_, err = std.out.Write(text)
	}
	return err
}

type auditVerifyVerb struct {
	configFlag
	From   int64    `help:"First row to look at; the hash of the one before it is trusted." default:"1"`
	Key    []string `help:"File of a further public key whose anchors are trusted, as yagura audit key prints it." type:"existingfile"`
	Syslog []string `help:"File a syslog host has written; its anchors count too." type:"existingfile"`
}

// Run exits with 0 where the log is in order, 1 where it is not, 3 where that cannot be told.
func (v *auditVerifyVerb) Run(ctx context.Context, std streams) error {
	bad, err := v.verify(ctx, std.out)
	if err != nil {
		return &exit{3, err}
	}
	if bad != nil {
		return errors.New(bad.String())
	}
	fmt.Fprintln(std.out, "in order")
	return nil
}

func (v *auditVerifyVerb) verify(ctx context.Context, out io.Writer) (_ *audit.Finding, err error) {
	cfg, err := loadConfig(v.Config)
	if err != nil {
		return nil, err
	}
	keys, err := v.keys(cfg)
	if err != nil {
		return nil, err
	}
	d, err := db.Open(ctx, cfg.Database.Reveal())
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	log := audit.New(d, vms.NewClock(), operator)
	r, err := log.Verify(ctx, v.From)
	if err != nil {
		return nil, err
	}
	v.tell(out, r)
	if r.Bad != nil {
		return r.Bad, nil
	}
	return v.anchors(ctx, out, log, cfg, keys, r.Head)
}

// keys are those whose anchors are trusted: this node's, and those named.
func (v *auditVerifyVerb) keys(cfg *config) (keys []ed25519.PublicKey, err error) {
	if _, err := os.Stat(cfg.auditKey()); !errors.Is(err, fs.ErrNotExist) {
		own, err := anchor.Key(cfg.auditKey())
		if err != nil {
			return nil, err
		}
		keys = append(keys, own.Public().(ed25519.PublicKey))
	}
	for _, file := range v.Key {
		key, err := anchor.ReadPublic(file)
		if err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	return keys, nil
}

func (v *auditVerifyVerb) tell(out io.Writer, r audit.Report) {
	fmt.Fprintf(out, "%d rows, up to row %d of %s\n", r.Rows, r.Head.Seq, r.Head.Written)
	if r.Begins > 1 && v.From <= 1 {
		fmt.Fprintf(out, "rows 1 to %d were there before the chain; row %d holds their hash\n", r.Begins-1, r.Begins)
	}
	if r.Late > 0 {
		fmt.Fprintf(out, "%d rows were written more than 15 minutes after what they tell of, the first is row %d\n", r.Late, r.FirstLate)
	}
}

// anchors compares the log with what is known of it in the object store and in the files of syslog hosts.
func (v *auditVerifyVerb) anchors(ctx context.Context, out io.Writer, log *audit.Log, cfg *config, keys []ed25519.PublicKey, head audit.Head) (*audit.Finding, error) {
	store, err := blob.Open(cfg.Objects.Reveal())
	if err != nil {
		return nil, err
	}
	defer store.(io.Closer).Close()
	r, err := anchor.Verify(ctx, log, store.(anchor.Store), keys, v.From)
	if err != nil {
		return nil, err
	}
	say := func(where string, r anchor.Report) {
		fmt.Fprintf(out, "%d anchors in %s", r.Anchors, where)
		if r.Anchors > 0 {
			fmt.Fprintf(out, ", the last of row %d at %s; %d rows after it", r.Last.Seq, r.Last.Time, max(0, head.Seq-r.Last.Seq))
		}
		fmt.Fprintln(out)
	}
	say("the store", r)
	for i := 0; r.Bad == nil && i < len(v.Syslog); i++ {
		f, err := os.Open(v.Syslog[i])
		if err != nil {
			return nil, err
		}
		r, err = anchor.VerifyLines(ctx, log, f, keys, v.From)
		if err = errors.Join(err, f.Close()); err != nil {
			return nil, err
		}
		say(v.Syslog[i], r)
	}
	return r.Bad, nil
}
