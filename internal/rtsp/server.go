package rtsp

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/bluenviron/gortsplib/v4"
	"github.com/bluenviron/gortsplib/v4/pkg/auth"
	"github.com/bluenviron/gortsplib/v4/pkg/base"
	"github.com/bluenviron/gortsplib/v4/pkg/description"
	"github.com/bluenviron/gortsplib/v4/pkg/format"
	"github.com/bluenviron/gortsplib/v4/pkg/liberrors"

	"yagura/internal/media"
	"yagura/internal/vms"
)

// RelayUser is the name nodes sign in with; the password is the relay secret.
const RelayUser = "relay"

// Lookup opens a feed's stream at its newest key frame and tells its present track. It fails with
// vms.NotFound where there is none (yet).
type Lookup func(ctx context.Context, feed vms.Feed) (media.Reader, *media.Track, error)

// Server hands streams to other nodes, over TCP only, at /<camera>/<stream>, to whoever proves by
// digest (SHA-256) to know the secret. Each session has a reader of its own, so a slow node loses
// units (*media.Lagged) and disturbs nobody. At, Run, PTS and DTS of every unit go along in an RTP
// header extension, which a Client with NTP set takes over to the bit.
type Server struct {
	lookup Lookup
	secret string
	log    *slog.Logger

	mu       sync.Mutex
	sessions map[*gortsplib.ServerSession]*sending
}

// NewServer makes a Server. log may be nil.
func NewServer(lookup Lookup, secret string, log *slog.Logger) *Server {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Server{lookup: lookup, secret: secret, log: log, sessions: map[*gortsplib.ServerSession]*sending{}}
}

// Serve accepts connections until ctx ends, then closes ln and all of them and returns nil. It may
// be called once.
func (s *Server) Serve(ctx context.Context, ln net.Listener) error {
	if s.secret == "" {
		return errors.New("relay server without a secret")
	}
	lib := &gortsplib.Server{
		RTSPAddress: "listener", WriteTimeout: setupTime, WriteQueueSize: 512,
		AuthMethods: []auth.VerifyMethod{auth.VerifyMethodDigestSHA256},
		Listen:      func(string, string) (net.Listener, error) { return ln, nil },
	}
	lib.Handler = &handler{s: s, lib: lib, ctx: func() context.Context { return ctx }}
	if err := lib.Start(); err != nil {
		return fmt.Errorf("start RTSP server: %w", err)
	}
	ended := make(chan error, 1)
	go func() { ended <- lib.Wait() }()
	select {
	case <-ctx.Done():
		lib.Close()
		<-ended
		return nil
	case err := <-ended:
		if ctx.Err() != nil {
			return nil
		}
		return fmt.Errorf("serve RTSP: %w", err)
	}
}

// handler answers gortsplib's calls.
type handler struct {
	s   *Server
	lib *gortsplib.Server
	ctx func() context.Context // of Serve
}

// offer is what a connection was offered by DESCRIBE.
type offer struct {
	feed   vms.Feed
	track  *media.Track
	stream *gortsplib.ServerStream
	pack   packer
}

func (h *handler) check(conn *gortsplib.ServerConn, req *base.Request) (*base.Response, error) {
	if conn.VerifyCredentials(req, RelayUser, h.s.secret) {
		return nil, nil
	}
	return &base.Response{StatusCode: base.StatusUnauthorized}, liberrors.ErrServerAuth{}
}

// OnDescribe implements gortsplib.ServerHandlerOnDescribe.
func (h *handler) OnDescribe(c *gortsplib.ServerHandlerOnDescribeCtx) (*base.Response, *gortsplib.ServerStream, error) {
	if res, err := h.check(c.Conn, c.Request); err != nil {
		return res, nil, err
	}
	o, err := h.offer(c.Path)
	if err != nil {
		return &base.Response{StatusCode: base.StatusNotFound}, nil, nil
	}
	if old, ok := c.Conn.UserData().(*offer); ok {
		old.stream.Close()
	}
	c.Conn.SetUserData(o)
	return &base.Response{StatusCode: base.StatusOK}, o.stream, nil
}

func (h *handler) offer(p string) (*offer, error) {
	feed, err := parseFeed(p)
	if err != nil {
		return nil, err
	}
	r, track, err := h.s.lookup(h.ctx(), feed)
	if err != nil {
		return nil, err
	}
	if err := r.Close(); err != nil || track == nil {
		return nil, vms.NotFound
	}
	o := &offer{feed: feed, track: track}
	f, err := o.pack.format(track)
	if err != nil {
		return nil, err
	}
	o.stream = &gortsplib.ServerStream{Server: h.lib, Desc: &description.Session{
		Medias: []*description.Media{{Type: description.MediaTypeVideo, Formats: []format.Format{f}}},
	}}
	return o, o.stream.Initialize()
}

