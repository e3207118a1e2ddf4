package segment

import (
	"encoding/binary"
	"encoding/hex"
	"math"

	"yagura/internal/vms"
)

// MarshalText is hexadecimal.
func (h Hash) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, h[:]), nil }

// UnmarshalText reads 64 hexadecimal digits.
func (h *Hash) UnmarshalText(b []byte) error {
	if hex.DecodedLen(len(b)) != len(h) {
		return vms.Errorf(vms.Invalid, "bad-hash", "%q is no SHA-256 digest", b)
	}
	_, err := hex.Decode(h[:], b)
	return err
}

func (h Hash) String() string { return hex.EncodeToString(h[:]) }

const tableVersion = 1

// EncodeTable packs a fragment table for the index row: about 45 bytes per fragment.
func EncodeTable(fragments []Fragment) []byte {
	b := make([]byte, 0, 16+48*len(fragments))
	b = binary.AppendUvarint(append(b, tableVersion), uint64(len(fragments)))
	var p Fragment
	for _, f := range fragments {
		b = binary.AppendVarint(b, f.Off-p.Off-p.Len)
		b = binary.AppendVarint(b, f.Len)
		b = binary.AppendVarint(b, int64(f.From-p.From))
		b = binary.AppendVarint(b, int64(f.Low-f.From))
		b = binary.AppendVarint(b, int64(f.End-f.From))
		b = binary.AppendVarint(b, f.DTS-p.DTS)
		units := int64(f.Units) << 1
		if f.Key {
			units |= 1
		}
		b = append(binary.AppendVarint(b, units), f.Hash[:]...)
		p = f
	}
	return b
}

// DecodeTable unpacks what EncodeTable made. Anything else fails with vms.Invalid.
func DecodeTable(b []byte) ([]Fragment, error) {
	bad := vms.Errorf(vms.Invalid, "bad-table", "segment: fragment table of %d bytes is damaged", len(b))
	if len(b) == 0 || b[0] != tableVersion {
		return nil, bad
	}
	count, n := binary.Uvarint(b[1:])
	if n <= 0 || count > uint64(len(b))/(7+32) {
		return nil, bad
	}
	b = b[1+n:]
	out := make([]Fragment, count)
	var p Fragment
	for i := range out {
		var v [7]int64
		for k := range v {
			x, n := binary.Varint(b)
			if n <= 0 {
				return nil, bad
			}
			v[k], b = x, b[n:]
		}
		if len(b) < 32 {
			return nil, bad
		}
		p = Fragment{
			Off: p.Off + p.Len + v[0], Len: v[1], From: p.From + vms.Instant(v[2]),
			DTS: p.DTS + v[5], Units: int(v[6] >> 1), Key: v[6]&1 == 1, Hash: Hash(b[:32]),
		}
		p.Low, p.End = p.From+vms.Instant(v[3]), p.From+vms.Instant(v[4])
		if b = b[32:]; p.Off < 0 || p.Len < 0 || p.Off > math.MaxInt64-p.Len || p.Units < 0 {
			return nil, bad
		}
		out[i] = p
	}
	if len(b) > 0 {
		return nil, bad
	}
	return out, nil
}
