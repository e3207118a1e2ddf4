package identity_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"golang.org/x/sync/errgroup"

	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/testserver"
	"yagura/internal/vms"
)

const password = "a long enough secret"

// clock is a hand-set wall clock.
type clock struct {
	mu  sync.Mutex
	now vms.Instant
}

func (c *clock) Now() vms.Instant {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

type house struct {
	*identity.Registry
	*clock
	db *db.DB
}

func open(t *testing.T, url string) house {
	t.Helper()
	d, err := db.Open(t.Context(), url)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	c := &clock{now: vms.InstantOf(time.Now())}
	return house{identity.New(d, identity.Options{SecondPerson: true, Now: c.Now}), c, d}
}

func sqliteURL(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "y.db") }

func onBoth(t *testing.T, story func(t *testing.T, h house)) {
	t.Run("sqlite", func(t *testing.T) { story(t, open(t, sqliteURL(t))) })
	t.Run("postgres", func(t *testing.T) { story(t, open(t, testserver.Postgres(t))) })
}

func (h house) units(t *testing.T) {
	t.Helper()
	files, err := conf.ReadDir("../../camera-configs", camera.Patterns...)
	require.NoError(t, err)
	set, err := camera.Parse(files, "", nil)
	require.NoError(t, err)
	require.NoError(t, h.SyncUnits(t.Context(), set.Organisation))
	before := h.Epoch()
	require.NoError(t, h.SyncUnits(t.Context(), set.Organisation))
	require.Equal(t, before, h.Epoch(), "nothing differed, nobody is told")
}

func TestSignInAndOut(t *testing.T) {
	onBoth(t, func(t *testing.T, h house) {
		ctx := t.Context()
		require.NoError(t, h.AddPerson(ctx, "kiki", "見本　一郎", ""))
		require.ErrorIs(t, h.AddPerson(ctx, "kiki", "x", ""), vms.Conflict)
		require.ErrorIs(t, h.AddPerson(ctx, "Kiki!", "x", ""), vms.Invalid)
		require.ErrorIs(t, h.SetPassword(ctx, "kiki", "short"), vms.Invalid)
		require.NoError(t, h.SetPassword(ctx, "kiki", password))

		s, token, err := h.SignIn(ctx, " KIKI ", password, "10.0.0.7")
		require.NoError(t, err)
		require.Equal(t, "見本　一郎", s.Person.Name)
		require.NoError(t, h.SetPurpose(ctx, s.ID, "deterrence_check", "K-29-7"))
		got, err := h.Resolve(ctx, token)
		require.NoError(t, err)
		require.Equal(t, []string{s.ID, "deterrence_check", "K-29-7", "10.0.0.7"}, []string{got.ID, got.Purpose, got.Case, got.Source})

		var rows int
		require.NoError(t, h.db.QueryRow(ctx, `SELECT COUNT(*) FROM session WHERE hash = $1 OR id = $1`, token).Scan(&rows))
		require.Zero(t, rows, "the token itself is stored nowhere")

		require.NoError(t, h.SignOut(ctx, s.ID))
		_, err = h.Resolve(ctx, token)
		require.Equal(t, identity.NotSignedIn, vms.Code(err))
		_, err = h.Resolve(ctx, "")
		require.Equal(t, identity.NotSignedIn, vms.Code(err))
	})
}

func TestUnknownAndWrongAnswerAlike(t *testing.T) {
	defer identity.FullCost()()
	h := open(t, sqliteURL(t))
	ctx := t.Context()
	require.NoError(t, h.AddPerson(ctx, "known", "n", ""))
	require.NoError(t, h.SetPassword(ctx, "known", password))
	require.NoError(t, h.AddPerson(ctx, "nopassword", "n", ""))
	cost := map[string]time.Duration{}
	var texts []string
	for _, login := range []string{"known", "unknown", "nopassword"} {
		start := time.Now()
		_, _, err := h.SignIn(ctx, login, "wrong password", "10.0.0.7")
		cost[login] = time.Since(start)
		require.Equal(t, identity.SignInFailed, vms.Code(err))
		texts = append(texts, err.Error())
	}
	require.Equal(t, texts[0], texts[1])
	require.Equal(t, texts[0], texts[2])
	require.Greater(t, cost["unknown"], cost["known"]/4, "costs %v", cost) // generous: the machine is shared
}

