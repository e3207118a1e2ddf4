package oplog

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/oplog/hint"
)

// Cell is a field of the cross table: how many operations of somebody were about people of a sex and an age.
type Cell struct {
	Sex   string
	Band  int // of five years; -1 not known
	N     int64
	Share float64 // of all of theirs
	Peers float64 // median share of their peers, of the same unit and business

	Hidden bool // not told outside the room
}

// Profile is whom a member of staff looks up.
type Profile struct {
	Staff *Staff
	Total int64
	Cells []Cell
}

// Cross tells of each member of staff of a unit whom they look up, by sex and age, beside their peers.
func (r *Room) Cross(ctx context.Context, c identity.Caller, q Query) ([]Profile, error) {
	s, err := r.reading(ctx, c, Read, byProfile, q)
	if err != nil {
		return nil, err
	}
	return r.cross(ctx, s, q)
}

var errUnit = invalid("no-unit", "所属を選んでください。選べるのは、見ることのできる所属だけです。 Choose a unit, one you may read of.")

func (r *Room) cross(ctx context.Context, s Scope, q Query) (out []Profile, err error) {
	now, _, _, err := q.periods()
	if err != nil {
		return nil, err
	}
	if q.Unit == "" || !s.Covers(q.Unit) {
		return nil, errUnit
	}
	var counts map[string]*sum
	var reg *hint.Register
	err = r.DB.Read(ctx, func(tx *db.Tx) (err error) {
		if reg, err = loadRegister(ctx, tx); err != nil {
			return err
		}
		counts, err = s.sumsOf(ctx, tx, byProfile, &q, now)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("cross table: %w", err)
	}
	byNumber := map[string]map[[2]string]int64{}
	totals := map[string]int64{}
	for value, c := range counts {
		part := strings.Split(value, "|")
		if byNumber[part[0]] == nil {
			byNumber[part[0]] = map[[2]string]int64{}
		}
		byNumber[part[0]][[2]string{part[1], part[2]}] += c.n
		totals[part[0]] += c.n
	}
	for number, cells := range byNumber {
		p := Profile{Staff: r.shown(s, reg, number, q.Unit), Total: totals[number]}
		for k, n := range cells {
			band, _ := strconv.Atoi(k[1])
			var others []float64
			for other, theirs := range byNumber {
				if other != number {
					others = append(others, float64(theirs[k])/float64(totals[other]))
				}
			}
			p.Cells = append(p.Cells, Cell{Sex: k[0], Band: band, N: n, Share: float64(n) / float64(p.Total), Peers: median(others)})
		}
		slices.SortFunc(p.Cells, func(a, b Cell) int { return strings.Compare(a.Sex, b.Sex)*1000 + a.Band - b.Band })
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b Profile) int { return int(b.Total-a.Total)*2 + strings.Compare(a.Staff.ID, b.Staff.ID) })
	hideProfiles(out)
	return out, nil
}

// group is whom a column of a cross table is about.
type group struct {
	sex  string
	band int
}

// columnsOf are the groups that anybody looked up, in order.
func columnsOf(profiles []Profile) (out []group) {
	for _, p := range profiles {
		for _, c := range p.Cells {
			if g := (group{c.Sex, c.Band}); !slices.Contains(out, g) {
				out = append(out, g)
			}
		}
	}
	slices.SortFunc(out, func(a, b group) int { return cmp.Or(strings.Compare(a.sex, b.sex), a.band-b.band) })
	return out
}

// whole are the cells of all columns, those that are empty as well: outside nobody learns which are.
func (p *Profile) whole(columns []group) (out []Cell) {
	for _, g := range columns {
		i := slices.IndexFunc(p.Cells, func(c Cell) bool { return c.Sex == g.sex && c.Band == g.band })
		if i < 0 {
			out = append(out, Cell{Sex: g.sex, Band: g.band, Hidden: true})
			continue
		}
		out = append(out, p.Cells[i])
	}
	return out
}

// hideProfiles notes which cells are not told outside: the totals of people and of groups are in other tables.
func hideProfiles(profiles []Profile) {
	columns := columnsOf(profiles)
	grid := make([][]int64, len(profiles))
	for i := range profiles {
		for _, c := range profiles[i].whole(columns) {
			grid[i] = append(grid[i], c.N)
		}
	}
	for i, row := range hide(grid) {
		for n := range profiles[i].Cells {
			c := &profiles[i].Cells[n]
			c.Hidden = row[slices.Index(columns, group{c.Sex, c.Band})]
		}
	}
}

func median(list []float64) float64 {
	if len(list) == 0 {
		return 0
	}
	slices.Sort(list)
	n := len(list)
	return (list[(n-1)/2] + list[n/2]) / 2
}
