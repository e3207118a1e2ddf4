package access

import (
	"slices"

	"yagura/internal/camera"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// Answer is what the rules say to an action, from the weakest to the strongest.
type Answer uint8

const (
	No      Answer = iota
	Ask            // the person may ask for it
	Purpose        // yes, where a valid purpose is stated
	Yes
)

// Right is the answer to one action on one camera.
type Right struct {
	Answer  Answer
	Earlier bool // only footage from before the camera's present placement
	why     uint16
	grant   *identity.Grant // that says so instead
}

// Rights are the answers to CameraActions, in their order.
type Rights [12]Right

// None reports whether the person may know nothing of the camera.
func (r *Rights) None() bool {
	return !slices.ContainsFunc(r[:], func(r Right) bool { return r.Answer >= Purpose })
}

// Excluded reports whether a denial stands against the person.
func (r *Rights) Excluded() bool {
	return slices.ContainsFunc(r[:], func(r Right) bool { return r.grant != nil && r.grant.Kind == identity.Denial })
}

// Survey answers for many people and cameras as of one instant. It answers as an Engine with the same
// policies and cameras would, and remembers what the rules say to each set of posts. One goroutine
// uses it.
type Survey struct {
	policy *Policy
	scene  *scene
	now    vms.Instant
	known  map[uint32]*Rights // by set of roles, and kind of camera
}

// NewSurvey looks at policies and cameras as they would be in force at an instant.
func NewSurvey(p *Policy, set *camera.Set, now vms.Instant) *Survey {
	s := &Survey{policy: p, now: now, known: map[uint32]*Rights{}}
	if set != nil {
		s.scene = newScene(set, now)
	}
	return s
}

// Of returns what the person may do to the camera.
func (s *Survey) Of(p *identity.Person, cam *camera.Camera) Rights {
	q := question{policy: s.policy, scene: s.scene, person: p, camera: cam, kind: slices.Index(kinds, cam.Kind), now: s.now}
	if q.kind < 0 || q.policy == nil || q.scene == nil || p.Disabled {
		return Rights{}
	}
	rights, placed := s.at(&q, s.now)
	if !placed {
		for i, a := range CameraActions {
			if a.footage() {
				rights[i] = Right{}
			}
		}
	}
	if len(p.Grants) > 0 {
		s.overrule(&q, &rights)
	}
	past := actions[Past]
	for i := 0; rights[past].Answer < Purpose && i < len(cam.Placements) && cam.Placements[i].From <= s.now; i++ {
		from := cam.Placements[i].From
		then, _ := s.at(&q, from)
		if len(p.Grants) > 0 {
			s.overruleOne(&q, &then, past, from)
		}
		if then[past].Answer >= Purpose {
			rights[past] = then[past]
			rights[past].Earlier = true
		}
	}
	return rights
}

// at answers for footage of one instant.
func (s *Survey) at(q *question, at vms.Instant) (Rights, bool) {
	var buf [8]role
	roles, placed := q.rolesAt(buf[:0], at)
	key := uint32(q.kind)
	for _, r := range roles {
		key |= 1 << (1 + r.post*len(relations) + r.relation)
	}
	found := s.known[key]
	if found == nil {
		found = &Rights{}
		for i := range CameraActions {
			found[i] = s.policy.right(roles, i, q.kind)
		}
		s.known[key] = found
	}
	return *found, placed
}

// overrule puts grants and denials over what the rules say.
func (s *Survey) overrule(q *question, rights *Rights) {
	for i := range rights {
		s.overruleOne(q, rights, i, s.now)
	}
}

func (s *Survey) overruleOne(q *question, rights *Rights, action int, at vms.Instant) {
	g, denied := q.granted(action, at)
	switch needs := statesPurpose(CameraActions[action]); {
	case g == nil:
	case denied:
		rights[action] = Right{grant: g}
	case needs && rights[action].Answer < Purpose:
		rights[action] = Right{Answer: Purpose, grant: g}
	case !needs && rights[action].Answer < Yes:
		rights[action] = Right{Answer: Yes, grant: g}
	}
}

// right is the strongest answer over all purposes.
func (p *Policy) right(roles []role, action, kind int) (best Right) {
	for use := range purposes {
		c := p.best(roles, action, kind, use)
		r := Right{Answer: No, why: c.rule}
		switch {
		case c.answer == yes && use == purpose[noPurpose]:
			r.Answer = Yes
		case c.answer == yes:
			r.Answer = Purpose
		case c.answer == ask:
			r.Answer = Ask
		}
		if r.Answer > best.Answer || best.why == 0 {
			best = r
		}
	}
	return best
}

// Why is the rule behind a right of this survey, or that there is none.
func (s *Survey) Why(r Right) string {
	if s.policy == nil {
		return ruleNone
	}
	if r.grant != nil {
		return grantText(r.grant)
	}
	return s.policy.texts[r.why]
}

// Gain is what a post may do under one policy and not under another.
type Gain struct {
	Post     identity.Post
	Action   Action
	Relation string // own or other
}

// Gains lists what p answers more generously than another policy, for cameras and units alike.
func (p *Policy) Gains(over *Policy) (gains []Gain) {
	rank := map[answer]int{never: 0, no: 0, ask: 1, yes: 2}
	for pi, post := range identity.Posts {
		for ri, relation := range relations {
			for ai, a := range allActions {
				for rest := range len(kinds) * len(purposes) {
					i := at(pi, ri, ai, 0, 0) + rest
					lost := over.cells[i].answer == never && p.cells[i].answer != never
					if lost || rank[p.cells[i].answer] > rank[over.cells[i].answer] {
						gains = append(gains, Gain{post, a, relation})
						break
					}
				}
			}
		}
	}
	return gains
}
