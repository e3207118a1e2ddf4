// Command views writes into the audit log what the sample ward's people "looked at" last month, for the
// stories of 閲覧監査: ordinary views, some at night or on a holiday, many of one camera on one day, one in
// a case, and what 監査 asked of the log. The rows are written as the server writes them, at the end of the
// chain, and say when it happened; no footage of that time need exist.
package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/signal"
	"time"

	"github.com/alecthomas/kong"

	"yagura/internal/audit"
	"yagura/internal/db"
	"yagura/internal/oversight"
	"yagura/internal/vms"
)

type flags struct {
	Database string `arg:"" help:"As in the configuration."`
	Seed     uint64 `default:"1" help:"Seed of what is looked at when."`
}

var jst = time.FixedZone("JST", 9*60*60)

func main() {
	var f flags
	k := kong.Parse(&f, kong.Name("views"), kong.Description("Writes last month's views into the audit log."))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	k.FatalIfErrorf(f.run(ctx, time.Now().In(jst)))
}

func (f *flags) run(ctx context.Context, now time.Time) error {
	d, err := db.Open(ctx, f.Database)
	if err != nil {
		return err
	}
	p := planter{audit.New(d, vms.NewClock(), "sample"), rand.New(rand.NewPCG(f.Seed, 2))}
	now = now.AddDate(0, 0, -1) // a month is drawn from when it is a day old
	err = p.month(ctx, time.Date(now.Year(), now.Month()-1, 1, 0, 0, 0, 0, jst))
	if failed := d.Close(); err == nil {
		err = failed
	}
	return err
}

type planter struct {
	log *audit.Log
	r   *rand.Rand
}

// month is what was looked at in the month that begins then: every day somebody at noon or so.
func (p *planter) month(ctx context.Context, first time.Time) error {
	people := []string{"kiki", "kiki2", "tokatsu-koseki", "bucho-kumin"}
	cameras := []vms.CameraID{"a1-07", "a1-06", "a1-01", "a2-01"}
	for d := range 28 {
		noon := first.AddDate(0, 0, d).Add(10 * time.Hour)
		for i := range 3 {
			at := noon.Add(time.Duration(p.r.IntN(6*3600)) * time.Second)
			if err := p.view(ctx, people[(d+i)%len(people)], cameras[p.r.IntN(len(cameras))], at, ""); err != nil {
				return err
			}
		}
	}
	for i := range 8 { // far more than usual
		if err := p.view(ctx, "kiki2", "a1-07", first.AddDate(0, 0, 9).Add(13*time.Hour+time.Duration(i)*10*time.Minute), ""); err != nil {
			return err
		}
	}
	if err := p.view(ctx, "kiki", "a1-07", first.AddDate(0, 0, 11).Add(23*time.Hour), "29-危-014"); err != nil {
		return err
	}
	for _, about := range []string{`{"actor":"kiki"}`, `{"camera":"a1-07"}`} {
		e := audit.Entry{Actor: "kansa", Session: "sample", From: "10.1.2.8", Action: oversight.Read, Detail: about, Time: vms.InstantOf(first.AddDate(0, 0, 20).Add(11 * time.Hour))}
		if _, err := p.log.Append(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// view looks at the past of a camera for some minutes.
func (p *planter) view(ctx context.Context, login string, camera vms.CameraID, at time.Time, caseRef string) error {
	begin, lasted := vms.InstantOf(at), time.Duration(60+p.r.IntN(600))*time.Second
	footage := begin.Add(-time.Duration(1+p.r.IntN(48)) * time.Hour)
	e := audit.Entry{Actor: login, Session: "sample", From: fmt.Sprintf("10.1.2.%d", 10+len(login)), Action: audit.ViewPast, Camera: camera, Stream: vms.Sub, At: footage,
		Purpose: "incident", Case: caseRef, Time: begin}
	id, err := p.log.Append(ctx, e)
	if err != nil {
		return err
	}
	half := lasted / 3
	e.ID, e.Action, e.Refers, e.Detail, e.Time = id+"-end", audit.ViewEnd, id, "closed by the viewer", begin.Add(lasted)
	e.Ranges = []vms.Span{{From: footage, To: footage.Add(half)}, {From: footage.Add(2 * half), To: footage.Add(lasted)}}
	_, err = p.log.Append(ctx, e)
	return err
}
