package rtsp

import (
	"context"
	"errors"
	"net"
	"net/url"
	"time"

	"github.com/bluenviron/gortsplib/v4/pkg/base"
	"github.com/bluenviron/gortsplib/v4/pkg/liberrors"

	"yagura/internal/vms"
)

// watch waits for the end of a playing connection, and says meanwhile whether units come out of it.
func (s *session) watch(ctx context.Context) error {
	ended := make(chan error, 1)
	go func() { ended <- s.lib.Wait() }()
	defer func() {
		s.lib.Close()
		<-ended
	}()
	for {
		wait := s.stallAfter() - time.Duration(s.elapsed()-s.packet.Load())
		if wait <= 0 {
			return failure(vms.Stalled, "no packet for %v", s.stallAfter())
		}
		timer := time.NewTimer(min(wait, s.tell()))
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil
		case err := <-s.failed:
			timer.Stop()
			return err
		case err := <-ended:
			timer.Stop()
			ended <- err
			return err
		case <-timer.C:
		}
	}
}

// tell says where units began to come or ceased to, and returns when to look again.
func (s *session) tell() time.Duration {
	silent := time.Duration(s.elapsed() - s.frame.Load())
	switch {
	case silent >= keyFrameTime && !s.waits:
		s.waits, s.flows = true, false
		s.on(Event{Waiting, s.why()})
	case s.written.Load() && silent < keyFrameTime && !s.flows:
		s.waits, s.flows = false, true
		s.on(Event{Kind: Flowing})
	}
	if s.flows {
		return time.Second
	}
	return 100 * time.Millisecond
}

func (s *session) why() vms.Cause {
	if s.broken.Load() {
		return vms.Damaged
	}
	return vms.NoKeyFrame
}

// cause says what a library error means for the footage.
func cause(err error, playing bool) vms.Cause {
	var status liberrors.ErrClientBadStatusCode
	if errors.As(err, &status) {
		switch {
		case status.Code == base.StatusUnauthorized, status.Code == base.StatusForbidden:
			return vms.Refused
		case status.Code >= 300 && status.Code < 400:
			return vms.Redirected
		case status.Code == base.StatusUnsupportedTransport, status.Code == base.StatusUnsupportedMediaType:
			return vms.Unsupported
		}
		return vms.Unreachable
	}
	switch {
	case is[liberrors.ErrClientAuthSetup](err):
		return vms.Refused
	case is[liberrors.ErrClientSDPInvalid](err), is[liberrors.ErrClientContentTypeMissing](err),
		is[liberrors.ErrClientContentTypeUnsupported](err), is[liberrors.ErrClientServerRequestedTCP](err),
		is[liberrors.ErrClientServerRequestedUDP](err):
		return vms.Unsupported
	case is[liberrors.ErrClientTCPTimeout](err), is[liberrors.ErrClientUDPTimeout](err):
		return vms.Stalled
	case playing:
		return vms.Disconnected
	}
	return vms.Unreachable
}

func is[T error](err error) bool {
	var t T
	return errors.As(err, &t)
}

func withUser(u *base.URL, user, password string) *base.URL {
	u = u.Clone()
	u.User = url.UserPassword(user, password)
	return u
}

// listenPacket opens a UDP port with room for the burst of a key frame, as far as the system allows.
func listenPacket(network, addr string) (net.PacketConn, error) {
	pc, err := net.ListenPacket(network, addr)
	if conn, ok := pc.(*net.UDPConn); ok && err == nil {
		_ = conn.SetReadBuffer(1 << 20) // best effort; the system's limit may be lower
	}
	return pc, err
}

// fromNTP converts an NTP timestamp (RFC 3550 4).
func fromNTP(v uint64) vms.Instant {
	const since1900 = 2208988800
	return vms.Instant((int64(v>>32)-since1900)*1e6 + int64((v&0xffffffff)*1e6>>32))
}
