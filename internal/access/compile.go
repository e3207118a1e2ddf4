package access

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/casbin/casbin/v2"
	"github.com/casbin/casbin/v2/model"

	"yagura/internal/conf"
	"yagura/internal/identity"
)

// answer is what the rules say to one combination.
type answer uint8

const (
	no    answer = iota // no rule speaks for it
	ask                 // may ask
	yes                 // allowed
	never               // a rule denies it
)

// cell is one combination's answer and the rule that gave it, counted from 1; 0 for none.
type cell struct {
	answer answer
	rule   uint16
}

// Policy is a compiled, tested set of rules. It never changes.
type Policy struct {
	Hash  string
	rules []rule
	texts []string // of the rules, with their lines; 0: that there is none
	cells []cell   // see at

	pastAge time.Duration // of footage that may be looked back at, but not seen live
}

const ruleNone = RulesName + ": no rule allows it"

// Patterns are the files of a policy directory.
var Patterns = []string{modelName, RulesName, "*_test.yaml"}

// Load compiles the policies of a directory.
func Load(dir string) (*Policy, error) {
	files, err := conf.ReadDir(dir, Patterns...)
	if err != nil {
		return nil, err
	}
	return Compile(files)
}

// Compile reads, checks and tests policies. The error names file, line and reason.
func Compile(files []conf.File) (*Policy, error) {
	if p := recent.find(files); p != nil {
		return p, nil
	}
	p, err := compile(files)
	if err == nil {
		recent.keep(files, p)
	}
	return p, err
}

func compile(files []conf.File) (*Policy, error) {
	p, tests, err := build(files)
	if err != nil {
		return nil, err
	}
	if found := p.failing(tests); len(found) > 0 {
		return nil, found
	}
	return p, nil
}

// Draft reads policies that are not to take effect, to see what they would do. Tests that fail are told
// beside them; rows is how many there are. What no policy may pass is an error here too.
func Draft(files []conf.File) (p *Policy, rows int, failing conf.Problems, err error) {
	p, tests, err := build(files)
	if err != nil {
		return nil, 0, nil, err
	}
	for _, t := range tests {
		rows += len(t.written.Tests)
	}
	return p, rows, p.failing(tests), nil
}

func (p *Policy) failing(tests []tests) (found conf.Problems) {
	for _, t := range tests {
		found = append(found, p.test(t)...)
	}
	return found
}

// build is a policy within its bounds, and the tests it still has to pass.
func build(files []conf.File) (*Policy, []tests, error) {
	var found conf.Problems
	parts := map[string]conf.File{}
	for _, f := range files {
		parts[f.Name] = f
	}
	for _, name := range []string{modelName, RulesName, TestsName} {
		if strings.TrimSpace(parts[name].Data) == "" {
			found = append(found, conf.Problem{Pos: conf.Pos{File: name}, Text: "is missing or empty; policies need model, rules and tests"})
		}
	}
	if len(found) > 0 {
		return nil, nil, found
	}
	rules, set, found := parseRules(parts[RulesName])
	if len(found) > 0 {
		return nil, nil, found
	}
	tests, found := readTests(files)
	if len(found) > 0 {
		return nil, nil, found
	}
	p := &Policy{Hash: conf.Hash(files), rules: rules, texts: []string{ruleNone}, pastAge: set.pastAge}
	for _, r := range rules {
		p.texts = append(p.texts, r.String())
	}
	if err := p.enumerate(parts[modelName].Data); err != nil {
		return nil, nil, conf.Problems{{Pos: conf.Pos{File: modelName}, Text: err.Error() + "; restore the model"}}
	}
	if found := p.bound(); len(found) > 0 {
		return nil, nil, found
	}
	return p, tests, nil
}

// at is the place of a combination in the table.
func at(post, relation, action, kind, purpose int) int {
	return (((post*len(relations)+relation)*len(allActions)+action)*len(kinds)+kind)*len(purposes) + purpose
}

