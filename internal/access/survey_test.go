package access_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"yagura/internal/access"
	"yagura/internal/camera"
	"yagura/internal/identity"
)

// crowd is a thousand people: each post in many units, some with two posts.
func crowd(set *camera.Set) []*identity.Person {
	var people []*identity.Person
	for i := range 1000 {
		unit := func(n int) string { return set.Organisation.Units[n%len(set.Organisation.Units)].ID }
		p := holder(string(identity.Posts[i%len(identity.Posts)]) + " " + unit(i/7))
		if i%5 == 0 {
			p = holder(string(identity.Posts[i%len(identity.Posts)])+" "+unit(i/7), string(identity.Posts[i/3%len(identity.Posts)])+" "+unit(i/11))
		}
		p.Login = fmt.Sprintf("p%d", i)
		people = append(people, p)
	}
	return people
}

// TestASurveyAnswersAsTheEngine: whoever simulates sees what would be decided.
func TestASurveyAnswersAsTheEngine(t *testing.T) {
	e, set := engine(t)
	for _, date := range []string{"2017-05-01", "2018-01-01", "2020-01-01"} {
		now := day(t, date)
		s := access.NewSurvey(e.Policy(), set, now)
		for i, p := range crowd(set) {
			for j, cam := range set.Cameras {
				if (i+j)%17 != 0 && cam.ID != "a2-08" {
					continue
				}
				got, may := s.Of(p, cam), e.Actions(p, cam, now)
				for k, a := range access.CameraActions {
					require.Equal(t, slices.Contains(may, a), got[k].Answer >= access.Purpose, "%s %s %s %s", date, p.Appointments, cam.ID, a)
					d := e.Check(p, a, cam, 0, "", now)
					require.Equal(t, d.Allow, got[k].Answer == access.Yes, "%s %s %s %s", date, p.Appointments, cam.ID, a)
					require.Equal(t, d.Ask, got[k].Answer == access.Ask)
					if d.Allow {
						require.Equal(t, d.Rule, s.Why(got[k]))
					}
				}
				require.Equal(t, len(may) == 0, got.None())
			}
		}
	}
	mover := access.NewSurvey(e.Policy(), set, day(t, "2020-01-01")).Of(holder("general_manager kokuho"), set.Find("a2-08"))
	require.True(t, mover[1].Earlier, "the camera has moved on")
}

func TestADraftTellsItsTestsAndBounds(t *testing.T) {
	files := changed(t, "p, clerk, own, records,", "p, clerk, own, records records.read,", "", "")
	p, rows, failing, err := access.Draft(files)
	require.NoError(t, err)
	require.Greater(t, rows, 40)
	require.NotEmpty(t, failing)
	require.ErrorContains(t, failing, "records.read")
	now, err := loadOnce()
	require.NoError(t, err)
	require.Equal(t, []access.Gain{{Post: identity.Clerk, Action: access.ReadRecords, Relation: "own"}}, p.Gains(now))
	require.Empty(t, now.Gains(p))
	_, _, _, err = access.Draft(changed(t, "p, clerk, own, records,", "p, clerk, own, live records,", "", ""))
	require.ErrorContains(t, err, "clerk may never have live")
}

// BenchmarkSurvey is 1,000 people by 100 cameras.
func BenchmarkSurvey(b *testing.B) {
	e, set := engine(b)
	people, now := crowd(set), day(b, "2020-01-01")
	for b.Loop() {
		s := access.NewSurvey(e.Policy(), set, now)
		for _, p := range people {
			for _, cam := range set.Cameras {
				s.Of(p, cam)
			}
		}
	}
}
