package duty

import (
	"encoding/binary"
	"fmt"
	"io"
	"math/bits"
	"time"

	"yagura/internal/vms"
)

// stock is what can be drawn of one camera.
type stock struct {
	camera        vms.CameraID
	office, other []vms.Span // what is recorded and may be seen, in office hours and outside them
}

// draw picks n instants. Cameras come from a shuffled deck, which is shuffled anew when it is empty, so
// that each has the same chance and none comes twice before all came once. Every second instant, the
// first included, is of office hours; within its kind of hours it is uniform over the camera's recorded
// time. Where there is nothing of that kind the other one is taken.
func draw(random io.Reader, n int, stocks []stock) ([]Moment, error) {
	var out []Moment
	for n = min(n, n*len(stocks)); len(out) < n; {
		deck, err := shuffle(random, stocks)
		if err != nil {
			return nil, err
		}
		for _, s := range deck[:min(len(deck), n-len(out))] {
			spans := s.office
			if len(s.office) == 0 || len(s.other) > 0 && len(out)%2 == 1 {
				spans = s.other
			}
			at, err := pick(random, spans)
			if err != nil {
				return nil, err
			}
			out = append(out, Moment{Camera: s.camera, Span: vms.Span{From: at, To: at}, Why: Random})
		}
	}
	return out, nil
}

// shuffle returns the stocks in random order (Fisher and Yates).
func shuffle(random io.Reader, stocks []stock) ([]stock, error) {
	deck := append([]stock(nil), stocks...)
	for i := len(deck) - 1; i > 0; i-- {
		j, err := below(random, uint64(i+1))
		if err != nil {
			return nil, err
		}
		deck[i], deck[j] = deck[j], deck[i]
	}
	return deck, nil
}

// pick returns an instant uniform over spans, which must not be empty.
func pick(random io.Reader, spans []vms.Span) (vms.Instant, error) {
	var total time.Duration
	for _, s := range spans {
		total += s.Duration()
	}
	into, err := below(random, uint64(total/time.Microsecond))
	if err != nil {
		return 0, err
	}
	left := vms.Instant(into)
	for _, s := range spans {
		if length := s.To - s.From; left >= length {
			left -= length
			continue
		}
		return s.From + left, nil
	}
	return 0, fmt.Errorf("draw: nothing to draw from")
}

// below returns a number uniform in [0, n): bits beyond n's are masked, and what is still too large is drawn again.
func below(random io.Reader, n uint64) (uint64, error) {
	if n == 0 {
		return 0, fmt.Errorf("draw: nothing to draw from")
	}
	mask := uint64(1)<<bits.Len64(n-1) - 1
	for {
		var b [8]byte
		if _, err := io.ReadFull(random, b[:]); err != nil {
			return 0, fmt.Errorf("draw: %w", err)
		}
		if v := binary.BigEndian.Uint64(b[:]) & mask; v < n {
			return v, nil
		}
	}
}
