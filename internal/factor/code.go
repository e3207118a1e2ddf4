package factor

import (
	"crypto/subtle"
	"fmt"
	"strings"
	"time"

	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
)

const (
	codeStep = 30 * time.Second // RFC 6238 section 4.1, X
	codeSkew = 1                // steps a clock may be off, each way (section 5.2)
)

// Code is a new secret for codes, and how an app on a phone takes it over.
type Code struct {
	Secret string   // base32
	URI    string   // otpauth://…
	QR     []string // the URI as a QR code: rows of 1 (dark) and 0
}

// NewCode makes a secret of 160 bits (RFC 4226 section 4, R6).
func NewCode(login string) (Code, error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: "Yagura", AccountName: login, SecretSize: 20})
	if err != nil {
		return Code{}, fmt.Errorf("make a code: %w", err)
	}
	c := Code{Secret: key.Secret(), URI: key.URL()}
	c.QR, err = QR(c.URI)
	return c, err
}

// Match reports whether the code is the secret's about now, and which step it counts for. A code of
// that step or an earlier one (after) counts no more: RFC 6238 section 5.2.
func Match(secret, code string, now time.Time, after int64) (step int64, ok bool) {
	code = strings.Join(strings.Fields(fold(code)), "")
	at := now.Unix() / int64(codeStep/time.Second)
	for s := at - codeSkew; s <= at+codeSkew; s++ {
		want, err := hotp.GenerateCode(secret, uint64(s))
		if err == nil && s > after && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			step, ok = s, true
		}
	}
	return step, ok
}
