package rights

import (
	"regexp"
	"slices"
	"strings"

	"yagura/internal/conf"
)

// FileDiff is one file of two versions, line by line. A file that is the same is left out.
type FileDiff struct {
	Name  string
	Lines []Line
}

// Line is one line: same, removed or added; of a longer stretch of same ones a skip tells how many.
type Line struct {
	Kind     string // same, minus, plus or skip
	Old, New int    // its number there, from 1; of a skip: the first left out. 0: it is not there
	Text     string
	Count    int // of a skip
}

const (
	around  = 3       // same lines shown beside what changed
	mostDPs = 4 << 20 // a longer comparison is given up: all old lines go, all new ones come
)

// diffFiles compares by name. With hide, what opens cameras is left out of the texts.
func diffFiles(old, new []conf.File, hide bool) (out []FileDiff) {
	texts := map[string][2]string{}
	var names []string
	for side, files := range [2][]conf.File{old, new} {
		for _, f := range files {
			pair, known := texts[f.Name]
			if !known {
				names = append(names, f.Name)
			}
			pair[side] = f.Data
			texts[f.Name] = pair
		}
	}
	slices.Sort(names)
	for _, name := range names {
		pair := texts[name]
		if pair[0] == pair[1] {
			continue
		}
		lines := diffLines(split(pair[0]), split(pair[1]))
		if hide {
			hideSecrets(lines)
		}
		out = append(out, FileDiff{name, fold(lines)})
	}
	return out
}

func split(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}

// diffLines is the longest common subsequence of what lies between the same beginning and the same end.
func diffLines(old, new []string) (out []Line) {
	head := 0
	for head < len(old) && head < len(new) && old[head] == new[head] {
		head++
	}
	tail := 0
	for tail < len(old)-head && tail < len(new)-head && old[len(old)-1-tail] == new[len(new)-1-tail] {
		tail++
	}
	for i := range head {
		out = append(out, Line{"same", i + 1, i + 1, old[i], 0})
	}
	a, b := old[head:len(old)-tail], new[head:len(new)-tail]
	longest := common(a, b)
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j] && longest != nil:
			out = append(out, Line{"same", head + i + 1, head + j + 1, a[i], 0})
			i, j = i+1, j+1
		case i < len(a) && (j == len(b) || longest == nil || longest[i+1][j] >= longest[i][j+1]):
			out = append(out, Line{"minus", head + i + 1, 0, a[i], 0})
			i++
		default:
			out = append(out, Line{"plus", 0, head + j + 1, b[j], 0})
			j++
		}
	}
	for i := range tail {
		o, n := len(old)-tail+i, len(new)-tail+i
		out = append(out, Line{"same", o + 1, n + 1, old[o], 0})
	}
	return out
}

// common holds, for each pair of ends, how many lines they have in common; nil where that is too much.
func common(a, b []string) [][]int32 {
	if (len(a)+1)*(len(b)+1) > mostDPs {
		return nil
	}
	n := make([][]int32, len(a)+1)
	for i := range n {
		n[i] = make([]int32, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				n[i][j] = n[i+1][j+1] + 1
			} else {
				n[i][j] = max(n[i+1][j], n[i][j+1])
			}
		}
	}
	return n
}

// fold leaves out same lines far from any change.
func fold(lines []Line) (out []Line) {
	near := make([]bool, len(lines))
	for i, l := range lines {
		if l.Kind != "same" {
			for j := max(0, i-around); j <= min(len(lines)-1, i+around); j++ {
				near[j] = true
			}
		}
	}
	for i, l := range lines {
		switch {
		case near[i]:
			out = append(out, l)
		case i > 0 && !near[i-1]:
			out[len(out)-1].Count++
		default:
			out = append(out, Line{"skip", l.Old, l.New, "", 1})
		}
	}
	return out
}

var (
	secretKey = regexp.MustCompile(`(["']?credentials["']?\s*:\s*)("[^"]*"?|'[^']*'?|[^,}#]+)`)
	variable  = regexp.MustCompile(`^["']?\$\{[A-Za-z0-9_]+\}["']?\s*$`)
	userInfo  = regexp.MustCompile(`(://)[^/\s"'@]+@`)
)

const hidden = "•••"

// hideSecrets covers credentials that stand in the files themselves; names of variables stay.
func hideSecrets(lines []Line) {
	under := -1 // indentation of a key whose value goes on below it
	for i := range lines {
		text := lines[i].Text
		indent := len(text) - len(strings.TrimLeft(text, " "))
		if under >= 0 && (indent > under || strings.TrimSpace(text) == "") {
			lines[i].Text = strings.Repeat(" ", indent) + hidden
			continue
		}
		under = -1
		lines[i].Text = secretKey.ReplaceAllStringFunc(text, func(found string) string {
			m := secretKey.FindStringSubmatch(found)
			if variable.MatchString(m[2]) {
				return found
			}
			return m[1] + hidden
		})
		lines[i].Text = userInfo.ReplaceAllString(lines[i].Text, "${1}"+hidden+"@")
		if m := secretKey.FindStringSubmatch(text); strings.HasSuffix(strings.TrimSpace(text), "credentials:") || m != nil && goesOn(m[2]) {
			under = indent
		}
	}
}

// goesOn reports whether a value is not at its end with the line.
func goesOn(value string) bool {
	value = strings.TrimSpace(value)
	return strings.ContainsAny(value[:1], "|>") || strings.ContainsAny(value[:1], `"'`) && (len(value) == 1 || value[len(value)-1] != value[0])
}
