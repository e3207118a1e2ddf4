package main

import (
	"path/filepath"

	"yagura/internal/attachment"
	"yagura/internal/blob"
)

// shelf is where files attached to records are, and who looks at them first.
func (c *config) shelf(store blob.Store) (*attachment.Shelf, error) {
	s, err := attachment.New(store, filepath.Join(c.Data, "attachments"))
	if err != nil || c.Attachments.Clamd == "" {
		return s, err
	}
	s.Scanner, err = attachment.NewClamd(c.Attachments.Clamd)
	return s, err
}
