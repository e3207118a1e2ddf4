package vms

import (
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold gives text as searches and comparisons see it: full-width and half-width forms, letters of either case
// and the several dashes of a Japanese keyboard are one (Unicode NFKC and case folding). A 長音 that
// follows a Latin letter or a digit was meant as a dash, as in A1ー07.
func Fold(text string) string {
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

// Terms are the words of a query, folded; what is found has all of them.
func Terms(query string) []string { return strings.Fields(Fold(query)) }
