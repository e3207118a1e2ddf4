package audit

// Actions about rights.
const (
	Simulate      = "rights.simulate" // refused ones only: asking changes nothing
	ReadVersion   = "version.read"    // likewise
	DecideVersion = "version.decide"
)