func parseFeed(p string) (vms.Feed, error) {
	camera, stream, _ := strings.Cut(strings.TrimPrefix(path.Clean("/"+p), "/"), "/")
	feed := vms.Feed{Camera: vms.CameraID(camera), Stream: vms.Stream(stream)}
	if !feed.Camera.Valid() || !feed.Stream.Valid() {
		return feed, vms.Errorf(vms.NotFound, "no-such-feed", "no feed %q", p)
	}
	return feed, nil
}

// OnSetup implements gortsplib.ServerHandlerOnSetup.
func (h *handler) OnSetup(c *gortsplib.ServerHandlerOnSetupCtx) (*base.Response, *gortsplib.ServerStream, error) {
	if res, err := h.check(c.Conn, c.Request); err != nil {
		return res, nil, err
	}
	o, ok := c.Conn.UserData().(*offer)
	switch {
	case !ok:
		return &base.Response{StatusCode: base.StatusMethodNotValidInThisState}, nil, nil
	case c.Transport != gortsplib.TransportTCP:
		return &base.Response{StatusCode: base.StatusUnsupportedTransport}, nil, nil
	}
	return &base.Response{StatusCode: base.StatusOK}, o.stream, nil
}

// OnPlay implements gortsplib.ServerHandlerOnPlay.
func (h *handler) OnPlay(c *gortsplib.ServerHandlerOnPlayCtx) (*base.Response, error) {
	if res, err := h.check(c.Conn, c.Request); err != nil {
		return res, err
	}
	o, ok := c.Conn.UserData().(*offer)
	if !ok {
		return &base.Response{StatusCode: base.StatusMethodNotValidInThisState}, nil
	}
	h.s.mu.Lock()
	defer h.s.mu.Unlock()
	if h.s.sessions[c.Session] != nil {
		return &base.Response{StatusCode: base.StatusOK}, nil
	}
	r, _, err := h.s.lookup(h.ctx(), o.feed)
	if err != nil {
		return &base.Response{StatusCode: base.StatusNotFound}, nil
	}
	ctx, cancel := context.WithCancel(h.ctx())
	out := &sending{offer: o, session: c.Session, r: r, cancel: cancel, done: make(chan struct{})}
	h.s.sessions[c.Session] = out
	go out.run(ctx, h.s.log.With("feed", o.feed.String(), "node", c.Conn.NetConn().RemoteAddr().String()))
	return &base.Response{StatusCode: base.StatusOK}, nil
}

// OnSessionClose implements gortsplib.ServerHandlerOnSessionClose.
func (h *handler) OnSessionClose(c *gortsplib.ServerHandlerOnSessionCloseCtx) {
	h.s.mu.Lock()
	out := h.s.sessions[c.Session]
	delete(h.s.sessions, c.Session)
	h.s.mu.Unlock()
	if out != nil {
		out.cancel()
		<-out.done
	}
}

// OnConnClose implements gortsplib.ServerHandlerOnConnClose.
func (h *handler) OnConnClose(c *gortsplib.ServerHandlerOnConnCloseCtx) {
	if o, ok := c.Conn.UserData().(*offer); ok {
		o.stream.Close()
	}
}

// OnStreamWriteError implements gortsplib.ServerHandlerOnStreamWriteError.
func (h *handler) OnStreamWriteError(*gortsplib.ServerHandlerOnStreamWriteErrorCtx) {}

// OnDecodeError implements gortsplib.ServerHandlerOnDecodeError.
func (h *handler) OnDecodeError(*gortsplib.ServerHandlerOnDecodeErrorCtx) {}

// sending carries one reader's units to one session.
type sending struct {
	*offer
	session *gortsplib.ServerSession
	r       media.Reader
	cancel  context.CancelFunc
	done    chan struct{}
}

// run ends with the session. Where the stream ends first, or cannot go on under what the session
// was offered, it ends the session; the other node comes back if it still wants the feed.
func (o *sending) run(ctx context.Context, log *slog.Logger) {
	defer close(o.done)
	defer o.r.Close()
	err := o.send(ctx)
	if ctx.Err() == nil {
		log.Info("relay session ended", "err", err)
		o.session.Close()
	}
}

func (o *sending) send(ctx context.Context) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	for {
		u, err := o.r.ReadUnit(ctx)
		var lag *media.Lagged
		if errors.As(err, &lag) {
			continue
		}
		if err != nil {
			return err
		}
		if _, sps, _ := sets(u.Track.Codec, u.NALs); !u.Track.Same(o.track) && u.Key && sps == nil || u.Track.Codec != o.track.Codec {
			return errors.New("new parameter sets, which the stream itself does not carry")
		}
		if err := o.unit(ctx, u); err != nil {
			return err
		}
	}
}

func (o *sending) unit(ctx context.Context, u *media.Unit) error {
	packets, err := o.pack.pack(u)
	if err != nil {
		return err
	}
	for _, p := range packets {
		for {
			err := o.session.WritePacketRTP(o.stream.Desc.Medias[0], p)
			if err == nil {
				break
			}
			var full liberrors.ErrServerWriteQueueFull
			if !errors.As(err, &full) {
				return err
			}
			if !vms.Sleep(ctx, 2*time.Millisecond) {
				return ctx.Err()
			}
		}
	}
	return nil
}
