package digest_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net"
	"net/http/httptest"
	"net/mail"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/digest"
	"yagura/internal/identity"
	"yagura/internal/inbox"
	"yagura/internal/testserver"
	"yagura/internal/vms"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// post is a mail server that takes mails over TLS, and behaves badly where it is told to.
type post struct {
	t    *testing.T
	ln   net.Listener
	tls  *tls.Config
	pool *x509.CertPool
	wg   sync.WaitGroup

	mu     sync.Mutex
	mails  []string // to, then the mail
	refuse bool     // each receiver
	hang   bool     // end the connection instead of saying that a mail was taken
	plain  bool     // STARTTLS is not offered
}

func newPost(t *testing.T) *post {
	cert := httptest.NewUnstartedServer(nil)
	cert.StartTLS()
	p := &post{t: t, tls: cert.TLS.Clone(), pool: x509.NewCertPool()}
	p.pool.AddCert(cert.Certificate())
	cert.Close()
	var err error
	p.ln, err = net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	p.wg.Go(func() {
		for {
			conn, err := p.ln.Accept()
			if err != nil {
				return
			}
			p.wg.Go(func() { p.serve(conn) })
		}
	})
	t.Cleanup(func() { p.ln.Close(); p.wg.Wait() })
	return p
}

func (p *post) set(f func()) { p.mu.Lock(); defer p.mu.Unlock(); f() }

func (p *post) got() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string{}, p.mails...)
}

func (p *post) serve(conn net.Conn) {
	defer func() { conn.Close() }()
	in := bufio.NewReader(conn)
	say := func(s string) { fmt.Fprintf(conn, "%s\r\n", s) }
	say("220 post")
	safe, user, to := false, false, ""
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		verb, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		p.mu.Lock()
		refuse, hang, plain := p.refuse, p.hang, p.plain
		p.mu.Unlock()
		switch {
		case verb == "EHLO" && !safe && !plain:
			say("250-post\r\n250 STARTTLS")
		case verb == "EHLO":
			say("250-post\r\n250 AUTH PLAIN")
		case verb == "STARTTLS" && plain:
			say("502 no")
		case verb == "STARTTLS":
			say("220 go on")
			conn = tls.Server(conn, p.tls)
			in, safe = bufio.NewReader(conn), true
		case verb == "AUTH":
			given, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(rest, "PLAIN "))
			if user = string(given) == "\x00yagura\x00secret"; user {
				say("235 ok")
			} else {
				say("535 no")
			}
		case !safe || !user:
			say("530 first TLS and a name")
		case verb == "RCPT" && refuse:
			say("450 mailbox busy")
		case verb == "RCPT":
			to = rest
			say("250 ok")
		case verb == "DATA":
			say("354 go on")
			var b strings.Builder
			for line, err = in.ReadString('\n'); err == nil && line != ".\r\n"; line, err = in.ReadString('\n') {
				b.WriteString(line)
			}
			p.set(func() { p.mails = append(p.mails, to+"\n"+b.String()) })
			if hang {
				return
			}
			say("250 taken")
		case verb == "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

// office is people who owe something, and a clock.
type office struct {
	t    *testing.T
	db   *db.DB
	now  vms.Instant
	post *post
	cfg  digest.Config
	room *digest.Room
	owed map[string][]digest.Owed
}

func at(day string, hour int) vms.Instant {
	d, err := time.ParseInLocation(time.DateOnly, day, conf.JST)
	if err != nil {
		panic(err)
	}
	return vms.InstantOf(d.Add(time.Duration(hour) * time.Hour))
}

func newOffice(t *testing.T, url string) *office {
	d, err := db.Open(t.Context(), url)
	require.NoError(t, err)
	t.Cleanup(func() { d.Close() })
	o := &office{t: t, db: d, now: at("2026-11-26", 9), post: newPost(t), owed: map[string][]digest.Owed{
		"jimu": {{Kind: "巡回", What: "是正", Count: 3, Late: 1}, {Kind: "任用時研修", What: "同意書の署名", Count: 1}}}}
	now := func() vms.Instant { return o.now }
	people := identity.New(d, identity.Options{Now: now})
	for _, login := range []string{"jimu", "idle", "admin"} {
		require.NoError(t, people.AddPerson(t.Context(), login, "見本　"+login, ""))
	}
	server, err := digest.NewServer("smtp+starttls://yagura:secret@" + o.post.ln.Addr().String())
	require.NoError(t, err)
	server.Roots = o.post.pool
	o.cfg = digest.Config{DB: d, Identity: people, Now: now, Log: slog.New(slog.DiscardHandler), Server: server, From: "yagura@example.lg.jp", Address: "{login}@example.lg.jp",
		Every: digest.Daily, At: 8 * time.Hour, Link: "https://yagura.example.lg.jp/records",
		Owes: func(_ context.Context, p *identity.Person, _ string) ([]digest.Owed, error) {
			return o.owed[p.Login], nil
		}}
	o.room = digest.New(o.cfg)
	return o
}

func onBoth(t *testing.T, story func(t *testing.T, o *office)) {
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		story(t, newOffice(t, "sqlite:"+filepath.Join(t.TempDir(), "yagura.db")))
	})
	t.Run("postgres", func(t *testing.T) { t.Parallel(); story(t, newOffice(t, testserver.Postgres(t))) })
}

