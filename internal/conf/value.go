package conf

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/invopop/jsonschema"

	"yagura/internal/vms"
)

// Duration is a length of time written like 60s, 12h or 30d.
type Duration time.Duration

var days = regexp.MustCompile(`^([0-9]{1,5})d$`)

func (v *Duration) parse(s string) error {
	if m := days.FindStringSubmatch(s); m != nil {
		n, _ := strconv.Atoi(m[1]) // at most five digits
		*v = Duration(time.Duration(n) * 24 * time.Hour)
		return nil
	}
	d, err := time.ParseDuration(s)
	if err != nil || d < 0 {
		return fmt.Errorf("%q is not a length of time; write it like 60s, 12h or 30d", s)
	}
	*v = Duration(d)
	return nil
}

// JSONSchema describes the written form.
func (Duration) JSONSchema() *jsonschema.Schema {
	return &jsonschema.Schema{Type: "string", Pattern: `^([0-9]+d|([0-9.]+(ms|s|m|h))+|0)$`,
		Description: "a length of time such as 60s, 12h or 30d"}
}

// Size is a number of bytes written like 200GiB or 500MB; 0 is 0.
type Size int64

var (
	sizes = regexp.MustCompile(`^([0-9]{1,9})([KMGT]i?B|B)?$`)
	units = map[string]int64{"": 1, "B": 1, "KB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12,
		"KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40}
)

func (v *Size) parse(s string) error {
	m := sizes.FindStringSubmatch(s)
	if m == nil {
		return fmt.Errorf("%q is not a size; write it like 200GiB or 0", s)
	}
	n, _ := strconv.ParseInt(m[1], 10, 64) // at most nine digits
	if unit := units[m[2]]; n <= (1<<62)/unit {
		*v = Size(n * unit)
		return nil
	}
	return fmt.Errorf("%q is too large", s)
}

// JSONSchema describes the written form.
func (Size) JSONSchema() *jsonschema.Schema {
	return &jsonschema.Schema{Description: "a number of bytes such as 200GiB"}
}

// JST is the time zone dates are written in; Japan has no summer time.
var JST = time.FixedZone("JST", 9*60*60)

// Date is an instant written as a day of the ward (00:00 JST) or as RFC 3339.
type Date vms.Instant

func (v *Date) parse(s string) error {
	if t, err := time.ParseInLocation(time.DateOnly, s, JST); err == nil && t.Year() >= 1971 {
		*v = Date(vms.InstantOf(t))
		return nil
	}
	at, err := vms.ParseInstant(s)
	if err != nil {
		return fmt.Errorf("%q is not a day; write it like 2017-06-01 (or 2017-06-01T13:00:00+09:00)", s)
	}
	*v = Date(at)
	return nil
}

// JSONSchema describes the written form.
func (Date) JSONSchema() *jsonschema.Schema {
	return &jsonschema.Schema{Type: "string", Description: "a day such as 2017-06-01, from 00:00 Japan time, or RFC 3339"}
}

// Words is a list of texts; one alone may be written without brackets.
type Words []string

// JSONSchema describes the written form.
func (Words) JSONSchema() *jsonschema.Schema {
	return &jsonschema.Schema{Description: "a text or a list of texts"}
}

// Point is a place on a drawing, written [x, y]; how many numbers it has is for its reader to check.
type Point []int

// JSONSchema describes the written form.
func (Point) JSONSchema() *jsonschema.Schema { return numbers(2, "x, y") }

// Box is four whole numbers, such as [x, y, width, height]; as with Point.
type Box []int

// JSONSchema describes the written form.
func (Box) JSONSchema() *jsonschema.Schema { return numbers(4, "four whole numbers") }

func numbers(n uint64, about string) *jsonschema.Schema {
	return &jsonschema.Schema{Type: "array", Items: &jsonschema.Schema{Type: "integer"}, MinItems: &n, MaxItems: &n, Description: about}
}

// Secret never shows its value in logs, errors or JSON; Reveal it where it is used. It is written
// as ${NAME}, as file:PATH relative to the file it stands in, or plainly.
type Secret string

// Reveal returns the value.
func (s Secret) Reveal() string { return string(s) }

func (Secret) String() string               { return "[secret]" }
func (Secret) GoString() string             { return "[secret]" }
func (Secret) LogValue() slog.Value         { return slog.StringValue("[secret]") }
func (Secret) MarshalText() ([]byte, error) { return []byte("[secret]"), nil }

// JSONSchema describes the written form.
func (Secret) JSONSchema() *jsonschema.Schema {
	return &jsonschema.Schema{Type: "string", Description: "a secret: ${NAME} or file:PATH"}
}

// Resolve expands the variables of a decoded string or Secret, and reads a Secret's file:
// reference; what is wrong is reported at the field. With a nil lookup it does nothing.
func (d *Doc) Resolve(lookup Lookup, field any) {
	if lookup == nil {
		return
	}
	var err error
	switch f := field.(type) {
	case *string:
		*f, err = expand(*f, lookup)
	case *Secret:
		*f, err = d.secret(string(*f), lookup)
	default:
		panic(fmt.Sprintf("conf: cannot resolve a %T", field)) // a programmer's mistake, not a file's
	}
	if err != nil {
		d.Reportf(field, "%v", err)
	}
}

func (d *Doc) secret(s string, lookup Lookup) (Secret, error) {
	s, err := expand(s, lookup)
	name, ok := strings.CutPrefix(s, "file:")
	if err != nil || !ok {
		return Secret(s), err
	}
	if !filepath.IsAbs(name) {
		name = filepath.Join(d.Dir, name)
	}
	b, err := os.ReadFile(name)
	if err != nil {
		return "", fmt.Errorf("secret file: %w; create it or point elsewhere", err)
	}
	return Secret(strings.TrimRight(string(b), "\r\n")), nil
}

var variable = regexp.MustCompile(`\$\{([^}]*)\}?`)

// expand replaces ${NAME}; $${ stands for a plain ${.
func expand(s string, lookup Lookup) (string, error) {
	if !strings.Contains(s, "${") {
		return s, nil
	}
	var missing error
	parts := strings.Split(s, "$${")
	for i, part := range parts {
		parts[i] = variable.ReplaceAllStringFunc(part, func(ref string) string {
			name, closed := strings.CutSuffix(strings.TrimPrefix(ref, "${"), "}")
			if !closed || name == "" {
				missing = fmt.Errorf("%q is not a variable; write ${NAME}, or $${ for the characters themselves", ref)
				return ""
			}
			v, ok := lookup(name)
			if !ok {
				missing = fmt.Errorf("variable ${%s} is not defined; set it in the environment of yagura", name)
			}
			return v
		})
	}
	return strings.Join(parts, "${"), missing
}
