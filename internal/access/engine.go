package access

import (
	"sync"
	"sync/atomic"
	"time"

	"yagura/internal/camera"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// Engine answers with the policies and the organisation in force. It starts with neither and
// refuses everything.
type Engine struct {
	policy atomic.Pointer[Policy]
	scene  atomic.Pointer[scene]
	epoch  atomic.Uint64

	mu   sync.Mutex    // guards what follows, and changes of what stands above
	wake chan struct{} // closed and replaced on every change
}

// New returns an engine that refuses everything.
func New() *Engine { return &Engine{wake: make(chan struct{})} }

// SetPolicy puts compiled policies in force, from one Check to the next.
func (e *Engine) SetPolicy(p *Policy) { e.change(func() { e.policy.Store(p) }) }

// SetCameras puts a configuration in force.
func (e *Engine) SetCameras(set *camera.Set) {
	s := newScene(set, vms.InstantOf(time.Now()))
	e.change(func() { e.scene.Store(s) })
}

func (e *Engine) change(fn func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	fn()
	e.epoch.Add(1)
	close(e.wake)
	e.wake = make(chan struct{})
}

// Policy returns the policies in force, nil before the first.
func (e *Engine) Policy() *Policy { return e.policy.Load() }

// Epoch rises whenever policies or cameras change. Time changes answers too: appointments begin
// and end, units are reorganised; whoever keeps an answer asks again every second.
func (e *Engine) Epoch() uint64 { return e.epoch.Load() }

// Changed returns a channel that is closed at the next change.
func (e *Engine) Changed() <-chan struct{} {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.wake
}

// Check says whether the person may do this to the camera, for footage of that instant (0: now),
// stating that purpose ("": none). A purpose that is not valid for the camera's kind is refused even
// where none is needed. It takes no lock and does no I/O.
func (e *Engine) Check(p *identity.Person, a Action, cam *camera.Camera, at vms.Instant, use string, now vms.Instant) Decision {
	if at == 0 {
		at = now
	}
	if use == "" || !a.footage() {
		use = noPurpose
	}
	q, ok := e.ask(p, cam, now)
	action, known := cameraAction(a)
	if !ok || !known {
		return Decision{Code: "no-camera", Reason: reasonNone, Rule: ruleNone}
	}
	var c cell
	var buf [8]role
	roles, placed := q.rolesAt(buf[:0], at)
	if place, ok := purpose[use]; ok && (placed || !a.footage()) {
		c = q.policy.best(roles, action, q.kind, place)
	}
	rule := q.policy.texts[c.rule]
	if len(p.Grants) > 0 {
		c, rule = q.overruled(c, action, at, use)
	}
	if c.answer == yes && (a != Past || q.old(at)) {
		return Decision{Allow: true, Known: true, Rule: rule}
	}
	return q.refuse(a, at, use, c)
}

// CheckUnit says whether the person may do this to the records of a unit; "" is the whole ward.
func (e *Engine) CheckUnit(p *identity.Person, a Action, unit string, now vms.Instant) Decision {
	refused := Decision{Known: true, Code: "denied", Reason: reasonUnit, Rule: ruleNone}
	q, ok := e.ask(p, nil, now)
	action, known := actions[a]
	if !ok || !known || action < len(CameraActions) {
		return refused
	}
	c := q.policy.best(q.roles(nil, q.scene.lineage(unit)), action, 0, 0)
	refused.Rule = q.policy.texts[c.rule]
	if c.answer == yes {
		return Decision{Allow: true, Known: true, Rule: refused.Rule}
	}
	return refused
}

// Permitted returns the footage of the camera the person may do this with, whatever valid purpose
// they state: joined spans in order, the last one open (camera.Forever) where the right is one now.
func (e *Engine) Permitted(p *identity.Person, a Action, cam *camera.Camera, now vms.Instant) []vms.Span {
	q, ok := e.ask(p, cam, now)
	action, known := cameraAction(a)
	if !ok || !known {
		return nil
	}
	return q.spans(action)
}

// Actions returns what the person may do to the camera now, stating a valid purpose where one is
// needed; Past also where it is allowed for some earlier time only.
func (e *Engine) Actions(p *identity.Person, cam *camera.Camera, now vms.Instant) []Action {
	q, ok := e.ask(p, cam, now)
	if !ok {
		return nil
	}
	var may []Action
	for i, a := range CameraActions {
		if q.may(i, now) || a == Past && q.everPast() {
			may = append(may, a)
		}
	}
	return may
}

// Visible returns the cameras the person may know of, in their order.
func (e *Engine) Visible(p *identity.Person, cams []*camera.Camera, now vms.Instant) []*camera.Camera {
	var visible []*camera.Camera
	for _, cam := range cams {
		if q, ok := e.ask(p, cam, now); ok && q.known() {
			visible = append(visible, cam)
		}
	}
	return visible
}

// Explain answers for a command line: the action by its name, a valid purpose assumed; "ask" is a
// no. An unknown action is vms.NotFound.
func (e *Engine) Explain(p *identity.Person, action string, cam *camera.Camera, at, now vms.Instant) (Decision, error) {
	a := Action(action)
	if _, ok := cameraAction(a); !ok {
		return Decision{}, vms.Errorf(vms.NotFound, "no-action", "no action %q; known are %v", action, CameraActions)
	}
	return e.Check(p, a, cam, at, Incident, now), nil
}
