package bookmark

import (
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// fold gives text as search compares it: full-width and half-width forms, letters of either case
// and the several dashes of a Japanese keyboard are one (Unicode NFKC and case folding). A 長音 that
// follows a Latin letter or a digit was meant as a dash, as in A1ー07.
func fold(text string) string {
	text = norm.NFKC.String(cases.Fold().String(norm.NFKC.String(text)))
	var before rune
	return strings.Map(func(c rune) rune {
		switch {
		case c >= '\u2010' && c <= '\u2015', c == '\u2212', c == 'ー' && (before >= 'a' && before <= 'z' || before >= '0' && before <= '9'):
			c = '-'
		}
		before = c
		return c
	}, text)
}

// terms are the words of a query, folded; a bookmark must have all of them.
func terms(query string) []string { return strings.Fields(fold(query)) }

// like is a pattern that finds the term anywhere; the escape character is \.
func like(term string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(term) + "%"
}
