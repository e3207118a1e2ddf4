package identity

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"yagura/internal/factor"
	"yagura/internal/vms"
)

// argon is RFC 9106, section 4, second recommended option. Only tests set it lower.
var argon = struct {
	time, memory uint32 // memory in KiB
	threads      uint8
}{3, 64 << 10, 4}

const (
	argonKey  = 32   // bytes
	argonSalt = 16   // bytes
	longest   = 1024 // bytes of a password
)

// A password that is handed out, by whoever sets up an account, has at least so many characters; the
// rules of one that somebody chooses are factor's.
const handedOut = 10

// nobody is verified against when there is no such person, so that the answer costs the same. No
// password matches it.
func nobody() string { return phc(make([]byte, argonSalt), make([]byte, argonKey)) }

func phc(salt, key []byte) string {
	enc := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argon.memory, argon.time, argon.threads,
		enc.EncodeToString(salt), enc.EncodeToString(key))
}

// hash makes the stored form of a password.
func (r *Registry) hash(ctx context.Context, password string) (string, error) {
	if n := utf8.RuneCountInString(password); n < handedOut || n > factor.PasswordMax || !utf8.ValidString(password) {
		return "", vms.Errorf(vms.Invalid, "password-length", "a password has %d to %d characters", handedOut, factor.PasswordMax)
	}
	salt := make([]byte, argonSalt)
	rand.Read(salt) // never fails (crypto/rand)
	var key []byte
	err := r.alone(ctx, func() {
		key = argon2.IDKey([]byte(password), salt, argon.time, argon.memory, argon.threads, argonKey)
	})
	return phc(salt, key), err
}

// verify reports whether password is the one stored; it costs the same whatever is stored.
func (r *Registry) verify(ctx context.Context, stored, password string) (bool, error) {
	var v, m, t, p int
	parts := strings.Split(stored, "$")
	if len(parts) != 6 {
		parts = strings.Split(nobody(), "$")
	}
	_, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=%d", &v, &m, &t, &p)
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	want, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || err1 != nil || err2 != nil || len(want) != argonKey {
		return false, fmt.Errorf("stored password is not in PHC notation")
	}
	var got []byte
	if len(password) > longest {
		password = "" // never one of ours; do not hash megabytes
	}
	err = r.alone(ctx, func() {
		got = argon2.IDKey([]byte(password), salt, uint32(t), uint32(m), uint8(p), argonKey)
	})
	return err == nil && stored != "" && subtle.ConstantTimeCompare(got, want) == 1, err
}

// alone runs fn while no other hash is computed.
func (r *Registry) alone(ctx context.Context, fn func()) error {
	select {
	case r.hashing <- struct{}{}:
		defer func() { <-r.hashing }()
		fn()
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
