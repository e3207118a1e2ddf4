package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/identity"
	"yagura/internal/oplog"
	log "yagura/internal/oplog/sample"
	"yagura/internal/sheet"
)

const (
	sampleMonths = 6 // of operation logs, and the days of this month
	sampleMedia  = "sample "
)

// logs takes the operation logs of a ward whose terminals are those of the records, month by month, and the
// register of its staff. Months that were taken are left alone; where there are logs of others it does nothing.
func (v *sampleVerb) logs(ctx context.Context, room *oplog.Room, std streams) error {
	by := identity.Caller{From: onThisMachine(), Person: &identity.Person{Login: operator, Name: operator,
		Appointments: []identity.Appointment{{Login: operator, Post: identity.LogAnalyst, From: 1, To: camera.Forever, State: "accepted"}}}}
	taken, _, err := room.Imports(ctx, by)
	if err != nil || slices.ContainsFunc(taken, func(i oplog.Import) bool { return !strings.HasPrefix(i.Media, sampleMedia) }) {
		return err
	}
	ward, err := v.ward(ctx, room)
	if err != nil {
		return err
	}
	var register bytes.Buffer
	if err := ward.Register(&register); err != nil {
		return err
	}
	grid, err := sheet.Read(register.Bytes())
	if err != nil {
		return err
	}
	if rep, err := room.ImportStaff(ctx, by, grid, false); err != nil || len(rep.Problems) > 0 {
		return errors.Join(err, fmt.Errorf("the register of the sample: %v", rep))
	}
	first := time.Date(ward.Now.Year(), ward.Now.Month()-sampleMonths, 1, 0, 0, 0, 0, ward.Now.Location())
	for month := first; month.Before(ward.Now); month = month.AddDate(0, 1, 0) {
		media := sampleMedia + month.Format("2006-01")
		if slices.ContainsFunc(taken, func(i oplog.Import) bool { return i.Media == media }) {
			continue
		}
		in, out := io.Pipe()
		go func() { out.CloseWithError(ward.Log(out, month, month.AddDate(0, 1, 0))) }()
		rep, err := room.Import(ctx, by, "resident", media, in)
		if err := errors.Join(err, in.Close()); err != nil {
			return err
		}
		if rep.Bad > 0 {
			return fmt.Errorf("operation log of %s: %v", month.Format("2006-01"), rep.Problems)
		}
		fmt.Fprintf(std.out, "operation log of %s: %d\n", month.Format("2006-01"), rep.Rows)
	}
	return nil
}

func (v *sampleVerb) ward(ctx context.Context, room *oplog.Room) (*log.Ward, error) {
	terminals, err := room.Terminals(ctx)
	if err != nil {
		return nil, err
	}
	var desks []log.Terminal
	for _, id := range slices.Sorted(maps.Keys(terminals)) {
		t := terminals[id]
		d := log.Terminal{ID: id, Unit: t.Unit, Room: t.Room}
		for _, camera := range t.Cameras {
			d.Cameras = append(d.Cameras, string(camera))
		}
		if len(d.Cameras) > 0 {
			desks = append(desks, d)
		}
	}
	for _, u := range log.Units {
		if !slices.ContainsFunc(desks, func(d log.Terminal) bool { return d.Unit == u.ID }) {
			return nil, fmt.Errorf("no terminal of %s has a camera; its operation logs need one", u.Room)
		}
	}
	return log.New(log.Options{Seed: v.Seed, Now: now().Time().In(conf.JST), Events: v.Events, Desks: desks}), nil
}
