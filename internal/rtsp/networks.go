package rtsp

import (
	"context"
	"errors"
	"net"
	"net/netip"

	"yagura/internal/vms"
)

// Networks are the networks that may be dialled; nothing else is. An empty list allows nothing.
type Networks []netip.Prefix

// Contains reports whether the address lies in one of the networks.
func (n Networks) Contains(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	for _, p := range n {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// Dial resolves addr (host:port) once, and connects to the first of its addresses that lies within
// the networks and answers. The checked address itself is dialled, so that a name cannot lead
// elsewhere between check and use. It fails with a *Failure of cause vms.Forbidden where no address
// is allowed. The network must be TCP.
func (n Networks) Dial(ctx context.Context, network, addr string) (net.Conn, error) {
	if network != "tcp" && network != "tcp4" && network != "tcp6" {
		return nil, failure(vms.Forbidden, "network %s is not dialled", network)
	}
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, failure(vms.Forbidden, "address %q: %w", addr, err)
	}
	addrs, err := resolve(ctx, host)
	if err != nil {
		return nil, err
	}
	var dialer net.Dialer
	var errs []error
	for _, a := range addrs {
		if !n.Contains(a) {
			continue
		}
		conn, err := dialer.DialContext(ctx, network, net.JoinHostPort(a.String(), port))
		if err == nil {
			return conn, nil
		}
		errs = append(errs, err)
	}
	if errs == nil {
		return nil, failure(vms.Forbidden, "%s is outside camera_networks", host)
	}
	return nil, errors.Join(errs...)
}

func resolve(ctx context.Context, host string) ([]netip.Addr, error) {
	if a, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{a}, nil
	}
	return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
}
