package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"yagura/internal/vms"
)

func TestLimitKeepsTheStar(t *testing.T) {
	ids := []vms.CameraID{"a1-01", "a1-02", "a1-07", "a1-08"}
	require.Equal(t, ids, limit(ids, 0))
	require.Equal(t, ids, limit(ids, 9))
	require.Equal(t, []vms.CameraID{"a1-01", "a1-07"}, limit(ids, 2))
	require.Equal(t, ids[:3], limit(ids, 3))
	require.Equal(t, []vms.CameraID{"b", "c"}, limit([]vms.CameraID{"b", "c", "d"}, 2))
}
