package digest

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/smtp"
	"net/textproto"
	"net/url"
	"time"
)

// Server is a mail server to hand mails to (RFC 5321).
type Server struct {
	addr, host string
	implicit   bool // TLS from the first byte (RFC 8314); else STARTTLS (RFC 3207), which has to be offered
	clear      bool
	user       *url.Userinfo
	Roots      *x509.CertPool // nil: the system's
}

const sendTime = 30 * time.Second

// NewServer reads smtps://USER:PASSWORD@HOST:465, smtp+starttls://USER:PASSWORD@HOST:587 or, on this machine
// alone, smtp://127.0.0.1:25. The error does not hold the password.
func NewServer(text string) (*Server, error) {
	u, err := url.Parse(text)
	if err != nil {
		return nil, errors.New("a mail server is written like smtps://USER:PASSWORD@HOST:465")
	}
	s := &Server{addr: u.Host, host: u.Hostname(), user: u.User, implicit: u.Scheme == "smtps", clear: u.Scheme == "smtp"}
	switch {
	case u.Scheme != "smtps" && u.Scheme != "smtp+starttls" && u.Scheme != "smtp" || s.host == "" || u.Port() == "" || u.Path != "":
		return nil, errors.New("a mail server is written like smtps://USER:PASSWORD@HOST:465 or smtp+starttls://USER:PASSWORD@HOST:587")
	case s.clear && !loopback(s.host):
		return nil, errors.New("mail leaves this machine over TLS only: write smtps:// or smtp+starttls://")
	case s.clear && s.user != nil:
		return nil, errors.New("a password goes over TLS only: write smtps:// or smtp+starttls://")
	}
	return s, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// maybeSent is an error after which the server may have taken the mail.
type maybeSent struct{ error }

// Send hands a mail over. With a maybeSent error it may have been taken; with any other it was not.
func (s *Server) Send(ctx context.Context, from, to string, mail []byte) error {
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	conn, err := s.dial(ctx)
	if err != nil {
		return fmt.Errorf("reach the mail server: %w", err)
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	c, err := smtp.NewClient(conn, s.host)
	if err != nil {
		return fmt.Errorf("greet the mail server: %w", err)
	}
	if err := s.begin(c); err != nil {
		return err
	}
	return hand(c, from, to, mail)
}

func (s *Server) config() *tls.Config {
	return &tls.Config{ServerName: s.host, RootCAs: s.Roots, MinVersion: tls.VersionTLS12}
}

func (s *Server) dial(ctx context.Context) (net.Conn, error) {
	if s.implicit {
		return (&tls.Dialer{Config: s.config()}).DialContext(ctx, "tcp", s.addr)
	}
	return (&net.Dialer{}).DialContext(ctx, "tcp", s.addr)
}

// begin makes the connection safe and signs in.
func (s *Server) begin(c *smtp.Client) error {
	if !s.implicit && !s.clear {
		if err := c.StartTLS(s.config()); err != nil {
			return fmt.Errorf("begin TLS: %w", err)
		}
	}
	if s.user == nil {
		return nil
	}
	password, _ := s.user.Password()
	if err := c.Auth(smtp.PlainAuth("", s.user.Username(), password, s.host)); err != nil {
		return fmt.Errorf("sign in to the mail server: %w", err)
	}
	return nil
}

func hand(c *smtp.Client, from, to string, mail []byte) error {
	if err := c.Mail(from); err != nil {
		return fmt.Errorf("name the sender: %w", err)
	}
	if err := c.Rcpt(to); err != nil {
		return fmt.Errorf("name the receiver: %w", err)
	}
	w, err := c.Data()
	if err != nil {
		return fmt.Errorf("hand the mail over: %w", err)
	}
	if _, err := w.Write(mail); err != nil {
		return fmt.Errorf("hand the mail over: %w", err) // without its end the server drops it
	}
	if err := w.Close(); err != nil {
		if refused := (*textproto.Error)(nil); errors.As(err, &refused) {
			return fmt.Errorf("the mail server refuses the mail: %w", err)
		}
		return maybeSent{fmt.Errorf("hear that the mail was taken: %w", err)}
	}
	_ = c.Quit() // it was taken
	return nil
}
