package camsim

import (
	"errors"
	"net"
	"sync"
	"syscall"
)

const maxBacklog = 64 << 20 // bytes a reader may be behind before units are dropped for it

var errBehind = errors.New("reader is too far behind")

// outlet writes to a TCP connection without ever waiting: what the socket does not take at once,
// a goroutine writes behind the caller's back, and only while there is such a rest.
type outlet struct {
	tcp  *net.TCPConn
	raw  syscall.RawConn
	try  func(fd uintptr) bool
	work *sync.WaitGroup

	mu      sync.Mutex
	rest    []byte
	busy    bool // the goroutine runs
	broken  bool
	in      []byte // argument and results of try
	written int
	err     error
}

func newOutlet(tcp *net.TCPConn, work *sync.WaitGroup) (*outlet, error) {
	raw, err := tcp.SyscallConn()
	if err != nil {
		return nil, err
	}
	o := &outlet{tcp: tcp, raw: raw, work: work}
	o.try = func(fd uintptr) bool {
		o.written, o.err = syscall.Write(int(fd), o.in)
		return true
	}
	return o, nil
}

// write takes all of b, or nothing: errBehind if the reader has too much before it, another error if it is gone.
func (o *outlet) write(b []byte) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case o.broken:
		return net.ErrClosed
	case len(o.rest) > maxBacklog:
		return errBehind
	case o.busy:
		o.rest = append(o.rest, b...)
		return nil
	}
	n, err := o.tryWrite(b)
	if err != nil {
		o.broken = true
		return err
	}
	if n < len(b) {
		o.rest = append(o.rest, b[n:]...)
		o.busy = true
		o.work.Add(1)
		go o.flush()
	}
	return nil
}

func (o *outlet) tryWrite(b []byte) (int, error) {
	o.in = b
	err := o.raw.Write(o.try)
	o.in = nil
	switch {
	case err != nil:
		return 0, err
	case o.err == syscall.EAGAIN || o.err == syscall.EINTR:
		return 0, nil
	case o.err != nil:
		return 0, o.err
	}
	return o.written, nil
}

func (o *outlet) flush() {
	defer o.work.Done()
	for {
		o.mu.Lock()
		b := o.rest
		o.rest = nil
		if len(b) == 0 || o.broken {
			o.busy = false
			o.mu.Unlock()
			return
		}
		o.mu.Unlock()
		if _, err := o.tcp.Write(b); err != nil {
			o.mu.Lock()
			o.broken = true
			o.mu.Unlock()
		}
	}
}
