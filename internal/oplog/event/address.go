package event

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// CutArea parts an address into 町丁目 and what follows it: 中野四丁目 and 8番1号. An address code of digits
// alone is 町丁目 whole, as J-LIS has it in its first eleven digits.
func CutArea(address string) (area, rest string) {
	if !ascii(address) {
		address = norm.NFKC.String(address)
	}
	address = strings.TrimSpace(address)
	if i := strings.Index(address, "丁目"); i >= 0 {
		return address[:i+len("丁目")], address[i+len("丁目"):]
	}
	if digits(address) {
		return address[:min(len(address), areaDigits)], address[min(len(address), areaDigits):]
	}
	if i := strings.IndexFunc(address, unicode.IsDigit); i > 0 {
		return strings.TrimRight(address[:i], " -　"), address[i:]
	}
	return address, ""
}

const areaDigits = 11

// leadingNumber is the first number in what follows 町丁目.
func leadingNumber(rest string) string {
	from := strings.IndexFunc(rest, unicode.IsDigit)
	if from < 0 {
		return ""
	}
	rest = rest[from:]
	if to := strings.IndexFunc(rest, func(c rune) bool { return !unicode.IsDigit(c) }); to >= 0 {
		rest = rest[:to]
	}
	return strings.TrimLeft(rest, "0")
}

func digits(s string) bool {
	return s != "" && strings.IndexFunc(s, func(c rune) bool { return c < '0' || c > '9' }) < 0
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
