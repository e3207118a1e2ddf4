// Package desk keeps how a person likes to work: settings, and saved sets of cameras for the wall.
//
// Invariants: everything belongs to one login and is read and changed for that login alone;
// somebody else's set answers like one that does not exist. What is kept gives no right: a set
// names cameras, and whoever shows it asks access which of them its owner may know of. Where the
// system says that the overlay is always on, no setting turns it off.
//
// It is a peer of identity and imports none of its peers: a login is a word to it, and only that
// person's. It writes no audit log, for nothing here shows footage or changes a right.
package desk

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"yagura/internal/db"
	"yagura/internal/vms"
)

// Words settings are made of; the first of each is the default.
var (
	Languages = []string{"", "ja", "en"} // "": as the browser asks
	Calendars = []string{"western", "era", "both"}
	Starts    = []string{"wall", "playback", "duty", "health", "inbox"}
)

// Overlays are what the system may say of the overlay that names viewer and time on every picture:
// each person's choice, or always on.
var Overlays = []string{"choice", "always"}

// Settings are one person's.
type Settings struct {
	Language string
	Calendar string
	Start    string // the page after signing in
	Overlay  bool   // name and time lie over pictures
}

// Config is what a Desk works with.
type Config struct {
	DB      *db.DB
	Overlay string // of Overlays; the first where empty
	Clock   *vms.Clock
}

// Desk keeps settings and sets in a database.
type Desk struct {
	Config
}

// New returns the desk kept in c.DB.
func New(c Config) *Desk {
	if c.Overlay == "" {
		c.Overlay = Overlays[0]
	}
	return &Desk{c}
}

// Settings returns the person's settings, the defaults where they never chose.
func (d *Desk) Settings(ctx context.Context, login string) (Settings, error) {
	s := Settings{Language: Languages[0], Calendar: Calendars[0], Start: Starts[0], Overlay: true}
	err := d.DB.QueryRow(ctx, `SELECT language, calendar, start_page, overlay FROM desk_setting WHERE login = $1`, login).
		Scan(&s.Language, &s.Calendar, &s.Start, &s.Overlay)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	s.Overlay = s.Overlay || d.always()
	return s, err
}

// SetSettings replaces them. A word that is none of ours, or an overlay turned off where it may not
// be, is vms.Invalid.
func (d *Desk) SetSettings(ctx context.Context, login string, s Settings) error {
	for _, word := range []struct {
		is, name string
		of       []string
	}{{s.Language, "language", Languages}, {s.Calendar, "calendar", Calendars}, {s.Start, "start", Starts}} {
		if !slices.Contains(word.of, word.is) {
			return vms.Errorf(vms.Invalid, "bad-setting", "%s に「%s」は選べません。 %s must be one of %q.", word.name, word.is, word.name, word.of)
		}
	}
	if !s.Overlay && d.always() {
		return vms.Errorf(vms.Invalid, "overlay-always", "この組織では、映像に重ねる氏名と時刻の表示は消せません。 Here the overlay is always on.")
	}
	now, _ := d.Clock.Now()
	_, err := d.DB.Exec(ctx, `INSERT INTO desk_setting (login, language, calendar, start_page, overlay, changed_at)
		VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (login) DO UPDATE SET language = $2, calendar = $3, start_page = $4,
		overlay = $5, changed_at = $6`, login, s.Language, s.Calendar, s.Start, flag(s.Overlay), int64(now))
	return err
}

func (d *Desk) always() bool { return d.Overlay == "always" }

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
