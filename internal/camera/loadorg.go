package camera

import (
	"slices"

	"yagura/internal/conf"
	"yagura/internal/vms"
)

type orgBuilder struct {
	doc     *conf.Doc
	org     *Organisation
	records map[string]*unitRecord
}

// units adds the records in written order, which is 建制順, and what lies below each.
func (b *orgBuilder) units(records []unitRecord, parent *Unit) {
	for i := range records {
		r := &records[i]
		switch {
		case !vms.CameraID(r.ID).Valid():
			b.doc.Reportf(&r.ID, "unit id %q is not made of a-z, 0-9 and - (1 to 32); choose another", r.ID)
			continue
		case b.org.byID[r.ID] != nil:
			b.doc.Reportf(&r.ID, "unit id %q is used before; every unit needs its own", r.ID)
			continue
		}
		u := b.unit(r, parent)
		b.org.Units = append(b.org.Units, u)
		b.org.byID[u.ID], b.records[u.ID] = u, r
		b.units(r.Units, u)
	}
}

func (b *orgBuilder) unit(r *unitRecord, parent *Unit) *Unit {
	u := &Unit{ID: r.ID, Name: r.Name, Kind: r.Kind, Order: len(b.org.Units) + 1,
		From: vms.Instant(r.From), To: Forever, Successors: r.Successors}
	if b.doc.Wrote(&r.To) {
		u.To = vms.Instant(r.To)
	}
	if parent == nil && u.Kind == "" {
		u.Kind = "department"
	}
	if u.Kind == "" {
		u.Kind = "section"
	}
	if u.To <= u.From {
		b.doc.Reportf(&r.To, "unit %q ends before it begins; correct from or to", u.ID)
	}
	if parent == nil {
		return u
	}
	u.Parent = parent.ID
	if !b.doc.Wrote(&r.From) {
		u.From = parent.From
	}
	if u.From < parent.From || u.To > parent.To {
		b.doc.Reportf(&r.ID, "unit %q must lie within the time of %q above it; give it from and to, or successors elsewhere", u.ID, parent.ID)
	}
	return u
}

// check looks at what needs every unit to be known.
func (b *orgBuilder) check() {
	for _, u := range b.org.Units {
		r := b.records[u.ID]
		if len(u.Successors) > 0 && u.To == Forever {
			b.doc.Reportf(&r.Successors, "unit %q has successors but no end; give it to:", u.ID)
		}
		for i, id := range u.Successors {
			switch s := b.org.byID[id]; {
			case s == nil:
				b.doc.Reportf(&r.Successors[i], "successor %q of %q is not a unit here; add it or correct the id", id, u.ID)
			case !s.In(u.To):
				b.doc.Reportf(&r.Successors[i], "successor %q does not exist on the day %q ends; correct its from or to", id, u.ID)
			}
		}
	}
	if len(b.org.Units) == 0 {
		b.doc.Reportf(b.org, "names no unit; add the 部 under units:")
	}
}

func (b *orgBuilder) sites(records []siteRecord) {
	for i := range records {
		r := &records[i]
		if slices.ContainsFunc(b.org.Sites, func(s Site) bool { return s.ID == r.ID }) {
			b.doc.Reportf(&r.ID, "site id %q is used before; every site needs its own", r.ID)
			continue
		}
		b.org.Sites = append(b.org.Sites, Site{r.ID, r.Name})
	}
}
