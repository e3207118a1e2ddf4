package gateway_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"yagura/internal/attachment"
	"yagura/internal/identity"
)

// filed are the kinds that take files, and by which field.
var filed = map[string]string{"patrol": "photos", "awareness-material": "files", "induction": "scan", "training-material": "files", "isms-document": "files", "finding": "photos",
	"regulation": "files", "inspection": "files", "complaint": "files", "disclosure": "files"}

func photo(t testing.TB) []byte {
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))))
	return b.Bytes()
}

// upload attaches a photo to be, and returns it as the server tells of it.
func (h *house) upload(token, name string, data []byte) map[string]any {
	made := h.as(token, "POST", "/api/record-files/patrol/photos?name="+url.QueryEscape(name), string(data))
	require.Equal(h.t, 201, made.StatusCode, made.body)
	var f map[string]any
	require.NoError(h.t, json.Unmarshal([]byte(made.body), &f))
	return f
}

// attach writes a patrol of a unit with a photo, and returns where that is.
func (h *house) attach(login, unit string) string {
	token := h.Token(login)
	f := h.upload(token, "写真.png", photo(h.t))
	made := h.as(token, "POST", "/api/records/patrol", fmt.Sprintf(`{"unit":%q,"values":{"day":"2025-06-18","by":"manager","patroller":%q,"photos":[{"id":%q}]}}`, unit, login, f["id"]))
	require.Equal(h.t, 201, made.StatusCode, made.body)
	return "/api/records/patrol/" + strings.Trim(field(h.t, made, "id"), `"`) + "/files/" + f["id"].(string)
}

// attached checks who may attach files to each kind, and who is given one that is attached to a record of koseki.
func (m *matrix) attached(o oracle, token, path string) error {
	for kind, field := range filed {
		rights := kindRights[kind]
		units := []string{"kumin", "koseki", "zeimu", "kankyo", "gomi"}
		if strings.HasPrefix(rights.reads, "*") {
			units = []string{""}
		}
		may := func(posts string) bool {
			return slices.ContainsFunc(units, func(u string) bool { return o.recordsOf(posts, u) })
		}
		want := 404
		if may(rights.reads + " " + rights.writes) {
			want = 403
		}
		if may(rights.writes) {
			want = 400 // reached, and it is no program's place
		}
		if got := m.cell(token, "POST", "/api/record-files/"+kind+"/"+field+"?name=a.exe", "MZ", "application/octet-stream"); got.Code != want {
			return fmt.Errorf("%s: attach to %s: %d, want %d: %s", o.login, kind, got.Code, want, got.Body)
		}
	}
	want := 404
	if o.recordsOf(others, "koseki") {
		want = 200
	}
	if got := m.cell(token, "GET", path, "", ""); got.Code != want {
		return fmt.Errorf("%s: an attached file: %d, want %d: %s", o.login, got.Code, want, got.Body)
	}
	return nil
}

// TestFilesOverHTTP: what was attached comes back to the byte, to be kept and not to be shown, with a row in the log; what
// was altered does not.
func TestFilesOverHTTP(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Add("clerk", identity.Clerk, "koseki")
	clerk, data := h.Token("clerk"), photo(t)
	sum := sha256.Sum256(data)
	hash := hex.EncodeToString(sum[:])
	problem(t, h.as(clerk, "POST", "/api/record-files/patrol/photos?name=a.png", "<script>"), 400, "file-content")
	problem(t, h.as(clerk, "POST", "/api/record-files/patrol/photos?name=", "x"), 400, "file-name")
	problem(t, h.as(clerk, "POST", "/api/record-files/patrol/photos?name=a.png", strings.Repeat("x", attachment.Most+1)), 413, "too-long")
	require.Equal(t, hash, h.upload(clerk, "a.png", data)["sha256"])
	path := h.attach("clerk", "koseki")
	got := h.as(clerk, "GET", path, "")
	require.Equal(t, 200, got.StatusCode)
	require.Equal(t, string(data), got.body)
	require.Equal(t, []string{"image/png", "nosniff", "attachment; filename*=utf-8''%E5%86%99%E7%9C%9F.png", hash}, []string{
		got.Header.Get("Content-Type"), got.Header.Get("X-Content-Type-Options"), got.Header.Get("Content-Disposition"), got.Header.Get("X-Yagura-SHA256")})
	require.Contains(t, got.Header.Get("Content-Security-Policy"), "default-src 'none'")
	rows := h.Rows("record.download")
	require.Len(t, rows, 1)
	require.Contains(t, rows[0].Detail, hash)
	require.NotContains(t, rows[0].Detail, "写真", "the log has no words of a record")
	problem(t, h.as(clerk, "GET", strings.Replace(path, "patrol", "finding", 1), ""), 404, "no-record")
	problem(t, h.as(clerk, "GET", path+"x", ""), 404, "no-file")

	id := path[strings.LastIndex(path, "/")+1:]
	require.NoError(t, h.files.Delete(t.Context(), attachment.Key(hash, id)))
	require.NoError(t, h.files.Put(t.Context(), attachment.Key(hash, id), bytes.NewReader(make([]byte, len(data))), int64(len(data))))
	problem(t, h.as(clerk, "GET", path, ""), 500, "file-damaged")
	require.Len(t, h.Rows("record.download"), 1)
}
