package segment

import (
	"crypto/sha256"
	"math/bits"
)

// MerkleRoot is the Merkle tree hash of RFC 6962 section 2.1 over digests.
func MerkleRoot(digests []Hash) Hash {
	switch len(digests) {
	case 0:
		return sha256.Sum256(nil)
	case 1:
		return sha256.Sum256(append([]byte{0}, digests[0][:]...))
	}
	k := split(len(digests))
	return node(MerkleRoot(digests[:k]), MerkleRoot(digests[k:]))
}

// MerklePaths returns the root over digests and the audit path of each (RFC 6962 section 2.1.1): with
// it Included can tell that a digest is among them, without the others.
func MerklePaths(digests []Hash) (root Hash, paths [][]Hash) {
	if len(digests) < 2 {
		return MerkleRoot(digests), make([][]Hash, len(digests))
	}
	k := split(len(digests))
	left, paths := MerklePaths(digests[:k])
	right, rest := MerklePaths(digests[k:])
	for i := range paths {
		paths[i] = append(paths[i], right)
	}
	for i := range rest {
		rest[i] = append(rest[i], left)
	}
	return node(left, right), append(paths, rest...)
}

// Included reports whether digest is at that place among n digests with that root.
func Included(digest Hash, place, n int, path []Hash, root Hash) bool {
	if place < 0 || place >= n {
		return false
	}
	got, ok := climb(MerkleRoot([]Hash{digest}), place, n, path)
	return ok && got == root
}

// climb works out the root of a tree of n leaves from one of them.
func climb(leaf Hash, place, n int, path []Hash) (Hash, bool) {
	if n == 1 || len(path) == 0 {
		return leaf, n == 1 && len(path) == 0
	}
	k, last := split(n), len(path)-1
	if place < k {
		left, ok := climb(leaf, place, k, path[:last])
		return node(left, path[last]), ok
	}
	right, ok := climb(leaf, place-k, n-k, path[:last])
	return node(path[last], right), ok
}

// split is the largest power of two below n.
func split(n int) int { return 1 << (bits.Len(uint(n-1)) - 1) }

func node(left, right Hash) Hash {
	return sha256.Sum256(append(append([]byte{1}, left[:]...), right[:]...))
}
