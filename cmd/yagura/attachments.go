package main

import (
	"path/filepath"

	"yagura/internal/attachment"
	"yagura/internal/blob"
)

// shelf is where files attached to records are.
func (c *config) shelf(store blob.Store) (*attachment.Shelf, error) {
	return attachment.New(store, filepath.Join(c.Data, "attachments"))
}
