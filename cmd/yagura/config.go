package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"yagura/internal/attachment"
	"yagura/internal/audit/anchor"
	"yagura/internal/conf"
	"yagura/internal/desk"
	"yagura/internal/digest"
	"yagura/internal/identity"
	"yagura/internal/rights"
	"yagura/internal/rtsp"
)

// config is yagura.yaml. Every key has a default; relative paths start at the file.
type config struct {
	Listen string `yaml:"listen"`
	Origin string `yaml:"origin"`
	TLS    struct {
		Cert string `yaml:"cert"`
		Key  string `yaml:"key"`
	} `yaml:"tls"`
	WebRTC struct {
		UDP       string   `yaml:"udp"`
		TCP       string   `yaml:"tcp"`
		Advertise []string `yaml:"advertise"`
	} `yaml:"webrtc"`
	Relay struct {
		Listen string `yaml:"listen"`
		Secret string `yaml:"secret"`
		Cert   string `yaml:"cert"`
		Key    string `yaml:"key"`
		CA     string `yaml:"ca"`
	} `yaml:"relay"`
	Data     string      `yaml:"data"`
	Database conf.Secret `yaml:"database"`
	Objects  conf.Secret `yaml:"objects"`
	Cameras  string      `yaml:"cameras"`
	Networks []string    `yaml:"camera_networks"`
	Policies string      `yaml:"policies"`
	Relax    []string    `yaml:"relax"`
	Overlay  string      `yaml:"overlay"`
	Spool    struct {
		Max conf.Size `yaml:"max"`
	} `yaml:"spool"`
	Archive struct {
		Max conf.Size `yaml:"max"`
	} `yaml:"archive"`
	Segment struct {
		Duration conf.Duration `yaml:"duration"`
		Fragment conf.Duration `yaml:"fragment"`
	} `yaml:"segment"`
	Audit struct {
		Syslog string `yaml:"syslog"`
	} `yaml:"audit"`
	Attachments struct {
		Clamd string `yaml:"clamd"`
	} `yaml:"attachments"`
	Emergency struct {
		Posts  []string      `yaml:"posts"`
		Opens  conf.Duration `yaml:"office_opens"`
		Closes conf.Duration `yaml:"office_closes"`
	} `yaml:"emergency"`
	Directory directoryConfig `yaml:"directory"`
	Mail      mailConfig      `yaml:"mail"`
	Public    struct {
		Responsible string `yaml:"responsible"`
		Office      string `yaml:"office"`
		Phone       string `yaml:"phone"`
	} `yaml:"public"`

	dir      string
	networks rtsp.Networks
}

func defaults() *config {
	c := &config{
		Listen: "127.0.0.1:8080", Origin: "http://localhost:8080", Data: "./data",
		Database: "sqlite:./data/yagura.db", Objects: "dir:./data/objects",
		Cameras: "./camera-configs", Networks: []string{"10.0.0.0/8"}, Policies: "./policies", Overlay: desk.Overlays[0],
	}
	c.WebRTC.UDP, c.WebRTC.TCP = "127.0.0.1:8189", "127.0.0.1:8189"
	c.Relay.Listen, c.Relay.Secret = "127.0.0.1:8554", "file:relay.key"
	c.Spool.Max = 200 << 30
	c.Segment.Duration, c.Segment.Fragment = conf.Duration(time.Minute), conf.Duration(time.Second)
	c.Mail.Digest, c.Mail.At = digest.Daily, conf.Duration(8*time.Hour)
	c.Emergency.Opens, c.Emergency.Closes = conf.Duration(rights.OfficeOpens), conf.Duration(rights.OfficeCloses)
	for _, p := range rights.EmergencyPosts {
		c.Emergency.Posts = append(c.Emergency.Posts, string(p))
	}
	return c
}

// night is who may begin a 緊急閲覧, and when.
func (c *config) night() rights.Night {
	n := rights.Night{Posts: []identity.Post{}, Opens: time.Duration(c.Emergency.Opens), Closes: time.Duration(c.Emergency.Closes)}
	for _, p := range c.Emergency.Posts {
		n.Posts = append(n.Posts, identity.Post(p))
	}
	return n
}

func (c *config) checkNight(d *conf.Doc) {
	for i, p := range c.Emergency.Posts {
		if post := identity.Post(p); !slices.Contains(identity.Posts, post) || slices.Contains(identity.NoFootagePosts, post) {
			d.Reportf(&c.Emergency.Posts[i], "%q may never view in an emergency; name posts such as %v", p, rights.EmergencyPosts)
		}
	}
	if c.Emergency.Opens < 0 || c.Emergency.Closes > conf.Duration(24*time.Hour) || c.Emergency.Opens > c.Emergency.Closes {
		d.Reportf(&c.Emergency.Opens, "office hours open and close within a day, such as 8h30m and 17h15m")
	}
}

