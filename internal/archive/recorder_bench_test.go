package archive

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"yagura/internal/media"
	"yagura/internal/vms"
)

// BenchmarkRecorder is what one unit of 720p at 15 fps and 1.5 Mbit/s costs a recorder, with hashing, one
// write a second, the shared sync left out. 900 units are a camera-minute.
func BenchmarkRecorder(b *testing.B) {
	r := &rig{cfg: Config{Spool: filepath.Join(b.TempDir(), "spool")}}
	a, err := New(r.cfg)
	require.NoError(b, err)
	const cameras = 20
	recs, nal := make([]*Recorder, cameras), make([]byte, 12500)
	for i := range nal {
		nal[i] = byte(i * i >> 3)
	}
	for i := range recs {
		recs[i] = a.Recorder(vms.Feed{Camera: vms.CameraID(fmt.Sprintf("c-%02d", i)), Stream: vms.Main})
		require.NoError(b, recs[i].begin())
	}
	start := a.now()
	units := make([]media.Unit, 64*cameras)
	nals := [][]byte{nal}
	b.ReportAllocs()
	b.SetBytes(int64(len(nal)))
	for n := 0; b.Loop(); n++ {
		i := int64(n / cameras)
		u := &units[n%len(units)] // as the ring would hold them
		*u = media.Unit{
			Track: testTrack, PTS: i * 6000, DTS: i * 6000, At: start + vms.Instant(i*66667), Run: start, Key: i%30 == 0, NALs: nals,
		}
		recs[n%cameras].take(u)
	}
	b.StopTimer()
	require.NoError(b, a.Close())
}

// BenchmarkRecover is a start after kill -9 with 200 open files of 2 MB each in the spool.
func BenchmarkRecover(b *testing.B) {
	dir := b.TempDir()
	for n := 0; b.Loop(); n++ {
		b.StopTimer()
		spool := filepath.Join(dir, fmt.Sprint(n))
		a, err := New(Config{Spool: spool})
		require.NoError(b, err)
		nal := make([]byte, 12500)
		for i := range 200 {
			rec := a.Recorder(vms.Feed{Camera: vms.CameraID(fmt.Sprintf("c-%03d", i)), Stream: vms.Main})
			require.NoError(b, rec.begin())
			start := a.now()
			for k := range int64(160) {
				rec.take(&media.Unit{
					Track: testTrack, PTS: k * 6000, DTS: k * 6000, At: start + vms.Instant(k*66667), Run: start, Key: k%30 == 0, NALs: [][]byte{nal},
				})
			}
		}
		require.NoError(b, a.Close())
		b.StartTimer()
		a, err = New(Config{Spool: spool})
		require.NoError(b, err)
		require.NoError(b, a.spool.own())
		require.NoError(b, a.recoverAll(b.Context()))
		require.Equal(b, 200, a.Stats().Pending)
		b.StopTimer()
		require.NoError(b, a.Close())
		b.StartTimer()
	}
}
