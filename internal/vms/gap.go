package vms

// Cause says why a stretch of time has no footage. The values are stored and shown by the API;
// screens translate them.
type Cause string

const (
	Unreachable    Cause = "unreachable"      // no TCP connection or no answer
	Refused        Cause = "refused"          // the camera refuses the credentials
	Redirected     Cause = "redirected"       // the camera redirects; redirects are not followed
	Forbidden      Cause = "forbidden"        // its address lies outside camera_networks
	Unsupported    Cause = "unsupported"      // no stream in a codec we record
	Disconnected   Cause = "disconnected"     // the camera closed the connection
	Stalled        Cause = "stalled"          // connected, but no pictures came
	NoKeyFrame     Cause = "no-key-frame"     // pictures came, but none that decoding can start at
	Damaged        Cause = "damaged"          // pictures came that could not be put together
	Restarted      Cause = "worker-restart"   // this process was not running
	TakenOver      Cause = "takeover"         // the camera moved to another worker
	Panicked       Cause = "internal-error"   // our own fault; the camera's pipeline was restarted
	DiskFull       Cause = "disk-full"        // the spool had no room left
	DiskSlow       Cause = "disk-slow"        // the spool did not keep up for longer than the ring lasts
	DiskError      Cause = "disk-error"       // the spool could not be written
	ClockStepped   Cause = "clock-stepped"    // this node's clock was set forward
	NotInOperation Cause = "not-in-operation" // before the camera's first placement
	NotConfigured  Cause = "not-configured"   // the camera was not in the configuration
	Expired        Cause = "retention"        // erased when its time was over
	Quota          Cause = "quota"            // erased early, for room
	Lost           Cause = "lost"             // an object that should exist is missing or damaged
)

// Unexplained marks time that no row accounts for. It is a defect of this system where it appears;
// fsck reports it.
const Unexplained Cause = "unexplained"

// Gap is a stretch without footage and why.
type Gap struct {
	Span
	Cause Cause `json:"cause"`
}
