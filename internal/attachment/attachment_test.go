package attachment_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/japanese"

	"yagura/internal/attachment"
	"yagura/internal/blob"
	"yagura/internal/testserver"
	"yagura/internal/vms"
)

// packed is an archive of empty parts.
func packed(t *testing.T, comment string, parts ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		_, err := z.Create(p)
		require.NoError(t, err)
	}
	require.NoError(t, z.SetComment(comment))
	require.NoError(t, z.Close())
	return b.Bytes()
}

func picture(t *testing.T, write func(io.Writer, image.Image) error) []byte {
	var b bytes.Buffer
	require.NoError(t, write(&b, image.NewGray(image.Rect(0, 0, 4, 4))))
	return b.Bytes()
}

func newShelf(t *testing.T, url string) (*attachment.Shelf, blob.Store, string) {
	store, err := blob.Open(url)
	require.NoError(t, err)
	dir := filepath.Join(t.TempDir(), "attachments")
	s, err := attachment.New(store, dir)
	require.NoError(t, err)
	return s, store, dir
}

// TestWhatAFileIs is told by what is in it, not by what it is called.
func TestWhatAFileIs(t *testing.T) {
	s, _, dir := newShelf(t, "dir:"+filepath.Join(t.TempDir(), "objects"))
	jpg := picture(t, func(w io.Writer, i image.Image) error { return jpeg.Encode(w, i, nil) })
	cp932, err := japanese.ShiftJIS.NewEncoder().Bytes([]byte("氏名,点検\r\n見本,良\r\n"))
	require.NoError(t, err)
	book := packed(t, "", "[Content_Types].xml", "xl/workbook.xml")
	for name, c := range map[string]struct {
		data []byte
		want string // type, or code of the error
	}{
		"a.pdf": {[]byte("%PDF-1.7\n%%EOF"), "pdf"}, "b.PDF": {[]byte("MZ\x90\x00"), "file-content"},
		"a.jpg": {jpg, "jpeg"}, "a.jpeg": {jpg, "jpeg"}, "a.png": {picture(t, png.Encode), "png"}, "b.png": {jpg, "file-content"},
		"a.xlsx": {book, "xlsx"}, "a.docx": {packed(t, "", "[Content_Types].xml", "word/document.xml"), "docx"}, "b.docx": {book, "file-content"},
		"macros.xlsx": {packed(t, "", "[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"), "file-content"},
		"behind.xlsx": {append(bytes.Clone(book), "more"...), "file-content"}, "comment.xlsx": {packed(t, "PK", "[Content_Types].xml", "xl/workbook.xml"), "file-content"},
		"locked.xlsx": {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "file-content"},
		"a.csv":       {[]byte("\ufeff氏名,点検\r\n"), "csv"}, "b.csv": {cp932, "csv"}, "a.txt": {[]byte("記録\n"), "txt"}, "b.txt": {[]byte("a\x00b"), "file-content"}, "c.txt": {[]byte("\x82"), "file-content"},
		"a.exe": {[]byte("MZ"), "file-type"}, "a.svg": {[]byte("<svg/>"), "file-type"}, "a.html": {[]byte("<p>"), "file-type"}, "a.xlsm": {book, "file-type"},
		"empty.pdf": {nil, "file-empty"},
	} {
		st, err := s.Stage(t.Context(), name, attachment.Limit{}, bytes.NewReader(c.data))
		if err != nil {
			require.ErrorIs(t, err, vms.Invalid, name)
			require.Equal(t, c.want, vms.Code(err), name)
			continue
		}
		require.Equal(t, c.want, string(st.Type), name)
		require.NoError(t, st.Close())
	}
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, left, "nothing stays of what is not kept")
}

type broken struct{ io.Reader }

func (b broken) Read(p []byte) (int, error) {
	if n, err := b.Reader.Read(p); err == nil {
		return n, nil
	}
	return 0, errors.New("connection reset")
}

