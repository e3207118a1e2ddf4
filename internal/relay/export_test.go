package relay

// CloseIdle closes the kept connections of the spool client.
func CloseIdle() { spoolClient.CloseIdleConnections() }

// CloseIdle closes the connections this Relay keeps.
func (r *Relay) CloseIdle() { r.spool.CloseIdleConnections() }
