package relay

import (
	"net/http"
	"time"
)

// spoolClient is shared, so that connections are.
var spoolClient = &http.Client{
	Transport: &http.Transport{
		DialContext: dial(nil), MaxIdleConnsPerHost: 4, IdleConnTimeout: 30 * time.Second,
		ResponseHeaderTimeout: firstLineTime, DisableCompression: true,
	},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// Do sends a request to another node's relay port (http://host:port/spool/…), proving that this is a
// node too. The caller closes the body.
func (r *Relay) Do(req *http.Request) (*http.Response, error) {
	req.Header.Set("Authorization", "Bearer "+token(r.cfg.Secret))
	return r.spool.Do(req)
}
