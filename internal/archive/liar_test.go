package archive

import (
	"context"
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/blob"
	"yagura/internal/vms"
)

var _ blob.Store = (*lyingStore)(nil)

// lyingStore spoils every so many objects: it says they are stored and keeps something else.
type lyingStore struct {
	blob.Store
	n, every int
	lies     int
}

func (s *lyingStore) Put(ctx context.Context, key string, src io.ReadSeeker, size int64) error {
	s.n++
	if s.n%s.every != 0 {
		return s.Store.Put(ctx, key, copied{src}, size)
	}
	s.lies++
	switch s.lies % 3 {
	case 0:
		return nil // nothing stored
	case 1:
		return s.Store.Put(ctx, key, copied{io.NewSectionReader(src.(io.ReaderAt), 0, size/2)}, size/2)
	}
	return s.Store.Put(ctx, key, &flipped{io.NewSectionReader(src.(io.ReaderAt), 0, size)}, size)
}

type copied struct{ io.ReadSeeker } // hides that it is a file

type flipped struct{ *io.SectionReader }

func (f *flipped) Read(p []byte) (int, error) {
	at, _ := f.Seek(0, io.SeekCurrent)
	n, err := f.SectionReader.Read(p)
	if spot := int64(1000) - at; spot >= 0 && spot < int64(n) {
		p[spot] ^= 1
	}
	return n, err
}

func TestStoreThatLies(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		r.halt()
		liar := &lyingStore{Store: r.cfg.Store, every: 2}
		r.cfg.Store, r.cfg.Segment, r.cfg.Workers = liar, 4*time.Second, 1
		r.open()
		r.run()
		from := vms.InstantOf(time.Now().Add(-time.Hour))
		require.NoError(t, r.a.Import(t.Context(), feed1, newTape(from, 2*time.Minute), false))
		pass(20 * time.Minute)
		require.Zero(t, r.a.Stats().Pending)
		require.Greater(t, liar.lies, 10)
		r.cfg.Store = liar.Store
		require.Len(t, r.stored(feed1), 1200)
		report, err := r.a.Fsck(t.Context(), FsckOptions{Deep: true})
		require.Error(t, err) // the liar cannot list
		require.Nil(t, report)
		r.halt()
		r.open()
		report, err = r.a.Fsck(t.Context(), FsckOptions{Deep: true})
		require.NoError(t, err)
		for _, f := range report.Findings {
			require.Equal(t, "unknown", f.Kind) // what it spoiled
		}
	})
}

// The store loses or changes an object after it was verified: the file is still there and it is put again.
func TestStoreThatForgets(t *testing.T) {
	bubble(t, func(t *testing.T, r *rig) {
		r.halt()
		r.cfg.Keep = 10 * time.Minute
		r.cfg.Store = &lyingStore{Store: r.cfg.Store, every: 1 << 30} // takes copies
		r.open()
		r.run()
		from := vms.InstantOf(time.Now().Add(-time.Hour))
		require.NoError(t, r.a.Import(t.Context(), feed1, newTape(from, 5*time.Minute), false))
		r.settledIn(time.Minute)
		segs, err := r.a.Find(t.Context(), feed1, vms.Span{From: from, To: 1 << 60})
		require.NoError(t, err)
		require.Len(t, files(t, r, "*.mp4"), len(segs))
		require.NoError(t, r.cfg.Store.Delete(t.Context(), segs[0].Key))
		b, err := r.a.Read(t.Context(), segs[1], 0, -1)
		require.NoError(t, err)
		r.replace(segs[1].Key, b[:len(b)-1])
		pass(30 * time.Minute)
		require.Empty(t, files(t, r, "*"))
		require.Len(t, r.stored(feed1), 3000)
		spans, _ := r.recordings(feed1, vms.Span{From: from, To: from.Add(5 * time.Minute)})
		require.Len(t, spans, 1)
	})
}
