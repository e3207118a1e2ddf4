package camera

import (
	"fmt"
	"iter"
	"maps"
	"reflect"
	"slices"
	"time"

	"yagura/internal/conf"
	"yagura/internal/vms"
)

// Change is what differs between two sets.
type Change struct {
	Added, Removed []*Camera // of the new and of the old set
	Changed        []*Camera // as they are in the new set
}

// Diff compares by id; old may be nil.
func Diff(old, new *Set) Change {
	var c Change
	if old == nil {
		old = &Set{}
	}
	for _, cam := range new.Cameras {
		switch before := old.Find(cam.ID); {
		case before == nil:
			c.Added = append(c.Added, cam)
		case !reflect.DeepEqual(before, cam):
			c.Changed = append(c.Changed, cam)
		}
	}
	for _, cam := range old.Cameras {
		if new.Find(cam.ID) == nil {
			c.Removed = append(c.Removed, cam)
		}
	}
	return c
}

// Wider lists what in the proposed files would widen a view, change a jurisdiction or shorten
// retention, compared with the accepted versions, newest first. A camera that was away is compared
// with the version that knew it last, so that removing and adding it again widens nothing. A camera
// never known before is not a widening.
func Wider(history iter.Seq2[[]conf.File, error], proposed []conf.File) ([]string, error) {
	new, err := Parse(proposed, "", nil)
	if err != nil {
		return nil, err
	}
	open := map[vms.CameraID]*Camera{} // not yet found in history
	for _, cam := range new.Cameras {
		open[cam.ID] = cam
	}
	openUnits := maps.Clone(new.Organisation.byID)
	var wider []string
	var inForce *Set
	for files, err := range history {
		if err != nil {
			return nil, err
		}
		old, err := Parse(files, "", nil)
		if err != nil {
			return nil, fmt.Errorf("read the accepted version: %w", err)
		}
		if inForce == nil {
			inForce = old
			wider = append(wider, widerAddresses(old, new)...)
		}
		for id, u := range openUnits {
			if before := old.Organisation.Find(id); before != nil {
				wider = append(wider, widerUnit(before, u)...)
				delete(openUnits, id)
			}
		}
		for id, cam := range open {
			if before := old.Find(id); before != nil {
				wider = append(wider, widerCamera(before, cam)...)
				delete(open, id)
			}
		}
		if len(open) == 0 && len(openUnits) == 0 {
			break
		}
	}
	slices.Sort(wider)
	return wider, nil
}

// widerAddresses finds cameras that come to show what a camera of another jurisdiction shows: that would
// give its pictures away without touching it.
func widerAddresses(old, new *Set) []string {
	before := shared(old)
	var wider []string
	for pair := range shared(new) {
		if !before[pair] {
			wider = append(wider, fmt.Sprintf("所管の違うカメラ%sと%sが同じ接続先になります。 Cameras %[1]s and %[2]s, of different jurisdictions, get the same address.", pair[0], pair[1]))
		}
	}
	return wider
}

// shared is the pairs of cameras with a stream in common whose placements differ.
func shared(set *Set) map[[2]vms.CameraID]bool {
	first := map[string]*Camera{}
	pairs := map[[2]vms.CameraID]bool{}
	for _, cam := range set.Cameras {
		for _, url := range cam.Streams {
			other := first[url]
			if other == nil {
				first[url] = cam
			} else if !slices.EqualFunc(other.Placements, cam.Placements, samePlace) {
				pairs[[2]vms.CameraID{other.ID, cam.ID}] = true
			}
		}
	}
	return pairs
}

func samePlace(a, b Placement) bool {
	return a.From == b.From && slices.Equal(a.Sections, b.Sections)
}

func widerUnit(old, new *Unit) []string {
	same := old.Parent == new.Parent && old.From == new.From && old.To == new.To &&
		slices.Equal(old.Successors, new.Successors)
	if same {
		return nil
	}
	return []string{fmt.Sprintf("部署%s（%s）の位置、期間、承継先が変わります。 Unit %[1]s (%[2]s) gets another place, period or successors.", new.ID, new.Name)}
}

func widerCamera(old, new *Camera) []string {
	var wider []string
	if new.Kind != old.Kind {
		wider = append(wider, fmt.Sprintf("カメラ%sの種類が変わります。 Camera %[1]s becomes a %[2]s camera.", new.ID, new.Kind))
	}
	if new.Retention < old.Retention {
		wider = append(wider, fmt.Sprintf("カメラ%sの保存日数が%d日から%d日に短くなります。 Camera %[1]s keeps footage for %[3]d days instead of %[2]d.", new.ID, days(old.Retention), days(new.Retention)))
	}
	before := owned(old)
	for section, spans := range owned(new) {
		if len(vms.Subtract(spans, before[section])) > 0 {
			wider = append(wider, fmt.Sprintf("カメラ%sが、これまで所管でなかった期間について部署%sの所管になります。 Camera %[1]s is given to unit %[2]s for a time it did not have.", new.ID, section))
		}
	}
	return wider
}

func days(d time.Duration) int { return int(d / (24 * time.Hour)) }

// owned tells for which footage each unit owns the camera.
func owned(c *Camera) map[string][]vms.Span {
	spans := map[string][]vms.Span{}
	for i, p := range c.Placements {
		for _, section := range p.Sections {
			spans[section] = append(spans[section], c.Span(i))
		}
	}
	return spans
}
