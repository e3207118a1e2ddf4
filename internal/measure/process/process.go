// Package process runs programs and says what they cost, for measurements. Linux only.
package process

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"yagura/internal/vms"
)

// Cost is what a process used.
type Cost struct {
	CPU    float64 // seconds, user and system, within Window
	Window time.Duration
	RSS    float64 // peak since its start, MB (10^6 bytes)
}

// PerMinute is CPU-seconds per camera-minute.
func (c Cost) PerMinute(cameras int) float64 { return c.CPU / float64(cameras) / c.Window.Minutes() }

// Median returns the cost with the median CPU.
func Median(costs []Cost) Cost {
	sorted := slices.SortedFunc(slices.Values(costs), func(a, b Cost) int {
		if a.CPU < b.CPU {
			return -1
		}
		return 1
	})
	return sorted[len(sorted)/2]
}

// Peak is the highest RSS, MB.
func Peak(costs []Cost) (rss float64) {
	for _, c := range costs {
		rss = max(rss, c.RSS)
	}
	return rss
}

// Build compiles packages of this module into dir.
func Build(ctx context.Context, dir string, packages ...string) error {
	cmd := exec.CommandContext(ctx, "go", append([]string{"build", "-o", dir + "/"}, packages...)...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build: %w\n%s", err, out)
	}
	return nil
}

// Measure starts cmd, lets it warm up, measures a window, and ends it in order.
func Measure(ctx context.Context, cmd *exec.Cmd, warm, window time.Duration) (Cost, error) {
	if err := cmd.Start(); err != nil {
		return Cost{}, err
	}
	defer End(cmd)
	if !vms.Sleep(ctx, warm) {
		return Cost{}, ctx.Err()
	}
	before, err := cpu(cmd.Process.Pid)
	if err != nil {
		return Cost{}, err
	}
	start := time.Now()
	if !vms.Sleep(ctx, window) {
		return Cost{}, ctx.Err()
	}
	after, err := cpu(cmd.Process.Pid)
	if err != nil {
		return Cost{}, err
	}
	rss, err := peak(cmd.Process.Pid)
	return Cost{CPU: after - before, Window: time.Since(start), RSS: rss}, err
}

// End asks a process to end and waits; one that does not within ten seconds is killed.
func End(cmd *exec.Cmd) {
	_ = cmd.Process.Signal(syscall.SIGTERM) // it may have ended by itself
	kill := time.AfterFunc(10*time.Second, func() { _ = cmd.Process.Kill() })
	defer kill.Stop()
	_ = cmd.Wait()
}

const ticksPerSecond = 100 // USER_HZ on every Linux that Go runs on

// cpu is the seconds of CPU a process has used (proc(5), stat, fields 14 and 15).
func cpu(pid int) (float64, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(b), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0, errors.New("/proc/pid/stat is cut short")
	}
	user, err1 := strconv.ParseFloat(fields[11], 64)
	system, err2 := strconv.ParseFloat(fields[12], 64)
	return (user + system) / ticksPerSecond, errors.Join(err1, err2)
}

// peak is a process's peak RSS in MB (proc(5), status, VmHWM).
func peak(pid int) (float64, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(b)) {
		if f := strings.Fields(line); len(f) == 3 && f[0] == "VmHWM:" {
			kb, err := strconv.ParseFloat(f[1], 64)
			return kb * 1024 / 1e6, err
		}
	}
	return 0, errors.New("no VmHWM in /proc/pid/status")
}

// FreePort returns a TCP port of loopback that nobody listens on now.
func FreePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}

// MustFreePort is FreePort where loopback is known to work.
func MustFreePort() int {
	port, err := FreePort()
	if err != nil {
		panic(err)
	}
	return port
}

// WaitFor waits until somebody listens at addr.
func WaitFor(ctx context.Context, addr string) error {
	for {
		c, err := net.DialTimeout("tcp", addr, time.Second)
		if err == nil {
			return c.Close()
		}
		if !vms.Sleep(ctx, 20*time.Millisecond) {
			return fmt.Errorf("nobody listens at %s: %w", addr, err)
		}
	}
}
