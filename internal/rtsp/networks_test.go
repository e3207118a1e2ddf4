package rtsp

import (
	"errors"
	"net"
	"net/netip"
	"strings"
	"testing"

	"github.com/bluenviron/gortsplib/v4/pkg/base"
	"github.com/stretchr/testify/require"

	"yagura/internal/vms"
)

func TestNetworksDialOnlyWhatTheyContain(t *testing.T) {
	honeypot, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	calls := make(chan struct{}, 100)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := honeypot.Accept()
			if err != nil {
				return
			}
			calls <- struct{}{}
			c.Close()
		}
	}()
	_, port, err := net.SplitHostPort(honeypot.Addr().String())
	require.NoError(t, err)
	outside := Networks{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("2001:db8::/32")}
	for _, host := range []string{"127.0.0.1", "localhost", "::ffff:127.0.0.1", "::1", "0.0.0.0", "::", "169.254.169.254", "::1%lo"} {
		for _, n := range []Networks{outside, nil} {
			_, err := n.Dial(t.Context(), "tcp", net.JoinHostPort(host, port))
			var f *Failure
			require.True(t, errors.As(err, &f), "%s: %v", host, err)
			require.Equal(t, vms.Forbidden, f.Cause, host)
		}
	}
	_, err = loopback.Dial(t.Context(), "udp", honeypot.Addr().String())
	require.Error(t, err)
	require.Empty(t, calls)
	for _, host := range []string{"127.0.0.1", "localhost", "::ffff:127.0.0.1"} {
		c, err := loopback.Dial(t.Context(), "tcp", net.JoinHostPort(host, port))
		require.NoError(t, err, host)
		require.NoError(t, c.Close())
		<-calls
	}
	require.NoError(t, honeypot.Close())
	<-done
}

// TestMediaComeFromTheCameraOnly: over UDP a camera may name another host as source; reports would go there.
func TestMediaComeFromTheCameraOnly(t *testing.T) {
	s := &session{c: &Client{UDP: true}, peer: net.IPv4(10, 0, 0, 7)}
	for source, kept := range map[string]bool{"10.0.0.7": true, "192.0.2.1": false} {
		res := &base.Response{StatusCode: 200, Header: base.Header{"Transport": base.HeaderValue{
			"RTP/AVP/UDP;unicast;client_port=10000-10001;server_port=20000-20001;source=" + source}}}
		s.response(res)
		require.Equal(t, kept, strings.Contains(res.Header["Transport"][0], "source="), res.Header)
		require.True(t, strings.Contains(res.Header["Transport"][0], "server_port=20000-20001"))
	}
}

func TestScrub(t *testing.T) {
	err := errors.New("dial rtsp://u:p%2Fw%C3%B6rd@host/: Basic p/wörd")
	require.NotContains(t, scrub(err, "u", "p/wörd").Error(), "w")
	plain := errors.New("plain")
	require.Equal(t, plain, scrub(plain, "u", "secret"))
}
