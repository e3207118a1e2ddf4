package camsim

import (
	"crypto/md5"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
)

const realm = "camsim"

// authorise checks a request's credentials and, where they do not do, fills in the refusal.
// OPTIONS is free, as on most cameras.
func (c *conn) authorise(cam *Camera, m *Mode, req *request, res *reply) bool {
	if req.method == "DESCRIBE" {
		cam.count.describes.Add(1)
	}
	if req.method == "OPTIONS" || m.User == "" && !m.Refuse {
		return true
	}
	given := req.head.Get("Authorization")
	if given != "" {
		cam.count.tries.Add(1)
	}
	if !m.Refuse && c.proves(m, req, given) {
		return true
	}
	if given != "" {
		cam.count.refused.Add(1)
	}
	res.status = 401
	for _, challenge := range c.challenges(m.Auth) {
		res.add("WWW-Authenticate", challenge)
	}
	return false
}

func (c *conn) challenges(a Auth) []string {
	basic := fmt.Sprintf(`Basic realm="%s"`, realm)
	md5 := fmt.Sprintf(`Digest realm="%s", nonce="%s"`, realm, c.nonce)
	sha := md5 + `, algorithm=SHA-256`
	switch a {
	case AuthBasic:
		return []string{basic}
	case AuthSHA256:
		return []string{sha}
	case AuthAny:
		return []string{sha, md5, basic}
	}
	return []string{md5}
}

// proves reports whether the header proves that the client knows the password, in a way offered.
func (c *conn) proves(m *Mode, req *request, given string) bool {
	scheme, rest, _ := strings.Cut(given, " ")
	switch {
	case strings.EqualFold(scheme, "Basic") && (m.Auth == AuthBasic || m.Auth == AuthAny):
		b, err := base64.StdEncoding.DecodeString(strings.TrimSpace(rest))
		return err == nil && equal(string(b), m.User+":"+m.Password)
	case strings.EqualFold(scheme, "Digest") && m.Auth != AuthBasic:
		return c.provesDigest(m, req, parameters(rest))
	}
	return false
}

// provesDigest follows RFC 2617 3.2.2.1 without qop, which RTSP cameras leave out.
func (c *conn) provesDigest(m *Mode, req *request, p map[string]string) bool {
	sum := md5Hex
	sha := strings.EqualFold(p["algorithm"], "SHA-256")
	if sha {
		sum = sha256Hex
	}
	if sha && m.Auth != AuthSHA256 && m.Auth != AuthAny || !sha && m.Auth == AuthSHA256 {
		return false
	}
	if p["nonce"] != c.nonce || p["realm"] != realm || p["username"] != m.User || !covers(p["uri"], req.url) {
		return false
	}
	want := sum(sum(m.User+":"+realm+":"+m.Password) + ":" + c.nonce + ":" + sum(req.method+":"+p["uri"]))
	return equal(p["response"], want)
}

// covers allows the request's own URL and, as clients do after DESCRIBE, that of the presentation.
func covers(uri, url string) bool {
	return uri == url || uri != "" && strings.HasPrefix(strings.TrimSuffix(url, "/")+"/", strings.TrimSuffix(uri, "/")+"/")
}

func equal(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// parameters reads name="value" pairs; values of this protocol hold no commas inside quotes but in URLs.
func parameters(s string) map[string]string {
	out := map[string]string{}
	for s != "" {
		name, rest, ok := strings.Cut(s, "=")
		if !ok {
			break
		}
		var value string
		if strings.HasPrefix(rest, `"`) {
			value, rest, _ = strings.Cut(rest[1:], `"`)
			_, s, _ = strings.Cut(rest, ",")
		} else {
			value, s, _ = strings.Cut(rest, ",")
		}
		out[strings.ToLower(strings.TrimSpace(name))] = strings.TrimSpace(value)
	}
	return out
}

func md5Hex(s string) string {
	h := md5.Sum([]byte(s))
	return hex.EncodeToString(h[:])
}

func sha256Hex(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:])
}
