package attachment

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"yagura/internal/vms"
)

// Clamd is a ClamAV daemon that looks at files before they are taken; clamd(8), command INSTREAM.
type Clamd struct{ network, address string }

// NewClamd names one by its socket: "unix:/run/clamav/clamd.ctl" or "tcp:127.0.0.1:3310".
func NewClamd(at string) (*Clamd, error) {
	network, address, _ := strings.Cut(at, ":")
	if network != "unix" && network != "tcp" || address == "" {
		return nil, fmt.Errorf("%q: name clamd's socket, as unix:/run/clamav/clamd.ctl or tcp:127.0.0.1:3310", at)
	}
	return &Clamd{network, address}, nil
}

const (
	scanTime  = 2 * time.Minute // for one file
	scanChunk = 64 << 10
)

// Scan has it look at a stream: nil where it found nothing, an error of kind vms.Invalid with the name of what it found. Where
// it does not answer the error is a vms.Conflict: a file nobody could look at is not taken.
func (c *Clamd) Scan(ctx context.Context, r io.Reader) error {
	said, err := c.ask(ctx, r)
	found, bad := strings.CutSuffix(said, " FOUND")
	switch {
	case err != nil:
		return vms.Errorf(vms.Conflict, "scanner-away", "ウイルス検査ができないため、受け取れません。時間をおいて、もう一度お試しください。 The scanner for viruses does not answer: %v", err)
	case bad:
		return vms.Errorf(vms.Invalid, "file-virus", "ウイルスが見つかったため、受け取りません（%s）。情報安全担当に連絡してください。 A virus was found: not taken.", strings.TrimPrefix(found, "stream: "))
	case said != "stream: OK":
		return vms.Errorf(vms.Conflict, "scanner-away", "ウイルス検査ができないため、受け取れません（%s）。管理者に連絡してください。 The scanner for viruses refused.", said)
	}
	return nil
}

func (c *Clamd) ask(ctx context.Context, r io.Reader) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, scanTime)
	defer cancel()
	var d net.Dialer
	conn, err := d.DialContext(ctx, c.network, c.address)
	if err != nil {
		return "", err
	}
	defer context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Now()) })()
	defer conn.Close()
	if err := stream(conn, r); err != nil {
		if said, e := reply(conn); e == nil { // it says why it listens no longer
			return said, nil
		}
		return "", err
	}
	return reply(conn)
}

// stream sends the command, each chunk behind its length, and an empty one.
func stream(w io.Writer, r io.Reader) error {
	if _, err := io.WriteString(w, "zINSTREAM\x00"); err != nil {
		return err
	}
	chunk := make([]byte, 4+scanChunk)
	for {
		n, err := io.ReadFull(r, chunk[4:])
		if n > 0 {
			binary.BigEndian.PutUint32(chunk, uint32(n))
			if _, err := w.Write(chunk[:4+n]); err != nil {
				return err
			}
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			_, err = w.Write(make([]byte, 4))
			return err
		}
		if err != nil {
			return err
		}
	}
}

func reply(r io.Reader) (string, error) {
	b, err := io.ReadAll(io.LimitReader(r, 1<<10))
	if err == nil && len(b) == 0 {
		err = io.ErrUnexpectedEOF
	}
	return strings.TrimSpace(strings.TrimRight(string(b), "\x00")), err
}
