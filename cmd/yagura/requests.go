package main

import (
	"context"

	"yagura/internal/compliance"
	"yagura/internal/gateway"
	"yagura/internal/hold"
	"yagura/internal/identity"
	"yagura/internal/oplog"
	"yagura/internal/oversight"
	"yagura/internal/request"
	"yagura/internal/vms"
)

// footageRequests wires 映像確認依頼: its terminals are the records of terminals, its members of staff and hints
// those of the operation logs.
func (n *node) footageRequests(records *compliance.Room, holds *hold.Room, rows *oversight.Room, logs *oplog.Room) *request.Room {
	return request.New(request.Config{DB: n.db, Access: n.access, Audit: n.audit, Cameras: n.cameras.get, Footage: n.archive, Holds: holds, Seal: rows.Seal, Now: n.now,
		Hint: gateway.RequestHint(logs), HintAsked: logs.FootageAsked, HintAnswered: logs.FootageOutcome,
		Terminal: func(ctx context.Context, id string) (request.Terminal, error) {
			seats, err := records.Seats(ctx)
			if err != nil {
				return request.Terminal{}, err
			}
			for _, s := range seats {
				if s.Terminal == id {
					return request.Terminal{Room: s.Room, Cameras: s.Cameras}, nil
				}
			}
			return request.Terminal{}, vms.Errorf(vms.NotFound, "no-terminal", "端末「%s」は台帳にありません。 There is no terminal %[1]q in the register.", id)
		},
		Member: func(ctx context.Context, _ identity.Caller, known string) (request.Member, error) {
			number, name, unit, err := logs.Member(ctx, known)
			return request.Member{Number: number, Name: name, Unit: unit}, err
		}})
}
