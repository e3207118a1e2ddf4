package archive

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"yagura/internal/vms"
)

func TestCoverage(t *testing.T) {
	const s = 1_000_000
	var c coverage
	c.interrupted(12*s, vms.Unreachable)
	require.Empty(t, c.begin(20*s, vms.Stalled), "the past is not known yet")
	require.Equal(t, []vms.Gap{
		{Span: vms.Span{From: 10 * s, To: 12 * s}, Cause: vms.Restarted},
		{Span: vms.Span{From: 12 * s, To: 20 * s}, Cause: vms.Unreachable},
	}, c.resolve(10*s, vms.Restarted))
	c.extend(29*s, 29.5*s)
	c.interrupted(29.4*s, vms.Disconnected) // told before the last frame's end
	require.Equal(t, []vms.Gap{{Span: vms.Span{From: 29.5 * s, To: 40 * s}, Cause: vms.Disconnected}}, c.open(40*s, vms.Stalled))
	c.interrupted(35*s, vms.Refused)
	gaps := c.open(50*s, vms.Stalled)
	c.settle(gaps)
	require.Equal(t, []vms.Gap{{Span: vms.Span{From: 35 * s, To: 60 * s}, Cause: vms.Refused}}, c.begin(60*s, vms.Stalled))
	require.Equal(t, gaps[0], c.carry(nil)[0])
	c.interrupted(61*s, vms.Damaged)
	c.extend(70*s, 71*s) // it went on
	require.Equal(t, []vms.Gap{{Span: vms.Span{From: 71 * s, To: 72 * s}, Cause: vms.ClockStepped}}, c.begin(72*s, vms.ClockStepped))
	require.Empty(t, c.begin(72*s, vms.Stalled))
}

// Whatever is told, in whatever order, what is recorded and the gaps tile time.
func TestCoverageTilesTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var c coverage
		now := vms.Instant(1000)
		step := func(what string) vms.Instant { return vms.Instant(rapid.Int64Range(0, 3_000_000).Draw(t, what)) }
		c.resolve(now, vms.Restarted)
		var spans []vms.Span
		gaps := map[vms.Instant]vms.Gap{}
		keep := func(list []vms.Gap) {
			for _, g := range list {
				gaps[g.From] = g
			}
		}
		first := now
		for range rapid.IntRange(1, 20).Draw(t, "stretches") {
			for range rapid.IntRange(0, 4).Draw(t, "events") {
				c.interrupted(now+step("at")-1_000_000, rapid.SampledFrom([]vms.Cause{vms.Stalled, vms.Refused, vms.Damaged}).Draw(t, "cause"))
				if rapid.Bool().Draw(t, "tick") {
					open := c.open(now+step("tick"), vms.Stalled)
					if len(open) > 0 {
						now = max(now, open[len(open)-1].To)
					}
					keep(open)
					c.settle(open)
				}
			}
			from := now + step("from")
			keep(c.begin(from, vms.ClockStepped))
			to := from + step("to") + 1
			c.extend(to-1, to)
			spans = append(spans, vms.Span{From: from, To: to})
			now = to
		}
		list := []vms.Gap{}
		for _, g := range gaps {
			list = append(list, g)
		}
		whole := vms.Span{From: first, To: now}
		got, holes := tile(whole, spans, [][]vms.Gap{list}, unexplained)
		total := vms.Instant(0)
		for _, s := range got {
			total += s.To - s.From
		}
		for _, g := range holes {
			require.NotEqual(t, vms.Unexplained, g.Cause)
			total += g.To - g.From
		}
		require.Equal(t, whole.To-whole.From, total)
		claimed := vms.Instant(0)
		for _, g := range list {
			claimed += g.To - g.From
		}
		for _, s := range vms.Union(spans) {
			claimed += s.To - s.From
		}
		require.Equal(t, total, claimed, "gaps overlap each other or what is recorded")
	})
}

func unexplained(s vms.Span) []vms.Gap { return []vms.Gap{{Span: s, Cause: vms.Unexplained}} }

func drawSpans(t *rapid.T, what string) []vms.Span {
	var out []vms.Span
	for range rapid.IntRange(0, 12).Draw(t, what) {
		from := vms.Instant(rapid.Int64Range(0, 60).Draw(t, "from"))
		out = append(out, vms.Span{From: from, To: from + vms.Instant(rapid.Int64Range(0, 12).Draw(t, "length"))})
	}
	return out
}

// tile against asking each µs, at every edge.
func TestTileIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		spans := drawSpans(t, "spans")
		var lists [][]vms.Gap
		for i := range 2 {
			var list []vms.Gap
			for _, s := range drawSpans(t, "gaps") {
				list = append(list, vms.Gap{Span: s, Cause: []vms.Cause{vms.Stalled, vms.Refused}[i]})
			}
			lists = append(lists, list)
		}
		from := vms.Instant(rapid.Int64Range(0, 70).Draw(t, "span"))
		whole := vms.Span{From: from, To: from + vms.Instant(rapid.Int64Range(0, 30).Draw(t, "of"))}
		got, gaps := tile(whole, spans, lists, unexplained)
		covers := func(list []vms.Gap, at vms.Instant) bool {
			return slices.ContainsFunc(list, func(g vms.Gap) bool { return g.Contains(at) })
		}
		for at := whole.From - 1; at <= whole.To; at++ {
			var want, have vms.Cause
			recorded := slices.ContainsFunc(spans, func(s vms.Span) bool { return s.Contains(at) })
			switch {
			case !whole.Contains(at):
			case recorded:
				want = "recorded"
			case covers(lists[0], at):
				want = vms.Stalled
			case covers(lists[1], at):
				want = vms.Refused
			default:
				want = vms.Unexplained
			}
			n := 0
			for _, s := range got {
				if s.Contains(at) {
					have = "recorded"
					n++
				}
			}
			for _, g := range gaps {
				if g.Contains(at) {
					have = g.Cause
					n++
				}
			}
			require.LessOrEqual(t, n, 1)
			require.Equal(t, want, have, "at %d", at)
		}
	})
}
