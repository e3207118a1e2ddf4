package camera

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"yagura/internal/conf"
	"yagura/internal/vms"
)

// WithOrganisation returns the files with another text of organisation.yaml.
func WithOrganisation(files []conf.File, text string) []conf.File {
	out := slices.Clone(files)
	for i := range out {
		if out[i].Name == organisationName {
			out[i].Data = text
		}
	}
	return out
}

// OrganisationText is the text of organisation.yaml among the files; "" where there is none.
func OrganisationText(files []conf.File) string {
	for _, f := range files {
		if f.Name == organisationName {
			return f.Data
		}
	}
	return ""
}

var (
	unitsKey = regexp.MustCompile(`(?m)^units:`)
	topKey   = regexp.MustCompile(`(?m)^[A-Za-z_"']`)
)

// WriteUnits writes an organisation.yaml anew with these units, in the order given, which is 建制順 within
// a parent; what stands before its units stays as it was written. Parse says what is wrong with them.
func WriteUnits(text string, units []Unit) (string, error) {
	at := unitsKey.FindStringIndex(text)
	if at == nil || topKey.MatchString(text[at[1]:]) {
		return "", vms.Errorf(vms.Invalid, "bad-file", "いまの organisation.yaml は units が最後にないため、表からは書き直せません。YAML で用意してください。 units is not the last key of organisation.yaml; prepare it as YAML.")
	}
	var b strings.Builder
	b.WriteString(text[:at[0]])
	b.WriteString("units:\n")
	below := map[string][]Unit{}
	for _, u := range units {
		below[u.Parent] = append(below[u.Parent], u)
	}
	writeUnits(&b, below, "", "  ", map[string]bool{})
	return b.String(), nil
}

func writeUnits(b *strings.Builder, below map[string][]Unit, parent, indent string, seen map[string]bool) {
	for _, u := range below[parent] {
		fmt.Fprintf(b, "%s- id: %s\n%s  name: %s\n", indent, u.ID, indent, strconv.Quote(u.Name))
		if u.Kind != "" {
			fmt.Fprintf(b, "%s  kind: %s\n", indent, u.Kind)
		}
		if u.From != 0 {
			fmt.Fprintf(b, "%s  from: %s\n", indent, written(u.From))
		}
		if u.To != 0 && u.To != Forever {
			fmt.Fprintf(b, "%s  to: %s\n", indent, written(u.To))
		}
		if len(u.Successors) > 0 {
			fmt.Fprintf(b, "%s  successors: [%s]\n", indent, strings.Join(u.Successors, ", "))
		}
		if len(below[u.ID]) > 0 && !seen[u.ID] {
			seen[u.ID] = true
			fmt.Fprintf(b, "%s  units:\n", indent)
			writeUnits(b, below, u.ID, indent+"    ", seen)
		}
	}
}

// written is an instant as a file has it: a day where it is the beginning of one.
func written(at vms.Instant) string {
	t := at.Time().In(conf.JST)
	if t.Equal(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, conf.JST)) {
		return t.Format(time.DateOnly)
	}
	return at.String()
}
