package segment

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/Eyevinn/mp4ff/mp4"
	"github.com/google/go-cmp/cmp"

	"yagura/internal/media"
	"yagura/internal/vms"
)

// encode has ffmpeg make 4 s of 25 fps, and returns what mp4ff finds in its file.
func encode(t *testing.T, args ...string) []*media.Unit {
	t.Helper()
	name := filepath.Join(t.TempDir(), "encoded.mp4")
	args = append([]string{"-v", "error", "-f", "lavfi", "-i", "testsrc=s=322x242:r=25:d=4,format=yuv420p"}, args...)
	run(t, "ffmpeg", append(args, "-movflags", "frag_keyframe+empty_moov+default_base_moof", "-video_track_timescale", "90000", name)...)
	file, err := mp4.ReadMP4File(name)
	if err != nil {
		t.Fatal(err)
	}
	track := &media.Track{Reordered: true}
	entry := file.Init.Moov.Trak.Mdia.Minf.Stbl.Stsd.Children[0].(*mp4.VisualSampleEntryBox)
	track.Width, track.Height = int(entry.Width), int(entry.Height)
	if entry.AvcC != nil {
		track.Codec, track.SPS, track.PPS = media.H264, entry.AvcC.SPSnalus[0], entry.AvcC.PPSnalus[0]
	} else {
		track.Codec = media.H265
		for i, set := range []*[]byte{&track.VPS, &track.SPS, &track.PPS} {
			*set = entry.HvcC.NaluArrays[i].Nalus[0]
		}
	}
	var units []*media.Unit
	for _, s := range samples(t, file) {
		u := &media.Unit{
			Track: track, DTS: int64(s.DecodeTime) - 7200, PTS: s.PresentationTime() - 7200, Run: start, Key: s.IsSync(),
			At: start.Add(media.Ticks(s.PresentationTime())),
		}
		for b := s.Data; len(b) > 0; {
			n := 4 + int(uint32(b[0])<<24|uint32(b[1])<<16|uint32(b[2])<<8|uint32(b[3]))
			u.NALs, b = append(u.NALs, b[4:n]), b[n:]
		}
		units = append(units, u)
	}
	return units
}

func samples(t *testing.T, file *mp4.File) []mp4.FullSample {
	t.Helper()
	var all []mp4.FullSample
	for _, seg := range file.Segments {
		for _, frag := range seg.Fragments {
			s, err := frag.GetFullSamples(file.Init.Moov.Mvex.Trex)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, s...)
		}
	}
	return all
}

func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	var complaints bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil || complaints.Len() > 0 {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, complaints.Bytes())
	}
	return strings.TrimSpace(string(out))
}

func TestFFmpegAndMP4FFReadSegments(t *testing.T) {
	for name, c := range map[string]struct {
		args   []string
		codecs string
	}{
		"h264 without reordering": {[]string{"-c:v", "libx264", "-bf", "0", "-g", "50"}, "avc1.64000d"},
		"h264 with b-frames":      {[]string{"-c:v", "libx264", "-bf", "3", "-g", "75", "-preset", "medium"}, "avc1.64000d"},
		"h264 baseline":           {[]string{"-c:v", "libx264", "-profile:v", "baseline", "-g", "100"}, "avc1.42c00d"},
		"h265":                    {[]string{"-c:v", "libx265", "-tag:v", "hvc1", "-x265-params", "log-level=none:keyint=50"}, "hvc1.1.6.L60.90"},
	} {
		t.Run(name, func(t *testing.T) {
			units := encode(t, c.args...)
			whole, s := write(t, testHeader(units[0].Track), units)
			if diff := cmp.Diff(units, read(t, whole, s)); diff != "" {
				t.Fatal("units differ")
			}
			if got := s.Track.CodecString(); got != c.codecs {
				t.Errorf("codecs %s, want %s", got, c.codecs)
			}
			decode(t, whole, len(units))
			second(t, whole, s, units)
			cut := whole[:s.Fragments[3].Off+100] // torn
			checkTorn(t, cut, s)
		})
	}
}

// decode lets ffprobe count and ffmpeg decode.
func decode(t *testing.T, whole []byte, frames int) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "segment.mp4")
	os.WriteFile(name, whole, 0o600)
	got := run(t, "ffprobe", "-v", "error", "-count_frames", "-select_streams", "v", "-show_entries",
		"stream=width,height,nb_read_frames,time_base", "-of", "csv=p=0", name)
	if want := fmt.Sprintf("322,242,1/90000,%d", frames); got != want {
		t.Errorf("ffprobe: %s, want %s", got, want)
	}
	run(t, "ffmpeg", "-v", "error", "-xerror", "-err_detect", "explode", "-i", name, "-f", "null", "-")
}

func second(t *testing.T, whole []byte, s *Summary, units []*media.Unit) {
	t.Helper()
	file, err := mp4.DecodeFile(bytes.NewReader(whole))
	if err != nil {
		t.Fatal(err)
	}
	found := samples(t, file)
	if len(found) != len(units) {
		t.Fatalf("mp4ff: %d samples, want %d", len(found), len(units))
	}
	for i, u := range units {
		f := found[i]
		if int64(f.DecodeTime) != u.DTS-s.DTS || f.PresentationTime() != u.PTS-s.DTS || f.IsSync() != u.Key || !bytes.Equal(f.Data, appendSample(nil, u)) {
			t.Fatalf("mp4ff: sample %d differs", i)
		}
	}
	at := 0
	for _, c := range file.Children {
		if prft, ok := c.(*mp4.PrftBox); ok {
			if want := mp4.NTP64(toNTP(s.Fragments[at].From)); prft.NTPTimestamp != want || int64(prft.MediaTime) != pts(units, s, at) {
				t.Errorf("mp4ff: prft %d says %v at %d", at, prft.NTPTimestamp, prft.MediaTime)
			}
			at++
		}
	}
	if at != len(s.Fragments) {
		t.Errorf("mp4ff: %d prft boxes, want %d", at, len(s.Fragments))
	}
	checkIndex(t, file.Mfra, s)
}

func checkIndex(t *testing.T, mfra *mp4.MfraBox, s *Summary) {
	t.Helper()
	var want, got []uint64
	for _, f := range s.Fragments {
		if f.Key {
			want = append(want, uint64(f.Off+moofAt))
		}
	}
	for _, e := range mfra.Tfra.Entries {
		got = append(got, uint64(e.MoofOffset))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("mfra:\n%s", diff)
	}
}

// pts is the file's presentation time of the first unit of fragment i.
func pts(units []*media.Unit, s *Summary, i int) int64 {
	n := 0
	for _, f := range s.Fragments[:i] {
		n += f.Units
	}
	return units[n].PTS - s.DTS
}

func checkTorn(t *testing.T, cut []byte, whole *Summary) {
	t.Helper()
	s, err := Open(bytes.NewReader(cut), int64(len(cut)))
	if err != nil {
		t.Fatal(err)
	}
	if !s.Torn || len(s.Fragments) != 3 || s.Good != s.Fragments[2].Off+s.Fragments[2].Len || s.Span.From != whole.Span.From {
		t.Errorf("torn: %d fragments, span %v", len(s.Fragments), s.Span)
	}
	if (s.Span.To == vms.Instant(0)) || s.Span.To > whole.Span.To {
		t.Errorf("torn: span %v of %v", s.Span, whole.Span)
	}
}
