// Package access answers one question: may this person do this to this camera, for this time?
//
// Go resolves people, places and time to a few words: post, relation (own or other), action, kind
// and purpose. The rules, in Casbin's notation, see only these words. When policies load, every
// combination is put to Casbin once and the answers become a table; a Check is a look-up.
//
// Invariants:
//   - Nothing is allowed that no rule allows; a deny beats every allow; without policies, nothing.
//   - Policies take effect whole and tested, or not at all: a file that is damaged, half-written,
//     fails its own tests or passes a bound that no policy may pass leaves the old ones in force.
//   - For each instant of footage the camera's unit then, followed through reorganisations, must
//     lie under the unit of an appointment in force now. Before its first placement a camera has
//     no footage for anybody.
//
// It imports its peer identity for who a person is and which posts they hold, in the words the
// rules use. It knows no sessions and no HTTP, and writes no log: its callers do.
package access

import (
	"slices"

	"yagura/internal/camera"
	"yagura/internal/identity"
)

// Action is what somebody wants to do.
type Action string

// Actions on a camera. The footage actions come first.
const (
	Live            Action = "live"
	Past            Action = "past"
	Search          Action = "search"
	Main            Action = "main" // the full-resolution stream, live or past
	Still           Action = "still"
	Mosaic          Action = "still.mosaic" // a still in which nobody can be recognised
	Bookmark        Action = "bookmark"
	EvidenceRequest Action = "evidence.request"
	EvidenceApprove Action = "evidence.approve" // and release; never one's own, which evidence sees to
	Hold            Action = "hold"
	Health          Action = "health"
	WhoViewed       Action = "who_viewed"
)

// Actions on a unit's records, or on the system.
const (
	Records       Action = "records"
	ReadRecords   Action = "records.read"
	CaseRecords   Action = "records.case"  // what is handed over to a case
	OperationLogs Action = "records.oplog" // pseudonymous
	ApprovePolicy Action = "approve_policy"
	Duty          Action = "duty"         // 今回の確認: to look, as a duty
	DutyRead      Action = "duty.read"    // how it stands, and the ledger of what was looked at
	DutyReceive   Action = "duty.receive" // the reports that come of it
	Cameras       Action = "cameras"
	People        Action = "people"
)

// CameraActions are the actions on a camera, in the order lists show them.
var CameraActions = []Action{Live, Past, Search, Main, Still, Mosaic, Bookmark, EvidenceRequest, EvidenceApprove,
	Hold, Health, WhoViewed}

// UnitActions are all others.
var UnitActions = []Action{Records, ReadRecords, CaseRecords, OperationLogs, ApprovePolicy, Duty, DutyRead, DutyReceive, Cameras, People}

var allActions = slices.Concat(CameraActions, UnitActions)

// footage reports whether the action concerns pictures, which exist only where the camera hung.
func (a Action) footage() bool {
	return a != Health && a != WhoViewed && slices.Contains(CameraActions, a)
}

// Purposes of viewing.
const (
	DeterrenceCheck    = "deterrence_check"    // 抑止のための確認
	MisuseVerification = "misuse_verification" // 不正利用の検証
	Incident           = "incident"            // 事件・事故
	Maintenance        = "maintenance"         // 保守
	LegalRequest       = "legal_request"       // 法令
	SubjectRequest     = "subject_request"     // 本人開示
)

// Purposes are those valid for a kind of camera.
func Purposes(kind camera.Kind) []string {
	switch kind {
	case camera.Surveillance:
		return []string{DeterrenceCheck, MisuseVerification, Incident, Maintenance, LegalRequest, SubjectRequest}
	case camera.Security:
		return []string{Incident, Maintenance, LegalRequest, SubjectRequest}
	}
	return nil
}

const noPurpose = "none"

// The words of the table, in a fixed order: their places are the indices.
var (
	relations = []string{"own", "other"}
	kinds     = []camera.Kind{camera.Surveillance, camera.Security}
	purposes  = append([]string{noPurpose}, Purposes(camera.Surveillance)...)
	posts     = index(identity.Posts)
	actions   = index(allActions)
	purpose   = index(purposes)
)

const own, other = 0, 1

func index[T comparable](words []T) map[T]int {
	m := make(map[T]int, len(words))
	for i, w := range words {
		m[w] = i
	}
	return m
}

// cameraAction returns the place of an action on a camera.
func cameraAction(a Action) (int, bool) {
	i, ok := actions[a]
	return i, ok && i < len(CameraActions)
}

// mayEver is the bound no policy may pass: footage for the posts made for it alone, and for heads
// only their own; the duty for heads alone, and its reports for crisis management alone.
func mayEver(post identity.Post, relation int, a Action) bool {
	switch {
	case a == Duty:
		return relation == own && (post == identity.DepartmentHead || post == identity.GeneralManager)
	case a == DutyReceive:
		return post == identity.CrisisManagement
	case !a.footage():
		return true
	case a == Mosaic:
		return post == identity.Facilities
	case post == identity.CrisisManagement:
		return true
	}
	return post.GivesFootage() && relation == own && a != EvidenceApprove
}
