package main

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"yagura/internal/audit"
)

func (s *site) post(path, body string) int {
	s.t.Helper()
	res, err := http.Post(s.web+path, "application/json", strings.NewReader(body))
	require.NoError(s.t, err)
	require.NoError(s.t, res.Body.Close())
	return res.StatusCode
}

// TestTheFirstStart: a server without people prints a link and nothing else lets anybody in; later none.
func TestTheFirstStart(t *testing.T) {
	t.Parallel()
	s := newSite(t, "127.0.0.1:1")
	p := s.serve()
	link := regexp.MustCompile(regexp.QuoteMeta(s.web) + `/start#([\w-]{43})\n`).FindStringSubmatch(p.log.String())
	require.NotNil(t, link, p.log)
	const two = `","name":"見本　一郎","password":"three swans under a bridge"}`
	require.Equal(t, 201, s.post("/api/start", `{"code":"`+link[1]+`","post":"administrator","login":"admin`+two))
	p.end()
	p = s.serve() // half done: there is another link
	link = regexp.MustCompile(`/start#([\w-]{43})\n`).FindStringSubmatch(p.log.String())
	require.NotNil(t, link, p.log)
	require.Equal(t, 201, s.post("/api/start", `{"code":"`+link[1]+`","post":"information_security","login":"joho`+two))
	require.Equal(t, 200, s.post("/api/session", `{"login":"admin","password":"three swans under a bridge"}`))
	require.Contains(t, p.log.String(), "nobody can register a key", "the origin is a number")
	require.Contains(t, s.must("", "check"), "warning: nobody can register a key")
	p.end()
	p = s.serve()
	require.NotContains(t, p.log.String(), "/start#")
	p.end()
	info, err := os.Stat(filepath.Join(s.dir, "data/secrets.key"))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
}

// TestATokenThatWaits: made on the command line for a footage post, it works once its person confirmed it.
func TestATokenThatWaits(t *testing.T) {
	t.Parallel()
	s := newSite(t, "127.0.0.1:1")
	s.settings["relax"] = "[second_person, second_factor]"
	s.save()
	p := s.serve()
	defer p.end()
	for login, waits := range map[string]bool{"kiki": true, "shisetsu": false} {
		post := map[bool]string{true: "crisis_management", false: "facilities"}[waits]
		s.must(password, "user", "add", login, "--password-stdin", "--role", post)
		made := s.do("", "token", "add", "--for", login)
		require.Zero(t, made.status)
		require.Regexp(t, `^[\w-]{43}\n$`, made.out, "alone on standard output")
		status, body := s.get("/api/cameras", strings.TrimSpace(made.out))
		if !waits {
			require.Equal(t, []any{200, ""}, []any{status, made.err})
			continue
		}
		require.Equal(t, 401, status)
		require.Contains(t, body, "token-unconfirmed")
		require.Contains(t, made.err, "once kiki has confirmed it")
	}
	require.Equal(t, 1, s.do("", "token", "add", "--for", "kiki", "--expire", "25h").status)
	require.Len(t, s.rows(audit.AddToken), 2)

	s.must("", "user", "codes", "kiki", "shisetsu")
	s.must("", "user", "codes", "kiki", "--deny")
	require.Equal(t, 1, s.do("", "user", "codes", "nobody").status)
	require.Equal(t, "for kiki, false", s.rows(audit.AllowCodes)[0].Detail)
}
