package access

import (
	"slices"

	"yagura/internal/camera"
	"yagura/internal/vms"
)

// scene is a configuration seen in one era: a stretch of time without reorganisation.
type scene struct {
	set    *camera.Set
	era    vms.Span
	owners map[*camera.Camera][]lineage // by placement
}

// lineage is a set of units: those that do the work now, and all above them.
type lineage map[string]bool

func newScene(set *camera.Set, now vms.Instant) *scene {
	s := &scene{set: set, era: vms.Span{To: camera.Forever}, owners: make(map[*camera.Camera][]lineage, len(set.Cameras))}
	for _, turn := range set.Organisation.Turns() {
		if turn <= now {
			s.era.From = turn
		} else {
			s.era.To = min(s.era.To, turn)
		}
	}
	for _, cam := range set.Cameras {
		s.owners[cam] = s.ownersOf(cam)
	}
	return s
}

// sceneAt returns the scene as it is now, made anew at a turn of the organisation.
func (e *Engine) sceneAt(now vms.Instant) *scene {
	s := e.scene.Load()
	if s == nil || s.era.Contains(now) {
		return s
	}
	fresh := newScene(s.set, now)
	e.scene.CompareAndSwap(s, fresh)
	return fresh
}

func (s *scene) ownersOf(cam *camera.Camera) []lineage {
	owners := make([]lineage, len(cam.Placements))
	for i, p := range cam.Placements {
		owners[i] = s.lineage(p.Sections...)
	}
	return owners
}

// lineage follows units through reorganisations to the present ones, and upwards.
func (s *scene) lineage(units ...string) lineage {
	l := lineage{}
	if s == nil {
		return l
	}
	for _, id := range units {
		for _, heir := range s.set.Organisation.Heirs(id, s.era.From) {
			for _, above := range s.set.Organisation.Line(heir.ID) {
				l[above] = true
			}
		}
	}
	return l
}

// ownersAt returns whose the camera's footage of that instant is now; false before the first placement.
func (s *scene) ownersAt(cam *camera.Camera, at vms.Instant) (lineage, bool) {
	if s == nil {
		return nil, false
	}
	for i := len(cam.Placements) - 1; i >= 0; i-- {
		if cam.Placements[i].From > at {
			continue
		}
		if owners, ok := s.owners[cam]; ok {
			return owners[i], true
		}
		return s.ownersOf(cam)[i], true // a camera of an older configuration, still in somebody's hands
	}
	return nil, false
}

// departments names the 部 of a camera's footage, in 建制順: whom to ask.
func (s *scene) departments(cam *camera.Camera, at vms.Instant) []string {
	owners, _ := s.ownersAt(cam, at)
	var names []string
	for _, u := range s.set.Organisation.Units {
		if u.Parent == "" && owners[u.ID] && !slices.Contains(names, u.Name) {
			names = append(names, u.Name)
		}
	}
	return names
}
