package attachment_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"net"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"yagura/internal/attachment"
	"yagura/internal/vms"
)

// clamd answers as the daemon does, on a socket of its own: it finds the word EICAR, and takes a megabyte at most.
func clamd(t *testing.T) string {
	l, err := net.Listen("unix", filepath.Join(t.TempDir(), "clamd.ctl"))
	require.NoError(t, err)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = io.WriteString(c, scanned(c)) // the one who asked is gone where this fails
			_ = c.Close()
		}
	}()
	t.Cleanup(func() { l.Close(); <-done })
	return "unix:" + l.Addr().String()
}

func scanned(c io.Reader) string {
	command := make([]byte, len("zINSTREAM\x00"))
	if _, err := io.ReadFull(c, command); err != nil || string(command) != "zINSTREAM\x00" {
		return "UNKNOWN COMMAND\x00"
	}
	var all bytes.Buffer
	for {
		var n uint32
		if err := binary.Read(c, binary.BigEndian, &n); err != nil {
			return ""
		}
		if n == 0 {
			break
		}
		if _, err := io.CopyN(&all, c, int64(n)); err != nil {
			return ""
		}
		if all.Len() > 1<<20 {
			return "INSTREAM size limit exceeded. ERROR\x00"
		}
	}
	if strings.Contains(all.String(), "EICAR") {
		return "stream: Eicar-Test-Signature FOUND\x00"
	}
	return "stream: OK\x00"
}

// TestAScannerLooksFirst: what it finds something in, and what it could not look at, is not taken.
func TestAScannerLooksFirst(t *testing.T) {
	s, _, _ := newShelf(t, "dir:"+filepath.Join(t.TempDir(), "objects"))
	var err error
	s.Scanner, err = attachment.NewClamd(clamd(t))
	require.NoError(t, err)
	stage := func(text string) (*attachment.Staged, error) {
		return s.Stage(t.Context(), "a.txt", attachment.Limit{}, strings.NewReader(text))
	}
	st, err := stage(strings.Repeat("記録\n", 50_000))
	require.NoError(t, err)
	require.True(t, st.Scanned)
	require.NoError(t, st.Close())
	_, err = stage("EICAR")
	require.ErrorIs(t, err, vms.Invalid)
	require.Equal(t, "file-virus", vms.Code(err))
	require.ErrorContains(t, err, "Eicar-Test-Signature")
	_, err = stage(strings.Repeat("x", 2<<20))
	require.Equal(t, "scanner-away", vms.Code(err))
	s.Scanner, err = attachment.NewClamd("unix:" + filepath.Join(t.TempDir(), "nobody"))
	require.NoError(t, err)
	_, err = stage("記録")
	require.Equal(t, "scanner-away", vms.Code(err))
	for _, bad := range []string{"", "unix:", "/run/clamd", "http://x"} {
		_, err = attachment.NewClamd(bad)
		require.Error(t, err, bad)
	}
}
