package relay

import (
	"bufio"
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"yagura/internal/media"
	"yagura/internal/rtsp"
	"yagura/internal/stream"
	"yagura/internal/vms"
)

const (
	firstLineTime = 5 * time.Second
	firstLineSize = 4096 // bytes
	unknownConns  = 256  // connections whose first line has not come yet
	spoolPath     = "/spool/"
)

// Node serves this node's streams (RTSP) and its spool (HTTP) to the others, on one port: the first
// line of a connection tells which it speaks.
type Node struct {
	Hub    *stream.Hub
	Secret string
	TLS    *tls.Config  // of Mutual; nil: in clear
	Spool  http.Handler // gets requests below /spool/; nil: there is no spool
	Log    *slog.Logger
}

// Serve accepts connections until ctx ends, then closes ln and all connections and returns nil.
func (n *Node) Serve(ctx context.Context, ln net.Listener) error {
	log := n.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	if n.Secret == "" {
		return errors.New("relay without a secret")
	}
	if n.TLS != nil {
		ln = tls.NewListener(ln, n.TLS)
	}
	media, web := newListener(ln.Addr()), newListener(ln.Addr())
	server := &http.Server{
		Handler: n.handler(), ReadHeaderTimeout: firstLineTime, IdleTimeout: time.Minute,
		MaxHeaderBytes: 16 << 10, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return rtsp.NewServer(n.lookup, n.Secret, log).Serve(ctx, media) })
	g.Go(func() error {
		if err := server.Serve(web); !errors.Is(err, http.ErrServerClosed) && ctx.Err() == nil {
			return fmt.Errorf("serve spool: %w", err)
		}
		return nil
	})
	g.Go(func() error { return split(ctx, ln, media, web) })
	g.Go(func() error {
		<-ctx.Done()
		return errors.Join(ignoreClosed(server.Close()), ignoreClosed(ln.Close()), ignoreClosed(media.Close()))
	})
	return g.Wait()
}

func ignoreClosed(err error) error {
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

func (n *Node) lookup(_ context.Context, feed vms.Feed) (media.Reader, *media.Track, error) {
	s := n.Hub.Lookup(feed)
	if s == nil || s.Track() == nil {
		return nil, nil, vms.Errorf(vms.NotFound, "not-ingested-here", "%v is not ingested here", feed)
	}
	return s.Live(), s.Track(), nil
}

func (n *Node) handler() http.Handler {
	want := sha256.Sum256([]byte(token(n.Secret)))
	mux := http.NewServeMux()
	if n.Spool != nil {
		mux.Handle("GET "+spoolPath, n.Spool)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		bearer, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		got := sha256.Sum256([]byte(bearer))
		if subtle.ConstantTimeCompare(got[:], want[:]) != 1 {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// token is what goes over the wire for the secret: it opens the spool, and not more.
func token(secret string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("yagura spool"))
	return hex.EncodeToString(mac.Sum(nil))
}

// split hands each connection to the listener of its protocol.
func split(ctx context.Context, ln net.Listener, media, web *listener) error {
	var g errgroup.Group
	g.SetLimit(unknownConns)
	for {
		c, err := ln.Accept()
		if err != nil {
			if waitErr := g.Wait(); ctx.Err() != nil {
				return waitErr
			}
			return fmt.Errorf("accept: %w", err)
		}
		g.Go(func() error {
			stop := context.AfterFunc(ctx, func() { c.Close() })
			defer stop()
			to, conn := recognise(c, media, web)
			if to == nil || !to.hand(ctx, conn) {
				c.Close()
			}
			return nil
		})
	}
}

// recognise reads a connection's first line without taking it away, and says whose it is.
func recognise(c net.Conn, media, web *listener) (*listener, net.Conn) {
	if c.SetReadDeadline(time.Now().Add(firstLineTime)) != nil {
		return nil, nil
	}
	br := bufio.NewReaderSize(c, firstLineSize)
	line, err := br.ReadSlice('\n')
	if err != nil || c.SetReadDeadline(time.Time{}) != nil {
		return nil, nil
	}
	rest, _ := br.Peek(br.Buffered())
	conn := &headConn{Conn: c, head: append(bytes.Clone(line), rest...)}
	switch line = bytes.TrimRight(line, "\r\n"); {
	case bytes.HasSuffix(line, []byte(" RTSP/1.0")):
		return media, conn
	case bytes.HasSuffix(line, []byte(" HTTP/1.1")):
		return web, conn
	}
	return nil, nil
}

// headConn is a connection whose beginning was read already.
type headConn struct {
	net.Conn
	head []byte
}

func (c *headConn) Read(b []byte) (int, error) {
	if len(c.head) == 0 {
		return c.Conn.Read(b)
	}
	n := copy(b, c.head)
	c.head = c.head[n:]
	return n, nil
}

// listener is a net.Listener fed by hand.
type listener struct {
	addr   net.Addr
	conns  chan net.Conn
	once   sync.Once
	closed chan struct{}
}

func newListener(addr net.Addr) *listener {
	return &listener{addr: addr, conns: make(chan net.Conn), closed: make(chan struct{})}
}

func (l *listener) hand(ctx context.Context, c net.Conn) bool {
	select {
	case l.conns <- c:
		return true
	case <-l.closed:
	case <-ctx.Done():
	}
	return false
}

// Accept implements net.Listener.
func (l *listener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener.
func (l *listener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

// Addr implements net.Listener.
func (l *listener) Addr() net.Addr { return l.addr }
