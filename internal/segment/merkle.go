package segment

import (
	"crypto/sha256"
	"math/bits"
)

// merkleRoot is the Merkle tree hash of RFC 6962 section 2.1 over digests.
func merkleRoot(digests []Hash) Hash {
	switch len(digests) {
	case 0:
		return sha256.Sum256(nil)
	case 1:
		return sha256.Sum256(append([]byte{0}, digests[0][:]...))
	}
	k := 1 << (bits.Len(uint(len(digests)-1)) - 1) // the largest power of two below len
	left, right := merkleRoot(digests[:k]), merkleRoot(digests[k:])
	return sha256.Sum256(append(append([]byte{1}, left[:]...), right[:]...))
}
