package whep

import (
	"net"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// seconds feeds the judge n equal seconds and returns the first verdict that is not 0, and when.
func seconds(q *quality, from time.Time, n int, f func(*quality), blocked float64) (int, int) {
	for i := range n {
		f(q)
		if v := q.judge(from.Add(time.Duration(i)*time.Second), blocked); v != 0 {
			return v, i + 1
		}
	}
	return 0, n
}

func TestJudge(t *testing.T) {
	start := time.Unix(1e9, 0)
	for name, c := range map[string]struct {
		feed    func(*quality)
		blocked float64
		verdict int
		after   int
	}{
		"all well":                  {func(q *quality) { q.report(0.02, 20*time.Millisecond) }, 0, 0, 60},
		"no reports":                {func(*quality) {}, 0, 0, 60},
		"loss":                      {func(q *quality) { q.report(0.3, 0) }, 0, -1, 3},
		"socket full":               {func(*quality) {}, 0.9, -1, 3},
		"lagging twice in a second": {func(q *quality) { q.lags = 2 }, 0, -1, 1},
	} {
		t.Run(name, func(t *testing.T) {
			q := newQuality(start)
			v, n := seconds(&q, start, 60, c.feed, c.blocked)
			require.Equal(t, c.verdict, v)
			require.Equal(t, c.after, n)
		})
	}
}

func TestJudgeQueueingDelay(t *testing.T) {
	q := newQuality(time.Unix(1e9, 0))
	q.report(0, 20*time.Millisecond)
	v, n := seconds(&q, time.Unix(1e9, 0), 10, func(q *quality) { q.report(0, 600*time.Millisecond) }, 0)
	require.Equal(t, -1, v)
	require.Equal(t, 3, n)
}

func TestClimbsAfterACalmTimeAndWaitsLongerWhenItDidNotLast(t *testing.T) {
	now := time.Unix(1e9, 0)
	q := newQuality(now)
	q.fell(now)
	q.onSub = true
	well := func(q *quality) { q.report(0, 0) }
	v, n := seconds(&q, now, 100, well, 0)
	require.Equal(t, 1, v)
	require.Equal(t, 21, n)
	now = now.Add(21 * time.Second)
	q.climbed = now
	q.changed(now)
	now = now.Add(5 * time.Second)
	q.fell(now)
	v, n = seconds(&q, now, 100, well, 0)
	require.Equal(t, 1, v)
	require.Equal(t, 41, n)
}

func TestTCPViewerThatTakesNothingIsCutOff(t *testing.T) {
	t.Parallel()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer ln.Close()
	idle, err := net.Dial("tcp", ln.Addr().String())
	require.NoError(t, err)
	defer idle.Close()
	c, err := patient{ln}.Accept()
	require.NoError(t, err)
	packet := make([]byte, 1200)
	began := time.Now()
	for err == nil {
		_, err = c.Write(packet)
	}
	require.GreaterOrEqual(t, time.Since(began), tcpStall)
	_, err = c.Write(packet)
	require.ErrorIs(t, err, net.ErrClosed)
}
