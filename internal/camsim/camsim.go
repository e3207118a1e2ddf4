// Package camsim simulates IP cameras: a small RTSP server (RFC 2326, RTP over TCP and UDP) that
// plays real H.264 and H.265 clips in real time, one main and one sub stream per camera, at
// rtsp://HOST:PORT/<camera>/<main|sub>.
//
// What a camera shows is a pure function of seed, camera and wall time (Schedule), so that another
// program can make the footage a camera "showed" yesterday. Clips are packetised once and shared
// by all cameras; one goroutine paces all streams; a frame costs one copy and one write.
//
// It shares no code with internal/rtsp on purpose: a client tested only against a server made of
// the same parts agrees with its own mistakes, and this server must misbehave in ways a library
// refuses to (Mode, Camera): fall silent, lie about time, send garbage, lose packets.
//
// Invariants: nothing but faults asked for disturbs a stream; one slow reader never delays
// another; NAL units of a unit are the same bits in every stream, live or Footage.
//
// It is not a media server: no recording, no ANNOUNCE, no multicast, no TLS.
package camsim

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"yagura/internal/vms"
)

const defaultTimeout = 60 * time.Second // RFC 2326 12.37

// Config says what a Server serves.
type Config struct {
	Listen   string         // TCP address; "" is 127.0.0.1:0
	Schedule *Schedule      // what the cameras show; required
	Cameras  []vms.CameraID // the ids served; none: every valid id
	Mode     Mode           // how every camera behaves at first
	Timeout  time.Duration  // a session without a sign of life is closed after this; 0 is 60 s
	Log      *slog.Logger   // nil: silent
}

// Server plays the cameras. Its methods may be called from any goroutine.
type Server struct {
	cfg   Config
	addr  string
	pacer *pacer
	udp   udpPair

	work sync.WaitGroup // everything this server started
	mu   sync.Mutex
	stop bool
	ln   net.Listener // nil while down
	conn map[*conn]struct{}
	cams map[vms.CameraID]*Camera
}

// New listens; Run serves.
func New(cfg Config) (*Server, error) {
	if cfg.Schedule == nil {
		return nil, fmt.Errorf("camsim: no schedule")
	}
	if cfg.Listen == "" {
		cfg.Listen = "127.0.0.1:0"
	}
	if cfg.Timeout == 0 {
		cfg.Timeout = defaultTimeout
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	ln, err := net.Listen("tcp", cfg.Listen)
	if err != nil {
		return nil, err
	}
	return &Server{
		cfg: cfg, addr: ln.Addr().String(), pacer: newPacer(), ln: ln,
		conn: map[*conn]struct{}{}, cams: map[vms.CameraID]*Camera{},
	}, nil
}

// Addr is the address listened on, host:port. It stays the same through Down and Up.
func (s *Server) Addr() string { return s.addr }

// URL is where a stream is served.
func (s *Server) URL(id vms.CameraID, st vms.Stream) string {
	return "rtsp://" + s.addr + "/" + string(id) + "/" + string(st)
}

// Run serves until ctx ends, closes everything and returns nil.
func (s *Server) Run(ctx context.Context) error {
	s.mu.Lock()
	if s.ln != nil {
		s.accept(s.ln)
	}
	s.mu.Unlock()
	s.pacer.run(ctx)
	s.mu.Lock()
	s.stop = true
	s.mu.Unlock()
	s.Down()
	s.udp.close()
	s.work.Wait()
	return nil
}

// accept serves a listener on its own goroutine. s.mu is held.
func (s *Server) accept(ln net.Listener) {
	s.work.Add(1)
	go func() {
		defer s.work.Done()
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			s.admit(c.(*net.TCPConn))
		}
	}()
}

func (s *Server) admit(tcp *net.TCPConn) {
	c, err := newConn(s, tcp)
	if err != nil {
		tcp.Close()
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stop || s.ln == nil {
		c.reset()
		return
	}
	s.conn[c] = struct{}{}
	s.work.Add(1)
	go func() {
		defer s.work.Done()
		c.serve()
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.conn, c)
	}()
}

// Down stops listening and resets every connection, like a camera that lost its power.
func (s *Server) Down() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ln != nil {
		s.ln.Close()
		s.ln = nil
	}
	for c := range s.conn {
		c.reset()
	}
}

// Up listens again at the same address.
func (s *Server) Up() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ln != nil || s.stop {
		return nil
	}
	ln, err := net.Listen("tcp", s.addr)
	if err != nil {
		return err
	}
	s.ln = ln
	s.accept(ln)
	return nil
}

// Camera returns a camera to steer, or nil if this server has none of that id.
func (s *Server) Camera(id vms.CameraID) *Camera {
	if !id.Valid() || len(s.cfg.Cameras) > 0 && !slices.Contains(s.cfg.Cameras, id) {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.cams[id]
	if c == nil {
		c = newCamera(s, id)
		s.cams[id] = c
	}
	return c
}

// connections returns the open connections that belong to a camera.
func (s *Server) connections(cam *Camera) []*conn {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []*conn
	for c := range s.conn {
		if c.camera.Load() == cam {
			out = append(out, c)
		}
	}
	return out
}

// Stats counts what a camera saw and sent since the server was made.
type Stats struct {
	Connections int64 `json:"connections"` // TCP connections that asked for this camera
	Describes   int64 `json:"describes"`   // DESCRIBE requests, answered with any status
	Tries       int64 `json:"tries"`       // requests that carried credentials
	Refused     int64 `json:"refused"`     // of those, the ones refused with 401
	Audio       int64 `json:"audio"`       // SETUP requests for the audio track
	Units       int64 `json:"units"`       // access units handed to a session
	Packets     int64 `json:"packets"`     // RTP packets sent, the lost ones not counted
	Lost        int64 `json:"lost"`        // RTP packets lost on purpose
	Dropped     int64 `json:"dropped"`     // units not sent because the reader was too slow
}

type counters struct {
	connections, describes, tries, refused, audio, units, packets, lost, dropped atomic.Int64
}

func (c *counters) read() Stats {
	return Stats{
		Connections: c.connections.Load(), Describes: c.describes.Load(), Tries: c.tries.Load(),
		Refused: c.refused.Load(), Audio: c.audio.Load(), Units: c.units.Load(),
		Packets: c.packets.Load(), Lost: c.lost.Load(), Dropped: c.dropped.Load(),
	}
}
