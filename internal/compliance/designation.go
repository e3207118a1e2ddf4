package compliance

import (
	"context"
	"slices"

	"yagura/internal/identity"
	"yagura/internal/record"
)

// Designation says that a member of staff patrols in the place of those whose duty it is, for a while (指定期間).
var Designation = record.Kind{
	ID: "patrol-designation", Name: text("巡回の指定職員", "Designated patroller"), Prefix: "指", Day: "from", Key: []string{"staff", "from"}, Title: []string{"staff", "from", "until"},
	Note: text("管理職・執行責任者に代わって巡回する職員と、その指定期間です。", "Who patrols in place of a manager or an executing officer, and for how long."),
	Fields: []record.Field{
		must(person("staff", "指定する職員", "Member of staff")),
		must(date("from", "指定開始日", "From")), must(date("until", "指定終了日", "Until")),
		line("area", "巡回区域", "Area"),
		lines("why", "指定の理由", "Why"),
	},
	States: []record.State{open("draft", "案", "Draft"), state("in_force", "指定中", "Designated"), done("ended", "終了", "Ended")},
	Moves: []record.Move{
		move("designate", "指定する", "Designate", "draft", "in_force", by(executingOfficer, generalManager)),
		move("end", "指定を終える", "End", "in_force", "ended", takes("until"), withReason),
	},
	Due:     []record.Deadline{settled(ahead("ends", "指定期間の終わり", "The designation ends", 30, "until", "in_force"), "end")},
	Rules:   []record.Rule{ordered("from", "until", "指定終了日が指定開始日より前です。", "It ends before it begins.")},
	Stamps:  []record.Stamp{{Name: text("指定者", "Designated by"), Move: "designate"}},
	Columns: []string{"staff", "from", "until", "area"}, Readers: officeReads, Writers: unitKeeps,
}

// mostDesignations is how many of a unit are looked through for a day.
const mostDesignations = 1000

// designated reports whether somebody was designated by a unit on a day.
func (r *Room) designated(ctx context.Context, unit, person, day string) (bool, error) {
	p, err := r.List(ctx, house, Designation.ID, record.Query{Units: []string{unit}, States: []string{"in_force", "ended"}, To: day, Limit: mostDesignations})
	if err != nil {
		return false, err
	}
	people, err := r.c.Identity.People(ctx)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(p.Records, func(d *record.Record) bool {
		return d.Values.Text("until") >= day && same(people, d.Values.Text("staff"), person)
	}), nil
}

// same reports whether two logins or staff numbers are one person's.
func same(people []*identity.Person, a, b string) bool {
	return a == b || slices.ContainsFunc(people, func(p *identity.Person) bool {
		return p.Number != "" && (p.Login == a && p.Number == b || p.Login == b && p.Number == a)
	})
}
