package archive

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	"yagura/internal/media"
	"yagura/internal/segment"
	"yagura/internal/vms"
)

const (
	spoolPath   = "/spool/"
	peerTimeout = 2 * time.Second        // a node that is slower is left out
	peerProbe   = 300 * time.Millisecond // one that was too slow before
	leaveOut    = 5 * time.Second        // for this long at first, doubled up to
	leaveOutMax = time.Minute
	readTimeout = 10 * time.Second // of one range of a spool file
	mostListing = 64 << 20
)

// SpoolHandler serves this node's spool to the other nodes:
//
//	GET /spool/<camera>/<stream>?from=<µs>&to=<µs>    what it has within that span, JSON
//	GET /spool/<camera>/<stream>/<start-µs>-<seq>     a segment's file, by Range
//
// Whoever mounts it sees to it that only nodes reach it.
func (a *Archive) SpoolHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /spool/{camera}/{stream}", a.serveListing)
	mux.HandleFunc("GET /spool/{camera}/{stream}/{stem}", a.servePiece)
	return mux
}

// listing is a Part as it travels.
type listing struct {
	Segments  []listed  `json:"segments"`
	Gaps      []vms.Gap `json:"gaps"`
	Recording bool      `json:"recording"`
	Tail      vms.Span  `json:"tail"`
}

type listed struct {
	Span      vms.Span     `json:"span"`
	Run       vms.Instant  `json:"run"`
	Seq       int64        `json:"seq"`
	Key       string       `json:"key"`
	Size      int64        `json:"size"`
	Epoch     int64        `json:"epoch"`
	Root      []byte       `json:"root"`
	Track     *media.Track `json:"track"`
	Fragments []byte       `json:"fragments"`
	Open      bool         `json:"open"`
}

func requestFeed(r *http.Request) (vms.Feed, bool) {
	f := vms.Feed{Camera: vms.CameraID(r.PathValue("camera")), Stream: vms.Stream(r.PathValue("stream"))}
	return f, f.Camera.Valid() && f.Stream.Valid()
}

func (a *Archive) serveListing(w http.ResponseWriter, r *http.Request) {
	feed, ok := requestFeed(r)
	from, err1 := strconv.ParseInt(r.URL.Query().Get("from"), 10, 64)
	to, err2 := strconv.ParseInt(r.URL.Query().Get("to"), 10, 64)
	if !ok || err1 != nil || err2 != nil {
		http.Error(w, "bad request", http.StatusBadRequest)
		return
	}
	p, err := a.part(r.Context(), feed, vms.Span{From: vms.Instant(from), To: vms.Instant(to)})
	if err != nil {
		http.Error(w, "spool cannot be read", http.StatusInternalServerError)
		return
	}
	out := listing{Gaps: p.Gaps, Recording: p.Recording, Tail: p.Tail}
	for _, s := range p.Segments {
		out.Segments = append(out.Segments, listed{
			s.Span, s.Run, s.Seq, s.Key, s.Size, s.Epoch, s.Root[:], s.Track, segment.EncodeTable(s.Fragments), s.Open,
		})
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(out) // the other side sees a cut answer
}

func (a *Archive) servePiece(w http.ResponseWriter, r *http.Request) {
	feed, ok := requestFeed(r)
	start, seq, named := parseStem(r.PathValue("stem"))
	sh := a.spool.known(feed)
	if !ok || !named || sh == nil {
		http.NotFound(w, r)
		return
	}
	for _, p := range sh.list() {
		if p.start != start || p.seq != seq {
			continue
		}
		f, err := p.open()
		if err != nil {
			break
		}
		defer f.Close()
		w.Header().Set("Content-Type", "video/mp4")
		http.ServeContent(w, r, "", time.Time{}, f)
		return
	}
	http.NotFound(w, r)
}

// Peers is a Remote that asks other nodes' SpoolHandlers. A node that does not answer in time, most
// likely because its host is gone, is left out for a while, so that not every seek waits for it.
type Peers struct {
	// Nodes returns where the other nodes' spools are served, e.g. "http://10.0.0.2:8554".
	Nodes func(ctx context.Context) ([]string, error)
	// Do sends a request, authenticated as nodes are.
	Do func(*http.Request) (*http.Response, error)

	mu    sync.Mutex
	known []string           // what Nodes returned last
	away  map[string]absence // by node
}

// absence says that a node did not answer.
type absence struct {
	until time.Time     // left out
	pause time.Duration // that is how long
}

var _ Remote = (*Peers)(nil)

// Spools implements Remote. The error is about nodes that were left out.
func (p *Peers) Spools(ctx context.Context, feed vms.Feed, span vms.Span) ([]Part, error) {
	nodes, err := p.nodes(ctx)
	if err != nil {
		return nil, err
	}
	parts, errs := make([]*Part, len(nodes)), make([]error, len(nodes))
	var wg sync.WaitGroup
	for i, node := range nodes {
		patience := p.patience(node, time.Now())
		if patience == 0 {
			continue
		}
		wg.Go(func() {
			limited, cancel := context.WithTimeout(ctx, patience)
			defer cancel()
			parts[i], errs[i] = p.list(limited, node, feed, span)
			if ctx.Err() == nil {
				p.answered(node, limited.Err() == nil, time.Now())
			}
		})
	}
	wg.Wait()
	var out []Part
	for _, part := range parts {
		if part != nil {
			out = append(out, *part)
		}
	}
	return out, errors.Join(errs...)
}

// nodes returns the other nodes; while nobody can say who they are, those known last.
func (p *Peers) nodes(ctx context.Context) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, peerTimeout)
	defer cancel()
	nodes, err := p.Nodes(ctx)
	p.mu.Lock()
	defer p.mu.Unlock()
	if err != nil && p.known != nil {
		return p.known, nil
	}
	p.known = nodes
	return nodes, err
}

