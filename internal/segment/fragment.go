package segment

import (
	"crypto/sha256"
	"encoding/binary"
	"hash/crc32"
	"math"
	"sync"
	"time"

	"yagura/internal/media"
	"yagura/internal/vms"
)

// Layout of a fragment of n units, version 1. Its own reader takes no other.
const (
	prftAt = 0
	moofAt = prftAt + 32
	mfhdAt = moofAt + 8
	trafAt = mfhdAt + 16
	tfhdAt = trafAt + 8
	tfdtAt = tfhdAt + 16
	trunAt = tfdtAt + 20
	listAt = trunAt + 20 // n entries of duration, size, flags, composition offset
	perRun = 16
	ownLen = 8 + 16 + 4 // uuid box: type, CRC-32C, then n times the deviation of At in µs
	perOwn = 4

	syncSample    = 0x02000000 // sample_depends_on = 2
	nonSyncSample = 0x01010000 // sample_depends_on = 1, sample_is_non_sync_sample
	prftCaptured  = 24         // the NTP time is that of capture (8.16.5)
	trunFlags     = 0x000f01   // data offset; duration, size, flags, composition offset per sample
	baseIsMoof    = 0x020000

	maxDuration = 10 * media.ClockRate // of a last sample; the next fragment's tfdt is exact anyway
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// dataAt is where the samples of a fragment of n units begin.
func dataAt(n int) int { return listAt + n*(perRun+perOwn) + ownLen + 8 }

// line is where At lies by the fragment's first unit alone.
func line(first vms.Instant, ticks int64) vms.Instant { return first.Add(media.Ticks(ticks)) }

func sampleSize(u *media.Unit) int {
	n := 0
	for _, nal := range u.NALs {
		if len(nal) > 0 {
			n += 4 + len(nal)
		}
	}
	return n
}

// appendFragment appends units as a fragment. last is the duration of the last one; base is the DTS
// that the file's time begins at.
func appendFragment(b []byte, units []*media.Unit, number uint32, base, last int64) []byte {
	start, n, first := len(b), len(units), units[0]
	b = full(b, "prft", 1, prftCaptured, func(b []byte) []byte {
		return u64(u64(u32(b, trackID), toNTP(first.At)), uint64(first.PTS-base))
	})
	b = box(b, "moof", func(b []byte) []byte {
		b = full(b, "mfhd", 0, 0, func(b []byte) []byte { return u32(b, number) })
		return box(b, "traf", func(b []byte) []byte {
			b = full(b, "tfhd", 0, baseIsMoof, func(b []byte) []byte { return u32(b, trackID) })
			b = full(b, "tfdt", 1, 0, func(b []byte) []byte { return u64(b, uint64(first.DTS-base)) })
			b = full(b, "trun", 1, trunFlags, func(b []byte) []byte {
				b = u32(u32(b, uint32(n)), uint32(dataAt(n)-moofAt))
				return appendRun(b, units, last)
			})
			return box(b, "uuid", func(b []byte) []byte {
				b = u32(append(b, fragmentUUID[:]...), 0)
				for _, u := range units {
					b = u32(b, uint32(int32(u.At-line(first.At, u.PTS-first.PTS))))
				}
				return b
			})
		})
	})
	b = box(b, "mdat", func(b []byte) []byte {
		for _, u := range units {
			b = appendSample(b, u)
		}
		return b
	})
	sum := crc32.Checksum(b[start:], castagnoli)
	binary.BigEndian.PutUint32(b[start+crcAt(n):], sum)
	return b
}

func crcAt(n int) int { return listAt + n*perRun + 8 + 16 }

func appendRun(b []byte, units []*media.Unit, last int64) []byte {
	for i, u := range units {
		duration, flags := min(last, maxDuration), uint32(nonSyncSample)
		if i+1 < len(units) {
			duration = units[i+1].DTS - u.DTS
		}
		if u.Key {
			flags = syncSample
		}
		b = u32(u32(b, uint32(duration)), uint32(sampleSize(u)))
		b = u32(u32(b, flags), uint32(int32(u.PTS-u.DTS)))
	}
	return b
}

func appendSample(b []byte, u *media.Unit) []byte {
	for _, nal := range u.NALs {
		if len(nal) > 0 {
			b = append(u32(b, uint32(len(nal))), nal...)
		}
	}
	return b
}

// describe is the table entry of a fragment.
func describe(b []byte, off int64, units []*media.Unit, last int64) Fragment {
	first := units[0]
	f := Fragment{
		Off: off, Len: int64(len(b)), From: first.At, Low: first.At, End: first.At,
		DTS: first.DTS, Units: len(units), Key: first.Key, Hash: sha256.Sum256(b),
	}
	for _, u := range units {
		f.Low, f.End = min(f.Low, u.At), max(f.End, u.At)
	}
	f.End = f.End.Add(media.Ticks(min(last, maxDuration)))
	return f
}

func damaged(why string) error {
	return vms.Errorf(vms.Invalid, "damaged", "segment: damaged fragment: %s", why)
}

// ReadFragment returns the units of one fragment. b are its Len bytes; they belong to the units from
// then on. It fails with vms.Invalid, code "damaged", where b is not what Hash says or is no fragment.
func ReadFragment(b []byte, track *media.Track, run vms.Instant, f Fragment) ([]*media.Unit, error) {
	if int64(len(b)) != f.Len || sha256.Sum256(b) != f.Hash {
		return nil, damaged("not the bytes that were recorded")
	}
	tfdt, err := fragmentTime(b)
	if err != nil {
		return nil, err
	}
	units, _, err := parseFragment(b, track, run, f.DTS-tfdt)
	return units, err
}

// fragmentTime checks the boxes of a fragment and returns its baseMediaDecodeTime.
func fragmentTime(b []byte) (int64, error) {
	if len(b) < dataAt(1) {
		return 0, damaged("too short")
	}
	n := binary.BigEndian.Uint32(b[trunAt+12:])
	if n == 0 || uint64(n)*(perRun+perOwn+1) > uint64(len(b)) || len(b) < dataAt(int(n)) {
		return 0, damaged("too short for its units")
	}
	uuidAt, mdatAt := listAt+int(n)*perRun, dataAt(int(n))-8
	for _, want := range []struct {
		at, end int
		kind    string
	}{
		{prftAt, moofAt, "prft"}, {moofAt, mdatAt, "moof"}, {mfhdAt, trafAt, "mfhd"}, {trafAt, mdatAt, "traf"}, {tfhdAt, tfdtAt, "tfhd"},
		{tfdtAt, trunAt, "tfdt"}, {trunAt, uuidAt, "trun"}, {uuidAt, mdatAt, "uuid"}, {mdatAt, len(b), "mdat"},
	} {
		if int64(binary.BigEndian.Uint32(b[want.at:])) != int64(want.end-want.at) || string(b[want.at+4:want.at+8]) != want.kind {
			return 0, damaged("no " + want.kind)
		}
	}
	return int64(binary.BigEndian.Uint64(b[tfdtAt+12:])), nil
}

// whole reports whether a fragment's CRC is right. Its boxes were checked.
func whole(b []byte) bool {
	at := crcAt(int(binary.BigEndian.Uint32(b[trunAt+12:])))
	sum := crc32.Checksum(b[:at], castagnoli)
	sum = crc32.Update(sum, castagnoli, []byte{0, 0, 0, 0})
	return crc32.Update(sum, castagnoli, b[at+4:]) == binary.BigEndian.Uint32(b[at:])
}

// parseFragment makes the units of a fragment whose boxes were checked; last is the duration of the
// last one.
func parseFragment(b []byte, track *media.Track, run vms.Instant, base int64) (units []*media.Unit, last int64, err error) {
	n := int(binary.BigEndian.Uint32(b[trunAt+12:]))
	firstAt := fromNTP(binary.BigEndian.Uint64(b[prftAt+16:]))
	firstPTS := base + int64(binary.BigEndian.Uint64(b[prftAt+24:]))
	dts := base + int64(binary.BigEndian.Uint64(b[tfdtAt+12:]))
	list, own, data := b[listAt:], b[crcAt(n)+4:], b[dataAt(n):]

	nals, err := countNALs(list, data, n)
	if err != nil {
		return nil, 0, err
	}
	block, slots := make([]media.Unit, n), make([][]byte, 0, nals)
	units = make([]*media.Unit, n)
	for i := range block {
		entry := list[i*perRun:]
		size := binary.BigEndian.Uint32(entry[4:])
		from := len(slots)
		for sample := data[:size]; len(sample) > 0; {
			end := 4 + int(binary.BigEndian.Uint32(sample))
			slots, sample = append(slots, sample[4:end:end]), sample[end:]
		}
		data = data[size:]
		pts := dts + int64(int32(binary.BigEndian.Uint32(entry[12:])))
		block[i] = media.Unit{
			Track: track, PTS: pts, DTS: dts, Run: run, Key: binary.BigEndian.Uint32(entry[8:]) == syncSample,
			At:   line(firstAt, pts-firstPTS) + vms.Instant(int32(binary.BigEndian.Uint32(own[i*perOwn:]))),
			NALs: slots[from:len(slots):len(slots)],
		}
		units[i] = &block[i]
		last = int64(binary.BigEndian.Uint32(entry))
		dts += last
	}
	return units, last, nil
}

// countNALs checks that sizes and lengths tile the data exactly, and counts the NAL units.
func countNALs(list, data []byte, n int) (nals int, err error) {
	for i := range n {
		size := binary.BigEndian.Uint32(list[i*perRun+4:])
		if size == 0 || uint64(size) > uint64(len(data)) {
			return 0, damaged("sample size")
		}
		for sample := data[:size]; len(sample) > 0; nals++ {
			if len(sample) < 5 {
				return 0, damaged("NAL unit length")
			}
			end := 4 + uint64(binary.BigEndian.Uint32(sample))
			if end == 4 || end > uint64(len(sample)) {
				return 0, damaged("NAL unit length")
			}
			sample = sample[end:]
		}
		data = data[size:]
	}
	if len(data) > 0 {
		return 0, damaged("bytes left over")
	}
	return nals, nil
}

// buffers are shared by all Writers: a fragment is put together when it is complete, so that a
// hundred writers hold units, which the stream holds anyway, and no buffers.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

const (
	maxBuffer   = 4 << 20  // a larger one goes to the garbage collector
	maxFragment = 16 << 20 // bytes of NAL units; more go into the next fragment
	maxUnits    = 1024     // per fragment
	maxUnit     = math.MaxInt32 / 2
	maxPeriod   = 10 * time.Second
)
