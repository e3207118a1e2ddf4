package segment

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"time"

	"yagura/internal/vms"
)

// statement is the JSON in the trailer: uuid box, Root (32 bytes), statement, size of the box (4 bytes).
type statement struct {
	identity
	Codecs      string     `json:"codecs"` // RFC 6381
	Width       int        `json:"width"`
	Height      int        `json:"height"`
	Span        vms.Span   `json:"span"`
	ClockOffset int64      `json:"clock_offset_us"`
	Activity    []uint32   `json:"activity"`
	Header      Hash       `json:"header_sha256"`
	Index       Hash       `json:"mfra_sha256"`
	Fragments   []Fragment `json:"fragments"`
}

const (
	trailerHead = 8 + 16 + 32
	trailerTail = 4
)

// trailer makes the uuid and mfra boxes.
func (w *written) trailer(clockOffset time.Duration) ([]byte, Hash, error) {
	index := w.randomAccess()
	says, err := json.Marshal(statement{
		identity: w.header.identity(), Codecs: w.header.Track.CodecString(), Width: w.header.Track.Width, Height: w.header.Track.Height,
		Span: w.span, ClockOffset: clockOffset.Microseconds(), Activity: w.activity,
		Header: w.digest, Index: sha256.Sum256(index), Fragments: w.fragments,
	})
	if err != nil {
		return nil, Hash{}, err
	}
	root := rootOf(w.digest, w.fragments, says)
	b := box(nil, "uuid", func(b []byte) []byte {
		b = append(append(b, trailerUUID[:]...), root[:]...)
		b = append(b, says...)
		return u32(b, uint32(trailerHead+len(says)+trailerTail))
	})
	return append(b, index...), root, nil
}

// rootOf is the segment's Root.
func rootOf(header Hash, fragments []Fragment, statement []byte) Hash {
	digests := append(make([]Hash, 0, len(fragments)+2), header)
	for _, f := range fragments {
		digests = append(digests, f.Hash)
	}
	return MerkleRoot(append(digests, sha256.Sum256(statement)))
}

// randomAccess makes the mfra box (ISO/IEC 14496-12 8.8.9 to 8.8.11).
func (w *written) randomAccess() []byte {
	b := box(nil, "mfra", func(b []byte) []byte {
		b = full(b, "tfra", 1, 0, func(b []byte) []byte {
			b = u32(u32(u32(b, trackID), 0), uint32(len(w.keys)))
			k := 0
			for _, f := range w.fragments {
				if !f.Key {
					continue
				}
				b = u64(u64(b, uint64(w.keys[k]-w.header.DTS)), uint64(f.Off+moofAt))
				b = append(b, 1, 1, 1) // traf, trun, sample
				k++
			}
			return b
		})
		return full(b, "mfro", 0, 0, func(b []byte) []byte { return u32(b, 0) })
	})
	binary.BigEndian.PutUint32(b[len(b)-4:], uint32(len(b)))
	return b
}

// parseTrailer reads the trailer at the end of b, which begins at offset off of a file whose header has
// the given length and digest. It fails unless all of it is as written.
func parseTrailer(b []byte, off, headerLen int64, digest Hash) (*statement, Hash, error) {
	bad := vms.Errorf(vms.Invalid, "damaged", "segment: no valid trailer")
	start, index, ok := trailerBounds(b)
	if !ok || start < 0 || [16]byte(b[start+8:]) != trailerUUID || string(b[start+4:start+8]) != "uuid" ||
		int(binary.BigEndian.Uint32(b[start:])) != index-start {
		return nil, Hash{}, bad
	}
	root, says := Hash(b[start+24:]), b[start+trailerHead:index-trailerTail]
	var st statement
	if json.Unmarshal(says, &st) != nil || st.Version != version || st.Header != digest || st.Index != sha256.Sum256(b[index:]) ||
		rootOf(digest, st.Fragments, says) != root || len(st.Fragments) == 0 {
		return nil, Hash{}, bad
	}
	end := headerLen
	for _, f := range st.Fragments {
		if f.Off != end || f.Len <= 0 {
			return nil, Hash{}, bad
		}
		end += f.Len
	}
	if end != off+int64(start) {
		return nil, Hash{}, bad
	}
	return &st, root, nil
}

// trailerBounds finds where the uuid box (negative: so many bytes before b) and the mfra box begin.
func trailerBounds(b []byte) (start, index int, ok bool) {
	if len(b) < 4 {
		return 0, 0, false
	}
	index = len(b) - int(binary.BigEndian.Uint32(b[len(b)-4:]))
	if index < trailerTail || index > len(b)-8 {
		return 0, 0, false
	}
	start = index - int(binary.BigEndian.Uint32(b[index-trailerTail:]))
	return start, index, start <= index-trailerHead-trailerTail
}
