package gateway_test

import (
	"encoding/json"
	"errors"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"yagura/internal/gateway"
	"yagura/internal/identity"
)

// TestHeadersOnEveryAnswer: every route, known to it or not, signed in or not, right or wrong.
func TestHeadersOnEveryAnswer(t *testing.T) {
	t.Parallel()
	m := newMatrix(t)
	m.Add("kiki", identity.CrisisManagement, "")
	token := m.Token("kiki")
	statuses := map[int]bool{}
	path := strings.NewReplacer("{id}", "c-koseki", "{camera}", "c-koseki", "{session}", "0123456789abcdef")
	paths := []string{"/assets/none.js", "/assets/app-1234.js", "/camera/c-koseki?at=x", "/.placeholder", "/../gateway.go", "/whep/c-koseki/a/b", "//api/x"}
	for _, r := range m.gateway.Routes() {
		paths = append(paths, path.Replace(r.Path))
	}
	for _, p := range paths {
		for _, method := range methods {
			for _, who := range []string{"", token} {
				if method == "DELETE" && who != "" {
					continue
				}
				got := m.cell(who, method, p, "{}", "application/json")
				statuses[got.Code] = true
				checkHeaders(t, got, method+" "+p, p == "/assets/app-1234.js" && got.Code == 200)
			}
		}
	}
	for _, status := range []int{200, 400, 401, 404, 405} {
		require.True(t, statuses[status], "%v", statuses)
	}
}

// checkHeaders looks at what every answer carries; a file named by its content may be kept.
func checkHeaders(t *testing.T, got *httptest.ResponseRecorder, at string, kept bool) {
	t.Helper()
	h, csp := got.Header(), got.Header().Get("Content-Security-Policy")
	cache := "no-store, private"
	if kept {
		cache = "public, max-age=31536000, immutable"
	}
	require.Equal(t, cache, h.Get("Cache-Control"), at)
	for _, directive := range []string{"default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "script-src 'self';"} {
		require.Contains(t, csp, directive, at)
	}
	require.NotContains(t, csp, "unsafe")
	for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
		"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin"} {
		require.Equal(t, want, h.Get(name), at)
	}
	require.Contains(t, h.Get("Vary"), "Cookie")
	require.Empty(t, h.Get("Access-Control-Allow-Origin"))
}

func TestOtherMethodsAreToldWhichThereAre(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for path, allow := range map[string]string{"/api/session": "DELETE, GET, HEAD, POST, PUT", "/api/cameras": "GET, HEAD", "/whep/c-koseki": "POST",
		"/whep/c-koseki/x": "DELETE, PATCH", "/healthz": "GET, HEAD", "/": "GET, HEAD"} {
		got := h.ask("TRACE", path, "")
		problem(t, got, 405, "")
		require.Equal(t, allow, got.Header.Get("Allow"), path)
	}
}

func TestPages(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, path := range []string{"/", "/camera/c-koseki", "/camera/c-koseki?at=2017-06-01T09:00:00Z", "/.placeholder", "/index.html"} {
		got := h.ask("GET", path, "")
		require.Equal(t, 200, got.StatusCode, path)
		require.Contains(t, got.body, "櫓")
		require.Contains(t, got.Header.Get("Content-Type"), "text/html")
	}
	require.Contains(t, h.ask("GET", "/assets/app-1234.js", "").Header.Get("Content-Type"), "javascript")
	require.Equal(t, 404, h.ask("GET", "/assets/gone.js", "").StatusCode)
	require.Empty(t, h.ask("HEAD", "/", "").body)
	bare := newHouse(t, func(c *gateway.Config) { c.Web = fstest.MapFS{} })
	require.Contains(t, bare.ask("GET", "/", "").body, "scripts/web")
}

// TestPagesGoOutCompressed: what the build compressed is sent so, under the plain name only.
func TestPagesGoOutCompressed(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{"index.html": {Data: []byte("<!doctype html>plain")}, "index.html.br": {Data: []byte("page-br")},
		"index.html.gz": {Data: []byte("page-gz")}, "assets/app-1.js": {Data: []byte("script")}, "assets/app-1.js.br": {Data: []byte("script-br")},
		"assets/app-1.js.gz": {Data: []byte("script-gz")}, "assets/a.svg": {Data: []byte("<svg/>")}, "assets/a.svg.gz": {Data: []byte("svg-gz")},
		"assets/n.woff2": {Data: []byte("font")}}
	h := newHouse(t, func(c *gateway.Config) { c.Web = files })
	for _, c := range []struct{ path, accept, encoding, kind, body string }{
		{"/", "gzip, deflate, br, zstd", "br", "text/html", "page-br"},
		{"/camera/x", "gzip", "gzip", "text/html", "page-gz"},
		{"/", "identity", "", "text/html", "<!doctype html>plain"},
		{"/assets/app-1.js", "gzip;q=1.0, BR;q=0.5", "br", "javascript", "script-br"},
		{"/assets/app-1.js", "br;q=0, gzip", "gzip", "javascript", "script-gz"},
		{"/assets/app-1.js", "br; q=0, gzip;q=0.000", "", "javascript", "script"},
		{"/assets/app-1.js", "brotli, x-gzip", "", "javascript", "script"},
		{"/assets/a.svg", "br, gzip", "gzip", "image/svg+xml", "svg-gz"},
		{"/assets/a.svg", "br", "", "image/svg+xml", "<svg/>"},
		{"/assets/n.woff2", "br, gzip", "", "", "font"},
	} {
		got := h.ask("GET", c.path, "", "Accept-Encoding", c.accept)
		require.Equal(t, 200, got.StatusCode, c)
		require.Equal(t, []string{c.encoding, c.body}, []string{got.Header.Get("Content-Encoding"), got.body}, c)
		require.Contains(t, got.Header.Get("Content-Type"), c.kind, c)
		require.Equal(t, int64(len(c.body)), got.ContentLength, c)
		require.Equal(t, c.path != "/assets/n.woff2", slices.Contains(got.Header.Values("Vary"), "Accept-Encoding"), c)
		require.Equal(t, strings.HasPrefix(c.path, "/assets/"), strings.Contains(got.Header.Get("Cache-Control"), "immutable"), c)
		require.Empty(t, got.Header.Get("ETag"))
		head := h.ask("HEAD", c.path, "", "Accept-Encoding", c.accept)
		require.Equal(t, []any{got.ContentLength, c.encoding, ""}, []any{head.ContentLength, head.Header.Get("Content-Encoding"), head.body}, c)
	}
	for _, path := range []string{"/assets/app-1.js.br", "/assets/app-1.js.gz"} {
		require.Equal(t, 404, h.ask("GET", path, "").StatusCode, path)
	}
	require.Equal(t, "<!doctype html>plain", h.ask("GET", "/index.html.br", "", "Accept-Encoding", "identity").body)
}

