package archive

import (
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"yagura/internal/db"
	"yagura/internal/segment"
	"yagura/internal/testserver"
	"yagura/internal/vms"
)

// The process dies between any two steps on the way from the spool into store and index.
func TestCrashBetweenAnyTwoSteps(t *testing.T) {
	steps := []struct {
		name string
		do   func(t *testing.T, r *rig, rec *Recorder)
	}{
		{"written", func(*testing.T, *rig, *Recorder) {}},
		{"closed", func(t *testing.T, r *rig, rec *Recorder) { rec.finish(0) }},
		{"published", func(t *testing.T, r *rig, rec *Recorder) { require.NoError(t, r.a.spool.sync(time.Now())) }},
		{"put", func(t *testing.T, r *rig, rec *Recorder) {
			for range 3 {
				_, err := r.a.uploader.uploadNext(t.Context(), time.Now())
				require.NoError(t, err)
			}
		}},
		{"indexed", func(t *testing.T, r *rig, rec *Recorder) {
			require.NotEmpty(t, r.a.uploader.rows)
			require.NoError(t, r.cfg.DB.Tx(t.Context(), func(tx *db.Tx) error {
				return insert(t.Context(), tx, r.a.uploader.rows[0].row)
			}))
		}},
	}
	for last := range steps {
		t.Run(steps[last].name, func(t *testing.T) {
			bubble(t, func(t *testing.T, r *rig) {
				start := vms.InstantOf(time.Now())
				rec := r.a.Recorder(feed1)
				require.NoError(t, r.a.spool.own())
				require.NoError(t, rec.begin())
				rec.learn(t.Context())
				c := newCamera(feed1)
				for range 1300 {
					rec.take(c.next())
					pass(100 * time.Millisecond)
				}
				rec.Interrupted(vms.InstantOf(time.Now()), vms.Unreachable)
				rec.tick(r.a.now())
				for _, step := range steps[:last+1] {
					step.do(t, r, rec)
				}
				r.halt()
				r.open()
				r.run()
				end := r.record(newCamera(feed1))
				pass(10 * time.Second)
				end()
				pass(3 * time.Second)
				if steps[last].name == "written" {
					c.sent = c.sent[:len(c.sent)-10] // the last fragment was not written yet
				}
				r.complete(c)
				require.Empty(t, files(t, r, "*"))
				r.clean(FsckOptions{Deep: true})
				spans, _ := r.recordings(feed1, vms.Span{From: start, To: 1 << 60})
				require.Len(t, spans, 1)
			})
		})
	}
}

// Store and database go away while a camera is recorded, and come back. The store's time plays all along.
func TestServersGoAwayAndComeBack(t *testing.T) {
	pg, minio := testserver.StartPostgres(t), testserver.StartMinIO(t)
	r := newRig(t, pg.URL, minio.URL, t.TempDir())
	r.halt()
	r.cfg.Segment, r.cfg.Fragment, r.cfg.Keep = 2*time.Second, 500*time.Millisecond, time.Minute
	r.open()
	r.run()
	c := newCamera(feed1)
	start := vms.InstantOf(time.Now())
	end := r.record(c)
	c.play(2 * time.Second)
	minio.Stop(t)
	c.play(4 * time.Second)
	require.GreaterOrEqual(t, len(r.stored(feed1)), 50)
	require.False(t, r.a.Stats().StoreAway.IsZero())
	spans, _ := r.recordings(feed1, vms.Span{From: start, To: 1 << 60})
	require.Len(t, spans, 1)
	require.Less(t, spans[0].From.Sub(start), time.Second)
	minio.Start(t)
	pg.Stop(t)
	c.lose()
	r.a.Recorder(feed1).Interrupted(vms.InstantOf(time.Now()), vms.Disconnected)
	pass(1500 * time.Millisecond)
	c.play(3 * time.Second)
	require.False(t, r.a.Stats().IndexAway.IsZero())
	pg.Start(t)
	end()
	r.settled()
	r.complete(c)
	r.clean(FsckOptions{Deep: true})
	spans, gaps := r.recordings(feed1, vms.Span{From: c.sent[0].At, To: c.sent[len(c.sent)-1].At})
	require.Len(t, spans, 2)
	require.Equal(t, []vms.Cause{vms.Disconnected}, causes(gaps))
}

