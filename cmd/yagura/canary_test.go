package main

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"github.com/stretchr/testify/require"

	"yagura/internal/db"
	"yagura/internal/testserver"
)

// canaries are the secrets somebody could give, by what they are.
type canaries map[string]string

// sung returns which of them a text holds, plainly or in the usual disguises.
func (c canaries) sung(text string) (names []string) {
	for name, secret := range c {
		for _, form := range []string{secret, url.QueryEscape(secret), base64.StdEncoding.EncodeToString([]byte(secret)), base64.RawURLEncoding.EncodeToString([]byte(secret)), hex.EncodeToString([]byte(secret))} {
			if strings.Contains(text, form) {
				names = append(names, name)
				break
			}
		}
	}
	return names
}

// browser is one person's, with its cookies.
type browser struct {
	*site
	cookies map[string]string
}

func (b *browser) do(method, path, body string) (int, string) {
	b.t.Helper()
	req, err := http.NewRequestWithContext(b.t.Context(), method, b.web+path, strings.NewReader(body))
	require.NoError(b.t, err)
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for name, value := range b.cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	res, err := http.DefaultClient.Do(req)
	require.NoError(b.t, err)
	defer res.Body.Close()
	for _, c := range res.Cookies() {
		b.cookies[c.Name] = c.Value
	}
	if strings.HasSuffix(path, "/events") {
		return res.StatusCode, ""
	}
	text, err := io.ReadAll(res.Body)
	require.NoError(b.t, err)
	return res.StatusCode, string(text)
}

// must decodes the JSON answer to something that works.
func (b *browser) must(method, path, body string) map[string]any {
	b.t.Helper()
	status, text := b.do(method, path, body)
	require.Less(b.t, status, 300, "%s %s: %s", method, path, text)
	out := map[string]any{}
	if text != "" {
		require.NoError(b.t, json.Unmarshal([]byte(text), &out), text)
	}
	return out
}

// signedIn signs somebody in, with a new secret for codes where the post asks for one.
func (s *site) signedIn(login, secret string) (b *browser, codes string) {
	s.t.Helper()
	b = &browser{s, map[string]string{}}
	half := b.must("POST", "/api/session", `{"login":"`+login+`","password":"`+secret+`"}`)
	if half["state"] != "second-factor" {
		return b, ""
	}
	codes = b.must("POST", "/api/session/totp/begin", "")["secret"].(string)
	code, err := totp.GenerateCode(codes, time.Now())
	require.NoError(s.t, err)
	b.must("POST", "/api/session/totp", `{"code":"`+code+`","label":"x"}`)
	return b, codes
}

// secretsOf are what the process was given by files and variables.
func secretsOf(s *site) canaries {
	c := canaries{}
	for _, name := range []string{"camera password in a file", "camera password in a variable", "relay secret", "oidc client secret", "ldap bind password"} {
		c[name] = "canary-" + strings.ReplaceAll(strings.ToLower(name), " ", "") + "-Q7x"
	}
	s.t.Setenv("CANARY_CAM", "cam:"+c["camera password in a variable"])
	hall := s.read("cameras/hall.yaml")
	hall = strings.Replace(hall, "name: a1,", "name: a1, credentials: \"cam:"+c["camera password in a file"]+"\",", 1)
	hall = strings.Replace(hall, "name: a2,", "name: a2, credentials: \"${CANARY_CAM}\",", 1)
	s.write("cameras/hall.yaml", hall)
	s.settings["relay"] = `{listen: "` + free(s.t) + `", secret: "` + c["relay secret"] + `"}`
	s.settings["directory"] = `{oidc: {issuer: "http://127.0.0.1:1", client_id: yagura, client_secret: "` + c["oidc client secret"] + `"}, ldap: {url: "ldaps://127.0.0.1:1", bind_dn: "cn=y", bind_password: "` + c["ldap bind password"] + `", base: "dc=x"}}`
	s.settings["relax"] = "[second_person]"
	s.save()
	return c
}

