package anchor

import (
	"bufio"
	"io"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/audit"
)

// udpHost receives datagrams.
func udpHost(t *testing.T) (target string, next func() string) {
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close() })
	return "udp://" + conn.LocalAddr().String(), func() string {
		buf := make([]byte, 4096)
		require.NoError(t, conn.SetReadDeadline(time.Now().Add(10*time.Second)))
		n, _, err := conn.ReadFrom(buf)
		require.NoError(t, err)
		require.Less(t, n, 1024)
		return string(buf[:n])
	}
}

// tcpHost receives one message a connection, with octet counting.
func tcpHost(t *testing.T) (target string, next func() string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { l.Close() })
	return "tcp://" + l.Addr().String(), func() string {
		conn, err := l.Accept()
		require.NoError(t, err)
		defer conn.Close()
		require.NoError(t, conn.SetReadDeadline(time.Now().Add(10*time.Second)))
		r := bufio.NewReader(conn)
		size, err := r.ReadString(' ')
		require.NoError(t, err)
		n, err := strconv.Atoi(strings.TrimSpace(size))
		require.NoError(t, err)
		msg := make([]byte, n)
		_, err = io.ReadFull(r, msg)
		require.NoError(t, err)
		return string(msg)
	}
}

func TestASyslogHostHoldsTheLogToIt(t *testing.T) {
	for name, host := range map[string]func(*testing.T) (string, func() string){"udp": udpHost, "tcp": tcpHost} {
		t.Run(name, func(t *testing.T) {
			r := dirRig(t)
			target, next := host(t)
			var err error
			r.Syslog, err = NewSyslog(target)
			require.NoError(t, err)
			var file strings.Builder
			for range 3 {
				r.append(2)
				r.once()
				msg := next()
				require.Regexp(t, `^<109>1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z \S+ yagura \d+ anchor \[yagura@32473 seq="\d+" .*node="n\\"1\\]" .*\] audit log up to row \d+$`, msg)
				file.WriteString("Jun  1 09:00:00 host something else\n2017-06-01T09:00:00 host " + msg + "\n")
			}
			got, err := VerifyLines(t.Context(), r.Log, strings.NewReader(file.String()), r.keys, 1)
			require.NoError(t, err)
			require.Nil(t, got.Bad)
			require.Equal(t, []int64{3, 7}, []int64{int64(got.Anchors), got.Last.Seq})

			r.behind(`DELETE FROM audit WHERE seq > 5`) // and the anchors in the store with it
			got, err = VerifyLines(t.Context(), r.Log, strings.NewReader(file.String()), r.keys, 1)
			require.NoError(t, err)
			require.Equal(t, audit.Cut, got.Bad.Kind)
			got, err = VerifyLines(t.Context(), r.Log, strings.NewReader(strings.ReplaceAll(file.String(), `seq="5"`, `seq="4"`)), r.keys, 1)
			require.NoError(t, err)
			require.Equal(t, audit.Unsigned, got.Bad.Kind)
		})
	}
}

func TestASyslogHostThatIsAway(t *testing.T) {
	r := dirRig(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	r.Syslog, err = NewSyslog("tcp://" + l.Addr().String())
	require.NoError(t, err)
	require.NoError(t, l.Close())
	r.append(1)
	require.ErrorContains(t, r.Once(t.Context()), "syslog")
	require.Equal(t, []int64{2}, r.anchors(), "the store has it all the same")
	s, err := StatusOf(t.Context(), r.DB)
	require.NoError(t, err)
	require.Zero(t, s.Sent)
	require.Equal(t, r.now, s.Stored)
}

func TestSyslogTargets(t *testing.T) {
	s, err := NewSyslog("")
	require.NoError(t, err)
	require.Nil(t, s)
	for _, bad := range []string{"host:514", "udp://host", "udp://:514", "http://host:514", "tcp://host:601/x", "udp://%zz"} {
		_, err := NewSyslog(bad)
		require.Error(t, err, bad)
	}
}

// FuzzLine: whatever a syslog host has written, it is read or skipped, and what is read is what was sent.
func FuzzLine(f *testing.F) {
	s := &Syslog{host: "h"}
	f.Add(s.message(Anchor{Seq: 7, Hash: "00ff", Time: 1, Node: `a"\]b`, Before: "0a", Key: "k", Signature: "s"}))
	f.Add(`[yagura@32473 seq="99999999999999999999" hash="" time="" node="\" before="" key="" signature=""]`)
	f.Fuzz(func(t *testing.T, line string) {
		a, ok := parseLine(line)
		if !ok {
			return
		}
		again, ok := parseLine(s.message(a))
		require.True(t, ok)
		require.Equal(t, a, again)
	})
}
