package paper

import (
	"strings"
	"unicode"
)

// Characters that no line begins with, and that no line ends with.
const (
	noStart = "、。，．,.・：；:;？！?!ー～〜）)］]｝}」』】〉》〕々ゝゞぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％%-"
	noEnd   = "（([［｛{「『【〈《〔○"
)

// atoms are the parts of a text between which a line may end.
func atoms(text string) (out []string) {
	var open bool // the last one goes on with what follows
	for _, c := range text {
		s, n := string(c), len(out)-1
		switch {
		case n >= 0 && (open || strings.ContainsRune(noStart, c) || word(c) && word(lastRune(out[n]))):
			out[n] += s
		default:
			out = append(out, s)
		}
		open = strings.ContainsRune(noEnd, c)
	}
	return out
}

// word is a character of a word or number that stays together.
func word(c rune) bool {
	return c < unicode.MaxASCII && (unicode.IsLetter(c) || unicode.IsDigit(c) || c == '-' || c == '/' || c == '.' || c == ':')
}

func lastRune(s string) rune {
	r := []rune(s)
	return r[len(r)-1]
}

// lines breaks a text into lines of at most a width, as measure has it. An atom that is wider than a line
// by itself is broken where the line ends.
func lines(text string, width float64, measure func(string) (float64, error)) (out []string, err error) {
	line, used := "", 0.0
	flush := func() { out, line, used = append(out, line), "", 0 }
	for part := range strings.SplitSeq(text, "\n") {
		for _, a := range atoms(part) {
			w, err := measure(a)
			if err != nil {
				return nil, err
			}
			if used+w > width && line != "" {
				flush()
			}
			for w > width && len([]rune(a)) > 1 {
				head, rest, err := fit(a, width, measure)
				if err != nil {
					return nil, err
				}
				line, a = head, rest
				flush()
				if w, err = measure(a); err != nil {
					return nil, err
				}
			}
			line, used = line+a, used+w
		}
		flush()
	}
	return out, nil
}

// fit takes as much from the beginning of a text as the width holds, one character at least.
func fit(text string, width float64, measure func(string) (float64, error)) (head, rest string, err error) {
	runes := []rune(text)
	n := 1
	for n < len(runes) {
		w, err := measure(string(runes[:n+1]))
		if err != nil {
			return "", "", err
		}
		if w > width {
			break
		}
		n++
	}
	return string(runes[:n]), string(runes[n:]), nil
}
