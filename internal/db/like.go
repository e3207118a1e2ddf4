package db

import "strings"

// Like is a pattern that finds the term anywhere, for LIKE $n ESCAPE '\'.
func Like(term string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(term) + "%"
}
