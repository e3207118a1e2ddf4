package access_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"golang.org/x/sync/errgroup"

	"yagura/internal/access"
	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

var damage = flag.Int("damage", 500, "how many damaged policies to try")

// unitOracle is what posts may do with records and the system, by hand: of their own units, and of others.
var unitOracle = map[identity.Post][2]string{
	identity.DepartmentHead:      {"records duty duty.read", ""},
	identity.GeneralManager:      {"records duty duty.read", ""},
	identity.CrisisManagement:    {"records.case approve_policy duty.read duty.receive", "records.case approve_policy duty.read duty.receive"},
	identity.Facilities:          {"cameras", "cameras"},
	identity.Auditor:             {"records.read duty.read", "records.read duty.read"},
	identity.InformationSecurity: {"records approve_policy", "records approve_policy"},
	identity.ExecutingOfficer:    {"records", ""},
	identity.Clerk:               {"records", ""},
	identity.LogAnalyst:          {"records.oplog", "records.oplog"},
	identity.Administrator:       {"people", "people"},
}

// generous returns the first combination a policy allows, or lets ask for, that the oracle does not; "" none.
func generous(p *access.Policy, set *camera.Set, now vms.Instant) string {
	e := access.New()
	e.SetPolicy(p)
	e.SetCameras(set)
	rank := map[string]int{"no": 0, "ask": 1, "yes": 2}
	uses := strings.Fields("deterrence_check misuse_verification incident maintenance legal_request subject_request attendance")
	uses = append(uses, "")
	for post := range oracle {
		for place, unit := range []string{"koseki", "gomi-zero"} {
			who := holder(string(post) + " " + unit)
			for _, kind := range []camera.Kind{camera.Surveillance, camera.Security} {
				cam := *set.Find("a1-01")
				cam.Kind = kind
				for n, a := range access.CameraActions {
					for _, use := range uses {
						got, want := says(e.Check(who, a, &cam, 0, use, now)), oracleSays(post, place == 0, n, string(kind), use)
						if rank[got] > rank[want] {
							return fmt.Sprintf("%s of %s: %s %s %q: %s, not %s", post, unit, a, kind, use, got, want)
						}
					}
				}
			}
			for _, a := range access.UnitActions {
				if e.CheckUnit(who, a, "koseki", now).Allow && !slices.Contains(strings.Fields(unitOracle[post][place]), string(a)) {
					return fmt.Sprintf("%s of %s: %s", post, unit, a)
				}
			}
		}
	}
	return ""
}

// TestDamagedPoliciesNeverGrantMore: whatever happens to a file, what still loads grants nothing that the matrix
// of the design, written down by hand, denies.
func TestDamagedPoliciesNeverGrantMore(t *testing.T) {
	set, now := sampleCameras(t), day(t, "2020-01-01")
	whole, err := access.Compile(policyFiles(t))
	require.NoError(t, err)
	require.Empty(t, generous(whole, set, now))
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	var loaded atomic.Int64
	var g errgroup.Group
	g.SetLimit(runtime.NumCPU())
	for n := range *damage {
		rng := rand.New(rand.NewPCG(seed, uint64(n)))
		files := policyFiles(t)
		i := []int{0, 1, 2, 2}[rng.IntN(4)] // rules twice as often: they are what people change
		files[i].Data = uncommented(files[i].Data)
		for range 1 + rng.IntN(2) {
			files[i].Data = damaged(rng, files[i].Data)
		}
		g.Go(func() error {
			p, err := access.Compile(files)
			if err != nil {
				if err.Error() == "" {
					return errors.New("an error without words")
				}
				return nil
			}
			loaded.Add(1)
			if what := generous(p, set, now); what != "" {
				return fmt.Errorf("%s damaged (%d) allows %s:\n%s", files[i].Name, n, what, files[i].Data)
			}
			return nil
		})
	}
	require.NoError(t, g.Wait())
	t.Logf("%d of %d damaged policies still loaded, none of them more generous than the oracle", loaded.Load(), *damage)
}

