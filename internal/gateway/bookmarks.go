package gateway

import (
	"context"

	"yagura/internal/bookmark"
	"yagura/internal/vms"
)

type bookmarkBody struct {
	ID      string       `json:"id"`
	Camera  vms.CameraID `json:"camera"`
	At      vms.Instant  `json:"at" format:"date-time" doc:"of the footage"`
	To      *vms.Instant `json:"to" format:"date-time" nullable:"true" doc:"end of a stretch; null: a moment"`
	Text    string       `json:"text"`
	Shared  bool         `json:"shared" doc:"with whoever may bookmark this footage"`
	Still   bool         `json:"still" doc:"the picture at that moment is kept as a still"`
	By      string       `json:"by"`
	ByName  string       `json:"by_name"`
	ByTitle string       `json:"by_title" doc:"the author's post when it was made"`
	Mine    bool         `json:"mine"`
	Case    string       `json:"case"`
	Purpose string       `json:"purpose"`
	Created vms.Instant  `json:"created" format:"date-time"`
	Changed vms.Instant  `json:"changed" format:"date-time"`
}

type addBookmarkInput struct {
	ID   vms.CameraID `path:"id"`
	Body struct {
		At      vms.Instant  `json:"at" format:"date-time" doc:"of the footage; not in the future"`
		To      *vms.Instant `json:"to,omitempty" format:"date-time" nullable:"true" doc:"end of a stretch, at most 24 hours later; none of a still"`
		Text    string       `json:"text" maxLength:"500" doc:"may be empty for a still"`
		Shared  bool         `json:"shared" doc:"with whoever may bookmark this footage"`
		Still   bool         `json:"still"`
		Purpose string       `json:"purpose,omitempty" doc:"the session's when left out"`
		Case    string       `json:"case,omitempty" maxLength:"64" doc:"number of a case; the session's when left out, if the purpose is"`
	}
}

type bookmarkOutput struct{ Body bookmarkBody }

func (g *Gateway) addBookmark(ctx context.Context, in *addBookmarkInput) (*bookmarkOutput, error) {
	n := bookmark.Note{Camera: in.ID, At: in.Body.At, Text: in.Body.Text, Shared: in.Body.Shared, Still: in.Body.Still,
		Purpose: in.Body.Purpose, Case: in.Body.Case}
	if in.Body.To != nil {
		n.To = *in.Body.To
	}
	b, err := g.Bookmark.Add(ctx, noting(ctx), n)
	return &bookmarkOutput{Body: describeBookmark(b)}, err
}

type listBookmarksInput struct {
	Query  string       `query:"q" maxLength:"200" doc:"words that text, camera or author's name have, all of them; forms and case of letters do not matter"`
	Camera vms.CameraID `query:"camera"`
	From   string       `query:"from" format:"date-time"`
	To     string       `query:"to" format:"date-time"`
	Mine   bool         `query:"mine" doc:"only the caller's"`
	Still  bool         `query:"still" doc:"only stills"`
	Before string       `query:"before" doc:"id of the last one of the page before"`
	Limit  int          `query:"limit" minimum:"1" maximum:"200" default:"100"`
}

type bookmarksOutput struct {
	Body struct {
		Bookmarks []bookmarkBody `json:"bookmarks" nullable:"false" doc:"newest footage first"`
		More      bool           `json:"more"`
	}
}

func (g *Gateway) listBookmarks(ctx context.Context, in *listBookmarksInput) (_ *bookmarksOutput, err error) {
	f := bookmark.Filter{Query: in.Query, Camera: in.Camera, Mine: in.Mine, Still: in.Still, Before: in.Before, Limit: in.Limit}
	for _, edge := range []struct {
		text string
		to   *vms.Instant
	}{{in.From, &f.Span.From}, {in.To, &f.Span.To}} {
		if edge.text == "" {
			continue
		}
		if *edge.to, err = vms.ParseInstant(edge.text); err != nil {
			return nil, err
		}
	}
	found, more, err := g.Bookmark.List(ctx, who(ctx).session.Person, f)
	out := &bookmarksOutput{}
	out.Body.Bookmarks, out.Body.More = []bookmarkBody{}, more
	for _, b := range found {
		out.Body.Bookmarks = append(out.Body.Bookmarks, describeBookmark(b))
	}
	return out, err
}

type changeBookmarkInput struct {
	ID   string `path:"id"`
	Body struct {
		Text   string `json:"text" maxLength:"500"`
		Shared bool   `json:"shared"`
	}
}

func (g *Gateway) changeBookmark(ctx context.Context, in *changeBookmarkInput) (*bookmarkOutput, error) {
	b, err := g.Bookmark.Change(ctx, noting(ctx), in.ID, in.Body.Text, in.Body.Shared)
	return &bookmarkOutput{Body: describeBookmark(b)}, err
}

type removeBookmarkInput struct {
	ID string `path:"id"`
}

func (g *Gateway) removeBookmark(ctx context.Context, in *removeBookmarkInput) (*struct{}, error) {
	return nil, g.Bookmark.Remove(ctx, noting(ctx), in.ID)
}

// noting is the caller as the room of bookmarks sees them.
func noting(ctx context.Context) bookmark.Who {
	c := who(ctx)
	return bookmark.Who{Session: c.session, From: c.source}
}

func describeBookmark(b bookmark.Bookmark) bookmarkBody {
	out := bookmarkBody{ID: b.ID, Camera: b.Camera, At: b.At, Text: b.Text, Shared: b.Shared, Still: b.Still, By: b.By, ByName: b.ByName,
		ByTitle: b.ByPost.Title(), Mine: b.Mine, Case: b.Case, Purpose: b.Purpose, Created: b.Created, Changed: b.Changed}
	if b.To != 0 {
		out.To = &b.To
	}
	return out
}
