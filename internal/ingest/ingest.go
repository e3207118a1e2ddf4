// Package ingest keeps one pipeline running for every camera this node is responsible for: it
// claims the camera's lease, connects to both of its streams, writes their units into the hub and
// has them recorded.
//
// Invariants: a camera is ingested by the node that holds its lease; while the database is away the
// holder goes on, and what turns out to be recorded under a stale epoch is sorted out by the
// archive. A panic in one camera's code stops that camera only, for a moment. No camera waits for
// another.
//
// It serves nothing and knows nothing of viewers.
package ingest

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"yagura/internal/archive"
	"yagura/internal/camera"
	"yagura/internal/db"
	"yagura/internal/health"
	"yagura/internal/rtsp"
	"yagura/internal/stream"
	"yagura/internal/vms"
)

const (
	lookAgain   = time.Second            // desired and running are compared at least this often
	reportEvery = 5 * time.Second        // how often figures go to the health board ...
	reportSoon  = 200 * time.Millisecond // ... and how soon a change of state does, with others beside it
)

// Config is what an Ingest works with.
type Config struct {
	Node     string
	Hub      *stream.Hub
	Archive  *archive.Archive
	Leases   *db.Leases
	Board    *health.Board
	Networks rtsp.Networks // where camera URLs may lead
	Clock    *vms.Clock
	Log      *slog.Logger
}

// Ingest runs the cameras of one node.
type Ingest struct {
	Config
	poke chan struct{} // look at cameras and leases
	news chan struct{} // a state changed

	mu      sync.Mutex
	desired *camera.Set
	running map[vms.CameraID]*pipeline
}

// New returns an Ingest without cameras; Apply gives it some.
func New(c Config) *Ingest {
	return &Ingest{Config: c, poke: make(chan struct{}, 1), news: make(chan struct{}, 1), running: map[vms.CameraID]*pipeline{}}
}

// Apply makes set the desired cameras. Cameras that did not change are not touched.
func (in *Ingest) Apply(set *camera.Set) {
	in.mu.Lock()
	in.desired = set
	in.mu.Unlock()
	in.Poke()
}

// Poke asks for a look at leases and cameras now, not in a second.
func (in *Ingest) Poke() { wake(in.poke) }

