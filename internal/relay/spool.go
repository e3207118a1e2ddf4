package relay

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// Spool reads another node's spool over its relay port.
type Spool struct {
	addr   string
	token  string
	client *http.Client
}

// Spool returns the spool of the node at addr (host:port).
func (r *Relay) Spool(addr string) *Spool { return &Spool{addr, token(r.cfg.Secret), spoolClient} }

// spoolClient is shared, so that connections are.
var spoolClient = &http.Client{
	Transport: &http.Transport{
		MaxIdleConnsPerHost: 4, IdleConnTimeout: 30 * time.Second,
		ResponseHeaderTimeout: firstLineTime, DisableCompression: true,
	},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// Get reads n bytes (n < 0: all) of the named file from offset off. It fails with fs.ErrNotExist
// where there is no such file (any more). The caller closes the reader.
func (s *Spool) Get(ctx context.Context, name string, off, n int64) (io.ReadCloser, error) {
	if n == 0 {
		return http.NoBody, nil
	}
	span := "bytes=" + strconv.FormatInt(off, 10) + "-"
	if n > 0 {
		span += strconv.FormatInt(off+n-1, 10)
	}
	u := url.URL{Scheme: "http", Host: s.addr, Path: spoolPath + name}
	res, err := s.do(ctx, u, span)
	if err != nil {
		return nil, fmt.Errorf("spool of %s: %s: %w", s.addr, name, err)
	}
	if res.StatusCode == http.StatusOK && off > 0 {
		res.Body.Close()
		return nil, fmt.Errorf("spool of %s: %s: the range was ignored", s.addr, name)
	}
	return res.Body, nil
}

// List asks for what the query describes, in the form the node's spool handler gives it: GET /spool/
// with the query. The caller closes the reader.
func (s *Spool) List(ctx context.Context, query url.Values) (io.ReadCloser, error) {
	res, err := s.do(ctx, url.URL{Scheme: "http", Host: s.addr, Path: spoolPath, RawQuery: query.Encode()}, "")
	if err != nil {
		return nil, fmt.Errorf("spool of %s: list: %w", s.addr, err)
	}
	return res.Body, nil
}

func (s *Spool) do(ctx context.Context, u url.URL, span string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+s.token)
	if span != "" {
		req.Header.Set("Range", span)
	}
	res, err := s.client.Do(req)
	if err != nil {
		return nil, err
	}
	switch res.StatusCode {
	case http.StatusOK, http.StatusPartialContent:
		return res, nil
	}
	res.Body.Close()
	if res.StatusCode == http.StatusNotFound {
		return nil, fs.ErrNotExist
	}
	return nil, fmt.Errorf("the node answers %s", res.Status)
}
