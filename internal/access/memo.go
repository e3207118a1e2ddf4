package access

import (
	"slices"
	"sync"

	"yagura/internal/conf"
)

// memo holds the policies compiled last. The same files are compiled when they are read, when they
// are judged against those in force, and when they come into force; compiling is what takes time
// between a change and its effect. A Policy never changes, so it may be shared.
type memo struct {
	mu   sync.Mutex
	last []compiled // newest last
}

type compiled struct {
	files  []conf.File
	policy *Policy
}

const memoised = 3 // in force, proposed, and one more

var recent memo

func (m *memo) find(files []conf.File) *Policy {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, c := range m.last {
		if slices.Equal(c.files, files) {
			return c.policy
		}
	}
	return nil
}

func (m *memo) keep(files []conf.File, p *Policy) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.last = append(m.last, compiled{slices.Clone(files), p}); len(m.last) > memoised {
		m.last = slices.Delete(m.last, 0, 1)
	}
}
