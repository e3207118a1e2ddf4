package house

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	testName   = regexp.MustCompile("`(Test[A-Z][A-Za-z0-9]*)`")
	storyName  = regexp.MustCompile("`(e2e/[a-z]+\\.test\\.mjs)`")
	testOfFile = regexp.MustCompile(`(?m)^func (Test[A-Z][A-Za-z0-9]*)\(`)
)

// TestSecurityNamesTestsThatExist: what docs/security.md says is shown by a test is shown by one.
func TestSecurityNamesTestsThatExist(t *testing.T) {
	root := filepath.Join("..", "..")
	text, err := os.ReadFile(filepath.Join(root, "docs", "security.md"))
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]bool{}
	for _, dir := range []string{"internal", "cmd", "scripts"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, d fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, "_test.go") {
				return err
			}
			source, err := os.ReadFile(path)
			for _, m := range testOfFile.FindAllSubmatch(source, -1) {
				have[string(m[1])] = true
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	named := testName.FindAllSubmatch(text, -1)
	if len(named) < 50 || len(have) < 50 {
		t.Fatalf("%d tests are named, %d exist", len(named), len(have))
	}
	for _, m := range named {
		if !have[string(m[1])] {
			t.Errorf("docs/security.md names %s, which is no test", m[1])
		}
	}
	for _, m := range storyName.FindAllSubmatch(text, -1) {
		if _, err := os.Stat(filepath.Join(root, "web", string(m[1]))); err != nil {
			t.Errorf("docs/security.md names web/%s: %v", m[1], err)
		}
	}
}
