package directory

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

const (
	askLasts    = 10 * time.Minute // for the person to sign in at the directory
	sitsAtMost  = 12 * time.Hour   // since they last did, where the directory remembers them
	largestBody = 1 << 20          // bytes of an answer

	mostRedirects = 3
)

// algorithms are those of signatures on ID tokens that are taken: public keys, no shared secret, never none.
var algorithms = []string{oidc.RS256, oidc.RS384, oidc.RS512, oidc.PS256, oidc.PS384, oidc.PS512, oidc.ES256, oidc.ES384, oidc.ES512, oidc.EdDSA}

// OIDCConfig is what an OIDC works with.
type OIDCConfig struct {
	Issuer           string // https, or http on this machine
	ClientID, Secret string
	Claim            string // of the ID token or of userinfo: the login; preferred_username when empty
	Domain           string // what follows the login and an @ in it; "": nothing does
	Redirect         string // URL of our page that the directory sends people back to
	Roots            *x509.CertPool
	Now              func() time.Time
}

// OIDC signs people in by OpenID Connect Core 1.0, section 3.1: authorization code, with PKCE (RFC 7636).
type OIDC struct {
	cfg    OIDCConfig
	client *http.Client

	mu    sync.Mutex
	found *provider // nil until the directory answered once
}

type provider struct {
	*oidc.Provider
	oauth    oauth2.Config
	verifier *oidc.IDTokenVerifier
	issParam bool // it names itself in its answers (RFC 9207)
}

// NewOIDC says what is wrong with the configuration; the directory itself is asked when somebody signs in.
func NewOIDC(cfg OIDCConfig) (*OIDC, error) {
	u, err := parse(cfg.Issuer, "https", "http")
	switch {
	case err != nil:
		return nil, fmt.Errorf("issuer: %w", err)
	case !private(u):
		return nil, errors.New("issuer: only one on this machine may do without https")
	case cfg.ClientID == "" || cfg.Secret == "":
		return nil, errors.New("client_id and client_secret are both needed")
	}
	if cfg.Claim == "" {
		cfg.Claim = "preferred_username"
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.TLSClientConfig = tlsTo("", cfg.Roots)
	return &OIDC{cfg: cfg, client: &http.Client{Timeout: timeout, Transport: limited{t}, CheckRedirect: redirected}}, nil
}

// redirected follows a few redirections, but none into the clear.
func redirected(r *http.Request, via []*http.Request) error {
	if len(via) > mostRedirects || !private(r.URL) {
		return fmt.Errorf("it sends us on to %s", r.URL.Redacted())
	}
	return nil
}

// limited cuts answers off that are longer than any honest one.
type limited struct{ next http.RoundTripper }

func (l limited) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := l.next.RoundTrip(r)
	if err == nil {
		res.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(res.Body, largestBody), res.Body}
	}
	return res, err
}

// provider reads the directory's description, until it could be read once.
func (o *OIDC) provider(ctx context.Context) (*provider, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.found != nil {
		return o.found, nil
	}
	// Keys are fetched later, with this client and without the request's end.
	p, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), o.client), o.cfg.Issuer)
	if err != nil {
		return nil, err
	}
	var says struct {
		Keys     string   `json:"jwks_uri"`
		Methods  []string `json:"token_endpoint_auth_methods_supported"`
		IssParam bool     `json:"authorization_response_iss_parameter_supported"`
	}
	if err := p.Claims(&says); err != nil {
		return nil, err
	}
	end := p.Endpoint()
	for _, text := range []string{end.AuthURL, end.TokenURL, says.Keys, cmp.Or(p.UserInfoEndpoint(), o.cfg.Issuer)} {
		if u, err := parse(text, "https", "http"); err != nil || !private(u) {
			return nil, fmt.Errorf("its description names %q, which is not https", text)
		}
	}
	end.AuthStyle = oauth2.AuthStyleInHeader
	if len(says.Methods) > 0 && !slices.Contains(says.Methods, "client_secret_basic") {
		end.AuthStyle = oauth2.AuthStyleInParams
	}
	o.found = &provider{Provider: p, issParam: says.IssParam,
		oauth:    oauth2.Config{ClientID: o.cfg.ClientID, ClientSecret: o.cfg.Secret, Endpoint: end, RedirectURL: o.cfg.Redirect, Scopes: []string{oidc.ScopeOpenID, "profile"}},
		verifier: p.Verifier(&oidc.Config{ClientID: o.cfg.ClientID, SupportedSigningAlgs: algorithms, Now: o.cfg.Now})}
	return o.found, nil
}

// Check asks the directory for its description.
func (o *OIDC) Check(ctx context.Context) error {
	_, err := o.provider(ctx)
	return err
}

// Ask begins a sign-in: the URL of the directory's page, and a secret for the browser that goes there. Where it
// is to be fresh, the directory asks the person although it remembers them.
func (o *OIDC) Ask(ctx context.Context, fresh bool) (page, secret string, err error) {
	p, err := o.provider(ctx)
	if err != nil {
		return "", "", away("OpenID Connect", err)
	}
	secret = strconv.FormatInt(o.cfg.Now().Add(askLasts).Unix(), 10) + "." + rand.Text()
	opts := []oauth2.AuthCodeOption{oidc.Nonce(derived(secret, "nonce")), oauth2.S256ChallengeOption(derived(secret, "verifier"))}
	if fresh {
		opts = append(opts, oauth2.SetAuthURLParam("prompt", "login"), oauth2.SetAuthURLParam("max_age", "0"))
	} else {
		opts = append(opts, oauth2.SetAuthURLParam("max_age", strconv.Itoa(int(sitsAtMost.Seconds()))))
	}
	return p.oauth.AuthCodeURL(derived(secret, "state"), opts...), secret, nil
}