func (o *office) once() { o.t.Helper(); require.NoError(o.t, o.room.Once(o.t.Context(), 1)) }

func (o *office) told() []inbox.Item {
	items, err := o.room.Items(o.t.Context(), &identity.Person{Login: "admin", Appointments: []identity.Appointment{{Post: identity.Administrator, State: "accepted", To: at("2099-01-01", 0)}}})
	require.NoError(o.t, err)
	return items
}

func TestADigestSaysHowMuchAndNothingElse(t *testing.T) {
	onBoth(t, func(t *testing.T, o *office) {
		o.now = at("2026-11-26", 7)
		o.once()
		require.Empty(t, o.post.got(), "it is early")
		o.now = at("2026-11-26", 9)
		o.once()
		o.once()
		require.NoError(t, digest.New(o.cfg).Once(t.Context(), 2), "another node")
		require.Len(t, o.post.got(), 1, "once, and not to whoever owes nothing")
		to, raw, _ := strings.Cut(o.post.got()[0], "\n")
		require.Contains(t, to, "<jimu@example.lg.jp>")
		m, err := mail.ReadMessage(strings.NewReader(raw))
		require.NoError(t, err)
		subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
		require.NoError(t, err)
		require.Equal(t, "【櫓】本日の対応 4件（期限超過 1件）", subject)
		body, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, m.Body))
		require.NoError(t, err)
		require.Contains(t, string(body), "・巡回　是正　3件（うち期限超過 1件）\r\n・任用時研修　同意書の署名　1件\r\n")
		require.Contains(t, string(body), o.cfg.Link)
		require.NotContains(t, string(body)+raw, "見本", "no name")
		o.now = at("2026-11-27", 9)
		o.once()
		require.Len(t, o.post.got(), 2, "the next day")
		o.now = at("2026-11-28", 9)
		o.once()
		require.Len(t, o.post.got(), 2, "not on a Saturday")
	})
}

func TestWeeklyIsTheFirstBusinessDay(t *testing.T) {
	o := newOffice(t, "sqlite:"+filepath.Join(t.TempDir(), "yagura.db"))
	o.cfg.Every = digest.Weekly
	o.room = digest.New(o.cfg)
	for _, day := range []string{"2026-11-22", "2026-11-23", "2026-11-24", "2026-11-25", "2026-11-27", "2026-11-30"} { // the 23rd is a holiday
		o.now = at(day, 9)
		o.once()
	}
	require.Len(t, o.post.got(), 2)
}

func TestWhatDidNotGoIsTriedAgainAndTold(t *testing.T) {
	onBoth(t, func(t *testing.T, o *office) {
		o.post.set(func() { o.post.refuse = true })
		o.once()
		o.once()
		o.post.set(func() { o.post.refuse = false })
		o.once()
		require.Empty(t, o.post.got(), "its turn has not come again")
		o.now = o.now.Add(6 * time.Minute)
		o.once()
		require.Len(t, o.post.got(), 1)
		require.Empty(t, o.told())

		o.now = at("2026-11-27", 9)
		o.post.set(func() { o.post.refuse = true })
		for range 8 {
			o.once()
			o.now = o.now.Add(2 * time.Hour / 3)
		}
		require.Len(t, o.told(), 1, "given up")
		require.Equal(t, 1, o.told()[0].Subject.Done)
		o.post.set(func() { o.post.refuse = false })
		o.once()
		require.Len(t, o.post.got(), 1)
	})
}

func TestWhatMayHaveGoneIsNotSentTwice(t *testing.T) {
	onBoth(t, func(t *testing.T, o *office) {
		o.post.set(func() { o.post.hang = true })
		o.once()
		require.Len(t, o.post.got(), 1)
		o.post.set(func() { o.post.hang = false })
		o.now = o.now.Add(5 * time.Hour)
		o.once()
		require.Len(t, o.post.got(), 1, "the server had it")
		require.Len(t, o.told(), 1)

		o.now = at("2026-11-27", 9) // a process that died while a mail left
		_, err := o.db.Exec(t.Context(), `INSERT INTO digest (login, day, state, tries, next_us, at_us) VALUES ('jimu', '2026-11-27', 'sending', 1, 0, 0)`)
		require.NoError(t, err)
		o.once()
		require.Len(t, o.post.got(), 1)
		require.Len(t, o.told(), 2)
	})
}

func TestNothingGoesInTheClear(t *testing.T) {
	o := newOffice(t, "sqlite:"+filepath.Join(t.TempDir(), "yagura.db"))
	o.post.set(func() { o.post.plain = true })
	o.once()
	require.Empty(t, o.post.got(), "TLS was not offered")
	for _, bad := range []string{"smtp://mail.example.lg.jp:25", "smtp://u:p@127.0.0.1:25", "mail.example.lg.jp", "smtps://u:p@mail.example.lg.jp", "https://x:1"} {
		_, err := digest.NewServer(bad)
		require.Error(t, err, bad)
		require.NotContains(t, err.Error(), ":p@")
	}
	server, err := digest.NewServer("smtp+starttls://yagura:secret@" + o.post.ln.Addr().String())
	require.NoError(t, err)
	o.post.set(func() { o.post.plain = false })
	require.Error(t, server.Send(t.Context(), "a@b", "c@d", []byte("x")), "a certificate nobody vouches for")
}
