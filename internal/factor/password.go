package factor

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/trustelem/zxcvbn"
	"golang.org/x/text/unicode/norm"

	"yagura/internal/vms"
)

// Lengths of a password that somebody chooses, in characters. Nothing is asked of what it is made of.
const (
	PasswordMin = 12
	PasswordMax = 128
)

const (
	enoughGuesses = 1e8 // fewer, and the commonest passwords and words of leaked lists find it
	estimated     = 64  // characters: what comes after them only makes it longer, and costs time
)

// house are words that stand near to mind for everybody here.
var house = []string{"yagura", "toshima", "kuyakusho"}

// ChoosePassword says whether somebody of that login and with those names may choose the password;
// an error is vms.Invalid and says what to do. Refused are those that are short, contain the login or
// a name, or are found early by whoever tries the commonest passwords of leaks and words (zxcvbn,
// Wheeler, USENIX Security 2016, with its frequency lists).
func ChoosePassword(password, login string, names ...string) error {
	if n := utf8.RuneCountInString(password); n < PasswordMin || n > PasswordMax || !utf8.ValidString(password) {
		return vms.Errorf(vms.Invalid, "password-length", "パスワードは %d 文字以上 %d 文字以下にしてください。 A password has %d to %d characters.", PasswordMin, PasswordMax, PasswordMin, PasswordMax)
	}
	plain := fold(password)
	near := parts(append(names, login))
	if slices.ContainsFunc(near, func(word string) bool { return strings.Contains(plain, word) }) {
		return vms.Errorf(vms.Invalid, "password-name", "パスワードに職員IDや氏名を含めないでください。 A password must not contain your login or name.")
	}
	if zxcvbn.PasswordStrength(first(plain, estimated), append(near, house...)).Guesses < enoughGuesses {
		return vms.Errorf(vms.Invalid, "password-common", "漏えいしたパスワードの一覧などから推測されやすいパスワードです。無関係な言葉を三つ以上つなげるなどしてください。 "+
			"This password is among the first that are guessed; join three or more unrelated words, for example.")
	}
	return nil
}

// parts are the words of names by which a password would be guessed.
func parts(names []string) (out []string) {
	for _, name := range names {
		for _, word := range strings.FieldsFunc(fold(name), func(r rune) bool { return strings.ContainsRune(" ._-", r) }) {
			if len(word) >= 3 { // bytes: one kanji, three letters
				out = append(out, word)
			}
		}
	}
	return out
}

// fold makes alike what is typed alike: full and half width, upper and lower case.
func fold(s string) string { return strings.ToLower(norm.NFKC.String(s)) }

func first(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
