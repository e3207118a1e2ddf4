// Package conf reads the files people write: the configuration, cameras, the organisation, policy
// tests. It is strict, and it says where and what to do: unknown keys, values of the wrong kind,
// missing keys and undefined variables are problems with file, line and column, and all of them
// are reported together.
//
// Invariant: a value is used only when its whole document is without problems. Variables
// (${NAME}) are expanded after parsing, so what they hold can never become structure.
//
// It knows YAML, JSON Schema and file watching; it does not know what a camera is.
package conf

import (
	"fmt"
	"os"
	"strings"
)

// File is one file as it was written, variables unresolved.
type File struct {
	Name string `json:"name"` // relative to its directory, with slashes; for messages and versions
	Data string `json:"data"`
}

// Pos is a place in a file; Line and Col count from 1.
type Pos struct {
	File      string
	Line, Col int
}

func (p Pos) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

// Problem is one thing wrong and what to do about it.
type Problem struct {
	Pos
	Text string
}

func (p Problem) String() string { return p.Pos.String() + ": " + p.Text }

const maxProblems = 20 // shown at once; more only hides the first

// Problems is everything found wrong, as one error.
type Problems []Problem

func (p Problems) Error() string {
	var b strings.Builder
	for i, one := range p {
		if i == maxProblems {
			fmt.Fprintf(&b, "\n… and %d more problems", len(p)-i)
			break
		}
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(one.String())
	}
	return b.String()
}

// Err is p as an error, nil when there is none.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// Lookup finds a variable's value.
type Lookup func(name string) (string, bool)

// Env looks variables up in the process's environment.
func Env(name string) (string, bool) { return os.LookupEnv(name) }

// Doc is one decoded document: it knows where each decoded field was written.
type Doc struct {
	File   string
	Dir    string // file: references start here
	lookup Lookup // nil: references stay as they are written
	pos    map[any]Pos
	keys   map[any]bool // fields that were written, as opposed to left at their default
	found  Problems
}

// Problems returns what was found so far, in order of discovery.
func (d *Doc) Problems() Problems { return d.found }

// At returns where the field behind the pointer was written; without a place of its own, the
// document's beginning.
func (d *Doc) At(field any) Pos {
	if p, ok := d.pos[field]; ok {
		return p
	}
	return Pos{File: d.File, Line: 1, Col: 1}
}

// Wrote reports whether the document gives the field behind the pointer.
func (d *Doc) Wrote(field any) bool { return d.keys[field] }

// Reportf adds a problem at the place of the field behind the pointer.
func (d *Doc) Reportf(field any, format string, args ...any) {
	d.reportAt(d.At(field), format, args...)
}

func (d *Doc) reportAt(at Pos, format string, args ...any) {
	d.found = append(d.found, Problem{at, fmt.Sprintf(format, args...)})
}
