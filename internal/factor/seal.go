package factor

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// Seal keeps secrets at rest: AES-256-GCM under a key that is not in the database. The zero Seal has no
// key and seals nothing.
type Seal struct {
	aead cipher.AEAD
	name string // of the key, so that another one is told from a damaged secret
}

// NewSeal derives the key from the text of a key file, of at least 128 bits.
func NewSeal(secret string) (Seal, error) {
	key, err := hkdf.Key(sha256.New, []byte(secret), nil, "yagura secrets at rest", 32)
	if err != nil {
		return Seal{}, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return Seal{}, err
	}
	aead, err := cipher.NewGCM(block)
	sum := sha256.Sum256(key)
	return Seal{aead, hex.EncodeToString(sum[:4])}, err
}

var errNoKey = errors.New("no key for secrets at rest")

// Close seals a secret; about says whose it is, and must be said again to open it.
func (s Seal) Close(secret, about string) (string, error) {
	if s.aead == nil {
		return "", errNoKey
	}
	nonce := make([]byte, s.aead.NonceSize())
	rand.Read(nonce) // never fails (crypto/rand)
	return s.name + "." + base64.RawStdEncoding.EncodeToString(s.aead.Seal(nonce, nonce, []byte(secret), []byte(about))), nil
}

// Open returns the secret.
func (s Seal) Open(sealed, about string) (string, error) {
	if s.aead == nil {
		return "", errNoKey
	}
	name, text, _ := strings.Cut(sealed, ".")
	if name != s.name {
		return "", fmt.Errorf("a secret was sealed with key %s, and this node has %s: every node needs the same secrets key", name, s.name)
	}
	b, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil || len(b) < s.aead.NonceSize() {
		return "", errors.New("a sealed secret is damaged")
	}
	n := s.aead.NonceSize()
	open, err := s.aead.Open(nil, b[:n], b[n:], []byte(about))
	if err != nil {
		return "", errors.New("a sealed secret is damaged, or another's")
	}
	return string(open), nil
}
