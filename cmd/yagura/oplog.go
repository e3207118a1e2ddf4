package main

import (
	"context"
	"path/filepath"

	"yagura/internal/compliance"
	"yagura/internal/oplog"
	"yagura/internal/oplog/event"
)

// oplogKey is the file of the key that pseudonyms of operation logs are made with; every gateway needs the same.
func (c *config) oplogKey() string { return filepath.Join(c.Data, "oplog.key") }

// operationLogs wires their analysis: its terminals are the records of terminals.
func (n *node) operationLogs(records *compliance.Room) (*oplog.Room, error) {
	secret, err := secretFile(n.cfg.oplogKey())
	if err != nil {
		return nil, err
	}
	key, err := event.NewKey(secret)
	if err != nil {
		return nil, err
	}
	profiles, err := event.Profiles()
	if err != nil {
		return nil, err
	}
	return oplog.New(oplog.Config{DB: n.db, Access: n.access, Audit: n.audit, Identity: n.people, Cameras: n.cameras.get, Profiles: profiles, Key: key, Now: n.now, Log: n.log,
		Terminals: func(ctx context.Context) (map[string]oplog.Terminal, error) {
			seats, err := records.Seats(ctx)
			out := map[string]oplog.Terminal{}
			for _, s := range seats {
				out[s.Terminal] = oplog.Terminal{ID: s.Terminal, Unit: s.Unit, Room: s.Room, Cameras: s.Cameras}
			}
			return out, err
		}}), nil
}
