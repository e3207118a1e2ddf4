package audit

// Actions about proving who one is.
const (
	StepUp         = "session.step-up"
	EndSession     = "session.end" // of one's own, from the list
	Password       = "person.password"
	AddFactor      = "person.factor.add"
	RemoveFactor   = "person.factor.remove"
	AllowCodes     = "person.codes"
	SetDirectory   = "person.directory"
	ConfirmToken   = "person.token.confirm"
	AskRecovery    = "person.recovery.ask"
	DecideRecovery = "person.recovery.decide"
	Recover        = "person.recovery.use"
)
