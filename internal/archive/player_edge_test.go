package archive

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/media"
	"yagura/internal/vms"
)

func TestPlayerFollowsWhatIsBeingRecorded(t *testing.T) {
	for _, rate := range []float64{1, 4, 32, 64} {
		t.Run(fmt.Sprint(rate), func(t *testing.T) {
			bubble(t, func(t *testing.T, r *rig) {
				r.run()
				c := newCamera(feed1)
				end := r.record(c)
				c.play(65 * time.Second)
				p := open(t, r, vms.InstantOf(time.Now().Add(-30*time.Second)), always...)
				require.NoError(t, p.SetRate(rate))
				done := make(chan struct{})
				go func() {
					defer close(done)
					c.play(90 * time.Second)
				}()
				ctx, cancel := context.WithTimeout(t.Context(), 90*time.Second)
				defer cancel()
				var got []*media.Unit
				for {
					u, err := p.ReadUnit(ctx)
					if err != nil {
						require.ErrorIs(t, err, context.DeadlineExceeded)
						break
					}
					require.Less(t, u.At, vms.InstantOf(time.Now())+1)
					got = append(got, u)
				}
				<-done
				end()
				require.NoError(t, p.Close())
				if rate == 1 {
					require.InDelta(t, 920, len(got), 25)
				}
				followed(t, got, c.sent, rate)
			})
		})
	}
}

// While the index does not answer, views of what is being recorded go on, over the ends of segments too.
func TestPlayerFollowsWithoutTheIndex(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		r.run()
		c := newCamera(feed1)
		end := r.record(c)
		c.play(65 * time.Second)
		p := open(t, r, vms.InstantOf(time.Now().Add(-2*time.Second)), always...)
		done := make(chan error, 1)
		go func() {
			c.play(5 * time.Second)
			err := r.cfg.DB.Close() // it is away
			c.play(130 * time.Second)
			done <- err
		}()
		ctx, cancel := context.WithTimeout(t.Context(), 135*time.Second)
		defer cancel()
		var got []*media.Unit
		u, err := p.ReadUnit(ctx)
		for ; err == nil; u, err = p.ReadUnit(ctx) {
			got = append(got, u)
		}
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.NoError(t, <-done)
		end()
		followed(t, got, c.sent, 1)
		require.Less(t, c.sent[len(c.sent)-1].At.Sub(got[len(got)-1].At), 2*time.Second)
		_, _, err = r.a.Recordings(t.Context(), feed1, vms.Span{From: c.sent[0].At - 1, To: 1 << 60})
		require.Error(t, err, "what only the index knows")
	})
}

// followed asserts that nothing is missing, from the moment on where every picture is read.
func followed(t *testing.T, got, sent []*media.Unit, rate float64) {
	t.Helper()
	tail := 900
	if rate == 1 {
		tail = len(got)
	}
	from := got[max(0, len(got)-tail+100)]
	i := slices.IndexFunc(sent, func(u *media.Unit) bool { return u.At == from.At })
	for _, u := range got[max(0, len(got)-tail+100):] {
		require.Equal(t, sent[i].At, u.At)
		i++
	}
	if rate > 1 {
		require.Less(t, sent[len(sent)-1].At.Sub(got[len(got)-1].At), 2*time.Second, "it is at the edge")
	}
}