func wake(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Run keeps running equal to desired until ctx ends, and then stops every camera.
func (in *Ingest) Run(ctx context.Context) error {
	var reports sync.WaitGroup
	reports.Go(func() { in.report(ctx) })
	defer reports.Wait()
	defer func() { in.stop(slices.Collect(maps.Keys(in.pipelines())), "") }()
	tick := time.NewTicker(lookAgain)
	defer tick.Stop()
	quiet := false
	for {
		err := in.reconcile(ctx)
		if err != nil && ctx.Err() == nil && !quiet {
			in.Log.Warn("cameras not claimed; trying again every second", "err", err)
		}
		quiet = err != nil
		select {
		case <-tick.C:
		case <-in.poke:
		case <-ctx.Done():
			return nil
		}
	}
}

// reconcile stops what should not run (any more, or as it is), and starts what should.
func (in *Ingest) reconcile(ctx context.Context) error {
	want := in.wanted()
	in.reap()
	var changed, removed []vms.CameraID
	var gone []string
	for id, p := range in.pipelines() {
		if cam := want[id]; cam == nil {
			removed = append(removed, id)
			gone = append(gone, leaseName(id))
		} else if !sameSource(cam, p.cam) {
			changed = append(changed, id)
		}
	}
	in.stop(removed, vms.NotConfigured)
	in.stop(changed, vms.Restarted)
	share := in.Leases.Share(len(want))
	if over := in.surplus(share, gone); len(over) > 0 {
		in.stop(over, vms.TakenOver)
		for _, id := range over {
			gone = append(gone, leaseName(id))
			delete(want, id)
		}
	}
	if len(gone) > 0 {
		if err := in.Leases.Release(ctx, gone...); err != nil {
			in.Log.Debug("leases not released yet", "err", err)
		}
	}
	return in.start(ctx, want, share)
}

// wanted is the cameras in operation.
func (in *Ingest) wanted() map[vms.CameraID]*camera.Camera {
	in.mu.Lock()
	defer in.mu.Unlock()
	want := map[vms.CameraID]*camera.Camera{}
	if in.desired == nil {
		return want
	}
	now, _ := in.Clock.Now()
	for _, cam := range in.desired.Cameras {
		if _, ok := cam.PlacementAt(now); ok {
			want[cam.ID] = cam
		}
	}
	return want
}

// surplus is the cameras above this node's share, once another node waits for them.
func (in *Ingest) surplus(share int, gone []string) []vms.CameraID {
	ids := make([]vms.CameraID, 0)
	for id := range in.pipelines() {
		if !slices.Contains(gone, leaseName(id)) {
			ids = append(ids, id)
		}
	}
	if len(ids) <= share {
		return nil
	}
	slices.Sort(ids)
	return ids[share:]
}

// start claims and starts cameras up to this node's share. Before it does so for those lost and
// not yet stopped, reap has removed them.
func (in *Ingest) start(ctx context.Context, want map[vms.CameraID]*camera.Camera, share int) error {
	running := in.pipelines()
	var names []string
	for id := range want {
		if running[id] == nil {
			names = append(names, leaseName(id))
		}
	}
	room := share - len(running)
	if len(names) == 0 || room <= 0 {
		return nil
	}
	slices.Sort(names)
	leases, err := in.Leases.ClaimSome(ctx, room, names...)
	if err != nil {
		if errors.Is(err, context.Canceled) {
			return nil
		}
		return err
	}
	for _, lease := range leases {
		in.run(ctx, want[cameraOf(lease.Name)], lease)
	}
	return nil
}

func (in *Ingest) run(ctx context.Context, cam *camera.Camera, lease *db.Lease) {
	p := newPipeline(&in.Config, cam, lease, func() { wake(in.news) })
	in.mu.Lock()
	in.running[cam.ID] = p
	in.mu.Unlock()
	ctx, p.cancel = context.WithCancel(ctx)
	go func() {
		defer close(p.done)
		p.run(ctx)
		in.Poke()
	}()
}

// reap forgets pipelines that ended by themselves, because their lease was lost.
func (in *Ingest) reap() {
	in.mu.Lock()
	defer in.mu.Unlock()
	for id, p := range in.running {
		select {
		case <-p.done:
			p.cancel()
			delete(in.running, id)
		default:
		}
	}
}

// stop ends pipelines, notes why footage is missing from now on ("": whoever goes on says so), and
// waits for them together.
func (in *Ingest) stop(ids []vms.CameraID, why vms.Cause) {
	var stopping []*pipeline
	running := in.pipelines()
	for _, id := range ids {
		if p := running[id]; p != nil {
			if why != "" {
				p.interrupted(why)
			}
			p.cancel()
			stopping = append(stopping, p)
		}
	}
	for _, p := range stopping {
		<-p.done
		in.mu.Lock()
		delete(in.running, p.cam.ID)
		in.mu.Unlock()
	}
}

func (in *Ingest) pipelines() map[vms.CameraID]*pipeline {
	in.mu.Lock()
	defer in.mu.Unlock()
	return maps.Clone(in.running)
}

// report tells the health board how the feeds are: at once when a state changed, else from time to time.
func (in *Ingest) report(ctx context.Context) {
	tick := time.NewTicker(reportEvery)
	defer tick.Stop()
	for {
		var feeds []health.Feed
		for _, p := range in.pipelines() {
			feeds = append(feeds, p.health()...)
		}
		if err := in.Board.Report(ctx, feeds); err != nil && ctx.Err() == nil {
			in.Log.Debug("states not reported", "err", err)
		}
		select {
		case <-tick.C:
		case <-in.news:
			vms.Sleep(ctx, reportSoon)
		case <-ctx.Done():
			return
		}
	}
}

const leasePrefix = "camera/"

func leaseName(id vms.CameraID) string { return leasePrefix + string(id) }

func cameraOf(lease string) vms.CameraID { return vms.CameraID(lease[len(leasePrefix):]) }

// LeaseName is the name of the lease whose holder ingests the feed.
func LeaseName(feed vms.Feed) string { return leaseName(feed.Camera) }

// sameSource reports whether a pipeline for b serves a as well.
func sameSource(a, b *camera.Camera) bool {
	return a.Streams[vms.Main] == b.Streams[vms.Main] && a.Streams[vms.Sub] == b.Streams[vms.Sub] &&
		a.User == b.User && a.Password == b.Password && a.Transport == b.Transport
}
