package hint

import (
	"math"
	"slices"
)

const leastPeers = 5

// figure is a number without peers.
func figure(id string, value float64) Figure { return Figure{ID: id, Value: value} }

// beside is a number with that of peers.
func beside(id string, value, peers float64) Figure {
	return Figure{ID: id, Value: value, Peers: &peers}
}

func median(list []float64) float64 {
	if len(list) == 0 {
		return 0
	}
	list = slices.Sorted(slices.Values(list))
	n := len(list)
	return (list[(n-1)/2] + list[n/2]) / 2
}

// robust is how far a value lies from the median of others, in units of their spread (0.6745 × distance / MAD,
// Iglewicz and Hoaglin 1993); the spread is at least floor.
func robust(value float64, others []float64, floor float64) float64 {
	mid := median(others)
	away := make([]float64, len(others))
	for i, x := range others {
		away[i] = math.Abs(x - mid)
	}
	return 0.6745 * (value - mid) / max(median(away), floor)
}

// wilson is where a share of k in n lies (Wilson 1927), z standard deviations to both sides.
func wilson(k, n int, z float64) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	p, c := float64(k)/float64(n), z*z/float64(n)
	mid := (p + c/2) / (1 + c)
	half := z / (1 + c) * math.Sqrt(p*(1-p)/float64(n)+c/float64(4*n))
	return max(0, mid-half), min(1, mid+half)
}

// share is a share as a figure: with its confidence, beside the median of peers.
func share(id, text string, k, n int, peers float64) Figure {
	low, high := wilson(k, n, 1.96)
	return Figure{ID: id, Value: float64(k) / float64(n), Peers: &peers, Low: &low, High: &high, Text: text}
}
