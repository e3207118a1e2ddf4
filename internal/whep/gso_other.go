//go:build !linux

package whep

import "net"

// gather returns the socket as it is: only Linux segments UDP for us.
func gather(c *net.UDPConn) net.PacketConn { return c }