// loadConfig reads the file strictly; its error names file, line and what to do.
func loadConfig(path string) (*config, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("configuration: %w; name the file with --config", err)
	}
	c := defaults()
	if c.dir, err = filepath.Abs(filepath.Dir(path)); err != nil {
		return nil, err
	}
	d := conf.Decode(conf.File{Name: filepath.Base(path), Data: string(data)}, c.dir, conf.Env, c)
	c.check(d)
	if err := d.Problems().Err(); err != nil {
		return nil, err
	}
	for _, p := range []*string{&c.Data, &c.Cameras, &c.Policies, &c.TLS.Cert, &c.TLS.Key, &c.Relay.Cert, &c.Relay.Key, &c.Relay.CA} {
		*p = c.path(*p)
	}
	c.Database, c.Objects = c.local(c.Database, "sqlite:"), c.local(c.Objects, "dir:")
	return c, nil
}

func (c *config) path(p string) string {
	if p == "" || filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(c.dir, p)
}

// local makes the path behind a scheme absolute; other URLs stay as they are.
func (c *config) local(u conf.Secret, scheme string) conf.Secret {
	if p, ok := strings.CutPrefix(u.Reveal(), scheme); ok {
		return conf.Secret(scheme + c.path(p))
	}
	return u
}

func (c *config) check(d *conf.Doc) {
	for _, addr := range []*string{&c.Listen, &c.WebRTC.UDP, &c.WebRTC.TCP, &c.Relay.Listen} {
		if _, _, err := net.SplitHostPort(*addr); err != nil {
			d.Reportf(addr, "%q is not an address; write HOST:PORT", *addr)
		}
	}
	if u, err := url.Parse(c.Origin); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || strings.Trim(u.Path, "/") != "" {
		d.Reportf(&c.Origin, "%q is not an origin; write what browsers see, such as https://yagura.example.lg.jp", c.Origin)
	}
	if (c.TLS.Cert == "") != (c.TLS.Key == "") {
		d.Reportf(&c.TLS, "tls needs both cert and key, or neither")
	}
	if r := c.Relay; (r.Cert == "") != (r.Key == "") || (r.Cert == "") != (r.CA == "") {
		d.Reportf(&c.Relay, "relay needs cert, key and ca, or none of them")
	}
	if at := &c.Attachments.Clamd; *at != "" {
		if _, err := attachment.NewClamd(*at); err != nil {
			d.Reportf(at, "%v", err)
		}
	}
	for i := range c.Networks {
		p, err := netip.ParsePrefix(c.Networks[i])
		if err != nil {
			d.Reportf(&c.Networks[i], "%q is not a network; write it like 10.0.0.0/8", c.Networks[i])
			continue
		}
		c.networks = append(c.networks, p)
	}
	for i := range c.Relax {
		switch c.Relax[i] {
		case "second_factor", "footage_tokens", "second_person":
		default:
			d.Reportf(&c.Relax[i], "%q cannot be relaxed; second_factor, footage_tokens and second_person can", c.Relax[i])
		}
	}
	if !slices.Contains(desk.Overlays, c.Overlay) {
		d.Reportf(&c.Overlay, "%q is not who decides on the overlay; write choice or always", c.Overlay)
	}
	if _, err := anchor.NewSyslog(c.Audit.Syslog); err != nil {
		d.Reportf(&c.Audit.Syslog, "%v", err)
	}
	c.Directory.check(d, c)
	c.Mail.check(d, c)
	c.checkNight(d)
	if dur := time.Duration(c.Segment.Duration); dur < 2*time.Second || dur > time.Hour {
		d.Reportf(&c.Segment.Duration, "segments last 2s to 1h")
	}
	if frag := time.Duration(c.Segment.Fragment); frag < 100*time.Millisecond || frag > 10*time.Second {
		d.Reportf(&c.Segment.Fragment, "fragments last 100ms to 10s")
	}
}

// relaxed reports whether the safeguard is switched off.
func (c *config) relaxed(safeguard string) bool {
	for _, r := range c.Relax {
		if r == safeguard {
			return true
		}
	}
	return false
}

// relaySecret returns what nodes prove themselves to each other with, making the file where it is
// missing or empty.
func (c *config) relaySecret() (string, error) {
	name, isFile := strings.CutPrefix(c.Relay.Secret, "file:")
	if !isFile && c.Relay.Secret != "" {
		return c.Relay.Secret, nil
	}
	if !isFile {
		name = "relay.key"
	}
	return secretFile(c.path(name))
}

// secretFile reads the secret of a file, made where it is missing or empty. Of processes that start
// together one makes it and all use that one.
func secretFile(name string) (string, error) {
	for range 2 {
		b, err := os.ReadFile(name)
		if secret := strings.TrimSpace(string(b)); err == nil && secret != "" {
			return secret, nil
		}
		if err == nil {
			err = os.Remove(name) // empty
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("secret: %w", err)
		}
		if err := makeSecret(name); err != nil && !errors.Is(err, fs.ErrExist) {
			return "", fmt.Errorf("secret: %w", err)
		}
	}
	return "", fmt.Errorf("secret: %s stays empty; write one into it", name)
}

// makeSecret makes the file whole or not at all; another's is left alone (fs.ErrExist).
func makeSecret(name string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(rand.Text() + "\n")
	return errors.Join(err, f.Sync(), f.Close(), os.Link(f.Name(), name))
}