// TestTheOracleFindsAWiderPolicy: rules and tests that agree on too much are caught by it alone.
func TestTheOracleFindsAWiderPolicy(t *testing.T) {
	wider := changed(t, "p, clerk, own, records,", "p, clerk, own, records records.read,", "who: clerk koseki, unit: koseki, yes: [records]", "who: clerk koseki, unit: koseki, yes: [records, records.read]")
	p, err := access.Compile(wider)
	require.NoError(t, err)
	require.Equal(t, "clerk of koseki: records.read", generous(p, sampleCameras(t), day(t, "2020-01-01")))
}

// uncommented leaves damage no comments to hide in.
func uncommented(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(strings.TrimSpace(line), "#") && strings.TrimSpace(line) != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}

func damaged(rng *rand.Rand, text string) string {
	b := []byte(text)
	i, j := rng.IntN(len(b)), rng.IntN(len(b))
	switch rng.IntN(5) {
	case 0: // a byte changed
		b[i] = "*,. pyn\n!&|=(#"[rng.IntN(14)]
	case 1: // a byte lost
		b = append(b[:i], b[i+1:]...)
	case 2: // a stretch lost
		b = append(b[:min(i, j)], b[max(i, j):]...)
	case 3: // a line lost or two swapped
		lines := strings.SplitAfter(text, "\n")
		k, l := rng.IntN(len(lines)), rng.IntN(len(lines))
		lines[k], lines[l] = lines[l], ""
		return strings.Join(lines, "")
	case 4: // a word taken for another
		words := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,\n[]{}:&()", r) })
		return strings.Replace(text, words[rng.IntN(len(words))], words[rng.IntN(len(words))], 1)
	}
	return string(b)
}

// TestACutFileNeverLoads: cut at every single byte, each of the files.
func TestACutFileNeverLoads(t *testing.T) {
	var g errgroup.Group
	g.SetLimit(runtime.NumCPU())
	cuts := 0
	for i, f := range policyFiles(t) {
		text := strings.TrimRight(f.Data, "\n")
		for cut := range len(text) {
			cuts++
			files := policyFiles(t)
			files[i].Data = text[:cut]
			g.Go(func() error {
				if _, err := access.Compile(files); err == nil {
					return fmt.Errorf("%s cut at %d loads", f.Name, cut)
				}
				return nil
			})
		}
	}
	require.NoError(t, g.Wait())
	t.Logf("%d cuts", cuts)
}

func TestBadRulesAreNamedWithTheirLine(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"p, administrator, *, health people", "p, administrator, *, live health people", "administrator may never have live"},
		{"p, department_head, own, live", "p, department_head, *, live", "department_head may never have live (other cameras)"},
		{"p, auditor", "p, auditer", `"auditer" is not a word for post`},
		{"*, *, allow", "*, *, alow", `"alow" is not a word for effect`},
		{"p, clerk, own, records", "p, clerk, own", "is not a rule; write"},
		{"\nend\n", "\n", `the last line must be "end"`},
		{"\nend\n", "\nend\np, clerk, own, records, *, *, allow\n", `text after "end"`},
		{"p, clerk, own, records, *, *, allow\n", "p, clerk, own, records, *, *, allow\np, clerk, own, records, *, *, allow\n", "says the same as line"},
		{"p, clerk, own, records, *, *, allow\n", "p, clerk, own, records people, *, *, allow\n", "people: the rules answer yes, the test wants no"},
		{"p, clerk, own, records, *, *, allow\n", "", "records: the rules answer no, the test wants yes"},
	} {
		files := policyFiles(t)
		for i, f := range files {
			if f.Name == "rules.csv" {
				require.Contains(t, f.Data, c.from)
				files[i].Data = strings.Replace(f.Data, c.from, c.to, 1)
			}
		}
		_, err := access.Compile(files)
		require.ErrorContains(t, err, c.want, c.to)
		require.Regexp(t, `^(rules\.csv|access_test\.yaml)(:\d+:\d+)?: `, err.Error())
	}
	for _, lost := range []string{"rules.csv", "model.conf", "access_test.yaml"} {
		files := policyFiles(t)
		for i, f := range files {
			if f.Name == lost {
				files[i].Data = "\n"
			}
		}
		_, err := access.Compile(files)
		require.ErrorContains(t, err, lost+": is missing or empty")
	}
}

