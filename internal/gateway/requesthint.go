package gateway

import (
	"context"

	"yagura/internal/identity"
	"yagura/internal/oplog"
	"yagura/internal/oplog/hint"
	"yagura/internal/request"
)

// RequestHint tells the room of 映像確認依頼 of the hints of operation logs: neither room knows the other.
func RequestHint(logs *oplog.Room) func(context.Context, identity.Caller, string) (*request.Hint, error) {
	return func(ctx context.Context, c identity.Caller, id string) (*request.Hint, error) {
		h, err := logs.ForFootage(ctx, c, id)
		if err != nil {
			return nil, err
		}
		out := &request.Hint{Rule: h.Rule, Staff: h.Staff.ID, Member: request.Member{Number: h.Staff.Number, Name: h.Staff.Name, Unit: h.Staff.Unit}}
		for _, f := range h.Figures {
			name, value, peers := hint.Words(f)
			out.Figures = append(out.Figures, request.Figure{Name: name, Value: value, Peers: peers})
		}
		for _, m := range h.Moments {
			out.Moments = append(out.Moments, request.Moment{At: m.At, Terminal: m.Terminal.ID, Covered: len(m.Terminal.Cameras) > 0})
		}
		return out, nil
	}
}
