package archive

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/vms"
)

// A node whose host is gone does not even refuse: without memory every seek would wait for it.
func TestDeadNodeSlowsOneSeekNotAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dead := true
		p := &Peers{
			Nodes: func(context.Context) ([]string, error) { return []string{"http://gone", "http://well"}, nil },
			Do: func(r *http.Request) (*http.Response, error) {
				if r.URL.Host == "gone" && dead {
					<-r.Context().Done()
					return nil, r.Context().Err()
				}
				return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader("{}"))}, nil
			},
		}
		ask := func() (int, time.Duration) {
			begin := time.Now()
			parts, _ := p.Spools(t.Context(), feed1, vms.Span{From: 1, To: 2}) // the error is about the one left out
			return len(parts), time.Since(begin)
		}
		begin, waited := time.Now(), time.Duration(0)
		for time.Since(begin) < 10*time.Minute {
			n, took := ask()
			require.Equal(t, 1, n)
			waited += took
			pass(100 * time.Millisecond)
		}
		require.Less(t, waited, 10*time.Second)
		dead = false
		pass(leaveOutMax)
		p.Nodes = func(context.Context) ([]string, error) { return nil, io.ErrUnexpectedEOF } // the database is away
		n, took := ask()
		require.Equal(t, 2, n)
		require.Zero(t, took)
	})
}