// A worker that lost its lease without knowing goes on recording; what it wrote is kept, not shown.
func TestStaleWorkerIsQuarantined(t *testing.T) {
	for _, late := range []bool{false, true} {
		bubble(t, func(t *testing.T, r *rig) {
			r.halt()
			cfg := r.cfg
			r.cfg.Node = "node-1"
			r.open()
			c := newCamera(feed1)
			start := vms.InstantOf(time.Now())
			r.a.Recorder(feed1).SetEpoch(1)
			r.run()
			end := r.record(c)
			c.play(100 * time.Second)
			if late {
				r.a.uploader.index.failed(time.Now().Add(time.Hour), os.ErrDeadlineExceeded) // cut off from the database
			}

			cfg.Node, cfg.Spool = "node-2", t.TempDir()
			other := &rig{t: t, cfg: cfg}
			other.open()
			defer other.halt()
			other.run()
			other.a.Recorder(feed1).SetEpoch(2)
			c2 := newCamera(feed1)
			c2.n = 1
			c2.run = vms.InstantOf(time.Now())
			end2 := other.record(c2)
			done := make(chan struct{})
			go func() {
				defer close(done)
				c.play(80 * time.Second)
			}()
			c2.play(80 * time.Second)
			<-done
			end()
			end2()
			pass(5 * time.Second)
			r.a.uploader.index.worked(time.Now())
			pass(5 * time.Second)
			report := other.clean(FsckOptions{Deep: true})
			require.NotZero(t, report.Quarantined)
			spans, gaps := other.recordings(feed1, vms.Span{From: start, To: c2.sent[len(c2.sent)-1].At})
			require.Len(t, spans, 2)
			require.Equal(t, []vms.Cause{vms.TakenOver}, causes(gaps)[:1])
			for _, s := range must(other.a.Find(t.Context(), feed1, vms.Span{From: c2.sent[20].At, To: 1 << 60})) {
				require.EqualValues(t, 2, s.Epoch)
			}
		})
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// A check beside a running server sees its spool and changes nothing in it.
func TestOneProcessOwnsTheSpool(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		r.run()
		c := newCamera(feed1)
		start := vms.InstantOf(time.Now())
		end := r.record(c)
		c.play(30 * time.Second)
		other := &rig{t: t, cfg: r.cfg}
		other.open()
		before := files(t, r, "*")
		require.GreaterOrEqual(t, len(other.stored(feed1)), 290)
		other.clean(FsckOptions{Deep: true})
		other.recordings(feed1, vms.Span{From: start, To: 1 << 60})
		require.ErrorIs(t, other.a.Recorder(feed1).Run(t.Context(), c), vms.Conflict)
		require.ErrorIs(t, other.a.Import(t.Context(), feed2, newTape(start, time.Second), false), vms.Conflict)
		require.Equal(t, before, files(t, r, "*"))
		other.run() // waits
		c.play(60 * time.Second)
		end()
		pass(3 * time.Second)
		r.complete(c)
		r.halt()
		pass(3 * time.Second) // the other one owns it now
		end = other.record(newCamera(feed2))
		end()
		other.halt()
		r.open()
	})
}

// Somebody removes a file from the spool: the time is a gap, and the others go on.
func TestVanishedFileIsLost(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		from := vms.InstantOf(time.Now().Add(-time.Hour))
		require.NoError(t, r.a.Import(t.Context(), feed1, newTape(from, 3*time.Minute), false))
		require.NoError(t, r.a.spool.sync(time.Now()))
		require.NoError(t, os.Remove(files(t, r, "*.mp4")[1]))
		r.run()
		r.settledIn(time.Minute)
		_, gaps := r.recordings(feed1, vms.Span{From: from, To: from.Add(3 * time.Minute)})
		require.Equal(t, []vms.Cause{vms.Lost}, causes(gaps))
		r.clean(FsckOptions{Deep: true})
	})
}

