package review

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"yagura/internal/audit"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/oversight"
	"yagura/internal/vms"
)

const (
	share   = 5              // percent that are drawn of what nothing is unusual about
	settles = 24 * time.Hour // after a month: sessions last 12 hours, then the ends of all views are known
	oneLook = time.Minute    // single pictures this close are one look: whoever drags along a timeline sees dozens
	looks   = 15 * time.Second
	back    = 12 // months that are drawn late, if nobody was there
)

// Seed decides what is drawn.
type Seed [32]byte

func (s Seed) String() string { return hex.EncodeToString(s[:]) }

// ParseSeed reads what String wrote.
func ParseSeed(text string) (s Seed, err error) {
	b, err := hex.DecodeString(text)
	if err != nil || len(b) != len(s) {
		return s, vms.Errorf(vms.Invalid, "bad-seed", "%q は抽出の種ではありません。 That is no seed.", text)
	}
	return Seed(b), nil
}

// Draw returns which of the ids are drawn: of n the first ⌈n × 5 %⌉ in the order of SHA-256(seed ‖ id). It
// depends on the seed and on which ids there are, and not on their order.
func Draw(seed Seed, ids []string) []string {
	type lot struct {
		id  string
		sum [sha256.Size]byte
	}
	lots := make([]lot, len(ids))
	for i, id := range ids {
		lots[i] = lot{id, sha256.Sum256(append(seed[:], id...))}
	}
	slices.SortFunc(lots, func(a, b lot) int { return cmp.Or(bytes.Compare(a.sum[:], b.sum[:]), cmp.Compare(a.id, b.id)) })
	var out []string
	for _, l := range lots[:(len(lots)*share+99)/100] {
		out = append(out, l.id)
	}
	return out
}

// Sample is what of the entries, newest first, is looked through, oldest first: what is unusual, what is
// in a sealed case, and of the rest what is drawn.
func Sample(seed Seed, kind string, entries []oversight.Entry, sealed func(caseRef string) bool) (items []Item) {
	var rest []string
	entries = slices.Clone(entries)
	slices.Reverse(entries)
	entries = single(entries)
	for _, e := range entries {
		i := Item{Kind: kind, Actor: e.Actor, State: Open, Hints: e.Hints, entry: e.ID, Entry: e}
		if len(e.Hints) > 0 {
			i.Why = append(i.Why, Hinted)
		}
		if e.Case != "" && sealed(e.Case) {
			i.Why = append(i.Why, Sealed)
		}
		if len(i.Why) == 0 {
			rest = append(rest, e.ID)
		}
		items = append(items, i)
	}
	drawn := Draw(seed, rest)
	slices.Sort(drawn)
	for n := range items {
		if _, is := slices.BinarySearch(drawn, items[n].entry); is {
			items[n].Why = []string{Random}
		}
	}
	return slices.DeleteFunc(items, func(i Item) bool { return len(i.Why) == 0 })
}

// single leaves of single pictures that followed one another the first.
func single(entries []oversight.Entry) (out []oversight.Entry) {
	type look struct{ actor, camera, purpose, caseRef string }
	last := map[look]vms.Instant{}
	for _, e := range entries {
		if e.Action == audit.ViewStill {
			k := look{e.Actor, string(e.Camera), e.Purpose, e.Case}
			before, seen := last[k]
			if last[k] = e.Time; seen && e.Time.Sub(before) <= oneLook {
				continue
			}
		}
		out = append(out, e)
	}
	return out
}

// Run draws each month once it is over, on the node that holds the lease, until ctx ends.
func (r *Room) Run(ctx context.Context, leases *db.Leases) error {
	return leases.Keep(ctx, "review", looks, func(ctx context.Context, _ *db.Lease) {
		if err := r.Once(ctx); err != nil && ctx.Err() == nil {
			r.Log.Error("the sample of a month was not drawn", "err", err)
		}
	})
}

// Once draws the months that are over and not drawn yet, as far back as the log goes.
func (r *Room) Once(ctx context.Context) error {
	months, err := r.due(ctx)
	for _, m := range months {
		if err := r.draw(ctx, m); err != nil {
			return err
		}
	}
	return err
}

