package gateway

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"strconv"
	"time"

	"yagura/internal/attachment"
	"yagura/internal/record"
	"yagura/internal/vms"
)

const (
	uploadTime   = 10 * time.Minute // for one file, as long as it comes
	filesAtOnce  = 4                // of one sign-in, in or out
	downloadTime = 10 * time.Minute
)

// attachedBody is an attached file. It is what a record's values hold, too.
type attachedBody struct {
	ID     string      `json:"id"`
	Name   string      `json:"name"`
	Type   string      `json:"type" enum:"pdf,jpeg,png,xlsx,docx,csv,txt"`
	Size   int64       `json:"size" doc:"bytes"`
	SHA256 string      `json:"sha256"`
	Scan   string      `json:"scan,omitempty" doc:"clean: a scanner for viruses found none; left out: none looked"`
	By     string      `json:"by"`
	Signed string      `json:"signed" doc:"name with the post, then"`
	At     vms.Instant `json:"at" format:"date-time"`
}

func describeFile(f *record.File) attachedBody {
	return attachedBody{f.ID, f.Name, string(f.Type), f.Size, f.SHA256, f.Scan, f.By, f.Signed, f.At}
}

// filingBody is what a field takes, for forms.
type filingBody struct {
	Most    int      `json:"most" doc:"files"`
	Bytes   int64    `json:"bytes" doc:"of each"`
	Endings []string `json:"endings" nullable:"false" doc:"of their names, as .pdf"`
}

func describeFiling(f *record.Field) *filingBody {
	if f.Type != record.Files {
		return nil
	}
	b := &filingBody{f.Most(), f.Bytes(), []string{}}
	for _, t := range f.Types() {
		b.Endings = append(b.Endings, t.Endings()...)
	}
	return b
}

// uploadFile takes a file as it comes: ?name= says what it is called.
func (g *Gateway) uploadFile(w http.ResponseWriter, r *http.Request) {
	owner := who(r.Context()).session.ID
	if !g.files.take(owner) {
		g.fail(w, r, errBusy)
		return
	}
	defer g.files.give(owner)
	if r.ContentLength > attachment.Most {
		g.fail(w, r, attachment.TooLarge(attachment.Most))
		return
	}
	body := coming{r.Body, http.NewResponseController(w), g.BodyTime, time.Now().Add(uploadTime)}
	f, err := g.Records.Upload(r.Context(), g.acting(r.Context()), record.Upload{Kind: r.PathValue("kind"), Field: r.PathValue("field"), Name: r.URL.Query().Get("name"), Body: body})
	if err != nil {
		g.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusCreated)
	if err := json.NewEncoder(w).Encode(describeFile(f)); err != nil && r.Context().Err() == nil {
		g.Log.Error("answer about a file broken off", "err", err)
	}
}

// downloadFile gives a file out, to be kept and never shown in place.
func (g *Gateway) downloadFile(w http.ResponseWriter, r *http.Request) {
	owner := who(r.Context()).session.ID
	if !g.files.take(owner) {
		g.fail(w, r, errBusy)
		return
	}
	defer g.files.give(owner)
	a := g.acting(r.Context())
	if _, err := g.recordOf(r.Context(), a, &RecordPath{r.PathValue("kind"), r.PathValue("id")}); err != nil {
		g.fail(w, r, err)
		return
	}
	f, content, err := g.Records.Download(r.Context(), a, r.PathValue("id"), r.PathValue("file"))
	if err != nil {
		g.fail(w, r, err)
		return
	}
	defer content.Close() // a temporary file, read to its end
	h := w.Header()
	h.Set("Content-Type", f.Type.Media())
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	h.Set("Content-Length", strconv.FormatInt(f.Size, 10))
	h.Set("X-Yagura-SHA256", f.SHA256)
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(downloadTime)) // not every listener can
	if n, err := io.Copy(w, content); err != nil || n != f.Size {
		if r.Context().Err() == nil {
			g.Log.Error("a file was broken off", "file", f.ID, "err", err)
		}
		panic(http.ErrAbortHandler) // the client must not take it for whole
	}
}