var braces = regexp.MustCompile(`\{[a-z]+\}`)

// TestNoCanarySings: no secret that was given appears in what the process says, shows, keeps or leaves behind.
func TestNoCanarySings(t *testing.T) {
	t.Run("by itself", func(t *testing.T) { listen(t, func(*site, canaries) {}) })
	t.Run("on PostgreSQL with a bucket", func(t *testing.T) {
		listen(t, func(s *site, c canaries) {
			database, err := url.Parse(testserver.Postgres(t))
			require.NoError(t, err)
			c["database password"] = "canary-of-the-database-Q7x" // that server asks for none; it is sent all the same
			database.User = url.UserPassword(database.User.Username(), c["database password"])
			objects, err := url.Parse(testserver.MinIO(t))
			require.NoError(t, err)
			c["store secret"] = objects.Query().Get("secret")
			s.settings["database"], s.settings["objects"] = `"`+database.String()+`"`, `"`+objects.String()+`"`
			s.save()
		})
	})
}

// listen gives every secret there is, does what people do, and looks everywhere.
func listen(t *testing.T, edit func(*site, canaries)) {
	s := newSite(t, cameras(t))
	c := secretsOf(s)
	edit(s, c)
	p := s.serve()
	c["password"] = "canary password of kiki"
	for login, post := range map[string]string{"kiki": "crisis_management", "admin": "administrator", "joho": "information_security", "kansa": "auditor"} {
		s.must(c["password"], "user", "add", login, "--password-stdin", "--role", post)
	}
	s.must("", "user", "codes", "kiki", "admin", "joho")
	people := map[string]*browser{}
	for _, login := range []string{"kiki", "admin", "joho", "kansa"} {
		b, codes := s.signedIn(login, c["password"])
		people[login] = b
		c["cookie of "+login] = b.cookies["yagura"]
		if codes != "" {
			c["codes of "+login] = codes
		}
	}
	c["token"] = people["kiki"].must("POST", "/api/me/tokens", `{"label":"x","hours":1}`)["token"].(string)
	c["token of the command line"] = strings.TrimSpace(s.must("", "token", "add", "--for", "kansa"))
	people["admin"].must("POST", "/api/recoveries", `{"login":"kansa","reason":"x"}`)
	recoveries := people["joho"].must("GET", "/api/recoveries", "")["recoveries"].([]any)
	half := people["joho"].must("POST", "/api/recoveries/"+recoveries[0].(map[string]any)["id"].(string)+"/approve", "")
	c["half of a recovery code"] = half["half"].(string)
	c["login that is a password"] = "canary-typed-into-the-wrong-field"
	for _, wrong := range []string{`{"login":"` + c["login that is a password"] + `","password":"x"}`, `{"login":"kiki","password":"` + c["relay secret"] + `"}`, `{"login":"kiki","password":["` + c["password"] + `"]}`, `{"password":"` + c["password"] + `"`} {
		status, text := (&browser{s, map[string]string{}}).do("POST", "/api/session", wrong)
		require.GreaterOrEqual(t, status, 400)
		require.Empty(t, c.sung(text), text)
	}

	for login, b := range people {
		for _, path := range s.gets() {
			_, text := b.do("GET", path, "")
			require.Empty(t, c.sung(text), "%s: GET %s", login, path)
		}
	}
	_, metrics := s.get("/metrics", "")
	require.Contains(t, metrics, "yagura_")
	require.Empty(t, c.sung(metrics))
	for _, path := range []string{"/debug/pprof/", "/debug/pprof/cmdline", "/debug/vars", "/api/config"} {
		_, text := s.get(path, "")
		require.Empty(t, c.sung(text), path)
		require.NotContains(t, text, "goroutine", path)
	}
	for _, verb := range [][]string{{"check"}, {"waiting"}, {"access", "explain", "kiki", "a1", "live"}, {"audit", "verify"}, {"fsck"}} {
		o := s.do("", verb...)
		require.Empty(t, c.sung(o.out+o.err), verb)
	}
	rows, err := json.Marshal(s.rows(""))
	require.NoError(t, err)
	require.Empty(t, c.sung(string(rows)), "the audit log")

	require.NoError(t, p.cmd.Process.Signal(syscall.SIGQUIT))
	p.ended()
	require.Contains(t, p.log.String(), "goroutine ")
	require.Empty(t, c.sung(p.log.String()), "the log, and what is left of a process that is asked to dump itself")
	s.leftBehind(c)
}

