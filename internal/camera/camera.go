// Package camera knows the ward's cameras, where they hang, to whom they belong and since when, the
// organisation they belong to, and the floor plans they are drawn on. It reads them from files (camera-configs/), strictly, and keeps
// accepted versions of those files in the database: files propose, the database decides.
//
// A password that stands in a file itself is stored sealed, with what the Store's Sealing gives.
//
// Invariants: a Set is whole and consistent, or there is an error that names file, line and column;
// nothing is half-loaded. A Set never changes after it was made. Stored versions hold the files as
// written, variables unresolved. A change that widens a view, changes a jurisdiction or shortens
// retention takes effect only when a second person accepted it.
//
// It opens no camera and decides no right.
package camera

import (
	"slices"
	"time"

	"yagura/internal/vms"
)

// Kind is the legal kind of a camera; purposes of viewing depend on it.
type Kind string

const (
	Surveillance Kind = "surveillance" // 監視カメラ: in offices with resident-data terminals
	Security     Kind = "security"     // 防犯カメラ: in public places
)

// DefaultRetention applies where a camera names none.
const DefaultRetention = 30 * 24 * time.Hour

// Camera is one viewpoint.
type Camera struct {
	ID         vms.CameraID
	Number     string // what people see, e.g. A1-07; the id in capitals when left out
	Name       string
	Kind       Kind
	Site       string // id
	SiteName   string
	Floor      string
	Placements []Placement           // in order of From; never empty
	Streams    map[vms.Stream]string // RTSP URLs without credentials; Main is always there
	User       string
	Password   string
	Transport  string // tcp or udp
	Retention  time.Duration
	Devices    []Device // in order of From
}

// Placement says where a camera hangs and whose it is, from a date until the next placement.
type Placement struct {
	From     vms.Instant
	Room     string
	Sections []string // unit ids
}

// Device is the hardware behind the viewpoint from a date.
type Device struct {
	From                             vms.Instant
	Model, Serial, MAC, Switch, Port string
}

// PlacementAt returns the placement in force at that instant; none before the first.
func (c *Camera) PlacementAt(at vms.Instant) (Placement, bool) {
	for _, p := range slices.Backward(c.Placements) {
		if p.From <= at {
			return p, true
		}
	}
	return Placement{}, false
}

// Span is the time placement i is in force; the last one has no end.
func (c *Camera) Span(i int) vms.Span {
	to := Forever
	if i+1 < len(c.Placements) {
		to = c.Placements[i+1].From
	}
	return vms.Span{From: c.Placements[i].From, To: to}
}

// Forever is later than any footage.
const Forever = vms.Instant(1<<63 - 1)

// Set is one consistent configuration.
type Set struct {
	Cameras      []*Camera // by site as in organisation.yaml, then file name, then as written
	Organisation *Organisation
	Plans        []*Plan // by site as in organisation.yaml, then file name
	Hash         string  // SHA-256 of what the files say, variables unresolved

	byID map[vms.CameraID]*Camera
}

// Find returns the camera of that id, or nil.
func (s *Set) Find(id vms.CameraID) *Camera { return s.byID[id] }
