package main

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"yagura/internal/camera"
	"yagura/internal/identity"
	"yagura/internal/oplog"
	log "yagura/internal/oplog/sample"
	"yagura/internal/vms"
)

// TestTheSampleHasLogs: month by month, at the terminals of the records, with the evening that the demo has footage of.
func TestTheSampleHasLogs(t *testing.T) {
	t.Parallel()
	s := newSite(t, "127.0.0.1:1")
	ctx := t.Context()
	o, err := configFlag{Config: s.config}.office(ctx)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, o.close(nil)) })
	records, engine, set, err := o.records(ctx)
	require.NoError(t, err)
	room, err := o.cfg.operationLogs(oplog.Config{DB: o.db, Access: engine, Audit: o.log, Identity: o.people, Cameras: func() *camera.Set { return set }, Now: now, Log: slog.New(slog.DiscardHandler)}, records)
	require.NoError(t, err)
	v, out := sampleVerb{Seed: 3, Events: 4000}, &bytes.Buffer{}
	require.ErrorContains(t, v.logs(ctx, room, streams{out: out}), "no terminal of 戸籍住民 has a camera")

	desks := map[string]oplog.Terminal{}
	for _, d := range log.New(log.Options{Seed: 1, Now: now().Time(), Quiet: true, Persons: 100}).Desks {
		desks["X"+d.ID] = oplog.Terminal{ID: "X" + d.ID, Unit: d.Unit, Room: d.Room, Cameras: []vms.CameraID{vms.CameraID(d.Cameras[0])}}
	}
	room.Terminals = func(context.Context) (map[string]oplog.Terminal, error) { return desks, nil }
	require.NoError(t, v.logs(ctx, room, streams{out: out}))
	require.Equal(t, sampleMonths+1, strings.Count(out.String(), "operation log of"))
	by := identity.Caller{Person: &identity.Person{Login: "k", Appointments: []identity.Appointment{{Login: "k", Post: identity.LogAnalyst, From: 1, To: camera.Forever, State: "accepted"}}}}
	hints, err := room.Hints(ctx, by, oplog.HintQuery{})
	require.NoError(t, err)
	var h3 []vms.CameraID
	for _, h := range hints {
		if h.Rule == "H3" {
			_, err := room.Move(ctx, by, h.ID, h.Version, "look", "x")
			require.NoError(t, err)
			f, err := room.ForFootage(ctx, by, h.ID)
			require.NoError(t, err)
			for _, m := range f.Moments {
				h3 = append(h3, m.Terminal.Cameras...)
			}
		}
	}
	require.Contains(t, h3, vms.CameraID("a1-07"))
	out.Reset()
	require.NoError(t, v.logs(ctx, room, streams{out: out}))
	require.Empty(t, out.String(), "taken already")
}
