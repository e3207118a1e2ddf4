package oplog

import (
	"context"
	"log/slog"
	"time"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/oplog/event"
	"yagura/internal/vms"
)

// Audit actions. Detail has what was asked for and figures, never a number of a searched person.
const (
	ImportLog   = "oplog.import"
	ImportStaff = "oplog.staff"
	EraseMedia  = "oplog.erased"
	Read        = audit.ReadLogs
	Export      = audit.ExportLogs
	MoveHint    = "oplog.hint"
	Identify    = "oplog.identify"
	SetProfile  = "oplog.profile"
)

// Config is what a Room works with.
type Config struct {
	DB       *db.DB
	Access   *access.Engine
	Audit    *audit.Log
	Identity *identity.Registry
	Cameras  func() *camera.Set
	Profiles []*event.Profile
	Key      event.Key
	Now      func() vms.Instant
	Log      *slog.Logger

	// Terminals are those of the ward, by ID, with the cameras that cover them.
	Terminals func(context.Context) (map[string]Terminal, error)

	// Works reports whether a unit works on the day of an instant. nil: as the ward's offices do.
	Works func(unit string, day time.Time) bool
}

// Terminal is a terminal of the resident system.
type Terminal struct {
	ID, Unit, Room string
	Cameras        []vms.CameraID
}

// Room keeps operation logs and what follows from them.
type Room struct{ Config }

// New returns the room.
func New(c Config) *Room { return &Room{c} }

func invalid(code, format string, args ...any) error {
	return vms.Errorf(vms.Invalid, code, format, args...)
}
