package whep_test

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"yagura/internal/whep"
)

var candidate = regexp.MustCompile(`a=candidate:\S+ 1 (udp|tcp) \d+ (\S+) (\d+) typ host`)

func TestCandidates(t *testing.T) {
	for name, c := range map[string]struct {
		cfg  whep.Config
		want func(t *testing.T, ips map[string]bool)
	}{
		"loopback": {whep.Config{UDP: "127.0.0.1:0", TCP: "127.0.0.1:0"}, func(t *testing.T, ips map[string]bool) {
			require.Equal(t, map[string]bool{"udp 127.0.0.1": true, "tcp 127.0.0.1": true}, ips)
		}},
		"advertised": {whep.Config{UDP: "127.0.0.1:0", Advertise: []string{"203.0.113.7"}}, func(t *testing.T, ips map[string]bool) {
			require.Contains(t, ips, "udp 203.0.113.7")
		}},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := whep.New(c.cfg)
			require.NoError(t, err)
			defer func() { require.NoError(t, s.Close()) }()
			src := newSource()
			liveCam(t, src, 30)
			v := newViewer(t, viewerOptions{})
			_, answer, err := s.Offer(t.Context(), []byte(v.offer()), src, mainOf)
			require.NoError(t, err)
			ips, ports := map[string]bool{}, map[string]bool{}
			for _, m := range candidate.FindAllStringSubmatch(string(answer), -1) {
				ips[m[1]+" "+m[2]], ports[m[1]+m[3]] = true, true
			}
			c.want(t, ips)
			require.LessOrEqual(t, len(ports), 2, "one port each")
			require.NotContains(t, string(answer), "m=audio 9")
			require.Contains(t, string(answer), "a=sendonly")
		})
	}
}

func TestAddressesThatCannotBeUsed(t *testing.T) {
	for _, addr := range []string{"", "here", "127.0.0.1:99999", "203.0.113.9:0"} {
		_, err := whep.New(whep.Config{UDP: addr})
		require.ErrorContains(t, err, "webrtc.udp")
	}
	_, err := whep.New(whep.Config{UDP: "127.0.0.1:0", TCP: "203.0.113.9:0"})
	require.ErrorContains(t, err, "webrtc.tcp")
	for _, addr := range []string{"0.0.0.0:0", "[::]:0"} {
		s, err := whep.New(whep.Config{UDP: addr})
		require.NoError(t, err)
		require.NoError(t, s.Close())
	}
}
