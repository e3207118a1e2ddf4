package bookmark

import (
	"context"

	"yagura/internal/db"
)

// Insert writes a bookmark as Add does, without asking anybody, and gives it its id.
func Insert(ctx context.Context, tx *db.Tx, b Bookmark) (Bookmark, error) {
	b.ID = newID(b.At)
	return b, insert(ctx, tx, b)
}
