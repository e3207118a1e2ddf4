package event

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"encoding/hex"
	"strings"
)

// Pseudonym stands for a person, a household or a block: the first 63 bits of an HMAC-SHA-256. 0 is none.
type Pseudonym int64

var letters = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// String is how a pseudonym is written.
func (p Pseudonym) String() string {
	if p == 0 {
		return ""
	}
	return letters.EncodeToString(binary.BigEndian.AppendUint64(nil, uint64(p)))
}

// ParsePseudonym reads what String wrote; 0 where it is none.
func ParsePseudonym(s string) Pseudonym {
	b, err := letters.DecodeString(strings.ToUpper(s))
	if err != nil || len(b) != 8 {
		return 0
	}
	return Pseudonym(binary.BigEndian.Uint64(b) & (1<<63 - 1))
}

// Key makes pseudonyms. It is kept apart from the database: whoever has only one of both learns nobody's number.
type Key struct {
	secret []byte
	Name   string // of the key, so that another one is noticed
}

// NewKey derives the key from the text of a key file, of at least 128 bits.
func NewKey(secret string) (Key, error) {
	k, err := hkdf.Key(sha256.New, []byte(secret), nil, "yagura operation log pseudonyms", 32)
	sum := sha256.Sum256(k)
	return Key{k, hex.EncodeToString(sum[:4])}, err
}

// of is the pseudonym of a text of a kind.
func (k Key) of(kind, text string) Pseudonym {
	if text == "" {
		return 0
	}
	h := hmac.New(sha256.New, k.secret)
	h.Write([]byte(kind))
	h.Write([]byte{0})
	h.Write([]byte(text))
	p := Pseudonym(binary.BigEndian.Uint64(h.Sum(nil)) & (1<<63 - 1))
	return max(p, 1)
}

// Person is the pseudonym of an 宛名番号.
func (k Key) Person(ref string) Pseudonym { return k.of("person", ref) }

// Household is that of a 世帯番号.
func (k Key) Household(number string) Pseudonym { return k.of("household", number) }

// Staff is how a member of staff is called before those who may not know who it is.
func (k Key) Staff(number string) Pseudonym { return k.of("staff", number) }

// Place is the pseudonym of the block of an address: 町丁目 and 番, without 号. 0 where the address says no 番.
func (k Key) Place(address string) Pseudonym {
	area, rest := CutArea(address)
	block := leadingNumber(rest)
	if area == "" || block == "" {
		return 0
	}
	return k.of("place", area+"|"+block)
}

// Kin is the pseudonym of a family name in a block.
func (k Key) Kin(family, address string) Pseudonym {
	place := k.Place(address)
	if family == "" || place == 0 {
		return 0
	}
	return k.of("kin", family+"|"+place.String())
}
