package vms

import (
	"fmt"
	"slices"
	"time"
)

// Instant is a moment: microseconds since 1970-01-01T00:00:00Z. It is what rows, keys and units carry.
type Instant int64

const layout = "2006-01-02T15:04:05.000000Z"

// InstantOf converts, rounding down to the microsecond.
func InstantOf(t time.Time) Instant { return Instant(t.UnixMicro()) }

// Time converts to UTC.
func (i Instant) Time() time.Time { return time.UnixMicro(int64(i)).UTC() }

// Add returns i+d, to the microsecond.
func (i Instant) Add(d time.Duration) Instant { return i + Instant(d/time.Microsecond) }

// Sub returns i−j.
func (i Instant) Sub(j Instant) time.Duration { return time.Duration(i-j) * time.Microsecond }

// String is RFC 3339 in UTC with microseconds.
func (i Instant) String() string { return i.Time().Format(layout) }

// MarshalText and UnmarshalText are RFC 3339; JSON uses them.
func (i Instant) MarshalText() ([]byte, error) { return []byte(i.String()), nil }

// UnmarshalText accepts any RFC 3339 time.
func (i *Instant) UnmarshalText(b []byte) error {
	v, err := ParseInstant(string(b))
	*i = v
	return err
}

// ParseInstant reads an RFC 3339 time of the years 1970 to 9999.
func ParseInstant(s string) (Instant, error) {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil || t.Year() < 1970 || t.Year() > 9999 {
		return 0, Errorf(Invalid, "bad-time", "%q is not a time such as 2017-06-01T09:00:00Z (RFC 3339)", s)
	}
	return InstantOf(t), nil
}

// Span is the half-open stretch [From, To).
type Span struct {
	From Instant `json:"from"`
	To   Instant `json:"to"`
}

func (s Span) String() string { return fmt.Sprintf("[%s, %s)", s.From, s.To) }

// Empty reports whether the span holds no instant.
func (s Span) Empty() bool { return s.To <= s.From }

// Duration is To−From, never negative.
func (s Span) Duration() time.Duration { return max(0, s.To.Sub(s.From)) }

// Contains reports whether From ≤ i < To.
func (s Span) Contains(i Instant) bool { return s.From <= i && i < s.To }

// Overlaps reports whether the two share an instant.
func (s Span) Overlaps(o Span) bool {
	return s.From < o.To && o.From < s.To && !s.Empty() && !o.Empty()
}

// Intersect returns what the two share; it may be empty.
func (s Span) Intersect(o Span) Span { return Span{max(s.From, o.From), min(s.To, o.To)} }

// Union sorts spans and joins those that touch or overlap. Empty spans vanish; the argument is not changed.
func Union(spans []Span) []Span {
	in := slices.DeleteFunc(slices.Clone(spans), Span.Empty)
	slices.SortFunc(in, func(a, b Span) int { return cmpInstant(a.From, b.From) })
	var out []Span
	for _, s := range in {
		if n := len(out); n > 0 && s.From <= out[n-1].To {
			out[n-1].To = max(out[n-1].To, s.To)
			continue
		}
		out = append(out, s)
	}
	return out
}

// Subtract returns the parts of whole that none of cut covers, in order.
func Subtract(whole []Span, cut []Span) []Span {
	var out []Span
	holes := Union(cut)
	for _, s := range Union(whole) {
		for _, h := range holes {
			if h.To <= s.From {
				continue
			}
			if h.From >= s.To {
				break
			}
			if h.From > s.From {
				out = append(out, Span{s.From, h.From})
			}
			s.From = h.To
		}
		if !s.Empty() {
			out = append(out, s)
		}
	}
	return out
}

func cmpInstant(a, b Instant) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