// derived are state, nonce and verifier of a question: none tells another, and only the browser that asked
// holds what they come from. 256 bits, as RFC 7636, section 4.1, writes them.
func derived(secret, what string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(what))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// Answer is who the directory says somebody is.
type Answer struct {
	Login   string
	Subject string    // of the directory: never given to somebody else
	Proved  time.Time // when they proved themselves there; zero where it does not say
}

// Answer ends a sign-in: secret is what the browser holds, query what the directory sent it back with.
func (o *OIDC) Answer(ctx context.Context, secret string, query url.Values) (a Answer, err error) {
	until, _, ok := strings.Cut(secret, ".")
	expires, err := strconv.ParseInt(until, 10, 64)
	if !ok || err != nil || o.cfg.Now().Unix() >= expires || !same(query.Get("state"), derived(secret, "state")) {
		return a, errFailed
	}
	if query.Has("error") {
		return a, errRefused
	}
	p, err := o.provider(ctx)
	if err != nil {
		return a, away("OpenID Connect", err)
	}
	if iss := query.Get("iss"); iss != "" && iss != o.cfg.Issuer || iss == "" && p.issParam || query.Get("code") == "" {
		return a, errFailed
	}
	ctx = oidc.ClientContext(ctx, o.client)
	token, err := p.oauth.Exchange(ctx, query.Get("code"), oauth2.VerifierOption(derived(secret, "verifier")))
	if err != nil {
		return a, exchanged(err)
	}
	id, err := o.verified(ctx, p, token, derived(secret, "nonce"))
	if err != nil {
		return a, err
	}
	return o.named(ctx, p, token, id)
}

// exchanged tells a refused code from a directory that is away.
func exchanged(err error) error {
	var answer *oauth2.RetrieveError
	if errors.As(err, &answer) && answer.ErrorCode == "invalid_grant" {
		return errFailed
	}
	return away("OpenID Connect: token", err)
}

// verified is the ID token, as section 3.1.3.7 of the standard checks it.
func (o *OIDC) verified(ctx context.Context, p *provider, token *oauth2.Token, nonce string) (*oidc.IDToken, error) {
	raw, _ := token.Extra("id_token").(string)
	id, err := p.verifier.Verify(ctx, raw)
	if err != nil {
		return nil, fmt.Errorf("ID token: %w: %w", err, errFailed)
	}
	var says struct {
		AuthorizedParty string `json:"azp"`
	}
	if err := id.Claims(&says); err != nil {
		return nil, fmt.Errorf("ID token: %w: %w", err, errFailed)
	}
	if azp := says.AuthorizedParty; azp != "" && azp != o.cfg.ClientID || azp == "" && len(id.Audience) != 1 || !same(id.Nonce, nonce) || id.Subject == "" {
		return nil, fmt.Errorf("ID token: for another party, or for another question: %w", errFailed)
	}
	if id.AccessTokenHash != "" {
		if err := id.VerifyAccessToken(token.AccessToken); err != nil {
			return nil, fmt.Errorf("ID token: %w: %w", err, errFailed)
		}
	}
	return id, nil
}

// named reads the login from the ID token, or from userinfo where it stands only there.
func (o *OIDC) named(ctx context.Context, p *provider, token *oauth2.Token, id *oidc.IDToken) (a Answer, err error) {
	says := map[string]any{}
	if err := id.Claims(&says); err != nil {
		return a, fmt.Errorf("ID token: %w: %w", err, errFailed)
	}
	if at, ok := says["auth_time"].(float64); ok {
		a.Proved = time.Unix(int64(at), 0)
	}
	if says[o.cfg.Claim] == nil && p.UserInfoEndpoint() != "" {
		info, err := p.UserInfo(ctx, oauth2.StaticTokenSource(token))
		if err != nil {
			return a, away("OpenID Connect: userinfo", err)
		}
		if info.Subject != id.Subject { // section 5.3.2
			return a, fmt.Errorf("userinfo: about somebody else: %w", errFailed)
		}
		if err := info.Claims(&says); err != nil {
			return a, fmt.Errorf("userinfo: %w: %w", err, errFailed)
		}
	}
	login, _ := says[o.cfg.Claim].(string)
	login = strings.ToLower(login)
	if o.cfg.Domain != "" {
		name, domain, _ := strings.Cut(login, "@")
		if domain != strings.ToLower(o.cfg.Domain) {
			return a, errNoLogin
		}
		login = name
	}
	if login == "" {
		return a, errNoLogin
	}
	a.Login, a.Subject = login, id.Issuer+" "+id.Subject
	return a, nil
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// Redirect is where the directory sends people back to; it has to know it.
func (o *OIDC) Redirect() string { return o.cfg.Redirect }
