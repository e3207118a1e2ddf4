// Package vms is the vocabulary every other room shares: camera and stream ids, instants and
// spans of time, why footage is missing, kinds of error, and the node's clock.
//
// It imports nothing of this module, does no I/O and holds no policy.
package vms

import (
	"errors"
	"fmt"
	"regexp"
)

// CameraID names a viewpoint. It is stable and never reused: [a-z0-9-]{1,32}.
type CameraID string

var cameraID = regexp.MustCompile(`^[a-z0-9-]{1,32}$`)

// Valid reports whether the id may appear in keys, paths and URLs.
func (id CameraID) Valid() bool { return cameraID.MatchString(string(id)) }

// Stream names one of a camera's two streams.
type Stream string

const (
	Main Stream = "main" // full resolution
	Sub  Stream = "sub"  // small, for walls and slow viewers
)

// Valid reports whether s is Main or Sub.
func (s Stream) Valid() bool { return s == Main || s == Sub }

// Feed is one stream of one camera: the unit of recording, leasing and viewing.
type Feed struct {
	Camera CameraID
	Stream Stream
}

func (f Feed) String() string { return string(f.Camera) + "/" + string(f.Stream) }

// Kinds of error. Only these are branched on; everything else is a plain error.
var (
	NotFound = errors.New("not found")
	Denied   = errors.New("denied")
	Invalid  = errors.New("invalid")
	Conflict = errors.New("conflict")
)

// Error is an error of a kind, with a stable machine-readable code and a text for people.
type Error struct {
	Kind error  // NotFound, Denied, Invalid or Conflict
	Code string // e.g. "purpose-required"; stable, part of the HTTP surface
	Text string
}

func (e *Error) Error() string { return e.Text }
func (e *Error) Unwrap() error { return e.Kind }

// Errorf makes an *Error.
func Errorf(kind error, code, format string, args ...any) error {
	return &Error{Kind: kind, Code: code, Text: fmt.Sprintf(format, args...)}
}

// Code returns the code of the *Error in err's chain, or "".
func Code(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