// changed returns the policies with one text replaced in rules.csv and one in the tests.
func changed(t *testing.T, rule, ruleTo, row, rowTo string) []conf.File {
	t.Helper()
	files := policyFiles(t)
	for i, f := range files {
		switch f.Name {
		case "rules.csv":
			files[i].Data = strings.Replace(f.Data, rule, ruleTo, 1)
		case "access_test.yaml":
			files[i].Data = strings.ReplaceAll(f.Data, row, rowTo)
		}
	}
	return files
}

func TestDenyBeatsAllow(t *testing.T) {
	p, err := access.Compile(changed(t, "\nend\n", "\np, administrator, *, live, *, *, deny\nend\n",
		"[administrator, general_manager koseki], camera: c-koseki, yes: [live, past, ", "[administrator, general_manager koseki], camera: c-koseki, yes: ["))
	require.NoError(t, err)
	e := access.New()
	e.SetPolicy(p)
	set := sampleCameras(t)
	e.SetCameras(set)
	now := day(t, "2020-01-01")
	both := holder("general_manager koseki", "administrator")
	d := e.Check(both, access.Live, set.Find("a1-01"), 0, "", now)
	require.False(t, d.Allow)
	require.Contains(t, d.Rule, "p, administrator, *, live, *, *, deny")
	require.Equal(t, "too-recent", e.Check(both, access.Past, set.Find("a1-01"), 0, "incident", now).Code, "who may not see it live sees it once it is old")
	require.True(t, e.Check(both, access.Past, set.Find("a1-01"), now.Add(-16*time.Minute), "incident", now).Allow)
}

func TestWhatWidensPoliciesWaits(t *testing.T) {
	d, err := db.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "y.db"))
	require.NoError(t, err)
	defer d.Close()
	s := access.NewStore(d, false)
	first, err := s.Propose(t.Context(), policyFiles(t), "files")
	require.NoError(t, err)
	require.True(t, first.Accepted())

	clerk := "who: clerk koseki, unit: koseki, yes: [records]"
	wider := changed(t, "p, clerk, own, records,", "p, clerk, own, records records.read,", clerk, "who: clerk koseki, unit: koseki, yes: [records, records.read]")
	v, err := s.Propose(t.Context(), wider, "files")
	require.NoError(t, err)
	require.False(t, v.Accepted())
	require.Equal(t, []string{"事務担当にできることが増えます：records.read（own）。 clerk may do more: records.read (own)."}, v.Why)

	narrower := changed(t, "p, clerk, own, records, *, *, allow\n", "", clerk, "who: clerk koseki, unit: koseki")
	v, err = s.Propose(t.Context(), narrower, "files")
	require.NoError(t, err)
	require.True(t, v.Accepted())
	v, err = s.Propose(t.Context(), policyFiles(t), "files")
	require.NoError(t, err)
	require.False(t, v.Accepted(), "going back widens")

	none := func(func([]conf.File, error) bool) {}
	_, err = access.Wider(iter.Seq2[[]conf.File, error](none), files("p, nobody"))
	require.Error(t, err)
}

func files(rules string) []conf.File { return []conf.File{{Name: "rules.csv", Data: rules}} }

func TestWatchKeepsTheOldWhileTheNewIsBad(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	dir := t.TempDir()
	for _, f := range policyFiles(t) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, f.Name), []byte(f.Data), 0o644))
	}
	type news struct {
		p   *access.Policy
		err error
	}
	heard, done := make(chan news), make(chan error)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		done <- access.Watch(ctx, dir, nil, func(_ []conf.File, p *access.Policy, err error) { heard <- news{p, err} })
	}()
	require.NoError(t, (<-heard).err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "rules.csv"), []byte("p, clerk"), 0o644))
	require.ErrorContains(t, (<-heard).err, "rules.csv:1:1")
	cancel()
	require.NoError(t, <-done)
}
