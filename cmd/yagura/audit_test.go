package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"yagura/internal/audit"
	"yagura/internal/db"
)

// TestTheLogIsVerified: what a server wrote and anchored is in order, until somebody touches it.
func TestTheLogIsVerified(t *testing.T) {
	t.Parallel()
	s := newSite(t, cameras(t))
	s.settings["audit"] = `{syslog: "tcp//host"}`
	s.save()
	require.Contains(t, s.do("", "check").err, "is not a syslog host")
	s.settings["audit"] = `{syslog: "udp://127.0.0.1:9"}`
	s.save()
	require.Equal(t, 1, s.do("", "audit", "key").status, "not made yet")
	p := s.serve()
	s.until("a segment is in the index", func() bool {
		return strings.Contains(s.metrics(), "yagura_upload_pending_segments 0") && s.stored() > 0
	})
	p.kill()
	p = s.serve() // which begins with the roots of what came
	s.until("roots are written down and anchored", func() bool {
		return len(s.rows(audit.Roots)) > 0 && strings.Contains(s.must("", "audit", "verify"), "2 anchors")
	})
	require.Regexp(t, `yagura_audit_anchor_seconds\{to="store"\} \d\.`, s.metrics())
	require.Regexp(t, `yagura_audit_anchor_seconds\{to="syslog"\} \d\.`, s.metrics())
	require.Contains(t, s.metrics(), "yagura_audit_contradicted 0")
	p.end()

	require.Regexp(t, `(?s)^\d+ rows, .*2 anchors in the store, the last of row \d+ at .*in order\n$`, s.must("", "audit", "verify"))
	public := s.must("", "audit", "key")
	require.Contains(t, public, "-----BEGIN PUBLIC KEY-----")
	s.write("audit.pem", public)
	key := filepath.Join(s.dir, "data", "audit.key")
	require.NoError(t, os.Rename(key, key+".elsewhere"))
	o := s.do("", "audit", "verify")
	require.Equal(t, []any{1, true}, []any{o.status, strings.Contains(o.err, "unsigned")}, o.err)
	s.must("", "audit", "verify", "--key", filepath.Join(s.dir, "audit.pem"), "--from", "2")
	s.behind(`UPDATE audit SET actor = 'x' WHERE seq = 2`)
	o = s.do("", "audit", "verify")
	require.Equal(t, 1, o.status)
	require.Contains(t, o.err, "row 2: changed")
	s.settings["database"] = "postgres://nobody@127.0.0.1:1/none"
	s.save()
	require.Equal(t, 3, s.do("", "audit", "verify").status, "that is no answer")
}

func (s *site) metrics() string {
	s.t.Helper()
	_, body := s.get("/metrics", "")
	return body
}

// base opens the database beside the server.
func (s *site) base() *db.DB {
	s.t.Helper()
	cfg, err := loadConfig(s.config)
	require.NoError(s.t, err)
	d, err := db.Open(s.t.Context(), cfg.Database.Reveal())
	require.NoError(s.t, err)
	return d
}

// stored is how many segments the index has.
func (s *site) stored() (n int) {
	s.t.Helper()
	d := s.base()
	defer d.Close()
	require.NoError(s.t, d.QueryRow(s.t.Context(), `SELECT COUNT(*) FROM segment`).Scan(&n))
	return n
}

// behind runs SQL behind the program's back.
func (s *site) behind(query string) {
	s.t.Helper()
	d := s.base()
	defer d.Close()
	_, err := d.Exec(s.t.Context(), query)
	require.NoError(s.t, err)
}