func TestGuessingIsLimitedPerLoginAndPerSource(t *testing.T) {
	onBoth(t, func(t *testing.T, h house) {
		ctx := t.Context()
		evaluated := func(login, from string) bool {
			_, _, err := h.SignIn(ctx, login, "guess guess", from)
			require.ErrorIs(t, err, vms.Denied)
			return vms.Code(err) == identity.SignInFailed
		}
		n := 0
		for range 60 * 2 { // an hour, two guesses a minute from changing addresses
			if evaluated("victim", h.Now().String()) {
				n++
			}
			h.pass(30 * time.Second)
		}
		require.LessOrEqual(t, n, 20)
		require.Greater(t, n, 15)
		for i := range 40 {
			n = i
			if !evaluated(string(rune('a'+i%26))+string(rune('a'+i/26)), "10.6.6.6") {
				break
			}
		}
		require.Equal(t, 30, n)
	})
}

// TestGuessesAtOnceShareOneLimit: many at once, on two nodes, from as many addresses, for an hour.
func TestGuessesAtOnceShareOneLimit(t *testing.T) {
	onBoth(t, func(t *testing.T, h house) {
		ctx := t.Context()
		require.NoError(t, h.AddPerson(ctx, "victim", "n", ""))
		require.NoError(t, h.SetPassword(ctx, "victim", password))
		nodes := []*identity.Registry{h.Registry, identity.New(h.db, identity.Options{SecondPerson: true, Now: h.Now})}
		var evaluated atomic.Int64
		const minutes, atOnce = 60, 32
		for minute := range minutes {
			var g errgroup.Group
			for i := range atOnce {
				g.Go(func() error {
					_, _, err := nodes[i%2].SignIn(ctx, "victim", "guess guess", fmt.Sprintf("10.0.%d.%d", minute, i))
					switch vms.Code(err) {
					case identity.SignInFailed:
						evaluated.Add(1)
						return nil
					case identity.TooMany:
						return nil
					}
					return fmt.Errorf("%d: %w", i, err)
				})
			}
			require.NoError(t, g.Wait())
			h.pass(time.Minute)
		}
		require.LessOrEqual(t, evaluated.Load(), int64(20), "of %d", minutes*atOnce)
		require.Greater(t, evaluated.Load(), int64(15))
	})
}

func TestSuccessGivesTheGuessBack(t *testing.T) {
	h := open(t, sqliteURL(t))
	require.NoError(t, h.AddPerson(t.Context(), "p", "n", ""))
	require.NoError(t, h.SetPassword(t.Context(), "p", password))
	var wg sync.WaitGroup
	errs := make(chan error, 12)
	for range 12 { // many tabs at once
		wg.Go(func() {
			_, _, err := h.SignIn(t.Context(), "p", password, "10.0.0.7")
			errs <- err
		})
	}
	wg.Wait()
	close(errs)
	for err := range errs {
		require.NoError(t, err)
	}
}

func TestSessionsEndByThemselves(t *testing.T) {
	h := open(t, sqliteURL(t))
	ctx := t.Context()
	require.NoError(t, h.AddPerson(ctx, "p", "n", ""))
	require.NoError(t, h.SetPassword(ctx, "p", password))
	signIn := func() (*identity.Session, string) {
		s, token, err := h.SignIn(ctx, "p", password, "10.0.0.7")
		require.NoError(t, err)
		return s, token
	}
	alive := func(token string) bool { _, err := h.Resolve(ctx, token); return err == nil }

	_, token := signIn()
	h.pass(29 * time.Minute)
	require.True(t, alive(token))
	h.pass(31 * time.Minute)
	require.False(t, alive(token), "idle")

	_, token = signIn()
	for range 12*60/29 + 1 {
		h.pass(29 * time.Minute)
		if !alive(token) {
			break
		}
	}
	require.False(t, alive(token), "absolute")

	s, token := signIn()
	for range 8 { // a picture plays
		h.pass(29 * time.Minute)
		_, err := h.Keep(ctx, s.ID)
		require.NoError(t, err)
	}
	require.True(t, alive(token))
	for range 9 {
		h.pass(29 * time.Minute)
		_, _ = h.Keep(ctx, s.ID)
	}
	require.False(t, alive(token), "nobody acted for four hours")
}

