package rtsp

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"sync/atomic"
)

const (
	tapBuffer  = 32 << 10 // bytes read at once
	maxMessage = 16 << 10 // bytes of an RTSP message's head
	maxBody    = 128 << 10
)

// tap stands between a TCP connection and gortsplib. It takes the interleaved frames of the media
// (RFC 2326 10.12) out of the stream, straight from a large buffer, and lets only RTSP messages
// through; gortsplib itself reads 4 KiB at a time and allocates several times per packet, which is
// a third of what a recorder costs. Bytes that are neither frame nor message are skipped.
type tap struct {
	net.Conn
	br   *bufio.Reader
	sink atomic.Pointer[tapSink]

	synced bool   // what came last was a frame or a message, so the next byte begins another
	pass   int    // bytes of the present message not yet passed on
	big    []byte // a frame larger than the buffer
}

// tapSink takes frames. They are valid during the call only.
type tapSink struct {
	channel byte // of RTP; RTCP has the next one
	rtp     func(frame []byte)
	rtcp    func(frame []byte)
}

func newTap(c net.Conn) *tap {
	return &tap{Conn: c, br: bufio.NewReaderSize(c, tapBuffer), synced: true}
}

// Read implements io.Reader for gortsplib: RTSP messages only, once a sink is there.
func (t *tap) Read(p []byte) (int, error) {
	for t.pass == 0 {
		if err := t.next(); err != nil {
			return 0, err
		}
	}
	n, err := t.br.Read(p[:min(len(p), t.pass)])
	t.pass -= n
	return n, err
}

// next deals with one frame, or finds the length of one message.
func (t *tap) next() error {
	head, err := t.br.Peek(5)
	if err != nil {
		return ended(err)
	}
	switch {
	case head[0] == '$':
		return t.frame(head)
	case isMessage(head):
		t.synced = true
		return t.message()
	}
	return t.skip()
}

// skip gives up a byte that begins nothing.
func (t *tap) skip() error {
	t.synced = false
	_, err := t.br.Discard(1)
	return err
}

func ended(err error) error {
	if errors.Is(err, io.EOF) {
		return io.EOF
	}
	return err
}

// isMessage reports whether an answer or a request of the server begins here. It names what may,
// since random bytes often look like letters.
func isMessage(head []byte) bool {
	switch string(head[:4]) {
	case "RTSP", "OPTI", "ANNO", "SET_", "GET_", "REDI", "PLAY", "PAUS", "TEAR":
		return true
	}
	return false
}

func (t *tap) frame(head []byte) error {
	size := 4 + (int(head[2])<<8 | int(head[3]))
	sink := t.sink.Load()
	if sink == nil {
		t.pass = size
		return nil
	}
	ours := head[1] == sink.channel || head[1] == sink.channel+1
	if !t.synced && (!ours || head[4]>>6 != 2) {
		return t.skip() // a byte that only looks like a frame, in what is no RTP version 2
	}
	t.synced = true
	if !ours {
		_, err := t.br.Discard(size)
		return err
	}
	take := sink.rtp
	if head[1] != sink.channel {
		take = sink.rtcp
	}
	if size > t.br.Size() {
		return t.large(size, take)
	}
	b, err := t.br.Peek(size)
	if err != nil {
		return ended(err)
	}
	take(b[4:])
	_, err = t.br.Discard(size)
	return err
}

func (t *tap) large(size int, take func([]byte)) error {
	if t.big == nil {
		t.big = make([]byte, 4+1<<16)
	}
	if _, err := io.ReadFull(t.br, t.big[:size]); err != nil {
		return ended(err)
	}
	take(t.big[4:size])
	return nil
}

// message finds the end of the RTSP message that begins here.
func (t *tap) message() error {
	for {
		b, _ := t.br.Peek(t.br.Buffered())
		if i := bytes.Index(b, []byte("\r\n\r\n")); i >= 0 {
			body, err := contentLength(b[:i])
			t.pass = i + 4 + body
			return err
		}
		if len(b) > maxMessage {
			return fmt.Errorf("RTSP message longer than %d bytes", maxMessage)
		}
		if _, err := t.br.Peek(len(b) + 1); err != nil {
			return ended(err)
		}
	}
}

func contentLength(head []byte) (int, error) {
	for line := range strings.Lines(string(head)) {
		name, value, _ := strings.Cut(line, ":")
		if strings.EqualFold(strings.TrimSpace(name), "Content-Length") {
			n, err := strconv.Atoi(strings.TrimSpace(value))
			if err != nil || n < 0 || n > maxBody {
				return 0, errors.New("bad Content-Length")
			}
			return n, nil
		}
	}
	return 0, nil
}
