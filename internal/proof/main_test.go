package proof

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var (
	full  = flag.Bool("full", false, "run the proofs at their full size, as scripts/soak does")
	seed  = flag.Uint64("seed", 0, "of what is drawn; 0: one by the clock")
	given = flag.String("binary", "", "the yagura to prove; without it, one is built from this tree")
	table = flag.String("table", "", "file that rows of figures are appended to")
)

// binary is the folder of the yagura that is proved.
var binary string

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(run(m))
}

func run(m *testing.M) int {
	var err error
	if binary, err = os.MkdirTemp("", "yagura-proof-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(binary)
	return m.Run()
}

var build = sync.OnceValue(func() error {
	out, err := exec.Command("go", "build", "-o", binary+"/", "yagura/cmd/yagura").CombinedOutput()
	if err != nil {
		return fmt.Errorf("go build: %w\n%s", err, out)
	}
	return nil
})

// yagura returns the program, built once.
func yagura(t *testing.T) string {
	t.Helper()
	if *given != "" {
		return *given
	}
	require.NoError(t, build())
	return filepath.Join(binary, "yagura")
}

// size is what a proof uses in go test, and at its full size.
func size[T any](small, large T) T {
	if *full {
		return large
	}
	return small
}

// small proofs run beside each other; full ones have the machine to themselves.
func parallel(t *testing.T) {
	if !*full {
		t.Parallel()
	}
}

// dice returns what a proof draws from, and says how to draw the same again.
func dice(t *testing.T) *rand.Rand {
	t.Helper()
	s := *seed
	if s == 0 {
		s = uint64(time.Now().UnixNano())
	}
	figure(t, "seed", "%d", s)
	return rand.New(rand.NewPCG(s, 1))
}

var rows sync.Mutex

// figure notes a result, in the log and in the table.
func figure(t *testing.T, what, format string, args ...any) {
	t.Helper()
	value := fmt.Sprintf(format, args...)
	t.Logf("%s: %s", what, value)
	if *table == "" {
		return
	}
	name, part, _ := strings.Cut(t.Name(), "/")
	name = strings.ToLower(strings.TrimPrefix(name, "Test"))
	if part != "" {
		name += ", " + strings.ReplaceAll(part, "_", " ")
	}
	rows.Lock()
	defer rows.Unlock()
	f, err := os.OpenFile(*table, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	require.NoError(t, err)
	defer f.Close()
	_, err = fmt.Fprintf(f, "| %s | %s | %s |\n", name, what, value)
	require.NoError(t, err)
}

// until waits for what cond says is not so yet, looking again and again.
func until(t *testing.T, limit time.Duration, what string, cond func() error) {
	t.Helper()
	deadline := time.After(limit)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		err := cond()
		if err == nil {
			return
		}
		select {
		case <-tick.C:
		case <-deadline:
			require.FailNow(t, fmt.Sprintf("not within %v: %s: %v", limit, what, err))
		}
	}
}
