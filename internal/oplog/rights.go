package oplog

import (
	"slices"

	"yagura/internal/access"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

// headPosts are the 所属長: whose staff it is about, they are asked.
var headPosts = []identity.Post{identity.GeneralManager, identity.DepartmentHead}

// Scope is how far somebody reads.
type Scope struct {
	All    bool     // every unit
	Units  []string // else those of these ids
	Names  bool     // of members of staff; else they are pseudonyms
	Import bool     // may take logs in, and begin to ask about hints
	Self   string   // number of the reader: their own events are no row here
}

// Covers reports whether a unit's staff is theirs to read of.
func (s *Scope) Covers(unit string) bool { return s.All || slices.Contains(s.Units, unit) }

// Scope is how far the person reads; vms.Denied where they read nothing.
func (r *Room) Scope(p *identity.Person) (Scope, error) {
	now, s := r.Now(), Scope{Self: p.Number}
	office := r.Access.CheckUnit(only(p, now, identity.InformationSecurity), access.Records, "", now).Allow
	auditor := r.Access.CheckUnit(p, access.ReadRecords, "", now).Allow
	analyst := r.Access.CheckUnit(p, access.OperationLogs, "", now).Allow
	s.All, s.Names, s.Import = office || auditor || analyst, (office || auditor) && !analyst, office || analyst
	if s.All {
		return s, nil
	}
	heads := only(p, now, headPosts...)
	for _, u := range r.Cameras().Organisation.Units {
		if r.Access.CheckUnit(heads, access.Records, u.ID, now).Allow {
			s.Units = append(s.Units, u.ID)
		}
	}
	if len(s.Units) == 0 {
		return s, vms.Errorf(vms.Denied, "denied", "操作ログは、解析担当、情報安全担当、監査担当と、自分の職員についての所属長が見ます。 Operation logs are for analysts, information security, auditors, and heads for their own staff.")
	}
	s.Names = true
	return s, nil
}

// only is the person with those posts alone.
func only(p *identity.Person, now vms.Instant, posts ...identity.Post) *identity.Person {
	q := *p
	q.Grants = nil
	q.Appointments = slices.DeleteFunc(slices.Clone(p.Appointments), func(a identity.Appointment) bool { return !a.InForce(now) || !slices.Contains(posts, a.Post) })
	return &q
}

// MayImport refuses whoever may not take logs in.
func (r *Room) MayImport(p *identity.Person) error {
	if s, err := r.Scope(p); err != nil || s.Import {
		return err
	}
	return vms.Errorf(vms.Denied, "denied", "取込みは解析担当か情報安全担当が行います。 Logs are imported by analysts or information security.")
}