// patience is how long to wait for a node; 0: it is left out.
func (p *Peers) patience(node string, now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	a, away := p.away[node]
	switch {
	case !away:
		return peerTimeout
	case now.Before(a.until):
		return 0
	}
	p.away[node] = absence{now.Add(a.pause), a.pause} // one probe at a time
	return peerProbe
}

// answered notes whether a node answered in time, be it with an error.
func (p *Peers) answered(node string, inTime bool, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if inTime {
		delete(p.away, node)
		return
	}
	if p.away == nil {
		p.away = map[string]absence{}
	}
	pause := min(max(leaveOut, 2*p.away[node].pause), leaveOutMax)
	p.away[node] = absence{now.Add(pause), pause}
}

func (p *Peers) list(ctx context.Context, node string, feed vms.Feed, span vms.Span) (*Part, error) {
	query := url.Values{"from": {strconv.FormatInt(int64(span.From), 10)}, "to": {strconv.FormatInt(int64(span.To), 10)}}
	body, err := p.get(ctx, node+spoolPath+feed.String()+"?"+query.Encode(), "")
	if err != nil {
		return nil, err
	}
	defer body.Close()
	var l listing
	if err := json.NewDecoder(io.LimitReader(body, mostListing)).Decode(&l); err != nil {
		return nil, fmt.Errorf("spool of %s: %w", node, err)
	}
	part := &Part{Node: node, Gaps: l.Gaps, Recording: l.Recording, Tail: l.Tail}
	for _, s := range l.Segments {
		seg := &Segment{
			Feed: feed, Span: s.Span, Run: s.Run, Seq: s.Seq, Key: s.Key, Size: s.Size, Epoch: s.Epoch, Track: s.Track, Open: s.Open,
		}
		if seg.Fragments, err = segment.DecodeTable(s.Fragments); err != nil || copy(seg.Root[:], s.Root) != len(seg.Root) || s.Track == nil {
			return nil, fmt.Errorf("spool of %s: segment at %v makes no sense: %w", node, s.Span.From, errors.Join(err, vms.Invalid))
		}
		part.Segments = append(part.Segments, seg)
	}
	return part, nil
}

// ReadSpool implements Remote.
func (p *Peers) ReadSpool(ctx context.Context, node string, s *Segment, off, n int64) ([]byte, error) {
	if n == 0 {
		return []byte{}, nil
	}
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	body, err := p.get(ctx, node+spoolPath+s.Feed.String()+"/"+stem(s.Span.From, s.Seq), fmt.Sprintf("bytes=%d-%d", off, off+n-1))
	if err != nil {
		return nil, err
	}
	defer body.Close()
	b := make([]byte, n)
	if _, err := io.ReadFull(body, b); err != nil {
		return nil, fmt.Errorf("spool of %s: %w", node, err)
	}
	return b, nil
}

func (p *Peers) get(ctx context.Context, url, bytes string) (io.ReadCloser, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	want := http.StatusOK
	if bytes != "" {
		req.Header.Set("Range", bytes)
		want = http.StatusPartialContent
	}
	res, err := p.Do(req)
	if err != nil {
		return nil, err
	}
	if res.StatusCode == want {
		return res.Body, nil
	}
	err = fmt.Errorf("%s: %s", url, res.Status)
	if res.StatusCode == http.StatusNotFound {
		err = fmt.Errorf("%w: %w", err, fs.ErrNotExist)
	}
	return nil, errors.Join(err, res.Body.Close())
}
