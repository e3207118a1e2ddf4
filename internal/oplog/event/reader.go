package event

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/transform"

	"yagura/internal/vms"
)

// sniffed is how much of a file decides in which encoding it is.
const sniffed = 1 << 20

// remembered is how many pseudonyms of each kind are kept at hand; logs name the same people again and again.
const remembered = 1 << 16

// Reader reads the lines of a log.
type Reader struct {
	Encoding string // UTF-8 or CP932

	profile *Profile
	key     Key
	csv     *csv.Reader
	sum     hash.Hash
	header  []string
	at      map[string]int
	cells   []string
	line    int
	found   []Problem
	known   map[string]map[string]Pseudonym // by kind
}

// NewReader begins to read; its error says that this is no log of that system.
func NewReader(in io.Reader, p *Profile, key Key) (*Reader, error) {
	r := &Reader{profile: p, key: key, sum: sha256.New(), known: map[string]map[string]Pseudonym{}}
	buffered := bufio.NewReaderSize(io.TeeReader(in, r.sum), sniffed)
	begin, err := buffered.Peek(sniffed)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if bytes.IndexByte(begin, 0) >= 0 {
		return nil, vms.Errorf(vms.Invalid, "bad-file", "CSVではありません。 This is no CSV.")
	}
	var text io.Reader = buffered
	if r.Encoding = "UTF-8"; !isUTF8(begin) {
		r.Encoding, text = "CP932", transform.NewReader(buffered, japanese.ShiftJIS.NewDecoder()) // with the extensions of CP932, as the WHATWG has it
	} else if bytes.HasPrefix(begin, []byte("\ufeff")) {
		if _, err := buffered.Discard(len("\ufeff")); err != nil {
			return nil, err
		}
	}
	r.csv = csv.NewReader(text)
	r.csv.FieldsPerRecord, r.csv.ReuseRecord = -1, true
	if first, _, _ := bytes.Cut(begin, []byte("\n")); bytes.Count(first, []byte("\t")) > bytes.Count(first, []byte(",")) {
		r.csv.Comma = '\t'
	}
	cells, err := r.csv.Read()
	if err != nil {
		return nil, vms.Errorf(vms.Invalid, "bad-file", "見出しの行がありません。 There is no header.")
	}
	r.header = append([]string(nil), cells...)
	r.at, err = p.place(r.header)
	return r, err
}

// isUTF8 reports whether the beginning of a file is UTF-8; its last character may be cut.
func isUTF8(begin []byte) bool {
	for cut := 0; cut < utf8.UTFMax && cut <= len(begin); cut++ {
		if utf8.Valid(begin[:len(begin)-cut]) {
			return cut == 0 || len(begin) == sniffed
		}
	}
	return false
}

// Next returns the next event, or what is wrong with its line; io.EOF after the last one.
func (r *Reader) Next() (Event, []Problem, error) {
	cells, err := r.csv.Read()
	var bad *csv.ParseError
	if errors.As(err, &bad) {
		return Event{}, []Problem{{bad.Line, "", Text{"引用符（\"）が正しくありません。", "A quotation mark stands wrong."}}}, nil
	}
	if err != nil {
		return Event{}, nil, err
	}
	r.cells, r.found = cells, nil
	r.line, _ = r.csv.FieldPos(0)
	if len(cells) > len(r.header) {
		r.wrong("", "見出しより列が多くあります。", "It has more cells than the header.")
		return Event{}, r.found, nil
	}
	e := r.event()
	return e, r.found, nil
}

// Hash is the SHA-256 of the file, in hex, once Next returned io.EOF.
func (r *Reader) Hash() string { return hex.EncodeToString(r.sum.Sum(nil)) }

// wrong notes what is wrong with a field of this line.
func (r *Reader) wrong(field, ja, en string) {
	column := ""
	if i, ok := r.at[field]; ok && i >= 0 {
		column = r.header[i]
	}
	r.found = append(r.found, Problem{r.line, column, Text{ja, en}})
}

// cell is the text of a field, "" where the file or the line does not have it.
func (r *Reader) cell(field string) string {
	i := r.at[field]
	if i < 0 || i >= len(r.cells) {
		return ""
	}
	s := strings.TrimSpace(r.cells[i])
	if strings.Contains(s, "\ufffd") || r.Encoding == "UTF-8" && !utf8.ValidString(s) {
		r.wrong(field, "文字コードが正しくない文字があります。", "A character is not in the file's encoding.")
		return ""
	}
	return s
}

// of is the pseudonym of a text, remembered.
func (r *Reader) of(kind, text string, make func(string) Pseudonym) Pseudonym {
	if text == "" {
		return 0
	}
	if p, ok := r.known[kind][text]; ok {
		return p
	}
	if len(r.known[kind]) >= remembered || r.known[kind] == nil {
		r.known[kind] = map[string]Pseudonym{}
	}
	p := make(text)
	r.known[kind][strings.Clone(text)] = p
	return p
}
