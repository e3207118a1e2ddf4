package main

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"yagura/internal/audit/anchor"
	"yagura/internal/health"
)

// figures collects what the rooms know about themselves when Prometheus asks.
type figures struct{ n *node }

var (
	feedLabels  = []string{"camera", "stream"}
	feedUp      = prometheus.NewDesc("yagura_feed_recording", "1 while pictures arrive and are kept.", append(feedLabels, "state", "cause"), nil)
	feedSince   = prometheus.NewDesc("yagura_feed_since_seconds", "Unix time since when the feed is in its state.", feedLabels, nil)
	feedBits    = prometheus.NewDesc("yagura_feed_bits_per_second", "Bits received per second.", feedLabels, nil)
	feedFPS     = prometheus.NewDesc("yagura_feed_pictures_per_second", "Pictures received per second.", feedLabels, nil)
	feedLoss    = prometheus.NewDesc("yagura_feed_loss_ratio", "Share of RTP packets lost, 0 to 1.", feedLabels, nil)
	feedWritten = prometheus.NewDesc("yagura_feed_written_seconds", "Unix time of the end of what is recorded.", feedLabels, nil)
	feedLag     = prometheus.NewDesc("yagura_feed_upload_lag_seconds", "Age of the oldest footage that is not in store and index yet.", feedLabels, nil)
	spoolBytes  = prometheus.NewDesc("yagura_spool_bytes", "Size of the spool.", nil, nil)
	spoolMax    = prometheus.NewDesc("yagura_spool_max_bytes", "Bound of the spool; 0: none.", nil, nil)
	uploadLag   = prometheus.NewDesc("yagura_upload_lag_seconds", "Age of the oldest segment that is not in store and index yet.", nil, nil)
	uploadQueue = prometheus.NewDesc("yagura_upload_pending_segments", "Closed segments that are not in store and index yet.", nil, nil)
	storeAway   = prometheus.NewDesc("yagura_store_away_seconds", "How long the object store has been failing; 0: it works.", nil, nil)
	indexAway   = prometheus.NewDesc("yagura_index_away_seconds", "How long the database has been failing; 0: it works.", nil, nil)
	diskFailing = prometheus.NewDesc("yagura_spool_disk_failing", "1 while the spool's disk fails.", nil, nil)
	anchorAge   = prometheus.NewDesc("yagura_audit_anchor_seconds", "For how long the newest row of the audit log has no anchor there.", []string{"to"}, nil)
	anchorWrong = prometheus.NewDesc("yagura_audit_contradicted", "1 while the audit log is not what its last anchor says.", nil, nil)
	views       = prometheus.NewDesc("yagura_views", "Running views.", nil, nil)
)

func (n *node) registry() *prometheus.Registry {
	r := prometheus.NewRegistry()
	r.MustRegister(figures{n}, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return r
}

func (figures) Describe(ch chan<- *prometheus.Desc) { ch <- spoolBytes }

func (f figures) Collect(ch chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	s := f.n.archive.Stats()
	gauge(spoolBytes, float64(s.SpoolBytes))
	gauge(spoolMax, float64(s.SpoolMax))
	gauge(uploadLag, s.Lag.Seconds())
	gauge(uploadQueue, float64(s.Pending))
	gauge(storeAway, ago(s.StoreAway))
	gauge(indexAway, ago(s.IndexAway))
	gauge(diskFailing, one(s.DiskError != ""))
	gauge(views, float64(f.n.views.Views()))
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	now, _ := f.n.clock.Now()
	if s, err := anchor.StatusOf(ctx, f.n.db); err == nil {
		gauge(anchorAge, now.Sub(s.Stored).Seconds(), "store")
		if f.n.cfg.Audit.Syslog != "" {
			gauge(anchorAge, now.Sub(s.Sent).Seconds(), "syslog")
		}
		gauge(anchorWrong, one(s.Against != ""))
	}
	feeds, err := f.n.board.Feeds(ctx, now)
	if err != nil {
		return // index_away says so
	}
	for _, h := range feeds {
		id := []string{string(h.Camera), string(h.Stream)}
		gauge(feedUp, one(h.State == health.Recording), append(id, string(h.State), string(h.Cause))...)
		gauge(feedSince, float64(h.Since)/1e6, id...)
		gauge(feedBits, h.Bits, id...)
		gauge(feedFPS, h.FPS, id...)
		gauge(feedLoss, h.Loss, id...)
		gauge(feedWritten, float64(h.Written)/1e6, id...)
		gauge(feedLag, f.n.archive.Lag(h.Feed).Seconds(), id...)
	}
}

func ago(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return time.Since(t).Seconds()
}

func one(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
