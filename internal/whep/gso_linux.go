package whep

import (
	"encoding/binary"
	"errors"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

const (
	gatherMax  = 16               // packets handed to the kernel at once
	gatherWait = time.Millisecond // a picture's packets come faster than this
)

// gatherer is the UDP socket under the mux. One system call per packet is most of what a viewer costs,
// so it collects the packets of one picture, which have one size but for the last, and lets the kernel
// cut them apart (UDP_SEGMENT). All else goes out at once.
type gatherer struct {
	*net.UDPConn
	off atomic.Bool // the device below cannot do it

	mu      sync.Mutex
	batches map[netip.AddrPort]*batch
	pool    sync.Pool
}

// batch is what waits for one address: n packets of size bytes each, the last perhaps shorter.
type batch struct {
	buf   []byte
	size  int
	n     int
	timer *time.Timer
}

// gather returns a socket that gathers, where the kernel can.
func gather(c *net.UDPConn) net.PacketConn {
	raw, err := c.SyscallConn()
	if err != nil {
		return c
	}
	var unsupported error
	err = raw.Control(func(fd uintptr) {
		_, unsupported = unix.GetsockoptInt(int(fd), unix.IPPROTO_UDP, unix.UDP_SEGMENT)
	})
	if err != nil || unsupported != nil {
		return c
	}
	return &gatherer{UDPConn: c, batches: map[netip.AddrPort]*batch{}, pool: sync.Pool{New: func() any { return &batch{} }}}
}

// ReadFromAddrPort and WriteToAddrPort are ice.AddrPortReaderWriter.
func (g *gatherer) ReadFromAddrPort(b []byte) (int, netip.AddrPort, error) {
	return g.ReadFromUDPAddrPort(b)
}

func (g *gatherer) WriteToAddrPort(b []byte, to netip.AddrPort) (int, error) {
	if !isRTP(b) || g.off.Load() {
		return g.WriteToUDPAddrPort(b, to)
	}
	g.mu.Lock()
	var before *batch
	bt := g.batches[to]
	if bt != nil && len(b) > bt.size {
		before, bt = g.remove(to), nil
	}
	if bt == nil {
		bt = g.begin(len(b), to)
	}
	bt.buf = append(bt.buf, b...)
	bt.n++
	var ready *batch
	if marker := b[1]&0x80 != 0; marker || len(b) < bt.size || bt.n == gatherMax {
		ready = g.remove(to)
	}
	g.mu.Unlock()
	if err := g.flush(before, to); err != nil {
		return 0, err
	}
	if err := g.flush(ready, to); err != nil {
		return 0, err
	}
	return len(b), nil
}

// isRTP tells RTP from STUN, DTLS and RTCP on the same port (RFC 7983, RFC 5761).
func isRTP(b []byte) bool {
	return len(b) > 12 && b[0]>>6 == 2 && (b[1]&0x7f < 64 || b[1]&0x7f > 95)
}

// begin, remove: with mu held.
func (g *gatherer) begin(size int, to netip.AddrPort) *batch {
	bt := g.pool.Get().(*batch)
	*bt = batch{buf: bt.buf[:0], size: size}
	bt.timer = time.AfterFunc(gatherWait, func() { g.late(bt, to) })
	g.batches[to] = bt
	return bt
}

func (g *gatherer) remove(to netip.AddrPort) *batch {
	bt := g.batches[to]
	delete(g.batches, to)
	bt.timer.Stop()
	return bt
}

// late sends what waited long enough.
func (g *gatherer) late(bt *batch, to netip.AddrPort) {
	g.mu.Lock()
	if g.batches[to] != bt {
		g.mu.Unlock()
		return
	}
	g.remove(to)
	g.mu.Unlock()
	_ = g.flush(bt, to) // a lost packet; the browser asks again
}

// flush sends a batch and recycles it.
func (g *gatherer) flush(bt *batch, to netip.AddrPort) error {
	if bt == nil {
		return nil
	}
	defer g.pool.Put(bt)
	if bt.n > 1 && !g.off.Load() {
		_, _, err := g.WriteMsgUDPAddrPort(bt.buf, segmentSize(bt.size), to)
		if err == nil {
			return nil
		}
		if errors.Is(err, unix.EIO) { // a device without checksum offload: udp(7)
			g.off.Store(true)
		}
	}
	for b := bt.buf; len(b) > 0; {
		n := min(bt.size, len(b))
		if _, err := g.WriteToUDPAddrPort(b[:n], to); err != nil {
			return err
		}
		b = b[n:]
	}
	return nil
}

// segmentSize is the control message that asks for segmentation (udp(7)).
func segmentSize(n int) []byte {
	b := make([]byte, unix.CmsgSpace(2))
	h := (*unix.Cmsghdr)(unsafe.Pointer(&b[0]))
	h.Level, h.Type = unix.IPPROTO_UDP, unix.UDP_SEGMENT
	h.SetLen(unix.CmsgLen(2))
	binary.NativeEndian.PutUint16(b[unix.CmsgLen(0):], uint16(n))
	return b
}
