package camsim

import (
	"encoding/binary"
	"errors"
	"net/netip"
	"sync/atomic"
	"time"

	"github.com/pion/rtcp"

	"yagura/internal/vms"
)

const (
	reportEvery = 5 * time.Second // RFC 3550 6.2
	ntpEpoch    = 2208988800      // seconds from 1900 to 1970
)

// session is one PLAY of one feed on one connection. Its fields below playing belong to the
// pacer, under the feed's mutex.
type session struct {
	id      string
	conn    *conn
	feed    *feed
	udp     netip.AddrPort // where RTP goes; the zero value is TCP
	udpRTCP netip.AddrPort
	channel byte // TCP: RTP here, RTCP on the next
	ssrc    uint32
	alive   atomic.Int64 // vms.Instant of the last sign of life
	playing bool         // the connection's goroutine alone

	seq      uint16
	started  bool // a key frame was sent (or is not waited for)
	reported vms.Instant
	packets  uint32
	octets   uint32
}

// expire resets the connection of a session that gave no sign of life.
func (s *session) expire(now vms.Instant) {
	if now.Sub(vms.Instant(s.alive.Load())) > s.conn.srv.cfg.Timeout {
		s.conn.reset()
	}
}

// send hands a unit to the reader, or drops all of it and what depends on it. It reports which.
func (s *session) send(w *wire, m *Mode, key bool, now vms.Instant, shift uint32) bool {
	if !s.started && !key && !m.MidGOP && !m.NoKey {
		return false
	}
	s.started = true
	defer s.report(m, now, shift) // behind the first unit: clients take RTP time 0 from what comes first
	w.address(s.channel, s.seq, s.ssrc)
	s.seq += uint16(len(w.ends))
	s.packets += uint32(len(w.ends))
	s.octets += uint32(len(w.buf) - len(w.ends)*(prefix+rtpHeader))
	count := &s.feed.camera.count
	if m.Loss == 0 && !s.udp.IsValid() {
		if err := s.conn.out.write(w.buf); err != nil {
			if errors.Is(err, errBehind) {
				count.dropped.Add(1)
			}
			s.started = false
			return false
		}
		count.packets.Add(int64(len(w.ends)))
	} else {
		s.sendEach(w, m)
	}
	count.units.Add(1)
	return true
}

func (s *session) sendEach(w *wire, m *Mode) {
	count := &s.feed.camera.count
	start := 0
	for _, end := range w.ends {
		p := w.buf[start:end]
		start = end
		if m.Loss > 0 && s.feed.rng.Float64() < m.Loss {
			count.lost.Add(1)
			continue
		}
		s.raw(p, p[prefix:])
		count.packets.Add(1)
	}
}

// raw sends bytes as they are: those meant for a TCP connection, or those meant for a datagram.
func (s *session) raw(tcp, datagram []byte) {
	if s.udp.IsValid() {
		s.conn.srv.udp.write(datagram, s.udp)
		return
	}
	s.conn.out.write(tcp)
}

// report sends a sender report (RFC 3550 6.4.1) when one is due.
func (s *session) report(m *Mode, now vms.Instant, shift uint32) {
	if m.NoReports || now.Sub(s.reported) < reportEvery && now >= s.reported {
		return
	}
	s.reported = now
	t := now.Add(m.ClockOffset)
	packets := []rtcp.Packet{
		&rtcp.SenderReport{
			SSRC:        s.ssrc,
			NTPTime:     ntp(t),
			RTPTime:     shift + uint32(ticksOf(now)),
			PacketCount: s.packets,
			OctetCount:  s.octets,
		},
		rtcp.NewCNAMESourceDescription(s.ssrc, string(s.feed.Camera)),
	}
	b, err := rtcp.Marshal(packets)
	if err != nil {
		return
	}
	if s.udp.IsValid() {
		s.conn.srv.udp.writeRTCP(b, s.udpRTCP)
		return
	}
	head := binary.BigEndian.AppendUint16([]byte{'$', s.channel + 1}, uint16(len(b)))
	s.conn.out.write(append(head, b...))
}

// ntp is the 64-bit NTP timestamp, seconds and fraction since 1900.
func ntp(t vms.Instant) uint64 {
	sec := floorDiv(int64(t), 1e6)
	frac := uint64(int64(t)-sec*1e6) << 32 / 1e6
	return uint64(sec+ntpEpoch)<<32 | frac
}
