package gateway_test

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"yagura/internal/identity"
	"yagura/internal/vms"
)

// rightsOf is the matrix of posts: whose cameras, and what may be done with them. Of past, and of main
// where it is marked, only with a purpose.
var rightsOf = map[identity.Post]struct {
	all     bool
	actions []string
}{
	"department_head":      {false, []string{"live", "past", "search", "main with purpose", "still", "bookmark", "evidence.request", "health", "who_viewed"}},
	"general_manager":      {false, []string{"live", "past", "search", "main with purpose", "still", "bookmark", "evidence.request", "health", "who_viewed"}},
	"crisis_management":    {true, []string{"live", "past", "search", "main", "still", "bookmark", "evidence.request", "evidence.approve", "hold", "health"}},
	"facilities":           {true, []string{"still.mosaic", "health"}},
	"auditor":              {true, []string{"who_viewed"}},
	"administrator":        {true, []string{"health"}},
	"information_security": {},
	"executing_officer":    {},
	"clerk":                {},
	"log_analyst":          {},
}

// place is whose a camera was from an instant on.
type place struct {
	from  vms.Instant
	units []string // and those above them
}

type cam struct {
	id, kind string
	sub      bool
	places   []place
}

// oracle answers for one person.
type oracle struct {
	login string
	posts []identity.Appointment // in force
	given []given
}

// given is what was given, or taken, beside the posts: on one camera where it hangs now, or on a unit's.
type given struct {
	camera, unit string
	actions      []string // none: everything but health is taken
}

// about reports whether it is about the camera's footage of an instant.
func (g given) about(c cam, at, now vms.Instant) bool {
	units, placed := c.at(at)
	if g.unit != "" {
		return placed && slices.Contains(units, g.unit)
	}
	here, _ := c.at(now)
	return g.camera == c.id && (g.actions == nil || placed && slices.Equal(units, here))
}

func (c cam) at(at vms.Instant) (units []string, placed bool) {
	for _, p := range c.places {
		if p.from <= at {
			units, placed = p.units, true
		}
	}
	return units, placed
}

// may reports whether the person may do that with footage of an instant; how is "main with purpose"
// or the action.
func (o oracle) may(c cam, action string, at vms.Instant) (how string, ok bool) {
	units, placed := c.at(at)
	if len(c.places) == 0 || !placed && action != "health" && action != "who_viewed" {
		return "", false
	}
	if action != "health" && o.excluded(c, at) {
		return "", false
	}
	for _, a := range o.posts {
		r := rightsOf[a.Post]
		if !r.all && !slices.Contains(units, a.Unit) {
			continue
		}
		for _, have := range r.actions {
			if name, _, _ := strings.Cut(have, " "); name == action && (how == "" || have == action) {
				how, ok = have, true
			}
		}
	}
	for _, g := range o.given {
		if !ok && slices.Contains(g.actions, action) && !o.holds(noFootage...) && g.about(c, at, o.now()) {
			how, ok = map[bool]string{true: "main with purpose", false: action}[action == "main"], true
		}
	}
	return how, ok
}

// excluded reports whether that footage was taken from the person by name.
func (o oracle) excluded(c cam, at vms.Instant) bool {
	return slices.ContainsFunc(o.given, func(g given) bool { return g.actions == nil && g.about(c, at, o.now()) })
}

// noFootage are the posts whose holders nobody can give footage to.
var noFootage = []identity.Post{"administrator", "facilities", "auditor", "log_analyst", "information_security"}

// now is far from anything that happened: nothing moves while the matrix runs.
func (oracle) now() vms.Instant { return vms.InstantOf(time.Now()) }

var allActions = []string{"live", "past", "search", "main", "still", "still.mosaic", "bookmark", "evidence.request", "evidence.approve", "hold", "health", "who_viewed"}

func (o oracle) actions(c cam, now vms.Instant) (out []string) {
	for _, a := range allActions {
		_, ok := o.may(c, a, now)
		for _, p := range c.places {
			if _, then := o.may(c, "past", p.from); a == "past" && p.from <= now && then {
				ok = true
			}
		}
		if ok {
			out = append(out, a)
		}
	}
	return out
}

// whep is the status and code of POST /whep/{camera}.
func (o oracle) whep(c cam, v variant, now vms.Instant) (int, string) {
	if len(c.places) == 0 || len(o.actions(c, now)) == 0 {
		return 404, "no-camera"
	}
	at, needs := now, []string{"live"}
	if v.at != 0 {
		at, needs = v.at, []string{"past"}
	}
	if v.stream == "main" {
		needs = append(needs, "main")
	}
	valid := []string{"deterrence_check", "misuse_verification", "incident", "maintenance", "legal_request", "subject_request"}
	if c.kind == "security" {
		valid = valid[2:]
	}
	for _, action := range needs {
		how, ok := o.may(c, action, at)
		_, placed := c.at(at)
		switch {
		case o.excluded(c, at):
			return 403, "denied"
		case !placed:
			return 403, "not-in-operation"
		case !ok:
			return 403, "denied"
		case v.purpose != "" && !slices.Contains(valid, v.purpose):
			return 400, "bad-purpose"
		case v.purpose == "" && (action == "past" || how == "main with purpose"):
			return 400, "purpose-required"
		}
	}
	if v.stream == "sub" && !c.sub {
		return 404, "no-stream"
	}
	return 201, ""
}

// picture is the status and code of GET /api/cameras/{id}/picture: rights, purposes and refusals are
// those of a session of the past.
func (o oracle) picture(c cam, v variant, now vms.Instant, filmed bool) (int, string) {
	status, code := o.whep(c, v, now)
	switch {
	case status != 201:
		return status, code
	case !filmed:
		return 404, "no-picture"
	}
	return 200, ""
}

type variant struct {
	stream, purpose string
	at              vms.Instant
}

func (v variant) query() string {
	q := url.Values{}
	q.Set("stream", v.stream)
	if v.at != 0 {
		q.Set("at", v.at.String())
	}
	if v.purpose != "" {
		q.Set("purpose", v.purpose)
	}
	return q.Encode()
}