// due are the months to be drawn, oldest first.
func (r *Room) due(ctx context.Context) (out []string, err error) {
	last := monthOf(monthStart(r.Now().Add(-settles)).AddDate(0, 0, -1))
	have, err := r.names(ctx, `1 = 1`)
	if err != nil || slices.Contains(have, last) {
		return nil, err // those before it were drawn then
	}
	first, err := r.Audit.First(ctx)
	if err != nil || first == 0 {
		return nil, err
	}
	month := monthStart(r.Now().Add(-settles))
	for range back {
		month = month.AddDate(0, -1, 0)
		if s, _ := span(monthOf(month)); s.To > first && !slices.Contains(have, monthOf(month)) {
			out = append(out, monthOf(month))
		}
	}
	slices.Reverse(out)
	return out, nil
}

func (r *Room) draw(ctx context.Context, month string) error {
	within, err := span(month)
	if err != nil {
		return err
	}
	var seed Seed
	if _, err := rand.Read(seed[:]); err != nil {
		return err
	}
	m := Month{Name: month, Seed: seed.String(), Drawn: r.Now()}
	head, err := r.Audit.Head(ctx)
	if err != nil {
		return err
	}
	m.Head = head.Seq
	if err := r.sample(ctx, &m, seed, within); err != nil {
		return err
	}
	detail, err := json.Marshal(map[string]any{"month": month, "seed": m.Seed, "head": m.Head, "views": m.Views, "lookups": m.LookUps, "items": len(m.Items)})
	if err != nil {
		return err
	}
	if _, err := r.Audit.Append(ctx, audit.Entry{Action: DrawMonth, Detail: string(detail)}); err != nil {
		return err
	}
	return r.keep(ctx, &m)
}

// sample fills in the items of a month.
func (r *Room) sample(ctx context.Context, m *Month, seed Seed, within vms.Span) error {
	views, err := r.rows(ctx, audit.Views, within)
	if err != nil {
		return err
	}
	lookUps, err := r.rows(ctx, []string{oversight.Read, oversight.Export}, within)
	if err != nil {
		return err
	}
	if lookUps, _, err = r.byPost(ctx, lookUps, identity.Auditor); err != nil { // heads export too
		return err
	}
	logs, err := r.rows(ctx, []string{audit.ReadLogs, audit.ExportLogs}, within)
	if err != nil {
		return err
	}
	office, others, err := r.byPost(ctx, logs, identity.InformationSecurity)
	if err != nil {
		return err
	}
	sealed, err := r.Oversight.EverSealed(ctx)
	if err != nil {
		return err
	}
	m.Views, m.LookUps = len(views), len(lookUps)+len(logs)
	m.Items = slices.Concat(Sample(seed, View, views, sealed), Sample(seed, LookUp, lookUps, sealed), Sample(seed, LookUp, others, sealed), Sample(seed, Office, office, sealed))
	for i := range m.Items {
		m.Items[i].Month, m.Items[i].N = m.Name, i+1
	}
	return nil
}

// byPost parts what was asked by people who held a post then from the rest.
func (r *Room) byPost(ctx context.Context, entries []oversight.Entry, post identity.Post) (theirs, others []oversight.Entry, err error) {
	people, err := r.Identity.People(ctx)
	held := map[string][]identity.Appointment{}
	for _, p := range people {
		held[p.Login] = p.Appointments
	}
	for _, e := range entries {
		if slices.ContainsFunc(held[e.Actor], func(a identity.Appointment) bool { return a.Post == post && a.InForce(e.Time) }) {
			theirs = append(theirs, e)
		} else {
			others = append(others, e)
		}
	}
	return theirs, others, err
}

// rows are the successful ones, newest first.
func (r *Room) rows(ctx context.Context, actions []string, within vms.Span) (out []oversight.Entry, err error) {
	err = r.Oversight.Walk(ctx, actions, within, func(batch []oversight.Entry) error {
		for _, e := range batch {
			if e.Outcome == audit.OK {
				out = append(out, e)
			}
		}
		return nil
	})
	return out, err
}