func TestAFootagePostNeedsTwoPeople(t *testing.T) {
	onBoth(t, func(t *testing.T, h house) {
		ctx := t.Context()
		h.units(t)
		require.NoError(t, h.AddPerson(ctx, "head", "n", ""))
		_, err := h.Appoint(ctx, identity.Appointment{Login: "head", Post: identity.DepartmentHead}, "admin")
		require.Equal(t, "unit-required", vms.Code(err))
		_, err = h.Appoint(ctx, identity.Appointment{Login: "head", Post: identity.DepartmentHead, Unit: "nowhere"}, "admin")
		require.ErrorIs(t, err, vms.NotFound)
		_, err = h.Appoint(ctx, identity.Appointment{Login: "head", Post: "king"}, "admin")
		require.ErrorIs(t, err, vms.Invalid)
		clerk, err := h.Appoint(ctx, identity.Appointment{Login: "head", Post: identity.Clerk, Unit: "koseki"}, "admin")
		require.NoError(t, err)
		require.Equal(t, "accepted", clerk.State)

		a, err := h.Appoint(ctx, identity.Appointment{Login: "head", Post: identity.DepartmentHead, Unit: "kumin"}, "admin")
		require.NoError(t, err)
		posts := func() (n int) {
			p, err := h.Person(ctx, "head")
			require.NoError(t, err)
			for _, a := range p.Appointments {
				if a.InForce(h.Now()) {
					n++
				}
			}
			return n
		}
		require.Equal(t, 1, posts())
		for _, by := range []string{"admin", "head", ""} {
			require.ErrorIs(t, h.Approve(ctx, a.ID, by), vms.Denied)
		}
		waiting, err := h.Waiting(ctx)
		require.NoError(t, err)
		require.Len(t, waiting, 1)
		require.NoError(t, h.Approve(ctx, a.ID, "kiki"))
		require.ErrorIs(t, h.Approve(ctx, a.ID, "kiki"), vms.Conflict)
		require.Equal(t, 2, posts())
		require.NoError(t, h.End(ctx, a.ID, 0))
		require.Equal(t, 1, posts())
	})
}

// TestWhoApprovesIsMadeByTwo: else an administrator would make an accomplice who approves all the rest.
func TestWhoApprovesIsMadeByTwo(t *testing.T) {
	onBoth(t, func(t *testing.T, h house) {
		ctx := t.Context()
		state := func(login, by string) string {
			t.Helper()
			require.NoError(t, h.AddPerson(ctx, login, "n", ""))
			a, err := h.Appoint(ctx, identity.Appointment{Login: login, Post: identity.InformationSecurity}, by)
			require.NoError(t, err)
			return a.State
		}
		require.Equal(t, "waiting", state("friend", "admin"), "no page makes the first")
		require.Equal(t, "accepted", state("first", identity.Console), "there is nobody to approve")
		require.Equal(t, "waiting", state("second", identity.Console))
		require.NoError(t, h.SetDisabled(ctx, "first", true))
		require.Equal(t, "waiting", state("third", "admin"))
		require.Equal(t, "accepted", state("fourth", identity.Console), "nobody is left to approve")
		require.NoError(t, h.SetDisabled(ctx, "fourth", true))
		_, err := h.Change(ctx, "admin", func([]*identity.Member) (identity.Changes, error) {
			return identity.Changes{Enable: []string{"fourth"}}, nil
		})
		require.NoError(t, err)
		p, err := h.Person(ctx, "fourth")
		require.NoError(t, err)
		require.False(t, p.Holds(h.Now(), identity.InformationSecurity), "who comes in again is approved again")
	})
}

