package relay

// CloseIdle closes the kept connections of the spool client.
func CloseIdle() { spoolClient.CloseIdleConnections() }
