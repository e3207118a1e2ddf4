package anchor

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"yagura/internal/vms"
)

// Syslog is a host that receives anchors as RFC 5424 messages: over UDP one datagram each (RFC 5426),
// over TCP with octet counting (RFC 6587 3.4.1).
type Syslog struct {
	network, addr, host string
}

const (
	syslogTime     = 5 * time.Second
	syslogPriority = 13*8 + 5       // log audit, notice (RFC 5424 6.2.1)
	element        = "yagura@32473" // the number is the one for examples (RFC 5612): the ward has none
)

// NewSyslog takes udp://HOST:PORT or tcp://HOST:PORT; "" is none.
func NewSyslog(target string) (*Syslog, error) {
	if target == "" {
		return nil, nil
	}
	u, err := url.Parse(target)
	if err != nil || u.Scheme != "udp" && u.Scheme != "tcp" || u.Hostname() == "" || u.Port() == "" || strings.Trim(u.Path, "/") != "" {
		return nil, fmt.Errorf("%q is not a syslog host; write udp://HOST:514 or tcp://HOST:601", target)
	}
	host, err := os.Hostname()
	if err != nil || host == "" {
		host = "-"
	}
	return &Syslog{u.Scheme, u.Host, host}, nil
}

// Send sends one anchor. Over UDP nothing says whether it arrived.
func (s *Syslog) Send(ctx context.Context, a Anchor) error {
	d := net.Dialer{Timeout: syslogTime}
	conn, err := d.DialContext(ctx, s.network, s.addr)
	if err != nil {
		return fmt.Errorf("syslog: %w", err)
	}
	defer conn.Close()
	msg := s.message(a)
	if s.network == "tcp" {
		msg = strconv.Itoa(len(msg)) + " " + msg
	}
	if err := conn.SetWriteDeadline(time.Now().Add(syslogTime)); err != nil {
		return fmt.Errorf("syslog: %w", err)
	}
	if _, err := io.WriteString(conn, msg); err != nil {
		return fmt.Errorf("syslog: %w", err)
	}
	return nil
}

func (s *Syslog) message(a Anchor) string {
	return fmt.Sprintf("<%d>1 %s %s yagura %d anchor [%s seq=\"%d\" hash=\"%s\" time=\"%s\" node=\"%s\" before=\"%s\" key=\"%s\" signature=\"%s\"] audit log up to row %d",
		syslogPriority, a.Time, s.host, os.Getpid(), element, a.Seq, a.Hash, a.Time, escape.Replace(a.Node), a.Before, a.Key, a.Signature, a.Seq)
}

// escape is RFC 5424 6.3.3.
var (
	escape   = strings.NewReplacer(`\`, `\\`, `"`, `\"`, `]`, `\]`)
	unescape = strings.NewReplacer(`\\`, `\`, `\"`, `"`, `\]`, `]`)
	received = regexp.MustCompile(`\[` + element + ` seq="(\d+)" hash="([0-9a-f]*)" time="([^"]*)" node="((?:[^"\\]|\\.)*)" before="([0-9a-f]*)" key="([^"]*)" signature="([^"]*)"\]`)
)

// received by a syslog host: whatever stands around an anchor in a line is skipped, other lines too.
func parseLine(line string) (a Anchor, ok bool) {
	m := received.FindStringSubmatch(line)
	if m == nil {
		return a, false
	}
	seq, err := strconv.ParseInt(m[1], 10, 64)
	if err != nil {
		return a, false
	}
	at, err := vms.ParseInstant(m[3])
	return Anchor{Seq: seq, Hash: m[2], Time: at, Node: unescape.Replace(m[4]), Before: m[5], Key: m[6], Signature: m[7]}, err == nil
}

// lines yields the anchors in what a syslog host has written.
func lines(r io.Reader, yield func(Anchor) error) error {
	s := bufio.NewScanner(r)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		if a, ok := parseLine(s.Text()); ok {
			if err := yield(a); err != nil {
				return err
			}
		}
	}
	return s.Err()
}
