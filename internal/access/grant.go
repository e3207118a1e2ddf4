package access

import (
	"fmt"
	"slices"
	"time"

	"yagura/internal/camera"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// Grantable are the actions a grant may give, for a limited time.
var Grantable = []Action{Live, Past, Search, Main, Still}

// EmergencyActions are those of 緊急閲覧: to look and to hold, never to take anything out.
var EmergencyActions = append(slices.Clone(Grantable), Hold)

// Back is how far before its beginning a 緊急閲覧 reaches.
const Back = 24 * time.Hour

// lapsedFor is how long somebody whose grant ended is told so, where they would otherwise hear that there
// is no such camera.
const lapsedFor = time.Hour

// statesPurpose reports whether an action that a grant gives asks for a purpose: what is recorded, and the
// full resolution, as for heads.
func statesPurpose(a Action) bool { return a == Past || a == Main }

// granted returns the denial in force against an action for footage of that instant, else a grant in force
// for it, else nil. Every denial covers whatever shows people or who looked at them.
func (q *question) granted(action int, at vms.Instant) (found *identity.Grant, denied bool) {
	if len(q.person.Grants) == 0 {
		return nil, false
	}
	place := placement(q.camera, at)
	for i := range q.person.Grants {
		g := &q.person.Grants[i]
		switch {
		case !g.InForce(q.now):
		case g.Kind == identity.Denial:
			if CameraActions[action] != Health && q.denies(g, place) {
				return g, true
			}
		case found == nil && q.gives(g, action, place, at):
			found = g
		}
	}
	return found, false
}

// placement is the place of the camera's placement in force at an instant; -1 before the first.
func placement(cam *camera.Camera, at vms.Instant) int {
	for i, p := range slices.Backward(cam.Placements) {
		if p.From <= at {
			return i
		}
	}
	return -1
}

func (q *question) denies(g *identity.Grant, place int) bool {
	if slices.Contains(g.Cameras, q.camera.ID) {
		return true
	}
	return g.Unit != "" && place >= 0 && q.under(g.Unit, place)
}

// under reports whether the camera's footage of a placement is the unit's now, or one's below it.
func (q *question) under(unit string, place int) bool {
	owners, _ := q.scene.ownersAt(q.camera, q.camera.Placements[place].From)
	return owners[unit]
}

// gives reports whether a grant in force gives the action for that footage. One on a camera is for where the
// camera hangs now; one on a unit for what is that unit's.
func (q *question) gives(g *identity.Grant, action, place int, at vms.Instant) bool {
	if place < 0 || !slices.Contains(g.Actions, string(CameraActions[action])) || q.person.Holds(q.now, identity.NoFootagePosts...) {
		return false
	}
	switch {
	case g.Kind == identity.Emergency:
		return at >= g.From.Add(-Back)
	case g.Unit != "":
		return q.under(g.Unit, place)
	}
	return slices.Contains(g.Cameras, q.camera.ID) && place == placement(q.camera, q.now)
}

// overruled is the answer of the rules with grants and denials over it, and what says so.
func (q *question) overruled(c cell, action int, at vms.Instant, use string) (cell, string) {
	g, denied := q.granted(action, at)
	stated := slices.Contains(Purposes(q.camera.Kind), use)
	switch {
	case denied:
		return cell{answer: never}, grantText(g)
	case g == nil || c.answer == yes:
	case stated, use == noPurpose && !statesPurpose(CameraActions[action]):
		return cell{answer: yes}, grantText(g)
	case c.answer == ask:
		return cell{}, ruleNone // not to be asked for, but for a purpose
	}
	return c, q.policy.texts[c.rule]
}

// spans is the footage the action is allowed for, with some valid purpose.
func (q *question) spans(action int) []vms.Span {
	var out []vms.Span
	for i := range q.camera.Placements {
		span := q.camera.Span(i)
		if _, denied := q.granted(action, span.From); denied {
			continue
		}
		var buf [8]role
		if roles, _ := q.rolesAt(buf[:0], span.From); q.policy.withSomePurpose(roles, action, q.kind) {
			out = append(out, span)
			continue
		}
		out = append(out, q.grantedSpans(action, i, span)...)
	}
	out = vms.Union(out)
	if action == actions[Past] {
		young := vms.Subtract(out, []vms.Span{{To: q.now.Add(-q.policy.pastAge)}})
		out = vms.Subtract(out, vms.Subtract(young, q.spans(actions[Live])))
	}
	return out
}

// grantedSpans is what grants give of a placement's footage.
func (q *question) grantedSpans(action, place int, span vms.Span) (out []vms.Span) {
	for i := range q.person.Grants {
		g := &q.person.Grants[i]
		if g.Kind == identity.Denial || !g.InForce(q.now) {
			continue
		}
		one := span
		if g.Kind == identity.Emergency {
			one.From = max(one.From, g.From.Add(-Back))
		}
		if !one.Empty() && q.gives(g, action, place, one.From) {
			out = append(out, one)
		}
	}
	return out
}

// lapsed says why a grant that gave this a short while ago no longer does; "" where none did.
func (q *question) lapsed(action int, at vms.Instant) string {
	place := placement(q.camera, at)
	for i := range q.person.Grants {
		g := q.person.Grants[i]
		if g.State != "accepted" || g.Kind == identity.Denial || g.To > q.now || g.To < q.now.Add(-lapsedFor) || !q.gives(&g, action, place, at) {
			continue
		}
		switch {
		case g.EndedBy != "":
			return "期限付きの権限が取り下げられました。必要なときは、危機管理担当に相談してください。 The time-limited right was withdrawn; ask crisis management."
		case g.Kind == identity.Emergency:
			return "緊急閲覧の15分が終わりました。続けて必要なときは、危機管理担当に連絡してください。 The 15 minutes of emergency viewing are over; call crisis management."
		}
		return "期限付きの権限の期限が過ぎました。必要なときは、もう一度申請してください。 The time-limited right has expired; ask for another."
	}
	return ""
}

// grantText is a grant where rules are named.
func grantText(g *identity.Grant) string {
	if g.To == camera.Forever {
		return fmt.Sprintf("%s %s", g.Kind, g.ID)
	}
	return fmt.Sprintf("%s %s until %s", g.Kind, g.ID, g.To)
}
