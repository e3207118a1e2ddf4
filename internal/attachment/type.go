package attachment

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	_ "image/jpeg" // so that their headers are read
	_ "image/png"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/transform"

	"yagura/internal/vms"
)

// Type is what a file is.
type Type string

// The types there are. None of them runs anything when it is opened: books and documents with macros are refused.
const (
	PDF  Type = "pdf"
	JPEG Type = "jpeg"
	PNG  Type = "png"
	XLSX Type = "xlsx"
	DOCX Type = "docx"
	CSV  Type = "csv"
	TXT  Type = "txt"
)

// Types are all of them.
var Types = []Type{PDF, JPEG, PNG, XLSX, DOCX, CSV, TXT}

// Photos and documents are what many fields take.
var (
	Photos    = []Type{JPEG, PNG}
	Documents = []Type{PDF, JPEG, PNG, XLSX, DOCX}
)

// form is how a type is told, and told apart.
type form struct {
	endings []string // of names
	media   string
	is      func(r io.ReaderAt, size int64) bool
}

var forms = map[Type]form{
	PDF:  {[]string{".pdf"}, "application/pdf", begins("%PDF-")},
	JPEG: {[]string{".jpg", ".jpeg"}, "image/jpeg", pictured("jpeg")},
	PNG:  {[]string{".png"}, "image/png", pictured("png")},
	XLSX: {[]string{".xlsx"}, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", packaged("xl/workbook.xml")},
	DOCX: {[]string{".docx"}, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", packaged("word/document.xml")},
	CSV:  {[]string{".csv"}, "text/csv", written},
	TXT:  {[]string{".txt"}, "text/plain", written},
}

// Endings are the endings of names of a type, as ".jpg".
func (t Type) Endings() []string { return forms[t].endings }

// Media is its media type.
func (t Type) Media() string { return forms[t].media }

// named is the type that a name says, of those that are taken; none: of all.
func named(name string, taken []Type) (Type, error) {
	if len(taken) == 0 {
		taken = Types
	}
	ending := strings.ToLower(path.Ext(name))
	var all []string
	for _, t := range taken {
		if slices.Contains(t.Endings(), ending) {
			return t, nil
		}
		all = append(all, t.Endings()...)
	}
	return "", vms.Errorf(vms.Invalid, "file-type", "この種類のファイルは添付できません。添付できるもの：%s Not a type that is taken here.", strings.Join(all, " "))
}

func begins(with string) func(io.ReaderAt, int64) bool {
	return func(r io.ReaderAt, _ int64) bool {
		head := make([]byte, len(with))
		_, err := r.ReadAt(head, 0)
		return err == nil && string(head) == with
	}
}

func pictured(as string) func(io.ReaderAt, int64) bool {
	return func(r io.ReaderAt, size int64) bool {
		_, kind, err := image.DecodeConfig(io.NewSectionReader(r, 0, size))
		return err == nil && kind == as
	}
}

// packaged tells an Office Open XML package (ISO/IEC 29500-2) by its main part; one with macros is none.
func packaged(part string) func(io.ReaderAt, int64) bool {
	return func(r io.ReaderAt, size int64) bool {
		if !shortDirectory(r, size) {
			return false
		}
		z, err := zip.NewReader(r, size)
		if err != nil {
			return false
		}
		has := func(what func(name string) bool) bool {
			return slices.ContainsFunc(z.File, func(f *zip.File) bool { return what(f.Name) })
		}
		return has(func(n string) bool { return n == "[Content_Types].xml" }) && has(func(n string) bool { return n == part }) &&
			!has(func(n string) bool { return strings.EqualFold(path.Base(n), "vbaProject.bin") })
	}
}

const (
	zipEnd       = 22      // bytes of the end of central directory record, without its comment (APPNOTE 4.3.16)
	directoryMax = 1 << 20 // bytes of a directory: it is held in memory
)

// shortDirectory reports whether the directory of an archive is one that may be read: its end record stands at the
// very end, and says that it is short and where it begins.
func shortDirectory(r io.ReaderAt, size int64) bool {
	end := make([]byte, zipEnd)
	if _, err := r.ReadAt(end, size-zipEnd); size < zipEnd || err != nil || !bytes.HasPrefix(end, []byte("PK\x05\x06")) {
		return false
	}
	long, begin := int64(binary.LittleEndian.Uint32(end[12:])), int64(binary.LittleEndian.Uint32(end[16:]))
	return long <= directoryMax && begin+long+zipEnd == size
}

// written tells text, in UTF-8 or CP932, by its having no characters but written ones.
func written(r io.ReaderAt, size int64) bool {
	all := func(decode transform.Transformer) bool {
		var src io.Reader = io.NewSectionReader(r, 0, size)
		if decode != nil {
			src = transform.NewReader(src, decode)
		}
		for in := bufio.NewReader(src); ; {
			c, n, err := in.ReadRune()
			if err != nil {
				return err == io.EOF
			}
			if c == utf8.RuneError && (n == 1 || decode != nil) || c < ' ' && !strings.ContainsRune("\t\n\r\f", c) || c == 0x7f {
				return false
			}
		}
	}
	return all(nil) || all(japanese.ShiftJIS.NewDecoder())
}

// errOther is said where a file's content is not what its name says.
func errOther(name string, t Type) error {
	hint := ""
	if t == XLSX || t == DOCX {
		hint = "（パスワード付き、マクロ付きのものは添付できません）"
	}
	return vms.Errorf(vms.Invalid, "file-content", "「%s」の中身は%sではありません%s。 The content is not what the name says, or it is locked, or holds macros.", name, strings.ToUpper(string(t)), hint)
}

const nameMost = 150 // characters

// Name is a file's name as it is kept, of whatever a browser said it is called: without folders, without characters
// that do not show or turn others round, not longer than 150 characters.
func Name(said string) (string, error) {
	said = said[strings.LastIndexAny(said, `/\`)+1:]
	said = strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7f || c == utf8.RuneError || strings.ContainsRune("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2028\u2029\u2066\u2067\u2068\u2069\ufeff", c) || c >= 0x80 && c < 0xa0 {
			return -1
		}
		if strings.ContainsRune(`<>:"|?*`, c) {
			return '_' // Windows has no such names
		}
		return c
	}, said)
	said = strings.Trim(said, " .　")
	ending := path.Ext(said)
	if ending == "" || ending == said {
		return "", vms.Errorf(vms.Invalid, "file-name", "ファイル名に、.pdf のような拡張子を付けてください。 The name of the file needs an ending such as .pdf.")
	}
	if stem, most := []rune(strings.TrimSuffix(said, ending)), nameMost-utf8.RuneCountInString(ending); len(stem) > most {
		if most < 1 {
			return "", vms.Errorf(vms.Invalid, "file-name", "ファイル名が長すぎます。 The name of the file is too long.")
		}
		said = string(stem[:most]) + ending
	}
	return said, nil
}

// Size is a size in words: 12 KB, 3.4 MB, as file managers write it.
func Size(n int64) string {
	switch {
	case n < 1<<10:
		return fmt.Sprintf("%d B", n)
	case n < 1<<20:
		return fmt.Sprintf("%d KB", (n+1<<10-1)>>10)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}
