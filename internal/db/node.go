package db

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// Node is a process that may hold leases.
type Node struct {
	Name string // stable across restarts, see NodeName
	Role string // what it may be counted on for, for example "ingest"
	Addr string // host:port where other nodes reach its relay
}

// Nodes returns the nodes that have not ended in good order, by name. Some may be dead:
// Leases.Live knows which.
func (d *DB) Nodes(ctx context.Context) ([]Node, error) {
	rows, err := d.Query(ctx, `SELECT name, role, addr FROM node WHERE up = 1 ORDER BY name COLLATE "C"`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var nodes []Node
	for rows.Next() {
		var n Node
		if err := rows.Scan(&n.Name, &n.Role, &n.Addr); err != nil {
			return nil, err
		}
		nodes = append(nodes, n)
	}
	return nodes, rows.Err()
}

var notInName = regexp.MustCompile(`[^a-z0-9-]+`)

// NodeName returns the name of the node whose data lies in dir: made once, from the host's name
// and chance, and kept in dir/node. Two processes at a time must not share it.
func NodeName(dir string) (string, error) {
	path := filepath.Join(dir, "node")
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err := makeNodeName(dir, path); err != nil {
			return "", fmt.Errorf("name this node: %w", err)
		}
		text, err = os.ReadFile(path)
	}
	if err != nil {
		return "", err
	}
	name := strings.TrimSpace(string(text))
	if name == "" {
		return "", fmt.Errorf("%s is empty: remove it, and the node gets a new name", path)
	}
	return name, nil
}

// makeNodeName links a complete, synced file into place; whoever comes second keeps the first's.
func makeNodeName(dir, path string) error {
	host, err := os.Hostname()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(dir, "node-*.tmp")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	var chance [4]byte
	rand.Read(chance[:])
	host, _, _ = strings.Cut(strings.ToLower(host), ".")
	_, err = fmt.Fprintf(tmp, "%s-%s\n", notInName.ReplaceAllString(host, "-"), hex.EncodeToString(chance[:]))
	if err := errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	if err := os.Link(tmp.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}
