package archive

import (
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/blob"
	"yagura/internal/db"
	"yagura/internal/media"
	"yagura/internal/vms"
)

// aDay plants 1440 segments of one minute, 15 fps, a key frame every 4 s. Every hundredth is of
// 1.5 Mbit/s, which is where the benchmarks look; the others are of tiny pictures.
func aDay(b *testing.B) (*Archive, *footage) {
	dir := b.TempDir()
	d, err := db.Open(b.Context(), "sqlite:"+filepath.Join(dir, "db"))
	require.NoError(b, err)
	store, err := blob.Open("dir:" + filepath.Join(dir, "objects"))
	require.NoError(b, err)
	a, err := New(Config{DB: d, Store: store, Spool: filepath.Join(dir, "spool")})
	require.NoError(b, err)
	b.Cleanup(func() {
		require.NoError(b, a.Close())
		require.NoError(b, d.Close())
	})
	f := &footage{feed: feed1}
	f.record(shape{start: vms.InstantOf(time.Now().Add(-25 * time.Hour)), segments: 1440, groups: 15, group: 60, frame: time.Second / 15})
	for i, seg := range f.units {
		for _, u := range seg {
			if i%100 == 50 {
				u.NALs = [][]byte{make([]byte, 12500)}
			}
		}
	}
	f.plant(b, a)
	return a, f
}

func BenchmarkPlayer(b *testing.B) {
	a, f := aDay(b)
	noise := rand.New(rand.NewPCG(1, 2))
	whole := []vms.Span{{From: f.units[0][0].At, To: f.ends[len(f.ends)-1]}}
	anywhere := func() vms.Instant { return f.units[50+100*noise.IntN(14)][noise.IntN(900)].At }
	// Open to the first picture: what a request with at= waits for.
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			p, err := a.Player(b.Context(), f.feed, anywhere(), whole)
			require.NoError(b, err)
			_, err = p.ReadUnit(b.Context())
			require.NoError(b, err)
		}
	})
	// Seek on an open session, to the picture itself.
	b.Run("seek", func(b *testing.B) {
		p, err := a.Player(b.Context(), f.feed, anywhere(), whole)
		require.NoError(b, err)
		for b.Loop() {
			at := anywhere()
			require.NoError(b, p.Seek(b.Context(), at))
			var u *media.Unit
			for len(p.runup) > 0 {
				u, err = p.ReadUnit(b.Context())
				require.NoError(b, err)
			}
			require.Equal(b, at, u.At)
		}
	})
}
