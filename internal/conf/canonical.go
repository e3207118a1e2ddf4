package conf

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// Hash is the SHA-256, in hex, of what the files say: their names and their content with variables
// unresolved, without comments, layout and quoting. Files that are not YAML count byte for byte.
func Hash(files []File) string {
	sorted := slices.Clone(files)
	slices.SortFunc(sorted, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	h := sha256.New()
	for _, f := range sorted {
		fmt.Fprintf(h, "%q\n", f.Name)
		parsed, err := parse(f.Data)
		if !strings.HasSuffix(f.Name, ".yaml") || err != nil {
			fmt.Fprintf(h, "%q\n", f.Data)
			continue
		}
		for _, doc := range parsed.Docs {
			canonical(h, doc.Body)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

func canonical(w io.Writer, n ast.Node) {
	switch n := n.(type) {
	case *ast.MappingNode:
		canonicalMap(w, n.Values)
	case *ast.MappingValueNode:
		canonicalMap(w, []*ast.MappingValueNode{n})
	case *ast.SequenceNode:
		io.WriteString(w, "[")
		for _, v := range n.Values {
			canonical(w, v)
			io.WriteString(w, ",")
		}
		io.WriteString(w, "]")
	case *ast.StringNode:
		io.WriteString(w, strconv.Quote(n.Value))
	case *ast.LiteralNode:
		io.WriteString(w, strconv.Quote(n.Value.Value))
	case nil:
	default:
		io.WriteString(w, strconv.Quote(n.GetToken().Value))
	}
}

func canonicalMap(w io.Writer, pairs []*ast.MappingValueNode) {
	io.WriteString(w, "{")
	for _, kv := range pairs {
		io.WriteString(w, strconv.Quote(kv.Key.GetToken().Value)+":")
		canonical(w, kv.Value)
		io.WriteString(w, ",")
	}
	io.WriteString(w, "}")
}
