package oversight

import (
	"archive/zip"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"yagura/internal/audit"
	"yagura/internal/audit/anchor"
	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// Export is the action of its row in the log.
const Export = "audit.export"

// Formats of an export.
var Formats = []string{"csv", "json"}

// longestExport is how many rows an export has at most.
const longestExport = 200_000

// Bundle is an export that may be written: the row is in the log.
type Bundle struct {
	Name string // of the file
	r    *Room
	s    scope
	f    Filter
	says statement
}

// statement is export.json: what the export is.
type statement struct {
	Made   vms.Instant       `json:"made"`
	By     string            `json:"by"`
	Filter map[string]string `json:"filter"`
	File   string            `json:"file"`
	Rows   int               `json:"rows"`
	Log    struct {
		Seq  int64  `json:"seq"`
		Hash string `json:"hash"`
	} `json:"log"` // as it ended before the export
}

// Export writes into the log that the caller takes the filtered rows with them, and returns what
// writes them. More than longestExport are vms.Invalid, code "too-many".
func (r *Room) Export(ctx context.Context, c identity.Caller, f Filter, format string) (*Bundle, error) {
	if !slices.Contains(Formats, format) {
		return nil, vms.Errorf(vms.Invalid, "bad-format", "format は csv か json です。 format is csv or json.")
	}
	s, err := r.scope(ctx, c.Person, f.Unit)
	if err != nil {
		return nil, err
	}
	b := &Bundle{r: r, s: s, f: f}
	n, err := r.Log.Count(ctx, s.filter(f))
	if err != nil {
		return nil, err
	}
	if n > longestExport {
		return nil, vms.Errorf(vms.Invalid, "too-many", "%d件あります。期間を狭めて%d件までにしてください。 %d rows; at most %d leave at once: ask for a shorter time.",
			n, longestExport, n, longestExport)
	}
	head, err := r.Log.Head(ctx)
	if err != nil {
		return nil, err
	}
	b.says = statement{Made: s.now, By: s.login, Filter: f.words(), File: "entries." + format}
	b.says.Log.Seq, b.says.Log.Hash = head.Seq, head.Hash.String()
	b.Name = "yagura-audit-" + s.now.Time().In(conf.JST).Format("20060102-150405") + ".zip"
	detail, err := json.Marshal(b.says.Filter)
	if err != nil {
		return nil, err
	}
	_, err = r.Log.Append(ctx, audit.Entry{Actor: s.login, Session: c.Session, From: c.From, Action: Export, Detail: string(detail)})
	return b, err
}

// words are the parts of a filter that are set.
func (f Filter) words() map[string]string {
	out := map[string]string{"actor": f.Actor, "camera": string(f.Camera), "action": f.Action, "outcome": f.Outcome, "purpose": f.Purpose, "unit": f.Unit, "hinted": map[bool]string{true: "yes"}[f.Hinted]}
	for name, at := range map[string]vms.Instant{"from": f.Time.From, "to": f.Time.To} {
		if at != 0 {
			out[name] = at.String()
		}
	}
	for name, v := range out {
		if v == "" {
			delete(out, name)
		}
	}
	return out
}

const howToVerify = `監査ログの書き出し / An export of the audit log

` + Verifying + `
export.json は何を書き出したかを示します。時刻は日本時間です。hash は監査ログの行の値で、行がログに今もそのままあることは
yagura audit verify で確かめます。
export.json says what was exported. The hash is the row's in the log; yagura audit verify tells whether the log still is what it was.
`

// Verifying says how a signed zip is verified.
const Verifying = `このファイルが書き出されたあと変わっていないことは、次のように確かめられます（OpenSSL 3）。
That nothing has changed since it was exported is verified like this (OpenSSL 3):

  openssl pkeyutl -verify -pubin -inkey public.pem -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig
  sha256sum -c SHA256SUMS

public.pem が本当にこのシステムの鍵であることは、設置時に控えた鍵（yagura audit key）と比べて確かめてください。
Compare public.pem with the key that was taken down when the system was set up (yagura audit key).
`

// Write writes the export: a zip with the rows, what they are, their digests, the signature over these,
// the public key, and how to verify. Where it fails, what was written is no zip.
func (b *Bundle) Write(ctx context.Context, w io.Writer) error {
	return SignedZip(w, b.r.Key, b.says.Made, howToVerify, []File{
		{b.says.File, func(w io.Writer) (err error) {
			b.says.Rows, err = b.rows(ctx, w)
			return err
		}},
		{"export.json", func(w io.Writer) error {
			e := json.NewEncoder(w)
			e.SetIndent("", "  ")
			return e.Encode(b.says)
		}},
	})
}

// rows writes the rows and returns how many.
func (b *Bundle) rows(ctx context.Context, w io.Writer) (n int, err error) {
	t := tableFor(b.says.File, w, b.r.Cameras())
	err = b.r.each(ctx, b.s, b.f, page, func(batch []audit.Viewing, _ int64) (bool, error) {
		entries, err := b.r.entries(ctx, b.s, batch)
		if err != nil {
			return false, err
		}
		for i := range entries {
			if err := t.add(&entries[i]); err != nil {
				return false, err
			}
		}
		n += len(entries)
		return true, nil
	})
	if err != nil {
		return n, err
	}
	return n, t.end()
}

// File is one file of a signed zip.
type File struct {
	Name  string
	Write func(io.Writer) error
}

// SignedZip writes files with their digests, the signature over these, the public key, and in words how
// to verify. Where it fails, what was written is no zip.
func SignedZip(w io.Writer, key ed25519.PrivateKey, made vms.Instant, verify string, files []File) error {
	z := NewSigned(w, made)
	for _, f := range files {
		if err := z.Add(f.Name, f.Write); err != nil {
			return err
		}
	}
	_, err := z.Finish(key, verify)
	return err
}

// Signed is a signed zip that is being written, file by file; of the files it keeps names and digests only.
type Signed struct {
	zip   *zip.Writer
	made  time.Time
	files []Digest
}

// Digest is a file of a signed zip as SHA256SUMS lists it.
type Digest struct {
	Name   string `json:"name"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"` // hexadecimal
}

// NewSigned begins a signed zip.
func NewSigned(w io.Writer, made vms.Instant) *Signed {
	return &Signed{zip: zip.NewWriter(w), made: made.Time()}
}

// Add writes one file. Names are in UTF-8, with / between folders.
func (z *Signed) Add(name string, write func(io.Writer) error) error {
	w, err := z.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: z.made})
	if err != nil {
		return err
	}
	h, n := sha256.New(), counter(0)
	if err := write(io.MultiWriter(w, h, &n)); err != nil {
		return err
	}
	z.files = append(z.files, Digest{name, int64(n), hex.EncodeToString(h.Sum(nil))})
	return nil
}