// enumerate puts every combination to a fresh enforcer. Combinations that cannot occur stay "no":
// a purpose that is not valid for the kind. Actions on units know no kind and no purpose.
func (p *Policy) enumerate(text string) (err error) {
	defer func() {
		if r := recover(); r != nil { // Casbin panics on some damaged models
			err = fmt.Errorf("cannot be used: %v", r)
		}
	}()
	asker, err := p.asker(text)
	if err != nil {
		return err
	}
	p.cells = make([]cell, len(identity.Posts)*len(relations)*len(allActions)*len(kinds)*len(purposes))
	for pi, post := range identity.Posts {
		for ri, relation := range relations {
			for ai, a := range allActions {
				cells := p.cells[at(pi, ri, ai, 0, 0):at(pi, ri, ai+1, 0, 0)]
				if err := asker.fill(cells, string(post), relation, a); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// asker puts questions to Casbin.
type asker struct {
	enforcer *casbin.Enforcer
	rules    map[string]uint16 // number of the rule Casbin names
	asks     map[Action]bool   // some rule answers "ask" to it
}

func (p *Policy) asker(text string) (*asker, error) {
	m, err := model.NewModelFromString(text)
	if err != nil {
		return nil, err
	}
	e, err := casbin.NewEnforcer(m)
	if err != nil {
		return nil, err
	}
	e.AddFunction("within", func(args ...any) (any, error) {
		if len(args) != 2 {
			return false, errors.New("within takes two words")
		}
		word, ok1 := args[0].(string)
		allowed, ok2 := args[1].(string)
		return ok1 && ok2 && within(word, allowed), nil
	})
	k := &asker{e, map[string]uint16{}, map[Action]bool{}}
	for i, r := range p.rules {
		if _, err := e.AddPolicy(anys(r.casbin())...); err != nil {
			return nil, err
		}
		k.rules[strings.Join(r.casbin(), ",")] = uint16(i + 1)
		for _, a := range allActions {
			k.asks[a] = k.asks[a] || r.effect == "ask" && within(string(a), r.fields[2])
		}
	}
	return k, nil
}

// fill asks for one action with every kind and purpose.
func (k *asker) fill(cells []cell, post, relation string, a Action) (err error) {
	_, onCamera := cameraAction(a)
	for i := range cells {
		kind, use := kinds[i/len(purposes)], purposes[i%len(purposes)]
		switch {
		case !onCamera && i > 0:
			cells[i] = cells[0]
		case use != noPurpose && !slices.Contains(Purposes(kind), use):
		default:
			if cells[i], err = k.put(a, post, relation, string(a), string(kind), use); err != nil {
				return err
			}
		}
	}
	return nil
}

// put asks one question: a plain yes, and where some rule could say so, whether one may ask.
func (k *asker) put(a Action, words ...string) (cell, error) {
	for _, want := range []answer{yes, ask} {
		if want == ask && !k.asks[a] {
			break
		}
		ok, rule, err := k.enforcer.EnforceEx(anys(append(words, map[answer]string{yes: "yes", ask: "ask"}[want]))...)
		n := k.rules[strings.Join(rule, ",")]
		switch {
		case err != nil:
			return cell{}, err
		case ok && n == 0:
			return cell{}, fmt.Errorf("allows %s without a rule", strings.Join(words, ", "))
		case ok:
			return cell{want, n}, nil
		case n > 0:
			return cell{never, n}, nil
		}
	}
	return cell{}, nil
}

func anys(words []string) []any {
	out := make([]any, len(words))
	for i, w := range words {
		out[i] = w
	}
	return out
}

// bound finds rules that give what no policy may give.
func (p *Policy) bound() (found conf.Problems) {
	seen := map[uint16]bool{}
	for pi, post := range identity.Posts {
		for ri, relation := range relations {
			for ai, a := range allActions {
				for rest := range len(kinds) * len(purposes) {
					c := p.cells[at(pi, ri, ai, 0, 0)+rest]
					if (c.answer == yes || c.answer == ask) && !mayEver(post, ri, a) && !seen[c.rule] {
						seen[c.rule] = true
						found = append(found, conf.Problem{Pos: conf.Pos{File: RulesName, Line: p.rules[c.rule-1].line, Col: 1},
							Text: fmt.Sprintf("%s may never have %s (%s cameras); remove it from the rule", post, a, relation)})
					}
				}
			}
		}
	}
	return found
}

// role is a post held, and whether what is asked about is its own.
type role struct{ post, relation int }

// best asks for every role: a deny beats an allow, an allow beats an ask.
func (p *Policy) best(roles []role, action, kind, purpose int) (best cell) {
	for _, r := range roles {
		if c := p.cells[at(r.post, r.relation, action, kind, purpose)]; c.answer > best.answer {
			best = c
		}
	}
	return best
}

// withSomePurpose reports whether the action is allowed with some purpose, or with none.
func (p *Policy) withSomePurpose(roles []role, action, kind int) bool {
	for use := range purposes {
		if p.best(roles, action, kind, use).answer == yes {
			return true
		}
	}
	return false
}
