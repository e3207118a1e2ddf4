package gateway

import (
	"context"
	"time"

	"yagura/internal/access"
	"yagura/internal/archive"
	"yagura/internal/health"
	"yagura/internal/vms"
)

type coverageInput struct {
	Days int `query:"days" minimum:"1" maximum:"31" default:"30"`
}

type coverageDay struct {
	Recorded float64   `json:"recorded" doc:"share of the time that counts, 0 to 1; -1 where none does"`
	Longest  float64   `json:"longest" doc:"the longest gap, seconds"`
	Cause    vms.Cause `json:"cause" doc:"of the longest gap"`
	Kind     string    `json:"kind" enum:"ok,gap,long,planned,none" doc:"long: a gap of an hour or more; gap: a minute or more in all; planned: not configured; none: not in operation, or erased"`
}

type coverageBody struct {
	ID    vms.CameraID  `json:"id"`
	Share float64       `json:"share" doc:"of the whole time that counts, 0 to 1; -1 where none does"`
	Days  []coverageDay `json:"days" nullable:"false"`
}

type coverageOutput struct {
	Body struct {
		Days    []string       `json:"days" nullable:"false" doc:"dates in Japan, the oldest first, today last"`
		Cameras []coverageBody `json:"cameras" nullable:"false"`
	}
}

// jst is the time of the ward, whatever the machine's is; it knows no summer time.
var jst = time.FixedZone(zone, 9*60*60)

func (g *Gateway) coverage(ctx context.Context, in *coverageInput) (*coverageOutput, error) {
	p, now := who(ctx).session.Person, g.now()
	states, err := g.Health.Feeds(ctx, now)
	if err != nil {
		return nil, err
	}
	tails := map[vms.Feed]archive.Tail{}
	for _, cam := range g.Cameras().Cameras {
		if feed := (vms.Feed{Camera: cam.ID, Stream: vms.Main}); g.Access.Check(p, access.Health, cam, 0, "", now).Allow {
			tails[feed] = tailOf(states[feed], now)
		}
	}
	out := &coverageOutput{}
	out.Body.Cameras = []coverageBody{}
	var days []vms.Span
	out.Body.Days, days = lastDays(now, in.Days)
	covered, err := g.Archive.Coverage(ctx, tails, days)
	if err != nil {
		return nil, err
	}
	for _, cam := range g.Cameras().Cameras {
		if list, ok := covered[vms.Feed{Camera: cam.ID, Stream: vms.Main}]; ok {
			out.Body.Cameras = append(out.Body.Cameras, describeCoverage(cam.ID, list))
		}
	}
	return out, nil
}

// lastDays are days of Japan, the last one that of now.
func lastDays(now vms.Instant, n int) (names []string, days []vms.Span) {
	y, m, d := now.Time().In(jst).Date()
	for back := n - 1; back >= 0; back-- {
		day := time.Date(y, m, d-back, 0, 0, 0, 0, jst)
		names = append(names, day.Format(time.DateOnly))
		days = append(days, vms.Span{From: vms.InstantOf(day), To: vms.InstantOf(day.AddDate(0, 0, 1))})
	}
	return names, days
}

// tailOf is what a feed's state says of the time the index knows nothing of.
func tailOf(f health.Feed, now vms.Instant) archive.Tail {
	switch f.State {
	case health.Recording:
		return archive.Tail{Written: now}
	case health.Stopped:
		return archive.Tail{Written: f.Written, Cause: f.Cause}
	}
	return archive.Tail{Written: f.Written}
}

const (
	longGap  = time.Hour
	smallGap = time.Minute // in all
)

func describeCoverage(id vms.CameraID, list []archive.Day) coverageBody {
	b := coverageBody{ID: id, Days: make([]coverageDay, 0, len(list))}
	var all archive.Day
	for _, d := range list {
		all.Recorded, all.Missing = all.Recorded+d.Recorded, all.Missing+d.Missing
		day := coverageDay{Recorded: share(d), Longest: d.Longest.Seconds(), Cause: d.Cause, Kind: "ok"}
		switch {
		case d.Recorded+d.Missing == 0 && d.Planned > 0:
			day.Kind = "planned"
		case d.Recorded+d.Missing == 0:
			day.Kind = "none"
		case d.Longest >= longGap:
			day.Kind = "long"
		case d.Missing >= smallGap:
			day.Kind = "gap"
		}
		b.Days = append(b.Days, day)
	}
	b.Share = share(all)
	return b
}

// share is how much is recorded of the time that counts; −1 where none does.
func share(d archive.Day) float64 {
	if d.Recorded+d.Missing == 0 {
		return -1
	}
	return float64(d.Recorded) / float64(d.Recorded+d.Missing)
}