func TestProbes(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	require.Equal(t, "ok\n", h.ask("GET", "/healthz", "").body)
	require.Equal(t, 200, h.ask("GET", "/readyz", "").StatusCode)
	away := errors.New("the database does not answer")
	h.ready.Store(&away)
	not := h.ask("GET", "/readyz", "")
	problem(t, not, 503, "")
	require.Contains(t, not.body, "the database does not answer")
	require.NotEmpty(t, not.Header.Get("Retry-After"))

	require.Contains(t, h.ask("GET", "/metrics", "").body, "yagura_test 0") // from 127.0.0.1
	for _, header := range []string{"X-Forwarded-For", "Forwarded"} {
		problem(t, h.ask("GET", "/metrics", "", header, "192.0.2.1"), 404, "")
	}
}

// TestTheDatabaseGone: nobody is recognised any more, and it is not called the person's fault.
func TestTheDatabaseGone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Add("kiki", identity.CrisisManagement, "")
	token := h.Token("kiki")
	require.NoError(t, h.DB.Close())
	for _, path := range []string{"/api/session", "/api/cameras", "/api/events"} {
		problem(t, h.as(token, "GET", path, ""), 503, "unavailable")
	}
	got := h.signIn("kiki", password)
	problem(t, got, 503, "unavailable")
	require.NotContains(t, got.body, "sql")
}

func TestOpenAPI(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	got := h.ask("GET", "/api/openapi.json", "")
	require.Equal(t, "application/openapi+json", got.Header.Get("Content-Type"))
	doc := read[struct {
		OpenAPI string
		Paths   map[string]map[string]operation
	}](t, got)
	require.Regexp(t, `^3\.1\.`, doc.OpenAPI)
	whole := read[map[string]any](t, got)
	ids := map[string]bool{}
	for _, r := range h.gateway.Routes() {
		op, ok := doc.Paths[r.Path][strings.ToLower(r.Method)]
		if r.Method == "" {
			continue
		}
		at := r.Method + " " + r.Path
		require.True(t, ok, "%s is not in the document", at)
		require.NotEmpty(t, op.Summary, at)
		require.False(t, ids[op.OperationID] || op.OperationID == "", at)
		ids[op.OperationID] = true
		require.Equal(t, r.Need == gateway.SignIn || r.Need == gateway.StepUp, len(op.Security) == 2, at)
		op.check(t, at)
		delete(doc.Paths[r.Path], strings.ToLower(r.Method))
	}
	for path, left := range doc.Paths {
		require.Empty(t, left, "%s is in the document and not in the table", path)
	}
	for _, ref := range regexp.MustCompile(`"\$ref":"#/([^"]+)"`).FindAllStringSubmatch(got.body, -1) {
		var node any = whole
		for _, part := range strings.Split(ref[1], "/") {
			node = node.(map[string]any)[part]
		}
		require.NotNil(t, node, ref[1])
	}
	require.Contains(t, got.body, `"securitySchemes"`)
	require.NotContains(t, got.body, `"422"`)
}

type operation struct {
	Summary, OperationID string
	Security             []map[string][]string
	Parameters           []struct {
		Name, In string
		Required bool
		Schema   json.RawMessage
	}
	RequestBody *struct{ Content map[string]json.RawMessage }
	Responses   map[string]struct {
		Description string
		Content     map[string]json.RawMessage
		Headers     map[string]json.RawMessage
	}
}

// check looks for what a generated client stumbles over.
func (op operation) check(t *testing.T, at string) {
	t.Helper()
	var inPath []string
	for _, p := range op.Parameters {
		require.NotEmpty(t, p.Schema, "%s %s", at, p.Name)
		if p.In == "path" {
			require.True(t, p.Required, at)
			inPath = append(inPath, "{"+p.Name+"}")
		}
	}
	require.ElementsMatch(t, regexp.MustCompile(`\{\w+\}`).FindAllString(at, -1), inPath, at)
	success := slices.ContainsFunc([]string{"200", "201", "204", "405"}, func(s string) bool { return op.Responses[s].Description != "" })
	require.True(t, success, "%s has no answer: %v", at, op.Responses)
	if strings.HasPrefix(at, "POST /whep") {
		require.Contains(t, op.RequestBody.Content, "application/sdp")
		require.Contains(t, op.Responses["201"].Headers, "Location")
		require.Len(t, op.Parameters, 4)
	}
	for status, r := range op.Responses {
		if status >= "400" && status != "default" {
			require.Contains(t, r.Content, "application/problem+json", "%s %s", at, status)
		}
	}
}
