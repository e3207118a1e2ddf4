package whep

import "time"

// ProbesLast shortens the life of probes.
func (s *Server) ProbesLast(d time.Duration) { s.probing = d }
