package rights_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"yagura/internal/access"
	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/identity"
	"yagura/internal/rights"
)

// crowded is an office of the whole sample ward, with a thousand people.
func crowded(b testing.TB) (*office, []conf.File) {
	o := newOffice(b, "sqlite:"+filepath.Join(b.TempDir(), "y.db"))
	files, err := conf.ReadDir("../../camera-configs", camera.Patterns...)
	require.NoError(b, err)
	set, err := camera.Parse(files, "", nil)
	require.NoError(b, err)
	require.Len(b, set.Cameras, 100)
	require.NoError(b, o.Identity.SyncUnits(b.Context(), set.Organisation))
	o.Access.SetCameras(set)
	for i := range 1000 {
		login := fmt.Sprintf("p%d", i)
		require.NoError(b, o.Identity.AddPerson(b.Context(), login, login, ""))
		o.Appoint(identity.Appointment{Login: login, Post: identity.Posts[i%len(identity.Posts)], Unit: set.Organisation.Units[i%len(set.Organisation.Units)].ID})
	}
	o.room = rights.New(rights.Config{DB: o.DB, Identity: o.Identity, Access: o.Access, Audit: o.Audit, Cameras: func() *camera.Set { return set },
		Files: []*camera.Store{o.cameras, o.policies}, Now: o.Now})
	return o, files
}

// questions are what the simulator is asked, by name.
func questions(b testing.TB) map[string]rights.Question {
	var rules string
	policies(b, func(name, text string) string {
		if name == access.RulesName {
			rules = text
		}
		return text
	})
	return map[string]rights.Question{"everybody": {}, "a camera": {Camera: "a1-07"}, "a person": {Who: "p7"},
		"an appointment": {Draft: &rights.Draft{Appointment: &identity.Appointment{Login: "clerk", Post: identity.CrisisManagement}}},
		"other rules":    {Draft: &rights.Draft{Rules: strings.Replace(rules, "own, live search", "own, search", 1)}}}
}

// BenchmarkLoad is what a node does before it decides about 1,000 people and 100 cameras: goal 1 s.
func BenchmarkLoad(b *testing.B) {
	o, files := crowded(b)
	rules := policies(b, nil)
	for i := 0; b.Loop(); i++ {
		rules[0].Data = fmt.Sprintf("# %d\n%s", i, rules[0].Data) // what was compiled lately is remembered
		p, err := access.Compile(rules)
		require.NoError(b, err)
		set, err := camera.Parse(files, "", nil)
		require.NoError(b, err)
		people, err := o.Identity.People(b.Context())
		require.NoError(b, err)
		require.Greater(b, len(people), 1000)
		e := access.New()
		e.SetPolicy(p)
		e.SetCameras(set)
	}
}

// BenchmarkSimulate is the simulator's answers about 1,000 people and 100 cameras: goal 300 ms.
func BenchmarkSimulate(b *testing.B) {
	o, _ := crowded(b)
	admin := o.as("admin")
	for name, q := range questions(b) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				_, err := o.room.Simulate(b.Context(), admin, q)
				require.NoError(b, err)
			}
		})
	}
}