// The disk under the spool is full for a while, for real.
func TestDiskFull(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Fatal("run as root: this test mounts a small tmpfs")
	}
	bubble(t, func(t *testing.T, r *rig) {
		r.halt()
		r.cfg.Spool = t.TempDir()
		require.NoError(t, unix.Mount("tmpfs", r.cfg.Spool, "tmpfs", 0, "size=200k"))
		defer func() {
			r.halt()
			require.NoError(t, unix.Unmount(r.cfg.Spool, unix.MNT_DETACH))
		}()
		r.open()
		r.run()
		c := newCamera(feed1)
		start := vms.InstantOf(time.Now())
		end := r.record(c)
		r.a.uploader.store.failed(time.Now().Add(24*time.Hour), os.ErrDeadlineExceeded) // away
		c.play(120 * time.Second)
		_, gaps := r.recordings(feed1, vms.Span{From: start, To: 1 << 60})
		require.Equal(t, []vms.Cause{vms.DiskFull}, causes(gaps))
		r.a.uploader.store.worked(time.Now()) // room again
		room := vms.InstantOf(time.Now())
		c.play(30 * time.Second)
		spans, gaps := r.recordings(feed1, vms.Span{From: start, To: 1 << 60})
		for _, g := range gaps {
			require.Equal(t, vms.DiskFull, g.Cause)
		}
		require.LessOrEqual(t, spans[len(spans)-1].From.Sub(room), 5*time.Second)
		end()
		pass(10 * time.Second)
		r.clean(FsckOptions{Deep: true})
		require.Empty(t, files(t, r, "*"))
	})
}

// After a failed sync the kernel may have forgotten what it could not write: it is written anew.
func TestFailedSyncIsNotRepeatedInGoodFaith(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		c := newCamera(feed1)
		rec := r.a.Recorder(feed1)
		require.NoError(t, r.a.spool.own())
		require.NoError(t, rec.begin())
		rec.learn(t.Context())
		for range 100 {
			rec.take(c.next())
			pass(100 * time.Millisecond)
		}
		rec.finish(0)
		path := files(t, r, "*.part")[0]
		before := inode(t, path)
		good := r.a.spool.syncfs
		r.a.spool.syncfs = func(int) error { return syscall.EIO }
		r.a.step(time.Now())
		require.NotEmpty(t, r.a.Stats().DiskError)
		require.Equal(t, []string{path}, files(t, r, "*.part"), "not published")
		r.a.spool.syncfs = good
		r.a.step(time.Now())
		require.Empty(t, r.a.Stats().DiskError)
		done := files(t, r, "*.mp4")
		require.Len(t, done, 1)
		require.NotEqual(t, before, inode(t, done[0]), "a new file")
		f, err := os.Open(done[0])
		require.NoError(t, err)
		defer f.Close()
		info, err := f.Stat()
		require.NoError(t, err)
		_, err = segment.Verify(f, info.Size())
		require.NoError(t, err)
	})
}

func inode(t *testing.T, path string) uint64 {
	t.Helper()
	var st unix.Stat_t
	require.NoError(t, unix.Stat(path, &st))
	return st.Ino
}

// A database that neither answers nor refuses is away, and is said to be.
func TestSilentDatabaseIsNoticed(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		r.run()
		c := newCamera(feed1)
		end := r.record(c)
		c.play(5 * time.Second)
		require.NoError(t, r.cfg.DB.Tx(t.Context(), func(*db.Tx) error { // nobody else may write now
			c.play(4 * time.Minute)
			require.NotZero(t, r.a.Stats().IndexAway)
			return nil
		}))
		c.play(90 * time.Second)
		require.Zero(t, r.a.Stats().IndexAway)
		end()
		r.complete(c)
	})
}
