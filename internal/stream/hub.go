package stream

import (
	"sync"

	"yagura/internal/vms"
)

// Hub is the set of streams this process ingests.
type Hub struct {
	mu      sync.Mutex
	streams map[vms.Feed]*Stream
}

// NewHub returns an empty hub.
func NewHub() *Hub { return &Hub{streams: map[vms.Feed]*Stream{}} }

// Open returns the feed's stream, making it if need be.
func (h *Hub) Open(feed vms.Feed) *Stream {
	h.mu.Lock()
	defer h.mu.Unlock()
	s, ok := h.streams[feed]
	if !ok {
		s = New()
		h.streams[feed] = s
	}
	return s
}

// Lookup returns the feed's stream, or nil when this process does not ingest it.
func (h *Hub) Lookup(feed vms.Feed) *Stream {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.streams[feed]
}

// Remove closes the feed's stream and forgets it.
func (h *Hub) Remove(feed vms.Feed) {
	h.mu.Lock()
	s := h.streams[feed]
	delete(h.streams, feed)
	h.mu.Unlock()
	if s != nil {
		s.Close()
	}
}
