package gateway

import (
	"bytes"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"
)

const noWeb = `<!doctype html><html lang="ja"><meta charset="utf-8"><title>Yagura</title>
<p>画面がこのプログラムに組み込まれていません。<code>scripts/web</code> を実行してから作り直してください。
<p lang="en">This binary was built without the browser application: run <code>scripts/web</code>, then build again.</html>`

// static serves the browser application. Paths that name no file get index.html: the URL is the
// application's state. Files under assets/ have their content's hash in their name and never change.
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
	data, err := fs.ReadFile(s.files, name)
	switch {
	case err == nil && strings.HasPrefix(name, "assets/"):
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	case err != nil && strings.HasPrefix(name, "assets/"):
		writeProblem(w, &problem{Title: "Not Found", Status: http.StatusNotFound})
		return
	case err != nil:
		name = "index.html"
		data, err = fs.ReadFile(s.files, name)
	}
	if err != nil {
		name, data = "index.html", []byte(noWeb)
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
}
