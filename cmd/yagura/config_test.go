package main

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func load(t *testing.T, text string) (*config, error) {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "yagura.yaml")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	c, err := loadConfig(path)
	if err == nil {
		require.Equal(t, dir, c.dir)
	}
	return c, err
}

func TestConfigurationIsStrict(t *testing.T) {
	for text, want := range map[string]string{
		"listen: 127.0.0.1:8080\nlisten_address: x\n":                "yagura.yaml:2:1: ",
		"database: sqlite:x\nobjects: \"s3://h/b?key=${NO_SUCH}\"\n": "yagura.yaml:2:10: ",
		"# a comment\n\norigin: \"${NO_SUCH}\"\n":                    "NO_SUCH",
		"listen: 8080\n":                          "yagura.yaml:1:9: \"8080\" is not an address",
		"webrtc: {udp: x}\n":                      "yagura.yaml:1:15: \"x\" is not an address",
		"origin: yagura\n":                        "is not an origin",
		"origin: http://yagura/path\n":            "is not an origin",
		"tls: {cert: a.pem}\n":                    "both cert and key",
		"relay: {cert: a.pem, key: b.pem}\n":      "cert, key and ca",
		"camera_networks: [10.0.0.0/8, camera]\n": "yagura.yaml:1:31: \"camera\" is not a network",
		"relax: [everything]\n":                   "yagura.yaml:1:9: \"everything\" cannot be relaxed",
		"segment: {duration: 1s}\n":               "segments last",
		"segment: {fragment: 1m}\n":               "fragments last",
		"spool: {max: much}\n":                    "is not a size",
		"overlay: never\n":                        "yagura.yaml:1:10: \"never\" is not who decides on the overlay; write choice or always",
		"listen:\n":                               "has no value",
		"a: [\n":                                  "yagura.yaml",
		"":                                        "empty",
	} {
		_, err := load(t, text)
		require.ErrorContains(t, err, want, text)
	}
	_, err := load(t, "a: 1\nb: 2\n") // all at once
	require.ErrorContains(t, err, "yagura.yaml:1:1")
	require.ErrorContains(t, err, "yagura.yaml:2:1")
	_, err = loadConfig(filepath.Join(t.TempDir(), "none.yaml"))
	require.ErrorContains(t, err, "--config")
}

func TestConfigurationDefaultsAndPaths(t *testing.T) {
	t.Setenv("TEST_SECRET", "p&ss")
	c, err := load(t, "database: \"postgres://u:${TEST_SECRET}@h/d\"\ncameras: ../cams\ntls: {cert: /etc/c.pem, key: k.pem}\n")
	require.NoError(t, err)
	require.Equal(t, "127.0.0.1:8080", c.Listen)
	require.Equal(t, "http://localhost:8080", c.Origin)
	require.Equal(t, "127.0.0.1:8189", c.WebRTC.TCP)
	require.Equal(t, filepath.Join(c.dir, "data"), c.Data)
	require.Equal(t, filepath.Join(filepath.Dir(c.dir), "cams"), c.Cameras)
	require.Equal(t, []string{"/etc/c.pem", filepath.Join(c.dir, "k.pem")}, []string{c.TLS.Cert, c.TLS.Key})
	require.Equal(t, "dir:"+filepath.Join(c.dir, "data/objects"), c.Objects.Reveal())
	require.Equal(t, "postgres://u:p&ss@h/d", c.Database.Reveal())
	require.Equal(t, []any{int64(200 << 30), int64(0)}, []any{int64(c.Spool.Max), int64(c.Archive.Max)})
	require.Equal(t, time.Minute, time.Duration(c.Segment.Duration))
	require.Len(t, c.networks, 1)
	require.Equal(t, "choice", c.Overlay)
	c, err = load(t, "data: elsewhere\noverlay: always\n")
	require.NoError(t, err)
	require.Equal(t, "always", c.Overlay)
	require.Equal(t, "sqlite:"+filepath.Join(c.dir, "data/yagura.db"), c.Database.Reveal())
}

func TestRelaySecret(t *testing.T) {
	for _, text := range []string{"relay: {secret: \"\"}\n", "relay: {secret: \"file:relay.key\"}\n", "data: x\n"} {
		c, err := load(t, text)
		require.NoError(t, err)
		name := filepath.Join(c.dir, "relay.key")
		var wg sync.WaitGroup
		made := make([]string, 8)
		for i := range made { // processes that start together use one
			wg.Go(func() { made[i], _ = c.relaySecret() })
		}
		wg.Wait()
		for _, s := range made {
			require.Equal(t, made[0], s)
			require.Greater(t, len(s), 20)
		}
		info, err := os.Stat(name)
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
		left, err := filepath.Glob(name + ".*")
		require.NoError(t, err)
		require.Empty(t, left)
		require.NoError(t, os.WriteFile(name, nil, 0o600)) // empty: made again
		again, err := c.relaySecret()
		require.NoError(t, err)
		require.NotEmpty(t, again)
	}
	c, err := load(t, "relay: {secret: plain}\n")
	require.NoError(t, err)
	s, err := c.relaySecret()
	require.NoError(t, err)
	require.Equal(t, "plain", s)
}

func TestMailConfig(t *testing.T) {
	c, err := load(t, "mail: {server: \"smtp+starttls://u:p@mail.kita.example:587\", from: yagura@kita.example, address: \"{login}@kita.example\"}\n")
	require.NoError(t, err)
	require.NotNil(t, c.Mail.server)
	require.Equal(t, []any{"daily", 8 * time.Hour}, []any{c.Mail.Digest, time.Duration(c.Mail.At)})
	for said, text := range map[string]string{
		"over TLS only":        "mail: {server: \"smtp://mail.kita.example:25\", from: a@b, address: \"{login}@b\"}\n",
		"where a person's":     "mail: {server: \"smtps://mail.kita.example:465\", from: a@b, address: a@b}\n",
		"who mails are from":   "mail: {server: \"smtps://mail.kita.example:465\", from: nobody, address: \"{login}@b\"}\n",
		"no rhythm":            "mail: {server: \"smtps://mail.kita.example:465\", from: a@b, address: \"{login}@b\", digest: hourly}\n",
		"holds no certificate": "mail: {server: \"smtps://mail.kita.example:465\", from: a@b, address: \"{login}@b\", ca: missing.pem}\n",
	} {
		_, err := load(t, text)
		require.ErrorContains(t, err, said)
	}
}