// gets are the paths of the surface that are read.
func (s *site) gets() (paths []string) {
	s.t.Helper()
	_, text := s.get("/api/openapi.json", "")
	var doc struct{ Paths map[string]map[string]any }
	require.NoError(s.t, json.Unmarshal([]byte(text), &doc))
	for path, methods := range doc.Paths {
		if methods["get"] != nil {
			path = strings.NewReplacer("{kind}", "cameras", "{number}", "1", "{n}", "1", "{login}", "kiki").Replace(path)
			paths = append(paths, braces.ReplaceAllString(path, "a1"))
		}
	}
	require.Greater(s.t, len(paths), 20)
	return paths
}

// leftBehind looks into every file under the data directory, and every row of the database.
func (s *site) leftBehind(c canaries) {
	s.t.Helper()
	n := s.rowsBehind(c)
	require.NoError(s.t, filepath.WalkDir(filepath.Join(s.dir, "data"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		n += bytes.Count(b, []byte("koseki"))
		require.Empty(s.t, c.sung(string(b)), path)
		return err
	}))
	require.Positive(s.t, n, "the database is among them")
}

// rowsBehind looks into every row of a PostgreSQL database, and returns how often it found a word that is there.
func (s *site) rowsBehind(c canaries) (n int) {
	s.t.Helper()
	cfg, err := loadConfig(s.config)
	require.NoError(s.t, err)
	if !strings.HasPrefix(cfg.Database.Reveal(), "postgres:") {
		return 0
	}
	d, err := db.Open(s.t.Context(), cfg.Database.Reveal())
	require.NoError(s.t, err)
	defer d.Close()
	texts := func(query string) (out []string) {
		rows, err := d.Query(s.t.Context(), query)
		require.NoError(s.t, err)
		defer rows.Close()
		for rows.Next() {
			var text string
			require.NoError(s.t, rows.Scan(&text))
			out = append(out, text)
		}
		require.NoError(s.t, rows.Err())
		return out
	}
	for _, table := range texts(`SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`) {
		all := strings.Join(texts(`SELECT CAST(t AS TEXT) FROM "`+table+`" AS t`), "\n")
		n += strings.Count(all, "koseki")
		require.Empty(s.t, c.sung(all), table)
	}
	return n
}

// TestNoCanarySingsWhereNothingWorks: errors about what cannot be reached are where secrets come out.
func TestNoCanarySingsWhereNothingWorks(t *testing.T) {
	t.Parallel()
	const canary = "canary-in-an-address-Q7x"
	c := canaries{"address": canary}
	for key, value := range map[string]string{
		"database": "postgres://yagura:" + canary + "@127.0.0.1:1/yagura?connect_timeout=2",
		"objects":  "s3://127.0.0.1:1/yagura?tls=false&key=yagura&secret=" + canary,
	} {
		for _, broken := range []string{"", " and more", "%zz"} {
			s := newSite(t, "127.0.0.1:1")
			s.settings[key] = `"` + value + broken + `"`
			s.save()
			for _, verb := range [][]string{{"check"}, {"fsck"}, {"waiting"}} {
				o := s.do("", verb...)
				require.Empty(t, c.sung(o.out+o.err), "%v with %s%s: %s", verb, key, broken, o.err)
			}
			if key == "objects" && broken == "" {
				p := s.start()
				s.until("it says that the store is away", func() bool { return p.log.String() != "" })
				_, text := s.get("/readyz", "")
				p.kill()
				require.Empty(t, c.sung(p.log.String()+text))
			}
		}
	}
}
