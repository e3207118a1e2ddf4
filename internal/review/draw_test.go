package review

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/audit"
	"yagura/internal/oversight"
	"yagura/internal/vms"
)

func ids(n int) (out []string) {
	for i := range n {
		out = append(out, fmt.Sprint("view-", i))
	}
	return out
}

func TestAShareIsDrawn(t *testing.T) {
	for n, want := range map[int]int{0: 0, 1: 1, 20: 1, 21: 2, 100: 5, 1000: 50} {
		require.Len(t, Draw(Seed{1}, ids(n)), want, n)
	}
}

func TestTheSameSeedDrawsTheSame(t *testing.T) {
	seed := Seed{7}
	all := ids(1000)
	want := Draw(seed, all)
	mixed := slices.Clone(all)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
	require.Equal(t, want, Draw(seed, mixed), "in whatever order")
	require.NotEqual(t, want, Draw(Seed{8}, all))
	again, err := ParseSeed(seed.String())
	require.NoError(t, err)
	require.Equal(t, seed, again)
	for _, bad := range []string{"", "07", strings.Repeat("g", 64)} {
		_, err := ParseSeed(bad)
		require.ErrorIs(t, err, vms.Invalid, bad)
	}
}

// TestEverybodyIsDrawnAlike: over many seeds each id comes as often as its share (a binomial, within 5 σ).
func TestEverybodyIsDrawnAlike(t *testing.T) {
	const seeds, n = 4000, 40
	count := map[string]int{}
	all := ids(n)
	for i := range seeds {
		for _, id := range Draw(Seed{byte(i), byte(i >> 8), 3}, all) {
			count[id]++
		}
	}
	require.Len(t, count, n)
	for id, got := range count { // 5 % of 4000 is 200, σ 13.8
		require.InDelta(t, 200, got, 69, id)
	}
}

func TestSample(t *testing.T) {
	hint := []oversight.Hint{{Kind: oversight.OutOfHours, Value: 3}}
	var entries []oversight.Entry
	add := func(action, caseRef string, hints []oversight.Hint, at time.Duration) {
		e := oversight.Entry{Hints: hints}
		e.ID, e.Actor, e.Action, e.Case, e.Time = fmt.Sprint(len(entries)), "kiki", action, caseRef, vms.Instant(0).Add(at)
		entries = append(entries, e)
	}
	add(audit.ViewLive, "", hint, 0)
	add(audit.ViewPast, "s", nil, time.Hour)
	add(audit.ViewPast, "s", hint, time.Hour)
	add(audit.ViewPast, "open", nil, time.Hour)
	for i := range 100 { // dragged along a timeline
		add(audit.ViewStill, "", nil, 2*time.Hour+time.Duration(i)*time.Second)
	}
	add(audit.ViewStill, "", nil, 3*time.Hour)
	slices.Reverse(entries)
	var got []string
	for _, i := range Sample(Seed{}, View, entries, func(c string) bool { return c == "s" }) {
		require.Equal(t, Open, i.State)
		got = append(got, i.entry+" "+strings.Join(i.Why, "+"))
	}
	require.Len(t, got, 4, "of three ordinary ones one")
	require.Equal(t, []string{"0 hinted", "1 sealed", "2 hinted+sealed"}, got[:3])
	require.Regexp(t, `^(3|4|104) random$`, got[3])
}
