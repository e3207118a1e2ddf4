package access

import (
	"slices"

	"yagura/internal/camera"
	"yagura/internal/identity"
)

// Viewer is a post whose holders may look at footage, and at which.
type Viewer struct {
	Post       identity.Post
	All        bool // every camera; else only those of the holder's unit
	Live, Past bool
}

// Viewers are the posts that may look at footage as the policies in force say, with whatever valid
// purpose, of any kind of camera; none before the first policies.
func (e *Engine) Viewers() (out []Viewer) {
	p := e.policy.Load()
	if p == nil {
		return nil
	}
	for _, post := range identity.Posts {
		v := Viewer{Post: post}
		v.Live, v.Past = p.mayLook(post, other, Live), p.mayLook(post, other, Past)
		if v.All = v.Live || v.Past; !v.All {
			v.Live, v.Past = p.mayLook(post, own, Live), p.mayLook(post, own, Past)
		}
		if v.Live || v.Past {
			out = append(out, v)
		}
	}
	return out
}

func (p *Policy) mayLook(post identity.Post, relation int, a Action) bool {
	return slices.ContainsFunc(kinds, func(k camera.Kind) bool {
		return p.withSomePurpose([]role{{posts[post], relation}}, actions[a], slices.Index(kinds, k))
	})
}
