package camsim

import (
	"bufio"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/textproto"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"yagura/internal/vms"
)

const maxBody = 1 << 16 // bytes of a request's body

// conn is one RTSP connection: requests in, answers and interleaved packets out.
type conn struct {
	srv    *Server
	tcp    *net.TCPConn
	out    *outlet
	camera atomic.Pointer[Camera] // the one asked for first
	nonce  string

	session *session // the connection's goroutine alone
}

func newConn(s *Server, tcp *net.TCPConn) (*conn, error) {
	out, err := newOutlet(tcp, &s.work)
	if err != nil {
		return nil, err
	}
	return &conn{srv: s, tcp: tcp, out: out, nonce: token()}, nil
}

// reset closes the connection with RST.
func (c *conn) reset() {
	c.tcp.SetLinger(0)
	c.tcp.Close()
}

// serve answers requests until the connection ends.
func (c *conn) serve() {
	defer c.tcp.Close()
	defer c.leave()
	br := bufio.NewReader(c.tcp)
	for {
		b, err := br.Peek(1)
		if err != nil {
			return
		}
		if b[0] == '$' {
			err = skipInterleaved(br)
		} else {
			err = c.serveRequest(br)
		}
		if err != nil {
			c.srv.cfg.Log.Debug("rtsp connection ends", "peer", c.tcp.RemoteAddr(), "err", err)
			return
		}
		if c.session != nil {
			c.session.alive.Store(int64(vms.InstantOf(time.Now())))
		}
	}
}

func (c *conn) leave() {
	if c.session != nil {
		c.session.feed.detach(c.session)
		c.session = nil
	}
}

func skipInterleaved(br *bufio.Reader) error {
	var head [prefix]byte
	if _, err := io.ReadFull(br, head[:]); err != nil {
		return err
	}
	_, err := br.Discard(int(binary.BigEndian.Uint16(head[2:])))
	return err
}

// request is one RTSP request; path is split into what this server serves.
type request struct {
	method, url string
	head        textproto.MIMEHeader
	id          string // first path element
	stream      vms.Stream
	track       string // e.g. trackID=0
}

func readRequest(br *bufio.Reader) (*request, error) {
	tr := textproto.NewReader(br)
	line, err := tr.ReadLine()
	if err != nil {
		return nil, err
	}
	part := strings.Fields(line)
	if len(part) != 3 || !strings.HasPrefix(part[2], "RTSP/1.") {
		return nil, fmt.Errorf("bad request line %q", line)
	}
	head, err := tr.ReadMIMEHeader()
	if err != nil {
		return nil, err
	}
	if s := head.Get("Content-Length"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 0 || n > maxBody {
			return nil, fmt.Errorf("bad content length %q", s)
		}
		if _, err := br.Discard(n); err != nil {
			return nil, err
		}
	}
	r := &request{method: part[0], url: part[1], head: head}
	r.split()
	return r, nil
}

// split takes rtsp://host/<camera>/<stream>[/<track>][?query] apart.
func (r *request) split() {
	_, rest, _ := strings.Cut(r.url, "://")
	_, path, _ := strings.Cut(rest, "/")
	path, _, _ = strings.Cut(path, "?")
	part := strings.Split(strings.TrimSuffix(path, "/"), "/")
	r.id = part[0]
	if len(part) > 1 {
		r.stream = vms.Stream(part[1])
	}
	if len(part) > 2 {
		r.track = part[2]
	}
}

// reply is an answer being written.
type reply struct {
	status int
	head   []string // "Name: value"
	body   string
}

func (r *reply) add(name, value string) { r.head = append(r.head, name+": "+value) }

var reasons = map[int]string{
	200: "OK", 301: "Moved Permanently", 302: "Moved Temporarily", 400: "Bad Request", 401: "Unauthorized",
	404: "Not Found", 405: "Method Not Allowed", 454: "Session Not Found", 455: "Method Not Valid in This State",
	461: "Unsupported Transport",
}

func (r *reply) marshal(cseq string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "RTSP/1.0 %d %s\r\nCSeq: %s\r\nServer: camsim\r\n", r.status, reasons[r.status], cseq)
	for _, h := range r.head {
		b.WriteString(h + "\r\n")
	}
	if r.body != "" {
		fmt.Fprintf(&b, "Content-Length: %d\r\n", len(r.body))
	}
	return []byte(b.String() + "\r\n" + r.body)
}

func (c *conn) serveRequest(br *bufio.Reader) error {
	req, err := readRequest(br)
	if err != nil {
		return err
	}
	cam := c.find(req)
	if cam == nil {
		return c.answer(req, &reply{status: 404})
	}
	m := cam.Mode()
	switch {
	case m.Down:
		c.reset()
		return net.ErrClosed
	case m.Deaf:
		return nil
	}
	res := &reply{status: 200}
	if !c.authorise(cam, &m, req, res) {
		return c.answer(req, res)
	}
	then := c.handle(cam, &m, req, res)
	if err := c.answer(req, res); err != nil {
		return err
	}
	if then != nil {
		then()
	}
	return nil
}

func (c *conn) answer(req *request, res *reply) error {
	return c.out.write(res.marshal(req.head.Get("CSeq")))
}

// find returns the camera a request is about; requests without a path are about the last one.
func (c *conn) find(req *request) *Camera {
	cam := c.camera.Load()
	if req.id == "" || req.id == "*" {
		return cam
	}
	named := c.srv.Camera(vms.CameraID(req.id))
	if cam == nil && named != nil {
		c.camera.Store(named)
		named.count.connections.Add(1)
	}
	return named
}

// token returns 32 random hexadecimal digits.
func token() string {
	b := make([]byte, 16)
	rand.Read(b)
	return hex.EncodeToString(b)
}

func random32() uint32 {
	n, err := rand.Int(rand.Reader, big.NewInt(1<<32))
	if err != nil {
		return 1
	}
	return uint32(n.Uint64())
}
