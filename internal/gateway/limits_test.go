package gateway_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"yagura/internal/gateway"
	"yagura/internal/identity"
	"yagura/internal/sheet"
)

// changing are the routes that may change something, with a path to ask for.
func (h *house) changing() (out []gateway.Route) {
	for _, r := range h.gateway.Routes() {
		if r.Method != "" && r.Method != "GET" {
			r.Path = fill(r.Path)
			out = append(out, r)
		}
	}
	require.Greater(h.t, len(out), 30)
	return out
}

// fill puts something in the place of variables.
func fill(path string) string {
	for strings.Contains(path, "{") {
		before, rest, _ := strings.Cut(path, "{")
		_, after, _ := strings.Cut(rest, "}")
		path = before + "1" + after
	}
	return path
}

// send makes a request without a network.
func (h *house) send(method, path string, body io.Reader, headers ...string) *httptest.ResponseRecorder {
	ctx, cancel := context.WithCancel(h.t.Context())
	defer cancel()
	r := httptest.NewRequestWithContext(ctx, method, path, body)
	r.Header.Set("Content-Type", "application/json")
	if strings.HasPrefix(path, "/whep/") || strings.HasSuffix(path, "/webrtc") {
		r.Header.Set("Content-Type", "application/sdp")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := flushed{httptest.NewRecorder(), cancel}
	h.gateway.ServeHTTP(w, r)
	return w.ResponseRecorder
}

// TestNothingIsDoneForAnotherSite: on every route that changes something, whoever asks.
func TestNothingIsDoneForAnotherSite(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Add("admin", identity.Administrator, "")
	cookie := h.signIn("admin", password)
	require.Equal(t, 401, cookie.StatusCode, "tokens stand for the cookie below")
	token := h.Token("admin")
	h.Fresh(token)
	for _, r := range h.changing() {
		for _, from := range [][]string{
			{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Sec-Fetch-Site", "cross-site", "Origin", "http://yagura.test:8081"},
			{"Origin", "https://evil.example"}, {"Origin", "null"}, {"Origin", "http://yagura.test:8081"}, {"Origin", "https://yagura.test:8080"},
		} {
			got := h.send(r.Method, r.Path, strings.NewReader("{}"), append(from, "Cookie", "yagura="+token)...)
			require.Equal(t, 403, got.Code, "%s %s %v", r.Method, r.Path, from)
			require.Contains(t, got.Body.String(), `"cross-origin"`, "%s %s %v", r.Method, r.Path, from)
		}
	}
	for _, r := range h.changing() {
		got := h.send(r.Method, r.Path, strings.NewReader("{}"), "Sec-Fetch-Site", "same-origin", "Origin", "http://yagura.test:8080")
		require.NotContains(t, got.Body.String(), `"cross-origin"`, "%s %s", r.Method, r.Path)
	}
}

// endless is a body that counts what is read of it.
type endless struct{ read int }

func (e *endless) Read(b []byte) (int, error) {
	const most = 16 << 20
	if e.read >= most {
		return 0, io.EOF
	}
	for i := range b {
		b[i] = ' '
	}
	e.read += len(b)
	return len(b), nil
}

// tables are the routes that take whole tables; all others take a form.
var tables = []string{"/api/people/import", "/api/record-tables/", "/api/reorganisation"}

// TestBodiesAreLimited: of a body without end, no route reads more than its limit, and none takes it.
func TestBodiesAreLimited(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Add("admin", identity.Administrator, "")
	token := h.Token("admin")
	h.Fresh(token)
	for _, r := range h.changing() {
		if r.Method == "DELETE" && r.Path == "/api/session" {
			continue // ends the sign-in; it reads no body
		}
		body := &endless{}
		got := h.send(r.Method, r.Path, body, "Authorization", "Bearer "+token)
		at := r.Method + " " + r.Path
		most := 512 << 10
		if slices.ContainsFunc(tables, func(prefix string) bool { return strings.HasPrefix(r.Path, prefix) }) {
			most = sheet.MostBytes + 64<<10
		}
		require.LessOrEqual(t, body.read, most, "%s: a route that takes a table stands in tables", at)
		if body.read > 0 {
			require.GreaterOrEqual(t, got.Code, 400, at)
		}
	}
}

// TestABodyThatDoesNotComeIsNotWaitedFor: on every route that reads one.
func TestABodyThatDoesNotComeIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(c *gateway.Config) { c.BodyTime = 100 * time.Millisecond })
	h.Add("admin", identity.Administrator, "")
	token := h.Token("admin")
	h.Fresh(token)
	var g errgroup.Group
	g.SetLimit(16)
	for _, r := range h.changing() {
		if r.Method != "DELETE" {
			g.Go(func() error { return h.stall(r, token) })
		}
	}
	require.NoError(t, g.Wait())
}

