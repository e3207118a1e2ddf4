package segment

import (
	"crypto/sha256"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestInclusion: every leaf of trees of every size proves itself, and nothing else does.
func TestInclusion(t *testing.T) {
	digests := make([]Hash, 70)
	for i := range digests {
		digests[i] = sha256.Sum256([]byte{byte(i)})
	}
	for n := range len(digests) {
		root, paths := MerklePaths(digests[:n])
		require.Equal(t, MerkleRoot(digests[:n]), root)
		require.Len(t, paths, n)
		for i, p := range paths {
			require.True(t, Included(digests[i], i, n, p, root))
			require.False(t, Included(digests[i], i+1, n, p, root), "another place")
			require.False(t, Included(digests[i], i-1, n, p, root))
			require.False(t, Included(digests[(i+1)%70], i, n, p, root), "another leaf")
			require.False(t, Included(digests[i], i, n, append(slices.Clone(p), root), root), "a longer path")
			require.False(t, Included(digests[i], i, n, p, digests[0]), "another root")
			for k := range p {
				bad := slices.Clone(p)
				bad[k][7] ^= 1
				require.False(t, Included(digests[i], i, n, bad, root), "another path")
			}
			if n > 1 {
				require.False(t, Included(digests[i], i, n, p[1:], root), "a shorter path")
			}
		}
	}
}

func BenchmarkMerklePaths(b *testing.B) {
	digests := make([]Hash, 1000)
	for b.Loop() {
		MerklePaths(digests)
	}
}
