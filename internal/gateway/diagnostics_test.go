package gateway_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/audit"
	"yagura/internal/identity"
	"yagura/internal/whep/wheptest"
)

func TestDiagnosticsSayHowTheRequestCame(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Add("clerk", identity.Clerk, "koseki")
	token := h.Token("clerk")
	type said struct {
		Now, Address, HTTP, UDP, TCP string
		Proxy, Secure                bool
	}
	got := read[said](t, h.as(token, "GET", "/api/diagnostics", ""))
	require.Regexp(t, instant, got.Now)
	require.Regexp(t, `^127\.0\.0\.1:\d+$`, got.UDP)
	require.Regexp(t, `^127\.0\.0\.1:\d+$`, got.TCP)
	require.Equal(t, said{got.Now, "127.0.0.1", "1.1", got.UDP, got.TCP, false, false}, got)
	for name, c := range map[string]struct {
		header, value string
		secure        bool
	}{
		"via": {"Via", "1.1 proxy", false}, "for": {"X-Forwarded-For", "10.9.8.7", false}, "proto": {"X-Forwarded-Proto", "https", true},
		"forwarded": {"Forwarded", "for=10.9.8.7;proto=HTTPS", true},
	} {
		got := read[said](t, h.as(token, "GET", "/api/diagnostics", "", c.header, c.value))
		require.Equal(t, []any{true, c.secure, "127.0.0.1"}, []any{got.Proxy, got.Secure, got.Address}, name)
	}
}

func TestAProbeEchoesForWhoeverIsSignedIn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Add("clerk", identity.Clerk, "koseki") // sees no camera
	h.Add("kiki", identity.CrisisManagement, "")
	token, url := h.Token("clerk"), h.srv.URL+"/api/diagnostics/webrtc"
	problem(t, h.as(token, "POST", "/api/diagnostics/webrtc", "v=0"), 400, "bad-offer")
	problem(t, h.offer(token, "/api/diagnostics/webrtc", wheptest.Offer(t)), 400, "bad-offer")
	var open []*wheptest.Probe
	for range 4 {
		p := wheptest.NewProbe(t)
		require.Equal(t, 200, p.Post(h.srv.Client(), url, token))
		require.Equal(t, "hello", p.Echo("hello"))
		open = append(open, p)
	}
	require.Equal(t, 429, wheptest.NewProbe(t).Post(h.srv.Client(), url, token))
	require.Equal(t, 200, wheptest.NewProbe(t).Post(h.srv.Client(), url, h.Token("kiki")), "each sign-in has its own")
	open[0].Close()
	require.Eventually(t, func() bool { return wheptest.NewProbe(t).Post(h.srv.Client(), url, token) == 200 }, 10*time.Second, 20*time.Millisecond)
	require.Empty(t, h.Rows(audit.ViewLive), "nothing was seen")
	require.Empty(t, h.whep.Sessions())
}
