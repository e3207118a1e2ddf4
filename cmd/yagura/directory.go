package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"yagura/internal/conf"
	"yagura/internal/directory"
)

// directoryConfig is how the ward's directory is asked; a part without an address is not.
type directoryConfig struct {
	OIDC struct {
		Issuer   string      `yaml:"issuer"`
		ClientID string      `yaml:"client_id"`
		Secret   conf.Secret `yaml:"client_secret"`
		Claim    string      `yaml:"login_claim"`
		Domain   string      `yaml:"login_domain"`
		CA       string      `yaml:"ca"`
	} `yaml:"oidc"`
	LDAP struct {
		URL          string      `yaml:"url"`
		CA           string      `yaml:"ca"`
		BindDN       string      `yaml:"bind_dn"`
		BindPassword conf.Secret `yaml:"bind_password"`
		Base         string      `yaml:"base"`
		Filter       string      `yaml:"filter"`
	} `yaml:"ldap"`

	oidc *directory.OIDC
	ldap *directory.LDAP
}

// directoryBack is our page that the directory sends people back to.
const directoryBack = "/signin/back"

func (c *directoryConfig) check(d *conf.Doc, whole *config) {
	o, l := &c.OIDC, &c.LDAP
	if o.Issuer == "" && (o.ClientID != "" || o.Secret != "" || o.Claim != "" || o.Domain != "" || o.CA != "") {
		d.Reportf(&c.OIDC, "directory.oidc needs an issuer")
	}
	if l.URL == "" && (l.BindDN != "" || l.BindPassword != "" || l.Base != "" || l.Filter != "" || l.CA != "") {
		d.Reportf(&c.LDAP, "directory.ldap needs a url")
	}
	if o.Issuer != "" {
		roots, err := directory.Roots(whole.path(o.CA))
		if err == nil {
			c.oidc, err = directory.NewOIDC(directory.OIDCConfig{Issuer: o.Issuer, ClientID: o.ClientID, Secret: o.Secret.Reveal(), Claim: o.Claim,
				Domain: o.Domain, Redirect: strings.TrimSuffix(whole.Origin, "/") + directoryBack, Roots: roots})
		}
		if err != nil {
			d.Reportf(&c.OIDC, "directory.oidc: %v", err)
		}
	}
	if l.URL != "" {
		roots, err := directory.Roots(whole.path(l.CA))
		if err == nil {
			c.ldap, err = directory.NewLDAP(directory.LDAPConfig{URL: l.URL, Roots: roots, StartTLS: l.CA != "", BindDN: l.BindDN,
				BindPassword: l.BindPassword.Reveal(), Base: l.Base, Filter: l.Filter})
		}
		if err != nil {
			d.Reportf(&c.LDAP, "directory.ldap: %v", err)
		}
	}
}

// try asks the directory what serve will ask it when somebody signs in.
func (c *directoryConfig) try(ctx context.Context, out io.Writer) error {
	var errs []error
	if c.oidc != nil {
		if err := c.oidc.Check(ctx); err != nil {
			errs = append(errs, fmt.Errorf("directory.oidc: %w", err))
		} else {
			fmt.Fprintf(out, "the directory answers by OpenID Connect: %s; it has to send people back to %s\n", c.OIDC.Issuer, c.oidc.Redirect())
		}
	}
	if c.ldap != nil {
		if err := c.ldap.Check(ctx); err != nil {
			errs = append(errs, fmt.Errorf("directory.ldap: %w", err))
		} else {
			fmt.Fprintf(out, "the directory answers by LDAP: %s\n", c.LDAP.URL)
		}
	}
	return errors.Join(errs...)
}
