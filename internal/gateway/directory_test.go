package gateway_test

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"yagura/internal/audit"
	"yagura/internal/directory"
	"yagura/internal/gateway"
	"yagura/internal/identity"
	"yagura/internal/testserver/provider"
	"yagura/internal/viewing/viewingtest"
)

const back = viewingtest.Origin + "/signin/back"

// knows is a browser of a ward whose directory knows these people.
func knows(t *testing.T, people ...string) (*browser, *provider.Server) {
	t.Helper()
	p := provider.Start(t, back, people...)
	o, err := directory.NewOIDC(directory.OIDCConfig{Issuer: p.Issuer, ClientID: provider.ClientID, Secret: provider.Secret, Redirect: back, Roots: p.Roots})
	require.NoError(t, err)
	h := houseOf(t, viewingtest.Strict(t), func(c *gateway.Config) { c.Origin, c.Directory = viewingtest.Origin, o })
	return h.browser(), p
}

// away goes to the directory's page and returns what it answers about somebody.
func (b *browser) away(p *provider.Server, login string) url.Values {
	b.t.Helper()
	asked := b.do("POST", "/api/session/directory", dict{})
	require.Equal(b.t, 200, asked.StatusCode, asked.body)
	page, _ := read[dict](b.t, asked)["url"].(string)
	return p.SignIn(b.t, page, login)
}

func (b *browser) returns(query url.Values) answer {
	b.t.Helper()
	return b.do("POST", "/api/session/directory/finish", dict{"query": query.Encode()})
}

// last is the newest row about signing in.
func (h *house) last(action string) audit.Entry {
	h.t.Helper()
	rows := h.Rows(action)
	require.NotEmpty(h.t, rows)
	return rows[len(rows)-1]
}

func TestTheDirectorySaysWhoSomebodyIs(t *testing.T) {
	b, p := knows(t, "sato", "kiki", "stranger", "local")
	ctx := t.Context()
	b.Add("sato", "", "")
	b.Add("local", "", "")
	b.Add("kiki", identity.CrisisManagement, "")
	for _, login := range []string{"sato", "kiki"} {
		require.NoError(t, b.Identity.SetDirectory(ctx, login, true))
	}
	require.Equal(t, []any{"oidc"}, read[dict](t, b.do("GET", "/api/system", nil))["directory"])

	in := b.returns(b.away(p, "sato"))
	require.Equal(t, 200, in.StatusCode, in.body)
	require.Equal(t, "sato", read[dict](t, in)["login"])
	require.Len(t, b.cookies, 1, "the question is over")
	require.Equal(t, 200, b.do("GET", "/api/session", nil).StatusCode)
	require.Equal(t, "directory", b.last(audit.SignIn).Detail)
	ways := read[dict](t, b.do("POST", "/api/session/step-up/begin", nil))
	require.Equal(t, []any{"directory"}, ways["methods"], "there is no password to ask for")
	require.Equal(t, 409, b.do("PUT", "/api/me/password", dict{"current": "x", "password": chosen}).StatusCode)

	// Whoever decides or sees footage proves a second factor here, whatever the directory asked.
	half := b.returns(b.away(p, "kiki"))
	require.Equal(t, 200, half.StatusCode, half.body)
	require.Equal(t, "second-factor", read[dict](t, half)["state"])
	in = b.do("POST", "/api/session/webauthn/finish", dict{"key": b.answerKey(), "label": "試験の鍵"})
	require.Equal(t, 200, in.StatusCode, in.body)

	for login, code := range map[string]string{"stranger": identity.DirectoryUnknown, "local": identity.DirectoryLocal} {
		no := b.returns(b.away(p, login))
		require.Equal(t, 403, no.StatusCode, no.body)
		require.Equal(t, code, read[dict](t, no)["code"])
		require.Empty(t, no.Cookies())
		row := b.last(audit.SignIn)
		require.Equal(t, audit.Refused, row.Outcome)
		require.Contains(t, row.Detail, code)
	}
	_, err := b.Identity.Person(ctx, "stranger")
	require.Error(t, err, "nobody is made")
	require.NoError(t, b.Identity.SetDisabled(ctx, "sato", true))
	require.Equal(t, identity.DirectoryOff, read[dict](t, b.returns(b.away(p, "sato")))["code"])
}

func TestNoBrowserFinishesWhatAnotherBegan(t *testing.T) {
	b, p := knows(t, "sato")
	b.Add("sato", "", "")
	require.NoError(t, b.Identity.SetDirectory(t.Context(), "sato", true))
	query := b.away(p, "sato")
	victim := b.house.browser()
	no := victim.returns(query)
	require.Equal(t, 403, no.StatusCode)
	require.Equal(t, directory.Failed, read[dict](t, no)["code"])
	victim.away(p, "sato") // has a question of its own
	require.Equal(t, directory.Failed, read[dict](t, victim.returns(query))["code"])
	require.Equal(t, 200, b.returns(query).StatusCode)

	none := strictHouse(t).browser()
	require.Equal(t, 404, none.do("POST", "/api/session/directory", dict{}).StatusCode)
	require.Equal(t, 404, none.do("POST", "/api/session/directory/finish", dict{"query": ""}).StatusCode)
}

func TestAnAdministratorSaysWhoIsOfTheDirectory(t *testing.T) {
	b, p := knows(t, "sato")
	b.Add("sato", "", "")
	b.Add("admin", identity.Administrator, "")
	b.Add("clerk", "", "")
	require.NoError(t, b.Identity.SetPassword(t.Context(), "sato", password))
	require.NoError(t, b.Identity.SetPassword(t.Context(), "admin", password))
	set := func(token, login string, on bool) int {
		return b.as(token, "PUT", "/api/people/"+login+"/directory", map[bool]string{true: `{"directory":true}`, false: `{"directory":false}`}[on]).StatusCode
	}
	require.Equal(t, 403, set(b.Token("admin"), "sato", true), "without a fresh proof")
	admin, clerk := b.Token("admin"), b.Token("clerk")
	b.Fresh(admin)
	b.Fresh(clerk)
	require.Equal(t, 403, set(clerk, "sato", true))
	require.Equal(t, 403, set(admin, "admin", true), "oneself")
	require.Equal(t, 404, set(admin, "nobody", true))
	require.Equal(t, 204, set(admin, "sato", true))
	require.Equal(t, "for sato, true", b.last(audit.SetDirectory).Detail)
	require.Equal(t, 200, b.returns(b.away(p, "sato")).StatusCode)
	require.Equal(t, 401, b.do("POST", "/api/session", dict{"login": "sato", "password": password}).StatusCode)
	require.Equal(t, 204, set(admin, "sato", false))
	require.Equal(t, identity.DirectoryLocal, read[dict](t, b.returns(b.away(p, "sato")))["code"])
}
