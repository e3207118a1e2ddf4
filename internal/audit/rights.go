package audit

// Actions about rights.
const (
	Simulate      = "rights.simulate" // refused ones only: asking changes nothing
	ReadVersion   = "version.read"    // likewise
	DecideVersion = "version.decide"
	AskGrant      = "rights.grant.ask"
	DecideGrant   = "rights.grant.decide"
	EndGrant      = "rights.grant.end"
	Deny          = "rights.deny" // an exclusion, in force at once

	BeginEmergency  = "rights.emergency"
	ReviewEmergency = "rights.emergency.review"
)
