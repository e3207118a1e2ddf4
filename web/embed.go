// Package web holds the built browser application (npm run build), embedded into the binary: no page
// loads anything from elsewhere.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Files returns the built application. Without a web build it is empty but for a marker file.
func Files() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the directory is embedded above
	}
	return sub
}