// Files are those written so far.
func (z *Signed) Files() []Digest { return z.files }

// counter counts bytes.
type counter int64

func (c *counter) Write(p []byte) (int, error) { *c += counter(len(p)); return len(p), nil }

// Finish writes digests, signature, key and how to verify, and returns the digest of the digests.
func (z *Signed) Finish(key ed25519.PrivateKey, verify string) (sums string, err error) {
	public, err := anchor.Public(key.Public().(ed25519.PublicKey))
	if err != nil {
		return "", err
	}
	var list strings.Builder
	for _, f := range z.files {
		fmt.Fprintf(&list, "%s  %s\n", f.SHA256, f.Name)
	}
	for _, f := range []struct {
		name string
		data []byte
	}{{"SHA256SUMS", []byte(list.String())}, {"SHA256SUMS.sig", ed25519.Sign(key, []byte(list.String()))}, {"public.pem", public}, {"VERIFY.txt", []byte(verify)}} {
		err := z.Add(f.name, func(w io.Writer) error { _, err := w.Write(f.data); return err })
		if err != nil {
			return "", err
		}
		if f.name == "SHA256SUMS" {
			sums = z.files[len(z.files)-1].SHA256
		}
	}
	return sums, z.zip.Close()
}

// table writes rows in a format.
type table interface {
	add(*Entry) error
	end() error
}

func tableFor(name string, w io.Writer, cameras *camera.Set) table {
	if strings.HasSuffix(name, ".json") {
		return &jsonTable{w: w}
	}
	return &csvTable{w: w, csv: csv.NewWriter(w), cameras: cameras}
}
