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
