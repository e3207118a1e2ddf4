package compliance

import (
	"context"
	"fmt"

	"yagura/internal/record"
	"yagura/internal/vms"
)

// A Seat is a terminal as the register of terminals has it, for rooms that join what happened at it.
type Seat struct {
	Terminal, Unit, Room string
	Cameras              []vms.CameraID // that cover it
}

// Seats are all terminals, whoever asks: removed ones too, since something may have happened there.
func (r *Room) Seats(ctx context.Context) (out []Seat, err error) {
	after := ""
	for {
		page, err := r.List(ctx, house, Terminal.ID, record.Query{Oldest: true, After: after, Limit: 1000})
		if err != nil {
			return nil, fmt.Errorf("list terminals: %w", err)
		}
		for _, rec := range page.Records {
			s := Seat{Terminal: rec.Values.Text("terminal"), Unit: rec.Unit, Room: rec.Values.Text("room")}
			for _, field := range []string{"camera", "camera2"} {
				if id := rec.Values.Text(field); id != "" {
					s.Cameras = append(s.Cameras, vms.CameraID(id))
				}
			}
			out, after = append(out, s), rec.ID
		}
		if !page.More {
			return out, nil
		}
	}
}
