package compliance

import "yagura/internal/record"

// Kinds are all kinds, in the order of the ward's report.
func Kinds() []*record.Kind {
	return []*record.Kind{
		&Patrol, &PatrolSlot, &Designation, &Awareness, &Material, &MemoPolicy, &MemoIssue, &DeviceException, &OfficialMobile, &Induction, &TrainingMaterial,
		&BusinessCalendar, &Zone, &Terminal, &System, &Regulation,
		&Scope, &Document, &Asset, &Risk, &Control, &InternalAudit, &Finding, &Review, &Milestone,
		&Notice, &Consultation, &Inspection, &Complaint, &Disclosure,
	}
}
