package access

import (
	"fmt"
	"slices"
	"strings"

	"yagura/internal/camera"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// Decision is the answer to a Check.
type Decision struct {
	Allow  bool
	Ask    bool   // refused, but the person may ask for it
	Known  bool   // the person may know of the camera: a refusal explains itself; otherwise it must look like any missing camera
	Code   string // of a refusal: denied, ask, purpose-required, bad-purpose, not-in-operation or no-camera
	Reason string // of a refusal, in Japanese and English: why, and whom to ask
	Rule   string // the rule that says so, or that none does
}

// Err is nil when allowed; otherwise vms.NotFound, vms.Invalid or vms.Denied with the code and reason.
func (d Decision) Err() error {
	switch {
	case d.Allow:
		return nil
	case !d.Known:
		return vms.Errorf(vms.NotFound, "no-camera", "%s", reasonNone)
	case d.Code == "purpose-required" || d.Code == "bad-purpose":
		return vms.Errorf(vms.Invalid, d.Code, "%s", d.Reason)
	}
	return vms.Errorf(vms.Denied, d.Code, "%s", d.Reason)
}

const (
	reasonNone    = "カメラがありません。 There is no such camera."
	reasonUnit    = "この操作の権限がありません。所管の統括管理者または情報安全担当に相談してください。 Not among your rights; ask the general manager or information security."
	reasonPurpose = "映像の確認には目的が必要です。目的を選んでください。 State a purpose."
	reasonInvalid = "この種別のカメラでは選べない目的です。ほかの目的を選んでください。 This purpose is not valid for this kind of camera; state another."
	reasonAsk     = "危機管理担当の承認が必要です。依頼として登録してください。 Crisis management decides this; file a request."
	reasonEarly   = "このカメラは、その時点では運用を開始していません。 The camera was not in operation at that time."
	reasonDenied  = "このカメラの映像は、あなたには表示しない取扱いになっています。危機管理担当に相談してください。 You are excluded from this camera; ask crisis management."
	reasonRecent  = "ライブを見る権限がないため、記録から%.0f分たっていない映像は見られません。 Without the right to live pictures, footage younger than %.0f minutes is not shown."
	reasonPost    = "この操作は、あなたの職の権限に含まれていません。危機管理担当に相談してください。 Not among the rights of your post; ask crisis management."
)

// question is one Check while it is answered.
type question struct {
	policy *Policy
	scene  *scene
	person *identity.Person
	camera *camera.Camera
	kind   int
	now    vms.Instant
}

// ask prepares questions about a camera; false where nothing can be allowed.
func (e *Engine) ask(p *identity.Person, cam *camera.Camera, now vms.Instant) (question, bool) {
	q := question{policy: e.policy.Load(), scene: e.sceneAt(now), person: p, camera: cam, now: now}
	if cam != nil {
		q.kind = slices.Index(kinds, cam.Kind)
	}
	return q, q.policy != nil && q.scene != nil && p != nil && !p.Disabled && q.kind >= 0
}

// roles are the posts in force, with their relation to the owners, appended to buf.
func (q *question) roles(buf []role, owners lineage) []role {
	for i := range q.person.Appointments {
		a := &q.person.Appointments[i]
		post, ok := posts[a.Post]
		if !ok || !a.InForce(q.now) {
			continue
		}
		relation := other
		if a.Unit != "" && owners[a.Unit] {
			relation = own
		}
		buf = append(buf, role{post, relation})
	}
	return buf
}

// rolesAt are the roles toward footage of that instant, and whether the camera hung then.
func (q *question) rolesAt(buf []role, at vms.Instant) ([]role, bool) {
	owners, placed := q.scene.ownersAt(q.camera, at)
	return q.roles(buf, owners), placed
}

// may reports whether the action is allowed for footage of that instant, with some valid purpose.
func (q *question) may(action int, at vms.Instant) bool {
	return q.mayOnceOld(action, at) && (action != actions[Past] || q.old(at))
}

// mayOnceOld is may, whatever the age of the footage.
func (q *question) mayOnceOld(action int, at vms.Instant) bool {
	var buf [8]role
	roles, placed := q.rolesAt(buf[:0], at)
	if !placed && allActions[action].footage() {
		return false
	}
	allowed := q.policy.withSomePurpose(roles, action, q.kind)
	if len(q.person.Grants) > 0 {
		g, denied := q.granted(action, at)
		allowed = !denied && (allowed || g != nil)
	}
	return allowed
}

// old reports whether footage of that instant may be looked back at: its age does not matter to whoever
// may see it live.
func (q *question) old(at vms.Instant) bool {
	return at < q.now.Add(-q.policy.pastAge) || q.may(actions[Live], at)
}

// everPast reports whether there is footage the person may look back at.
func (q *question) everPast() bool {
	return slices.ContainsFunc(q.camera.Placements, func(p camera.Placement) bool {
		return p.From <= q.now && q.may(actions[Past], p.From)
	})
}

// known reports whether the person may know of the camera: some action is theirs now, or was
// footage they may look back at.
func (q *question) known() bool {
	for i := range CameraActions {
		if q.may(i, q.now) {
			return true
		}
	}
	return q.everPast()
}

// refuse explains a refusal as far as the person may know of the camera.
func (q *question) refuse(a Action, at vms.Instant, use string, c cell) Decision {
	d := Decision{Code: "no-camera", Reason: reasonNone, Rule: q.policy.texts[c.rule]}
	if d.Known = q.known(); !d.Known {
		if why := q.lapsed(actions[a], at); why != "" { // they knew of it a moment ago
			return Decision{Known: true, Code: "grant-ended", Reason: why, Rule: d.Rule}
		}
		return d
	}
	_, placed := q.scene.ownersAt(q.camera, at)
	if g, denied := q.granted(actions[a], at); denied {
		d.Code, d.Reason, d.Rule = "denied", reasonDenied, grantText(g)
		return d
	}
	otherwise := q.may(actions[a], at) // with another purpose
	switch {
	case c.answer == ask:
		d.Ask, d.Code, d.Reason = true, "ask", reasonAsk
	case !placed && a.footage():
		d.Code, d.Reason = "not-in-operation", reasonEarly
	case c.answer == no && otherwise && use == noPurpose:
		d.Code, d.Reason = "purpose-required", reasonPurpose
	case c.answer == no && otherwise:
		d.Code, d.Reason = "bad-purpose", reasonInvalid
	case a == Past && !q.old(at) && q.mayOnceOld(actions[Past], at):
		d.Code, d.Reason = "too-recent", fmt.Sprintf(reasonRecent, q.policy.pastAge.Minutes(), q.policy.pastAge.Minutes())
	case q.lapsed(actions[a], at) != "":
		d.Code, d.Reason = "grant-ended", q.lapsed(actions[a], at)
	case a.footage() && q.holdsFootagePost():
		d.Code, d.Reason = "denied", q.othersFootage(at)
	default:
		d.Code, d.Reason = "denied", reasonPost
	}
	return d
}

func (q *question) holdsFootagePost() bool {
	return slices.ContainsFunc(q.person.Appointments, func(a identity.Appointment) bool {
		return a.InForce(q.now) && a.Post.GivesFootage()
	})
}

func (q *question) othersFootage(at vms.Instant) string {
	names := strings.Join(q.scene.departments(q.camera, at), "・")
	if names == "" {
		return "この時点の映像は、あなたの所管ではありません。危機管理担当に相談してください。 Not your footage at that time; ask crisis management."
	}
	return fmt.Sprintf("この時点の映像は%sの所管です。%sの部長または危機管理担当に依頼してください。 At that time it belonged to another department; ask its head or crisis management.", names, names)
}
