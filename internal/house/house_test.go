// Package house holds no code: its test keeps the order of the rooms. Imports point down; a peer is
// imported only where the importer's package doc names it and says why; a third-party library lives
// in one room, behind which it can be exchanged.
package house

import (
	"encoding/json"
	"errors"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// layers, from the bottom up. A room imports rooms of lower layers.
var layers = [][]string{
	{"vms"},
	{"media", "conf", "sheet", "paper"},
	{"camera", "rtsp", "stream", "segment", "blob", "db", "onvif", "factor", "holiday", "directory", "attachment"},
	{"archive", "relay", "whep", "access", "identity", "desk", "audit", "inbox", "record", "motion"},
	{"evidence", "health", "compliance", "duty", "viewing", "bookmark", "oversight", "review", "inventory", "rights", "staff", "inquiry", "survey", "hold", "oplog", "tally", "request", "digest", "form", "dossier"},
	{"ingest", "gateway"},
}

// workshop rooms serve tests and the demo. They import what they need of the house; of the house
// nobody imports them but commands.
var workshop = []string{"camsim", "testserver", "house", "measure", "proof", "sample"}

// homes are the libraries whose exchange was foreseen. The others find their one room themselves.
var homes = map[string]string{
	"github.com/bluenviron/gortsplib": "rtsp",
	"github.com/minio":                "blob",
	"github.com/casbin":               "access",
	"github.com/pion/webrtc":          "whep",
	"github.com/jackc":                "db",
	"github.com/coreos/go-oidc":       "directory",
	"github.com/go-ldap":              "directory",
	"github.com/signintech/gopdf":     "paper",
	"golang.org/x/oauth2":             "directory",
	"modernc.org":                     "db",
	"github.com/pressly/goose":        "db",
}

// free are codec and packet helpers, the extended standard library, and what tests assert with.
var free = []string{"github.com/bluenviron/mediacommon/", "github.com/pion/rtp", "github.com/pion/rtcp", "golang.org/x/", "github.com/stretchr/testify/"}

// refused are imports the layers would allow.
var refused = map[string][]string{"gateway": {"rtsp", "stream", "relay"}}

type listed struct {
	ImportPath, Dir string
	Imports         []string
}

// list returns the packages of this module, without their tests.
func list(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-e", "-json=ImportPath,Dir,Imports", "yagura/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		// Looked into so that `go test` knows its remembered result is stale when a file changes.
		for _, dir := range []string{p.Dir, filepath.Dir(p.Dir)} {
			if _, err := os.ReadDir(dir); err != nil {
				t.Fatal(err)
			}
		}
		all = append(all, p)
	}
}

// room is the part of an import path after internal/, "" for packages elsewhere.
func room(path string) string {
	rest, ok := strings.CutPrefix(path, "yagura/internal/")
	if !ok {
		return ""
	}
	name, _, _ := strings.Cut(rest, "/")
	return name
}

func layer(name string) int {
	return slices.IndexFunc(layers, func(l []string) bool { return slices.Contains(l, name) })
}

func TestImportsPointDown(t *testing.T) {
	for _, p := range list(t) {
		from := room(p.ImportPath)
		if from == "" || slices.Contains(workshop, from) {
			continue
		}
		if layer(from) < 0 {
			t.Errorf("internal/%s has no layer: give it one here and in docs/architecture.md", from)
			continue
		}
		for _, imported := range p.Imports {
			to := room(imported)
			switch {
			case to == from:
			case strings.HasPrefix(imported, "yagura/cmd/") || slices.Contains(workshop, to):
				t.Errorf("%s imports %s, which only commands and tests may", p.ImportPath, imported)
			case to == "":
			case slices.Contains(refused[from], to):
				t.Errorf("%s imports %s, which it must not", p.ImportPath, to)
			case layer(to) > layer(from):
				t.Errorf("%s imports %s, which lies above it", p.ImportPath, to)
			case layer(to) == layer(from) && !names(t, p.Dir, to):
				t.Errorf("%s imports its peer %s; its package doc does not name it and say why", p.ImportPath, to)
			}
		}
	}
}

// names reports whether the package doc in dir has the word ("database" stands for db).
func names(t *testing.T, dir, word string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	whole := regexp.MustCompile(`(?i)\b(` + strings.Replace(word, "db", "db|database", 1) + `)\b`)
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(name, "_test.go") && f.Doc != nil && whole.MatchString(f.Doc.Text()) {
			return true
		}
	}
	return false
}

func TestOneLibraryOneRoom(t *testing.T) {
	users := map[string][]string{} // rooms by library
	for _, p := range list(t) {
		from := room(p.ImportPath)
		if slices.Contains(workshop, from) || strings.HasPrefix(p.ImportPath, "yagura/scripts/") {
			continue
		}
		for _, imported := range p.Imports {
			host, _, _ := strings.Cut(imported, "/")
			isFree := slices.ContainsFunc(free, func(f string) bool { return strings.HasPrefix(imported, f) })
			if !strings.Contains(host, ".") || isFree {
				continue // of the standard library, of this module, or free
			}
			for library, home := range homes {
				if strings.HasPrefix(imported, library) && from != home {
					t.Errorf("%s imports %s, which lives in internal/%s", p.ImportPath, imported, home)
				}
			}
			if lib := library(imported); from != "" && !slices.Contains(users[lib], from) {
				users[lib] = append(users[lib], from)
			}
		}
	}
	for lib, rooms := range users {
		if len(rooms) > 1 {
			t.Errorf("%s is imported by %s; let one of them hide it", lib, strings.Join(rooms, " and "))
		}
	}
}

// library is the part of an import path that names a repository.
func library(path string) string {
	parts := strings.Split(path, "/")
	return strings.Join(parts[:min(3, len(parts))], "/")
}
