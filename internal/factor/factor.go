// Package factor is what people prove themselves with: keys (WebAuthn, with user verification), codes
// (TOTP) and the rules of a password.
//
// Invariants: a key proves itself only to the origin it was made for, only for a challenge of ours, and
// only after the authenticator verified its person. A code counts once. A secret at rest is sealed.
//
// It keeps nothing and knows no people, no sessions and no limits on guessing: identity does.
package factor

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net"
	"net/url"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"yagura/internal/vms"
)

// Keys makes and recognises WebAuthn credentials of one origin (W3C Web Authentication level 3).
type Keys struct{ party *webauthn.WebAuthn }

// Owner is whose keys are made or asked for.
type Owner struct {
	Handle      []byte // random, the same for all keys of a person
	Login, Name string
	Keys        [][]byte // what Created returned
}

// Ceremony is one exchange with an authenticator, half done.
type Ceremony struct {
	Options json.RawMessage // publicKey, for navigator.credentials, in its JSON form
	State   []byte          // kept until the answer comes, and used once
}

// NewKeys returns the keys of an origin; its error says why browsers would not make any there.
func NewKeys(origin string) (*Keys, error) {
	u, err := url.Parse(origin)
	if err != nil || u.Hostname() == "" {
		return nil, fmt.Errorf("origin %q is not an address of the web", origin)
	}
	if net.ParseIP(u.Hostname()) != nil {
		return nil, fmt.Errorf("origin %q is a number; keys (WebAuthn) need a name, such as localhost or yagura.example.lg.jp", origin)
	}
	if u.Scheme != "https" && u.Hostname() != "localhost" {
		return nil, fmt.Errorf("origin %q is not https; keys (WebAuthn) need https, except on localhost", origin)
	}
	party, err := webauthn.New(&webauthn.Config{RPID: u.Hostname(), RPDisplayName: "櫓 Yagura", RPOrigins: []string{u.Scheme + "://" + u.Host},
		AttestationPreference:  protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{UserVerification: protocol.VerificationRequired, ResidentKey: protocol.ResidentKeyRequirementDiscouraged}})
	if err != nil {
		return nil, fmt.Errorf("origin %q: %w", origin, err)
	}
	return &Keys{party}, nil
}

// Create begins to make a key; those the owner has are not made again on the same authenticator.
func (k *Keys) Create(o Owner) (Ceremony, error) {
	u, err := o.user()
	if err != nil {
		return Ceremony{}, err
	}
	var have []protocol.CredentialDescriptor
	for _, c := range u.keys {
		have = append(have, c.Descriptor())
	}
	options, state, err := k.party.BeginRegistration(u, webauthn.WithExclusions(have))
	if err != nil {
		return Ceremony{}, fmt.Errorf("begin a key: %w", err)
	}
	return ceremony(options.Response, state)
}

// Created takes the authenticator's answer: the id of the new key and what is to be kept of it.
func (k *Keys) Created(o Owner, state, answer []byte) (id string, key []byte, err error) {
	u, data, err := o.resume(state)
	if err != nil {
		return "", nil, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return "", nil, refused(err)
	}
	c, err := k.party.CreateCredential(u, data, parsed)
	if err != nil {
		return "", nil, refused(err)
	}
	key, err = json.Marshal(c)
	return base64.RawURLEncoding.EncodeToString(c.ID), key, err
}

// Ask begins to ask for one of the owner's keys.
func (k *Keys) Ask(o Owner) (Ceremony, error) {
	u, err := o.user()
	if err != nil {
		return Ceremony{}, err
	}
	options, state, err := k.party.BeginLogin(u)
	if err != nil {
		return Ceremony{}, fmt.Errorf("ask for a key: %w", err)
	}
	return ceremony(options.Response, state)
}

// Answered takes the authenticator's answer: which of the owner's keys it was, and what is to be kept
// of it from now on. A key whose counter went back was copied, and is refused.
func (k *Keys) Answered(o Owner, state, answer []byte) (id string, key []byte, err error) {
	u, data, err := o.resume(state)
	if err != nil {
		return "", nil, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return "", nil, refused(err)
	}
	c, err := k.party.ValidateLogin(u, data, parsed)
	if err != nil {
		return "", nil, refused(err)
	}
	if c.Authenticator.CloneWarning {
		return "", nil, vms.Errorf(vms.Denied, Failed, "この認証器は複製されたおそれがあります。管理者に連絡してください。 This key may have been copied; tell an administrator.")
	}
	key, err = json.Marshal(c)
	return base64.RawURLEncoding.EncodeToString(c.ID), key, err
}

// Failed is the code of every factor that did not prove itself.
const Failed = "factor-failed"

func refused(why error) error {
	text := why.Error()
	if e, ok := why.(*protocol.Error); ok && e.DevInfo != "" {
		text += ": " + e.DevInfo
	}
	return fmt.Errorf("%w (%s)", vms.Errorf(vms.Denied, Failed, "認証器で確認できませんでした。もう一度お試しください。 The key did not prove itself; try again."), text)
}

func ceremony(options any, state *webauthn.SessionData) (c Ceremony, err error) {
	if c.Options, err = json.Marshal(options); err != nil {
		return c, err
	}
	c.State, err = json.Marshal(state)
	return c, err
}

// user is an Owner as the library wants one.
type user struct {
	owner Owner
	keys  []webauthn.Credential
}

func (o Owner) user() (user, error) {
	u := user{owner: o}
	for _, key := range o.Keys {
		var c webauthn.Credential
		if err := json.Unmarshal(key, &c); err != nil {
			return u, fmt.Errorf("key of %s: %w", o.Login, err)
		}
		u.keys = append(u.keys, c)
	}
	return u, nil
}

func (o Owner) resume(state []byte) (u user, data webauthn.SessionData, err error) {
	if err := json.NewDecoder(bytes.NewReader(state)).Decode(&data); err != nil {
		return u, data, fmt.Errorf("state of a ceremony: %w", err)
	}
	u, err = o.user()
	return u, data, err
}

func (u user) WebAuthnID() []byte                         { return u.owner.Handle }
func (u user) WebAuthnName() string                       { return u.owner.Login }
func (u user) WebAuthnDisplayName() string                { return u.owner.Name }
func (u user) WebAuthnCredentials() []webauthn.Credential { return u.keys }
