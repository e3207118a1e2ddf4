package gateway

import (
	"context"
	"fmt"
	"mime"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"yagura/internal/vms"
)

const probesAtOnce = 4 // of one sign-in

// diagnosticsInput is how the request came.
type diagnosticsInput struct {
	proxy, secure bool
	version       string
}

// Resolve looks at what lies between the browser and here (huma.Resolver).
func (in *diagnosticsInput) Resolve(c huma.Context) []error {
	in.secure = c.TLS() != nil
	in.version = fmt.Sprintf("%d.%d", c.Version().ProtoMajor, c.Version().ProtoMinor)
	c.EachHeader(func(name, value string) {
		name = strings.ToLower(name)
		if name == "forwarded" || name == "via" || strings.HasPrefix(name, "x-forwarded-") {
			in.proxy = true
		}
		if name == "x-forwarded-proto" && value == "https" || name == "forwarded" && strings.Contains(strings.ToLower(value), "proto=https") {
			in.secure = true
		}
	})
	return nil
}

var _ huma.Resolver = (*diagnosticsInput)(nil)

type diagnosticsOutput struct {
	Body struct {
		Now     vms.Instant `json:"now" format:"date-time" doc:"the server's clock"`
		Address string      `json:"address" doc:"where the request came from, as the server sees it"`
		Proxy   bool        `json:"proxy" doc:"something in between said so in a header"`
		Secure  bool        `json:"secure" doc:"it came by https, here or as far as the proxy"`
		HTTP    string      `json:"http" doc:"version of HTTP, as the server sees it"`
		UDP     string      `json:"udp" doc:"host:port media goes out of"`
		TCP     string      `json:"tcp" doc:"likewise over TCP; empty: none"`
	}
}

// diagnostics says what the server sees of the way to a browser. It says nothing of others.
func (g *Gateway) diagnostics(ctx context.Context, in *diagnosticsInput) (*diagnosticsOutput, error) {
	out := &diagnosticsOutput{}
	b := &out.Body
	b.Now, b.Address, b.Proxy, b.Secure, b.HTTP = g.now(), who(ctx).source, in.proxy, in.secure, in.version
	b.UDP, b.TCP = g.WHEP.Addresses()
	return out, nil
}

// probe answers the offer of a connection that only echoes: no camera, no media, nothing to audit.
func (g *Gateway) probe(w http.ResponseWriter, r *http.Request) {
	if t, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || t != sdpType {
		g.fail(w, r, errNoOffer)
		return
	}
	offer, err := readOffer(w, r)
	if err != nil {
		g.fail(w, r, err)
		return
	}
	owner := who(r.Context()).session.ID
	if !g.probes.take(owner) {
		g.fail(w, r, tooMany(probesAtOnce))
		return
	}
	answer, err := g.WHEP.Probe(r.Context(), offer, func() { g.probes.give(owner) })
	if err != nil {
		g.probes.give(owner)
		g.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", sdpType)
	_, _ = w.Write(answer) // the connection is gone where this fails; the probe then ends by itself
}

// errNoOffer is said where the body is no offer.
var errNoOffer = vms.Errorf(vms.Invalid, "bad-offer", "send the SDP offer as Content-Type: application/sdp")
