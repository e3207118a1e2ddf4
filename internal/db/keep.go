package db

import (
	"context"
	"time"

	"yagura/internal/vms"
)

// claimEvery is how often a node that does not hold a lease tries to get it.
const claimEvery = 5 * time.Second

// Keep calls work now and again, every so often, on the one node that holds the lease of that name, until ctx
// ends; it returns nil then. The context of work ends with the lease. What fails is work's to tell.
func (l *Leases) Keep(ctx context.Context, name string, every time.Duration, work func(context.Context, *Lease)) error {
	for ctx.Err() == nil {
		held, err := l.Claim(ctx, name)
		if err != nil {
			vms.Sleep(ctx, claimEvery)
			continue
		}
		sure, end := held.While(ctx)
		for sure.Err() == nil {
			work(sure, held)
			vms.Sleep(sure, every)
		}
		end()
	}
	return nil
}
