package conf

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

const maxDepth = 32

// Decode reads one YAML document into the struct behind into: fields are named by their yaml tag;
// a jsonschema tag "required" or "enum=…" is enforced. Keys left out keep the value into came with.
// dir is where file: references start. A nil lookup leaves variables and file: references as they
// are written: versions are compared this way, so that no secret takes part.
func Decode(file File, dir string, lookup Lookup, into any) *Doc {
	d := &Doc{File: file.Name, Dir: dir, lookup: lookup, pos: map[any]Pos{}, keys: map[any]bool{}}
	body := d.parse(file.Data)
	if body == nil {
		return d
	}
	d.decode(body, reflect.ValueOf(into).Elem(), 0)
	slices.SortStableFunc(d.found, func(a, b Problem) int { return (a.Line-b.Line)*1000 + a.Col - b.Col })
	return d
}

func (d *Doc) parse(data string) ast.Node {
	f, err := parse(data)
	var bad yaml.Error
	switch {
	case errors.As(err, &bad):
		d.reportAt(d.tokenPos(bad.GetToken()), "%s; correct the YAML here", bad.GetMessage())
		return nil
	case err != nil:
		d.reportAt(Pos{File: d.File}, "%v", err)
		return nil
	case len(f.Docs) == 0 || f.Docs[0].Body == nil:
		d.reportAt(Pos{File: d.File}, "the file is empty; remove it or write its content")
		return nil
	case len(f.Docs) > 1:
		d.reportAt(Pos{File: d.File}, "holds %d documents; use one file each", len(f.Docs))
		return nil
	}
	return f.Docs[0].Body
}

// parse turns a panic of the parser into an error: the text comes from outside.
func parse(data string) (f *ast.File, err error) {
	defer func() {
		if r := recover(); r != nil {
			f, err = nil, fmt.Errorf("is not YAML that can be read (%v); rewrite the part changed last", r)
		}
	}()
	return parser.ParseBytes([]byte(data), 0)
}

func (d *Doc) tokenPos(t *token.Token) Pos {
	if t == nil || t.Position == nil {
		return Pos{File: d.File}
	}
	return Pos{d.File, t.Position.Line, t.Position.Column}
}

func (d *Doc) nodePos(n ast.Node) Pos {
	if m, ok := n.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) > 0 {
		return d.tokenPos(m.Values[0].Key.GetToken())
	}
	if m, ok := n.(*ast.MappingValueNode); ok {
		return d.tokenPos(m.Key.GetToken())
	}
	return d.tokenPos(n.GetToken())
}

type parses interface{ parse(string) error }

func (d *Doc) decode(n ast.Node, v reflect.Value, depth int) {
	at := d.nodePos(n)
	d.pos[v.Addr().Interface()] = at
	if depth > maxDepth {
		d.reportAt(at, "nested too deeply")
		return
	}
	if secret, ok := v.Addr().Interface().(*Secret); ok {
		if text, ok := d.text(n, at); ok {
			*secret = Secret(text)
			d.Resolve(d.lookup, secret)
		}
		return
	}
	if one, ok := v.Addr().Interface().(*Words); ok && !isList(n) {
		d.scalar(n, at, func(s string) error { *one = Words{s}; return nil })
		return
	}
	if p, ok := v.Addr().Interface().(parses); ok {
		d.scalar(n, at, p.parse)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		d.mapping(n, v, depth)
	case reflect.Slice:
		d.sequence(n, v, depth)
	case reflect.Map:
		d.table(n, v, depth)
	case reflect.String:
		d.scalar(n, at, func(s string) error { v.SetString(s); return nil })
	case reflect.Bool:
		d.scalar(n, at, func(s string) error { return setBool(v, s) })
	case reflect.Int, reflect.Int64:
		d.scalar(n, at, func(s string) error { return setInt(v, s) })
	default:
		panic("conf: cannot decode into " + v.Type().String()) // a programmer's mistake, not a file's
	}
}

func isList(n ast.Node) bool { _, ok := n.(*ast.SequenceNode); return ok }

func setInt(v reflect.Value, s string) error {
	i, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return errors.New(strconv.Quote(s) + " is not a whole number")
	}
	v.SetInt(i)
	return nil
}

func setBool(v reflect.Value, s string) error {
	if s != "true" && s != "false" {
		return errors.New(strconv.Quote(s) + " must be true or false")
	}
	v.SetBool(s == "true")
	return nil
}

