package whep

import (
	"errors"
	"io"
	"net"
	"time"

	"github.com/pion/ice/v4"
	"github.com/pion/logging"
)

// silence keeps pion from writing to standard error; what matters comes back as errors and states.
var silence = &logging.DefaultLoggerFactory{Writer: io.Discard}

const (
	socketBuffer = 4 << 20         // bytes; the kernel gives what it allows. Default buffers lose bursts
	tcpBuffer    = 256 << 10       // bytes; more would only be latency
	tcpStall     = 3 * time.Second // a TCP viewer that takes nothing for so long is cut off
)

// listenUDP opens the one UDP port on an address, or on every address of this machine.
func listenUDP(addr string) (ice.UDPMux, error) {
	at, err := net.ResolveUDPAddr("udp", addr)
	if err != nil {
		return nil, err
	}
	ips := []net.IP{at.IP}
	if at.IP == nil || at.IP.IsUnspecified() {
		if ips, err = ownAddresses(at.IP); err != nil {
			return nil, err
		}
	}
	var muxes []ice.UDPMux
	for _, ip := range ips {
		conn, err := net.ListenUDP("udp", &net.UDPAddr{IP: ip, Port: at.Port, Zone: at.Zone})
		if err != nil {
			for _, m := range muxes {
				err = errors.Join(err, m.Close())
			}
			return nil, err
		}
		at.Port = conn.LocalAddr().(*net.UDPAddr).Port
		// Refused sizes leave the default ones: slower, not wrong.
		_ = conn.SetReadBuffer(socketBuffer)
		_ = conn.SetWriteBuffer(socketBuffer)
		muxes = append(muxes, ice.NewUDPMuxDefault(ice.UDPMuxParams{UDPConn: gather(conn), Logger: silence.NewLogger("ice")}))
	}
	if len(muxes) == 1 {
		return muxes[0], nil
	}
	return ice.NewMultiUDPMuxDefault(muxes...), nil
}

// ownAddresses lists the global addresses of this machine, IPv4 only where 0.0.0.0 was asked for.
func ownAddresses(asked net.IP) ([]net.IP, error) {
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		return nil, err
	}
	var out []net.IP
	for _, a := range addrs {
		n, ok := a.(*net.IPNet)
		if ok && n.IP.IsGlobalUnicast() && (n.IP.To4() != nil || asked == nil || asked.To4() == nil) {
			out = append(out, n.IP)
		}
	}
	if len(out) == 0 {
		return nil, errors.New("this machine has no network address; name one, such as 127.0.0.1")
	}
	return out, nil
}

// listenTCP opens the one TCP port (RFC 4571 framing, ICE-TCP passive candidates).
func listenTCP(addr string) (mux ice.TCPMux, port int, err error) {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, 0, err
	}
	port = ln.Addr().(*net.TCPAddr).Port
	return ice.NewTCPMuxDefault(ice.TCPMuxParams{Listener: patient{ln}, ReadBufferSize: 64, Logger: silence.NewLogger("ice"),
		FirstStunBindTimeout: 10 * time.Second, AliveDurationForConnFromStun: connectWithin}), port, nil
}

// patient bounds how long a write may wait for a viewer that does not read: pion writes whole packets
// and waits, which is the back-pressure we want, but not for ever.
type patient struct{ net.Listener }

func (l patient) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	if t, ok := c.(*net.TCPConn); ok {
		_ = t.SetWriteBuffer(tcpBuffer) // as above
	}
	return patientConn{c}, nil
}

type patientConn struct{ net.Conn }

// Write closes the connection when it fails: half a packet cannot be taken back.
func (c patientConn) Write(b []byte) (int, error) {
	if err := c.Conn.SetWriteDeadline(time.Now().Add(tcpStall)); err != nil {
		return 0, err
	}
	n, err := c.Conn.Write(b)
	if err != nil {
		err = errors.Join(err, c.Conn.Close())
	}
	return n, err
}
