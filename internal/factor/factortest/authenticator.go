// Package factortest is an authenticator in software: it makes WebAuthn keys and answers with them, as a
// browser and a device would together. It is no part of the product: only tests import it.
package factortest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

// Authenticator holds keys, as one device does.
type Authenticator struct {
	Origin     string // of the page that asks
	Unverified bool   // it does not verify its person
	Counter    uint32 // of signatures, if it counts; 0: it does not

	t    testing.TB
	keys map[string]*ecdsa.PrivateKey // by raw id
}

// New returns an authenticator without keys, at a page of that origin.
func New(t testing.TB, origin string) *Authenticator {
	return &Authenticator{Origin: origin, t: t, keys: map[string]*ecdsa.PrivateKey{}}
}

type options struct {
	Challenge string
	RP        struct{ ID string }
	RPID      string `json:"rpId"`
	Allow     []struct {
		ID string
	} `json:"allowCredentials"`
	Exclude []struct {
		ID string
	} `json:"excludeCredentials"`
}

var b64 = base64.RawURLEncoding

// Create answers navigator.credentials.create(publicKey) in its JSON form; nil where the authenticator
// has one of the excluded keys.
func (a *Authenticator) Create(publicKey []byte) []byte {
	a.t.Helper()
	var o options
	require.NoError(a.t, json.Unmarshal(publicKey, &o))
	for _, c := range o.Exclude {
		if id, _ := b64.DecodeString(c.ID); a.keys[string(id)] != nil {
			return nil
		}
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(a.t, err)
	id := make([]byte, 16)
	rand.Read(id)
	a.keys[string(id)] = key
	public, err := key.PublicKey.Bytes() // 4, x, y
	require.NoError(a.t, err)
	data := a.data(o.RP.ID, 0x40) // attested credential data included
	data = append(data, make([]byte, 16)...)
	data = binary.BigEndian.AppendUint16(data, uint16(len(id)))
	data = append(data, id...)
	data = append(data, 0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32) // COSE: EC2, ES256, P-256, x
	data = append(data, public[1:33]...)
	data = append(data, 0x22, 0x58, 32) // y
	data = append(data, public[33:]...)
	object := append([]byte("\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58"), byte(len(data)))
	return a.answer(id, map[string]any{"clientDataJSON": b64.EncodeToString(a.client("webauthn.create", o.Challenge)),
		"attestationObject": b64.EncodeToString(append(object, data...)), "transports": []string{"internal"}})
}

// Get answers navigator.credentials.get(publicKey) in its JSON form; nil where none of its keys will do.
func (a *Authenticator) Get(publicKey []byte) []byte {
	a.t.Helper()
	var o options
	require.NoError(a.t, json.Unmarshal(publicKey, &o))
	for _, c := range o.Allow {
		id, _ := b64.DecodeString(c.ID)
		key := a.keys[string(id)]
		if key == nil {
			continue
		}
		data, client := a.data(o.RPID, 0), a.client("webauthn.get", o.Challenge)
		hash := sha256.Sum256(client)
		digest := sha256.Sum256(append(data, hash[:]...))
		signature, err := ecdsa.SignASN1(rand.Reader, key, digest[:])
		require.NoError(a.t, err)
		return a.answer(id, map[string]any{"clientDataJSON": b64.EncodeToString(client),
			"authenticatorData": b64.EncodeToString(data), "signature": b64.EncodeToString(signature)})
	}
	return nil
}

// data is the authenticator data (section 6.1): user present, and verified where it does that.
func (a *Authenticator) data(rp string, flags byte) []byte {
	hash := sha256.Sum256([]byte(rp))
	if flags |= 0x01; !a.Unverified {
		flags |= 0x04
	}
	if a.Counter > 0 {
		a.Counter++
	}
	return binary.BigEndian.AppendUint32(append(hash[:], flags), a.Counter)
}

func (a *Authenticator) client(kind, challenge string) []byte {
	b, err := json.Marshal(map[string]any{"type": kind, "challenge": challenge, "origin": a.Origin, "crossOrigin": false})
	require.NoError(a.t, err)
	return b
}

func (a *Authenticator) answer(id []byte, response map[string]any) []byte {
	b, err := json.Marshal(map[string]any{"id": b64.EncodeToString(id), "rawId": b64.EncodeToString(id), "type": "public-key",
		"authenticatorAttachment": "platform", "clientExtensionResults": map[string]any{}, "response": response})
	require.NoError(a.t, err)
	return b
}
