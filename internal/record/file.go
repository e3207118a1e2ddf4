package record

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"yagura/internal/attachment"
	"yagura/internal/vms"
)

// File is a file attached to a record, as a version of it says. Whoever writes a record names only the ID.
type File struct {
	ID     string          `json:"id"`
	Name   string          `json:"name"`
	Type   attachment.Type `json:"type"`
	Size   int64           `json:"size"` // bytes
	SHA256 string          `json:"sha256"`
	Scan   string          `json:"scan,omitempty"` // Scanned; "" nobody looked
	By     string          `json:"by"`
	Signed string          `json:"signed"` // name with the post, then
	At     vms.Instant     `json:"at"`
}

// Scanned is what a scanner for viruses says of a file in which it found none. One in which it does is not taken.
const Scanned = "clean"

// Filing says what a Files field takes.
type Filing struct {
	Most  int               // files; filesUsual where 0
	Bytes int64             // of each; attachment.Most where 0
	Types []attachment.Type // none: all
}

const filesUsual = 20

// Most is how many files the field takes.
func (f *Field) Most() int {
	if f.Filing.Most == 0 {
		return filesUsual
	}
	return f.Filing.Most
}

// Bytes is how large each may be.
func (f *Field) Bytes() int64 {
	if f.Filing.Bytes == 0 {
		return attachment.Most
	}
	return f.Filing.Bytes
}

// Types are what they may be.
func (f *Field) Types() []attachment.Type {
	if len(f.Filing.Types) == 0 {
		return attachment.Types
	}
	return f.Filing.Types
}

// Files returns a Files field.
func (v Values) Files(field string) []File { l, _ := v[field].([]File); return l }

// readFiles takes files as JSON has them: of what somebody sends only their ids count, see Store.known.
func (f *Field) readFiles(raw any) (any, Text) {
	if s, ok := raw.(string); raw == nil || ok && s == "" {
		return nil, Text{}
	}
	files, ok := raw.([]File)
	if !ok {
		b, err := json.Marshal(raw)
		if err != nil || json.Unmarshal(b, &files) != nil {
			return nil, Text{"添付ファイルではありません。", "Not attached files."}
		}
	}
	seen := map[string]bool{}
	for _, x := range files {
		if x.ID == "" || seen[x.ID] {
			return nil, Text{"添付ファイルではありません。", "Not attached files."}
		}
		seen[x.ID] = true
	}
	return orNil(files, len(files) > 0), Text{}
}

func (f *Field) tooMany(files []File) Text {
	if most := f.Most(); len(files) > most {
		return Text{fmt.Sprintf("%d個までです（いま%d個）。", most, len(files)), fmt.Sprintf("At most %d files (%d now).", most, len(files))}
	}
	return Text{}
}

// sayFiles is a line for each file: its name and what it hashes to, so that a list that left can be compared with it.
func sayFiles(files []File) string {
	var lines []string
	for _, x := range files {
		lines = append(lines, x.Name+" (SHA-256 "+x.SHA256+")")
	}
	return strings.Join(lines, "\n")
}

// filed are the fields that hold files.
func (k *Kind) filed() (out []*Field) {
	for i := range k.Fields {
		if k.Fields[i].Type == Files {
			out = append(out, &k.Fields[i])
		}
	}
	return out
}

// Attaches reports whether somebody may attach files to records of a kind: whoever writes or moves any.
func (s *Store) Attaches(k *Kind, a Actor) bool {
	return slices.ContainsFunc(s.readable(k, a, nil), func(unit string) bool {
		return a.any(k.Writers, unit) || slices.ContainsFunc(k.Moves, func(m Move) bool { return a.any(m.By, unit) || a.any(m.Deputy, unit) })
	})
}
