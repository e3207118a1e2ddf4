package gateway

import (
	"bytes"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"
)

const noWeb = `<!doctype html><html lang="ja"><meta charset="utf-8"><title>Yagura</title>
<p>画面がこのプログラムに組み込まれていません。<code>scripts/web</code> を実行してから作り直してください。
<p lang="en">This binary was built without the browser application: run <code>scripts/web</code>, then build again.</html>`

// static serves the browser application. Paths that name no file get index.html, those under public/ public.html: the URL is the
// application's state. Files under assets/ have their content's hash in their name and never change.
// What the build compressed (NAME.br, NAME.gz beside NAME) goes out compressed to whoever takes it; by
// its own name it does not exist.
type static struct{ files fs.FS }

func (s static) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		notAllowed(w, "GET, HEAD")
		return
	}
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	if name == "" || !fs.ValidPath(name) || strings.HasPrefix(path.Base(name), ".") {
		name = "index.html"
	}
	data, err := s.read(name)
	switch {
	case err == nil && strings.HasPrefix(name, "assets/"):
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	case err != nil && strings.HasPrefix(name, "assets/"):
		writeProblem(w, &problem{Title: "Not Found", Status: http.StatusNotFound})
		return
	case err != nil:
		name = pageOf(name)
		data, err = s.read(name)
	}
	if err != nil {
		name, data = "index.html", []byte(noWeb)
	} else if small := s.compressed(w.Header(), name, r.Header.Values("Accept-Encoding")); small != nil {
		data = small
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
}

// pageOf is the file of a page that has no file of its own name: what is for everybody is a small page by itself.
func pageOf(name string) string {
	if first, _, _ := strings.Cut(name, "/"); first == "public" {
		return "public.html"
	}
	return "index.html"
}

// encodings are what the build writes beside its files, best first.
var encodings = []struct{ name, suffix string }{{"br", ".br"}, {"gzip", ".gz"}}

// read is a file by its own name.
func (s static) read(name string) ([]byte, error) {
	for _, e := range encodings {
		if strings.HasSuffix(name, e.suffix) {
			return nil, fs.ErrNotExist
		}
	}
	return fs.ReadFile(s.files, name)
}

// compressed returns the file as the client takes it, and says so in the answer's header; nil where it is
// to go out as it is.
func (s static) compressed(h http.Header, name string, accepts []string) (best []byte) {
	kind := mime.TypeByExtension(path.Ext(name))
	if kind == "" {
		return nil
	}
	varies := false
	for _, e := range encodings {
		data, err := fs.ReadFile(s.files, name+e.suffix)
		if err != nil {
			continue
		}
		varies = true
		if best == nil && takes(accepts, e.name) {
			best = data
			h.Set("Content-Encoding", e.name)
			h.Set("Content-Type", kind)
			h.Set("Content-Length", strconv.Itoa(len(data)))
		}
	}
	if varies {
		h.Add("Vary", "Accept-Encoding")
	}
	return best
}

// takes reports whether Accept-Encoding (RFC 9110 section 12.5.3) allows a content coding by name.
func takes(accepts []string, coding string) bool {
	for part := range strings.SplitSeq(strings.Join(accepts, ","), ",") {
		name, parameters, _ := strings.Cut(part, ";")
		if !strings.EqualFold(strings.TrimSpace(name), coding) {
			continue
		}
		weight, given := strings.CutPrefix(strings.ToLower(strings.ReplaceAll(parameters, " ", "")), "q=")
		q, err := strconv.ParseFloat(weight, 64)
		return !given || err == nil && q > 0
	}
	return false
}
