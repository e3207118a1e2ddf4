package camsim

import (
	"net"
	"net/netip"
	"sync"
)

// udpPair is the server's two UDP sockets, RTP on an even port and RTCP on the next one, opened
// with the first session that asks for UDP.
type udpPair struct {
	mu     sync.Mutex
	closed bool
	rtp    *net.UDPConn
	rtcp   *net.UDPConn
}

// open returns the port of the RTP socket. Reports that arrive are read by work and thrown away.
func (u *udpPair) open(ip net.IP, work *sync.WaitGroup) (int, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.closed {
		return 0, net.ErrClosed
	}
	if u.rtp == nil {
		if err := u.listen(ip); err != nil {
			return 0, err
		}
		work.Add(2)
		go discard(u.rtp, work)
		go discard(u.rtcp, work)
	}
	return u.rtp.LocalAddr().(*net.UDPAddr).Port, nil
}

// listen finds an even port whose successor is free too (RFC 3550 11).
func (u *udpPair) listen(ip net.IP) error {
	var last error
	for range 100 {
		a, err := net.ListenUDP("udp", &net.UDPAddr{IP: ip})
		if err != nil {
			return err
		}
		port := a.LocalAddr().(*net.UDPAddr).Port
		b, err := net.ListenUDP("udp", &net.UDPAddr{IP: ip, Port: port + 1})
		if err == nil && port%2 == 0 {
			u.rtp, u.rtcp = a, b
			return nil
		}
		last = err
		a.Close()
		if b != nil {
			b.Close()
		}
	}
	return last
}

func discard(c *net.UDPConn, work *sync.WaitGroup) {
	defer work.Done()
	b := make([]byte, 2048)
	for {
		if _, _, err := c.ReadFromUDPAddrPort(b); err != nil {
			return
		}
	}
}

// write and writeRTCP ignore errors, as datagrams may be lost anyway.
func (u *udpPair) write(b []byte, to netip.AddrPort)     { u.rtp.WriteToUDPAddrPort(b, to) }
func (u *udpPair) writeRTCP(b []byte, to netip.AddrPort) { u.rtcp.WriteToUDPAddrPort(b, to) }

func (u *udpPair) close() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.closed = true
	if u.rtp != nil {
		u.rtp.Close()
		u.rtcp.Close()
	}
}
