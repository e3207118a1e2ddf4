package camera

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"

	"yagura/internal/conf"
	"yagura/internal/vms"
)

// file adds the cameras of one file.
func (b *builder) file(f conf.File) {
	var written cameraFile
	doc := conf.Decode(f, b.dir, nil, &written)
	if problems := doc.Problems(); len(problems) > 0 {
		b.found = append(b.found, problems...) // what follows would only repeat them
		return
	}
	site := b.site(written.Site)
	for i := range written.Cameras {
		r := &written.Cameras[i]
		id := vms.CameraID(r.ID)
		switch {
		case !id.Valid():
			doc.Reportf(&r.ID, "camera id %q is not made of a-z, 0-9 and - (1 to 32); choose another", r.ID)
			continue
		case b.set.byID[id] != nil:
			doc.Reportf(&r.ID, "camera id %q is used before; every viewpoint needs its own, never reused", r.ID)
			continue
		}
		cam := b.camera(doc, r)
		cam.Site, cam.SiteName, cam.Floor = site.ID, site.Name, written.Floor
		b.set.byID[id] = cam
		b.set.Cameras = append(b.set.Cameras, cam)
	}
	b.found = append(b.found, doc.Problems()...)
}

func (b *builder) site(id string) Site {
	sites := b.set.Organisation.Sites
	if i := slices.IndexFunc(sites, func(s Site) bool { return s.ID == id }); i >= 0 {
		return sites[i]
	}
	return Site{id, id}
}

func (b *builder) camera(doc *conf.Doc, r *cameraRecord) *Camera {
	cam := &Camera{ID: vms.CameraID(r.ID), Name: r.Name, Kind: Kind(r.Kind),
		Number: cmp.Or(r.Number, strings.ToUpper(r.ID)), Transport: cmp.Or(r.Transport, "tcp"),
		Retention: DefaultRetention, Streams: map[vms.Stream]string{}}
	if doc.Wrote(&r.Retention) {
		cam.Retention = time.Duration(r.Retention)
	}
	if cam.Retention <= 0 {
		doc.Reportf(&r.Retention, "retention must be longer than nothing; write for example 30d")
	}
	if limit := time.Duration(b.retentionMax); limit > 0 && cam.Retention > limit {
		doc.Reportf(&r.Retention, "retention is longer than retention_max of organisation.yaml (%s)", limit)
	}
	b.placements(doc, r, cam)
	b.streams(doc, r, cam)
	doc.Resolve(b.lookup, &r.Credentials)
	if secret := r.Credentials.Reveal(); secret != "" {
		var ok bool
		cam.User, cam.Password, ok = strings.Cut(secret, ":")
		if !ok && b.lookup != nil {
			doc.Reportf(&r.Credentials, "credentials must read user:password")
		}
	}
	for i, d := range r.Devices {
		if i > 0 && d.From <= r.Devices[i-1].From {
			doc.Reportf(&r.Devices[i].From, "devices must be in order of from")
		}
		cam.Devices = append(cam.Devices, Device{vms.Instant(d.From), d.Model, d.Serial, d.MAC, d.Switch, d.Port})
	}
	return cam
}

func (b *builder) placements(doc *conf.Doc, r *cameraRecord, cam *Camera) {
	short := r.Section != "" || doc.Wrote(&r.Starts) || r.Room != ""
	switch {
	case short && len(r.Placements) > 0:
		doc.Reportf(r, "camera %q gives both placements and section/starts/room; keep one form", r.ID)
		return
	case short && (r.Section == "" || !doc.Wrote(&r.Starts)):
		doc.Reportf(r, "camera %q needs section and starts together, or placements", r.ID)
		return
	case short:
		cam.Placements = []Placement{{vms.Instant(r.Starts), r.Room, []string{r.Section}}}
		b.section(doc, &r.Section, r.Section, cam.Placements[0].From)
		return
	case len(r.Placements) == 0:
		doc.Reportf(r, "camera %q belongs to nobody; give it placements, or section and starts", r.ID)
		return
	}
	for i := range r.Placements {
		p := &r.Placements[i]
		if i > 0 && p.From <= r.Placements[i-1].From {
			doc.Reportf(&p.From, "placements must be in order of from")
		}
		if len(p.Sections) == 0 {
			doc.Reportf(&p.Sections, "a placement belongs to at least one unit; name it")
		}
		for j, id := range p.Sections {
			b.section(doc, &p.Sections[j], id, vms.Instant(p.From))
		}
		cam.Placements = append(cam.Placements, Placement{vms.Instant(p.From), p.Room, p.Sections})
	}
}

func (b *builder) section(doc *conf.Doc, field any, id string, from vms.Instant) {
	switch u := b.set.Organisation.Find(id); {
	case u == nil:
		doc.Reportf(field, "unit %q is not in organisation.yaml; add it there or correct the id", id)
	case !u.In(from):
		doc.Reportf(field, "unit %q does not exist on the placement's first day; see its from and to in organisation.yaml", id)
	}
}

func (b *builder) streams(doc *conf.Doc, r *cameraRecord, cam *Camera) {
	for _, s := range []struct {
		name  vms.Stream
		field *string
	}{{vms.Main, &r.Streams.Main}, {vms.Sub, &r.Streams.Sub}} {
		if *s.field == "" && s.name == vms.Sub {
			continue
		}
		before := len(doc.Problems())
		doc.Resolve(b.lookup, s.field)
		if len(doc.Problems()) > before {
			continue
		}
		if why := badURL(*s.field, b.lookup == nil); why != "" {
			doc.Reportf(s.field, "stream %s: %s", s.name, why)
			continue
		}
		cam.Streams[s.name] = *s.field
	}
}

// badURL says what is wrong, without repeating the URL: it may hold a password.
func badURL(s string, unresolved bool) string {
	u, err := url.Parse(s)
	switch {
	case unresolved && strings.Contains(s, "${"):
		return ""
	case err != nil:
		return "is not a URL; write rtsp://host:port/path"
	case u.Scheme != "rtsp" && u.Scheme != "rtsps":
		return "must begin with rtsp:// (or rtsps://)"
	case u.User != nil:
		return "holds a user or password; move them to credentials"
	case u.Hostname() == "":
		return "names no host; write rtsp://host:port/path"
	}
	return ""
}