func TestLimits(t *testing.T) {
	s, _, _ := newShelf(t, "dir:"+filepath.Join(t.TempDir(), "objects"))
	code := func(name string, l attachment.Limit, body io.Reader) string {
		_, err := s.Stage(t.Context(), name, l, body)
		require.ErrorIs(t, err, vms.Invalid)
		return vms.Code(err)
	}
	require.Equal(t, "too-long", code("a.txt", attachment.Limit{Bytes: 10}, strings.NewReader("12345678901")))
	require.Equal(t, "file-type", code("a.txt", attachment.Limit{Types: attachment.Photos}, strings.NewReader("1")))
	require.Equal(t, "upload-broken", code("a.txt", attachment.Limit{}, broken{strings.NewReader("1")}))
	st, err := s.Stage(t.Context(), "a.txt", attachment.Limit{Bytes: 10}, strings.NewReader("1234567890"))
	require.NoError(t, err)
	require.NoError(t, st.Close())
}

func TestNames(t *testing.T) {
	for said, want := range map[string]string{
		`C:\Users\x\同意書.pdf`: "同意書.pdf", "../../etc/passwd.txt": "passwd.txt", "a\u202efdp.exe.pdf": "afdp.exe.pdf", " .写真 1.JPG ": "写真 1.JPG", "a\r\nb.csv": "ab.csv", `"x?".pdf`: "_x__.pdf",
		strings.Repeat("長", 300) + ".pdf": strings.Repeat("長", 146) + ".pdf",
		"":                                "", "写真": "", ".pdf": "", "pdf.": "",
	} {
		got, err := attachment.Name(said)
		require.Equal(t, want, got, said)
		require.Equal(t, want == "", err != nil, said)
	}
}

// TestGivenOutAsTakenIn: from either store, and never otherwise.
func TestGivenOutAsTakenIn(t *testing.T) {
	for name, url := range map[string]string{"dir": "dir:" + filepath.Join(t.TempDir(), "objects"), "minio": testserver.MinIO(t)} {
		t.Run(name, func(t *testing.T) {
			ctx := t.Context()
			s, store, dir := newShelf(t, url)
			text := strings.Repeat("記録\n", 100_000)
			st, err := s.Stage(t.Context(), "a.txt", attachment.Limit{}, strings.NewReader(text))
			require.NoError(t, err)
			for range 2 { // a retry is no error
				require.NoError(t, st.Put(ctx, "one"))
			}
			require.NoError(t, st.Put(ctx, "two"))
			require.NoError(t, st.Close())

			f, err := s.Open(ctx, "one", st.SHA256, st.Size)
			require.NoError(t, err)
			got, err := io.ReadAll(f)
			require.NoError(t, err)
			require.Equal(t, text, string(got))
			require.NoError(t, f.Close())
			require.NoError(t, s.Remove(ctx, "one", st.SHA256))
			require.Equal(t, "file-damaged", vms.Code(s.Verify(ctx, "one", st.SHA256, st.Size)), "it is gone")
			require.NoError(t, s.Verify(ctx, "two", st.SHA256, st.Size), "the same content of somebody else is not")

			require.NoError(t, store.Delete(ctx, attachment.Key(st.SHA256, "two")))
			require.NoError(t, store.Put(ctx, attachment.Key(st.SHA256, "two"), strings.NewReader(strings.Replace(text, "記", "書", 1)), int64(len(text))))
			_, err = s.Open(ctx, "two", st.SHA256, st.Size)
			require.Equal(t, "file-damaged", vms.Code(err), "a byte differs")
			_, err = s.Open(ctx, "two", st.SHA256, st.Size-1)
			require.Equal(t, "file-damaged", vms.Code(err))

			var keys []string
			for info, err := range s.List(ctx) {
				require.NoError(t, err)
				keys = append(keys, info.Key)
			}
			require.Equal(t, []string{attachment.Key(st.SHA256, "two")}, keys)
			left, err := os.ReadDir(dir)
			require.NoError(t, err)
			require.Empty(t, left)
		})
	}
}

// TestALargeFileIsNotInMemory: neither on its way in nor on its way out.
func TestALargeFileIsNotInMemory(t *testing.T) {
	s, _, _ := newShelf(t, "dir:"+filepath.Join(t.TempDir(), "objects"))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	st, err := s.Stage(t.Context(), "a.txt", attachment.Limit{}, io.LimitReader(spaces{}, attachment.Most))
	require.NoError(t, err)
	require.NoError(t, st.Put(t.Context(), "one"))
	f, err := s.Open(t.Context(), "one", st.SHA256, st.Size)
	require.NoError(t, err)
	require.NoError(t, errors.Join(f.Close(), st.Close()))
	runtime.ReadMemStats(&after)
	require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(1<<20))
}

type spaces struct{}

func (spaces) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}
