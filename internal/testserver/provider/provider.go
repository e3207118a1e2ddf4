// Package provider is a ward's directory for tests and stories: an OpenID Connect provider with a page for
// signing in, made of the certified implementation of github.com/zitadel/oidc with its storage in memory.
//
// It is no part of the product.
package provider

import (
	"log/slog"
	"net/http"

	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"
)

// The client that Yagura is to the provider.
const (
	ClientID = "yagura"
	Secret   = "secret-of-yagura"
	Password = "verysecure" // everybody's
)

// New is the provider of that issuer: people are logins, redirect is the only page people are sent back to. It
// silences this process's default logger.
func New(issuer, redirect string, people ...string) http.Handler {
	known := users{}
	for _, login := range people {
		id := "subject-of-" + login
		known[id] = &storage.User{ID: id, Username: login, Password: Password, FirstName: login, LastName: "例示"}
	}
	clients := map[string]*storage.Client{ClientID: storage.WebClient(ClientID, Secret, redirect)}
	return exampleop.SetupServer(issuer, storage.NewStorageWithClients(known, clients), slog.New(slog.DiscardHandler), false)
}

type users map[string]*storage.User

func (u users) GetUserByID(id string) *storage.User { return u[id] }

func (u users) GetUserByUsername(name string) *storage.User {
	for _, user := range u {
		if user.Username == name {
			return user
		}
	}
	return nil
}

func (users) ExampleClientID() string { return ClientID }
