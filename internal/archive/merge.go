package archive

import (
	"cmp"
	"slices"

	"yagura/internal/vms"
)

// tile covers span exactly once: by what is recorded, else by the first of the gap lists that has
// something, else by what rest says. Spans and gaps come back in order, joined where they touch.
func tile(span vms.Span, recorded []vms.Span, lists [][]vms.Gap, rest func(vms.Span) []vms.Gap) ([]vms.Span, []vms.Gap) {
	if span.Empty() {
		return nil, nil
	}
	spans := clipSpans(vms.Union(recorded), span)
	covered := spans
	var gaps []vms.Gap
	for _, list := range lists {
		if len(list) == 0 {
			continue
		}
		fresh := without(disjoint(list, span), covered)
		gaps = append(gaps, fresh...)
		all := slices.Grow(slices.Clone(covered), len(fresh))
		for _, g := range fresh {
			all = append(all, g.Span)
		}
		covered = vms.Union(all)
	}
	for _, hole := range vms.Subtract([]vms.Span{span}, covered) {
		gaps = append(gaps, rest(hole)...)
	}
	return spans, joinGaps(gaps)
}

func clipSpans(in []vms.Span, to vms.Span) []vms.Span {
	var out []vms.Span
	for _, s := range in {
		if s = s.Intersect(to); !s.Empty() {
			out = append(out, s)
		}
	}
	return out
}

// disjoint sorts gaps, clips them, and gives what several claim to the earliest.
func disjoint(in []vms.Gap, clip vms.Span) []vms.Gap {
	sorted := slices.Clone(in)
	slices.SortStableFunc(sorted, func(a, b vms.Gap) int { return cmp.Compare(a.From, b.From) })
	out := sorted[:0]
	end := clip.From
	for _, g := range sorted {
		g.Span = g.Intersect(vms.Span{From: end, To: clip.To})
		if g.Empty() {
			continue
		}
		out = append(out, g)
		end = g.To
	}
	return out
}

// without cuts holes, sorted and disjoint as gaps are, out of gaps.
func without(gaps []vms.Gap, holes []vms.Span) []vms.Gap {
	var out []vms.Gap
	h := 0
	for _, g := range gaps {
		for h < len(holes) && holes[h].To <= g.From {
			h++
		}
		for i := h; i < len(holes) && holes[i].From < g.To; i++ {
			if holes[i].From > g.From {
				out = append(out, vms.Gap{Span: vms.Span{From: g.From, To: holes[i].From}, Cause: g.Cause})
			}
			g.From = holes[i].To
		}
		if !g.Empty() {
			out = append(out, g)
		}
	}
	return out
}

// joinGaps sorts gaps and joins those of one cause that touch.
func joinGaps(in []vms.Gap) []vms.Gap {
	slices.SortStableFunc(in, func(a, b vms.Gap) int { return cmp.Compare(a.From, b.From) })
	var out []vms.Gap
	for _, g := range in {
		if g.Empty() {
			continue
		}
		if n := len(out); n > 0 && out[n-1].Cause == g.Cause && g.From <= out[n-1].To {
			out[n-1].To = max(out[n-1].To, g.To)
			continue
		}
		out = append(out, g)
	}
	return out
}
