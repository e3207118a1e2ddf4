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

// operationLogs wires their analysis into what c has: its terminals are the records of terminals.
func (c *config) operationLogs(with oplog.Config, records *compliance.Room) (*oplog.Room, error) {
	secret, err := secretFile(c.oplogKey())
	if err != nil {
		return nil, err
	}
	if with.Key, err = event.NewKey(secret); err != nil {
		return nil, err
	}
	if with.Profiles, err = event.Profiles(); err != nil {
		return nil, err
	}
	with.Works = records.Days.Works
	with.Terminals = func(ctx context.Context) (map[string]oplog.Terminal, error) {
		seats, err := records.Seats(ctx)
		out := map[string]oplog.Terminal{}
		for _, s := range seats {
			out[s.Terminal] = oplog.Terminal{ID: s.Terminal, Unit: s.Unit, Room: s.Room, Cameras: s.Cameras}
		}
		return out, err
	}
	return oplog.New(with), nil
}