func TestTokens(t *testing.T) {
	h := open(t, sqliteURL(t))
	ctx := t.Context()
	_, err := h.AddToken(ctx, "nobody", "", "cli", time.Hour)
	require.ErrorIs(t, err, vms.NotFound)
	require.NoError(t, h.AddPerson(ctx, "p", "n", ""))
	token, err := h.AddToken(ctx, "p", "script", "cli", time.Hour)
	require.NoError(t, err)
	h.pass(59 * time.Minute) // tokens know no idleness
	s, err := h.Resolve(ctx, token)
	require.NoError(t, err)
	require.Equal(t, []string{"token", "p"}, []string{s.Kind, s.Person.Login})
	h.pass(2 * time.Minute)
	_, err = h.Resolve(ctx, token)
	require.Equal(t, identity.NotSignedIn, vms.Code(err))

	token, err = h.AddToken(ctx, "p", "script", "cli", time.Hour)
	require.NoError(t, err)
	require.NoError(t, h.SetDisabled(ctx, "p", true))
	_, err = h.Resolve(ctx, token)
	require.Equal(t, identity.NotSignedIn, vms.Code(err))
}

func TestOtherNodesHearWithinHalfASecond(t *testing.T) {
	url := testserver.Postgres(t)
	a, b := open(t, url), open(t, url)
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent(), goleak.IgnoreAnyFunction("database/sql.(*DB).connectionCleaner"))
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- b.Run(ctx) }()
	require.NoError(t, a.AddPerson(ctx, "p", "n", ""))
	token, err := a.AddToken(ctx, "p", "", "cli", time.Hour)
	require.NoError(t, err)
	s, err := b.Resolve(ctx, token)
	require.NoError(t, err)
	start := time.Now()
	require.NoError(t, a.SignOut(ctx, s.ID))
	_, err = a.Resolve(ctx, token)
	require.Error(t, err, "at once here")
	for err = nil; err == nil; _, err = b.Resolve(ctx, token) {
		changed := b.Changed()
		if _, err := b.Resolve(ctx, token); err != nil {
			break
		}
		<-changed
	}
	require.Less(t, time.Since(start), 2*time.Second) // 0.3 s on an idle machine
	cancel()
	require.NoError(t, <-done)
}

func TestSamplePeople(t *testing.T) {
	h := open(t, sqliteURL(t))
	h.units(t)
	text, err := os.ReadFile("../../scripts/sample-people.yaml")
	require.NoError(t, err)
	file := conf.File{Name: "sample-people.yaml", Data: string(text)}
	for range 2 { // again is harmless
		require.NoError(t, h.Import(t.Context(), file, "yagura-demo", "sample", "demo"))
	}
	people, err := h.People(t.Context())
	require.NoError(t, err)
	require.Len(t, people, 14)
	for _, p := range people {
		require.Len(t, p.Appointments, 1, p.Login)
		require.True(t, p.Appointments[0].InForce(h.Now()), p.Login)
	}
	_, _, err = h.SignIn(t.Context(), "bucho-kumin", "yagura-demo", "::1")
	require.NoError(t, err)
}

func BenchmarkResolve(b *testing.B) {
	d, err := db.Open(b.Context(), "sqlite:"+filepath.Join(b.TempDir(), "y.db"))
	require.NoError(b, err)
	defer d.Close()
	r := identity.New(d, identity.Options{})
	require.NoError(b, r.AddPerson(b.Context(), "p", "n", ""))
	token, err := r.AddToken(b.Context(), "p", "", "cli", time.Hour)
	require.NoError(b, err)
	for b.Loop() {
		if _, err := r.Resolve(b.Context(), token); err != nil {
			b.Fatal(err)
		}
	}
}