// scalar hands the expanded text of a scalar to set and reports its error there.
func (d *Doc) scalar(n ast.Node, at Pos, set func(string) error) {
	text, ok := d.text(n, at)
	if !ok {
		return
	}
	var err error
	if d.lookup != nil {
		text, err = expand(text, d.lookup)
	}
	if err == nil {
		err = set(text)
	}
	if err != nil {
		d.reportAt(at, "%v", err)
	}
}

// text returns a scalar as it is written.
func (d *Doc) text(n ast.Node, at Pos) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return n.GetToken().Value, true
	case *ast.NullNode:
		d.reportAt(at, "has no value; write one or remove the key")
	default:
		d.reportAt(at, "must be a single value, not a %s", kindOf(n))
	}
	return "", false
}

func kindOf(n ast.Node) string {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return "block of keys"
	case *ast.SequenceNode:
		return "list"
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode, *ast.MergeKeyNode:
		return "YAML anchor, alias or tag (not used here; write the value out)"
	}
	return "single value"
}

func (d *Doc) pairs(n ast.Node) ([]*ast.MappingValueNode, bool) {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, true
	}
	d.reportAt(d.nodePos(n), "must be a block of keys, not a %s", kindOf(n))
	return nil, false
}

func (d *Doc) mapping(n ast.Node, v reflect.Value, depth int) {
	pairs, ok := d.pairs(n)
	if !ok {
		return
	}
	seen := map[string]bool{}
	for _, kv := range pairs {
		key := kv.Key.GetToken().Value
		at := d.tokenPos(kv.Key.GetToken())
		field, tag, known := fieldNamed(v, key)
		switch {
		case !known:
			d.reportAt(at, "unknown key %q; known here: %s", key, strings.Join(fieldNames(v.Type()), ", "))
		case seen[key]:
			d.reportAt(at, "key %q is given twice; keep one", key)
		default:
			d.keys[field.Addr().Interface()] = true
			before := len(d.found)
			d.decode(kv.Value, field, depth+1)
			if len(d.found) == before {
				d.enum(kv.Value, field, tag)
			}
		}
		seen[key] = true
	}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if name := nameOf(f); name != "" && !seen[name] && slices.Contains(rules(f), "required") {
			d.reportAt(d.nodePos(n), "key %q is missing here", name)
		}
	}
}

func (d *Doc) enum(n ast.Node, v reflect.Value, tag []string) {
	var allowed []string
	for _, rule := range tag {
		if word, ok := strings.CutPrefix(rule, "enum="); ok {
			allowed = append(allowed, word)
		}
	}
	if len(allowed) > 0 && v.Kind() == reflect.String && !slices.Contains(allowed, v.String()) {
		d.reportAt(d.nodePos(n), "%q is not one of: %s", v.String(), strings.Join(allowed, ", "))
	}
}

func (d *Doc) sequence(n ast.Node, v reflect.Value, depth int) {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		d.reportAt(d.nodePos(n), "must be a list, not a %s", kindOf(n))
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(list.Values), len(list.Values)))
	for i, item := range list.Values {
		d.decode(item, v.Index(i), depth+1)
	}
}

func (d *Doc) table(n ast.Node, v reflect.Value, depth int) {
	pairs, ok := d.pairs(n)
	if !ok {
		return
	}
	v.Set(reflect.MakeMap(v.Type()))
	for _, kv := range pairs {
		elem := reflect.New(v.Type().Elem()).Elem()
		d.decode(kv.Value, elem, depth+1)
		v.SetMapIndex(reflect.ValueOf(kv.Key.GetToken().Value).Convert(v.Type().Key()), elem)
	}
}

func nameOf(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
	return name
}

func rules(f reflect.StructField) []string { return strings.Split(f.Tag.Get("jsonschema"), ",") }

func fieldNamed(v reflect.Value, key string) (reflect.Value, []string, bool) {
	for i := range v.NumField() {
		if f := v.Type().Field(i); nameOf(f) == key && key != "" {
			return v.Field(i), rules(f), true
		}
	}
	return reflect.Value{}, nil, false
}

func fieldNames(t reflect.Type) []string {
	var names []string
	for i := range t.NumField() {
		if name := nameOf(t.Field(i)); name != "" {
			names = append(names, name)
		}
	}
	return names
}
