package access

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"yagura/internal/conf"
	"yagura/internal/identity"
)

const (
	modelName = "model.conf"
	RulesName = "rules.csv"        // the rules
	TestsName = "access_test.yaml" // and the tests they must pass
)

// rule is one line of rules.csv.
type rule struct {
	line   int
	text   string // as written
	fields []string
	effect string
}

// casbin is the rule in the order of the model's policy definition.
func (r rule) casbin() []string {
	switch r.effect {
	case "allow":
		return append(slices.Clone(r.fields), "yes", "allow")
	case "ask":
		return append(slices.Clone(r.fields), "ask", "allow")
	}
	return append(slices.Clone(r.fields), "*", "deny")
}

func (r rule) String() string { return fmt.Sprintf("%s:%d: %s", RulesName, r.line, r.text) }

// The columns of a rule and the words each may hold.
var columns = []struct {
	name  string
	words []string
	many  bool // several, or *
}{
	{"post", texts(identity.Posts), false},
	{"relation", []string{"own", "*"}, false},
	{"actions", texts(allActions), true},
	{"kind", append(texts(kinds), "*"), false},
	{"purpose", append(slices.Clone(purposes[1:]), "stated", "*"), true},
	{"effect", []string{"allow", "ask", "deny"}, false},
}

func texts[T ~string](words []T) []string {
	var out []string
	for _, w := range words {
		out = append(out, string(w))
	}
	return out
}

// DefaultPastAge is how old footage must be for whoever may look back at it but not see it live, where the
// rules do not say otherwise: old enough that nobody watches a room with a few minutes' delay.
const DefaultPastAge = 15 * time.Minute

// settings are the lines "set, name, value".
type settings struct{ pastAge time.Duration }

const leastPastAge, mostPastAge = time.Minute, 7 * 24 * time.Hour

// set reads one such line and says what is wrong with it.
func (s *settings) set(text string) string {
	fields := strings.Split(text, ",")
	if len(fields) != 3 || strings.TrimSpace(fields[1]) != "past_age" {
		return "is not a setting; write set, past_age, 15m"
	}
	if s.pastAge != 0 {
		return "past_age is set twice; keep one"
	}
	age, err := time.ParseDuration(strings.TrimSpace(fields[2]))
	if err != nil || age < leastPastAge || age > mostPastAge {
		return "past_age must lie between 1m and 168h"
	}
	s.pastAge = age
	return ""
}

// parseRules reads rules.csv strictly. The line "end" must be the last: a file cut short is no policy.
func parseRules(f conf.File) (rules []rule, set settings, found conf.Problems) {
	seen := map[string]int{}
	ended := false
	for i, text := range strings.Split(f.Data, "\n") {
		report := func(format string, args ...any) {
			found = append(found, conf.Problem{Pos: conf.Pos{File: f.Name, Line: i + 1, Col: 1}, Text: fmt.Sprintf(format, args...)})
		}
		text = strings.TrimSpace(text)
		switch {
		case text == "" || strings.HasPrefix(text, "#"):
			continue
		case ended:
			report(`there is text after "end"; move it before`)
			continue
		case text == "end":
			ended = true
			continue
		}
		if first, _, _ := strings.Cut(text, ","); strings.TrimSpace(first) == "set" {
			if why := set.set(text); why != "" {
				report("%s", why)
			}
			continue
		}
		r := rule{line: i + 1, text: text}
		if why := r.parse(text); why != "" {
			report("%s", why)
		} else if before := seen[strings.Join(r.casbin(), ",")]; before > 0 {
			report("says the same as line %d; keep one", before)
		} else {
			seen[strings.Join(r.casbin(), ",")] = i + 1
			rules = append(rules, r)
		}
	}
	if !ended {
		found = append(found, conf.Problem{Pos: conf.Pos{File: f.Name}, Text: `the last line must be "end"; without it the file is taken as half-written`})
	}
	if len(rules) == 0 {
		found = append(found, conf.Problem{Pos: conf.Pos{File: f.Name}, Text: "holds no rule; write the rules, or nobody may do anything"})
	}
	if set.pastAge == 0 {
		set.pastAge = DefaultPastAge
	}
	return rules, set, found
}

// parse fills the rule and says what is wrong with the line.
func (r *rule) parse(text string) string {
	fields := strings.Split(text, ",")
	if len(fields) != len(columns)+1 || strings.TrimSpace(fields[0]) != "p" {
		return "is not a rule; write p, post, relation, actions, kind, purpose, allow | ask | deny"
	}
	for i, c := range columns {
		words := strings.Fields(fields[i+1])
		if len(words) == 0 || len(words) > 1 && !c.many {
			return fmt.Sprintf("%s must be one of: %s", c.name, strings.Join(c.words, ", "))
		}
		for _, w := range words {
			if !slices.Contains(c.words, w) {
				return fmt.Sprintf("%q is not a word for %s; known are: %s", w, c.name, strings.Join(c.words, ", "))
			}
		}
		r.fields = append(r.fields, strings.Join(words, " "))
	}
	r.effect = r.fields[len(columns)-1]
	r.fields = r.fields[:len(columns)-1]
	return ""
}

// within is the model's function: the request's word is among those of the rule.
func within(word, allowed string) bool {
	if allowed == "*" || allowed == "stated" && word != noPurpose {
		return true
	}
	for w := range strings.FieldsSeq(allowed) {
		if w == word {
			return true
		}
	}
	return false
}
