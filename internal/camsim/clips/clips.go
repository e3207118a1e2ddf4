// Package clips holds the demo's clips: the office scenes that scripts draw and encode, and
// clips.yaml, which says what they show. See camsim.LoadLibrary for the layout.
package clips

import "embed"

// FS is this folder.
//
//go:embed *
var FS embed.FS