// stall begins a request whose body does not come, and waits for the answer or the end of the connection.
func (h *house) stall(r gateway.Route, token string) error {
	kind := "application/json"
	if strings.HasPrefix(r.Path, "/whep/") || strings.HasSuffix(r.Path, "/webrtc") {
		kind = "application/sdp"
	}
	c, err := net.Dial("tcp", h.srv.Listener.Addr().String())
	if err != nil {
		return err
	}
	defer c.Close()
	_, err = fmt.Fprintf(c, "%s %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: %s\r\nContent-Length: 100\r\n\r\n{", r.Method, r.Path, token, kind)
	if err != nil {
		return err
	}
	if err := c.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, c)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return fmt.Errorf("%s %s: neither answered nor cut", r.Method, r.Path)
	}
	return nil // cut is as good as answered
}

// TestEveryRouteHoldsFloodsBack: by sign-in, and by address where nobody is signed in.
func TestEveryRouteHoldsFloodsBack(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(c *gateway.Config) { c.Rate = 1 }) // ten at once
	h.Add("kansa", identity.Auditor, "")
	for _, r := range h.gateway.Routes() {
		method, path := r.Method, fill(r.Path)
		if method == "" {
			method = "GET"
		}
		if method == "DELETE" && path == "/api/session" {
			continue // whoever signs out asks once
		}
		for _, signedIn := range []bool{true, false} {
			if signedIn && r.Need != gateway.SignIn && r.Need != gateway.StepUp {
				continue
			}
			h2 := h
			var headers []string
			if signedIn {
				headers = []string{"Authorization", "Bearer " + h.Token("kansa")}
			} else {
				h2 = &house{World: h.World, t: t, gateway: h.gateway}
			}
			statuses := map[int]int{}
			var last *httptest.ResponseRecorder
			for range 100 { // a slow machine earns one more a second
				last = h2.send(method, path, strings.NewReader("{}"), headers...)
				if statuses[last.Code]++; last.Code == 429 {
					break
				}
			}
			require.Equal(t, 429, last.Code, "%s %s, signed in %t: %v", r.Method, r.Path, signedIn, statuses)
			require.NotEmpty(t, last.Header().Get("Retry-After"))
		}
	}
}

// TestWhatWasSentIsNotSentBack: the answer to what cannot be read does not repeat it; it may be a password.
func TestWhatWasSentIsNotSentBack(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Add("admin", identity.Administrator, "")
	token := h.Token("admin")
	h.Fresh(token)
	const canary = "canary-7Q2X9"
	for _, r := range h.changing() {
		if r.Method == "DELETE" || strings.HasSuffix(r.Path, "/import") {
			continue // an import says which words of its file it does not know
		}
		for _, body := range []string{`"` + canary + `"`, `["` + canary + `"]`, `{"` + canary, `{"login":["` + canary + `"],"password":["` + canary + `"],"code":["` + canary + `"],"secret":["` + canary + `"],"reason":["` + canary + `"],"label":["` + canary + `"]}`} {
			got := h.send(r.Method, r.Path, strings.NewReader(body), "Authorization", "Bearer "+token)
			require.NotContains(t, got.Body.String(), canary, "%s %s", r.Method, r.Path)
		}
	}
}
