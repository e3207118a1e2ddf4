package survey

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"yagura/internal/db"
	"yagura/internal/record"
	"yagura/internal/vms"
)

// Samples: the survey of 2017 as the ward reported it, and one that is being answered now.
const (
	H29     = "h29"
	Current = "current"
)

// share is how many 部署 of a 区分 answered how in 2017.
type share struct{ patrol, memo, prohibited, paper, kept, induction int }

var shares = map[string]share{
	"section": {38, 29, 26, 21, 30, 31}, "facility": {64, 34, 28, 17, 48, 38}, "accounting": {1, 1, 1, 1, 1, 1}, "assembly": {1, 0, 0, 0, 0, 1},
	"committee": {7, 4, 3, 2, 6, 5}, "primary": {23, 5, 3, 1, 16, 12}, "secondary": {10, 3, 1, 0, 8, 7},
}

// said are free texts. The first ones are those of the ward's report, its 主な回答; the others are variants.
var said = map[string]struct {
	main  int
	texts []string
}{
	"q1": {2, []string{"少人数の職場であり、職場全体を見渡すことができるため、日頃から目配りや声かけを行っている。", "変則勤務のため、各担当の責任者がその都度、業務ごとに確認している。",
		"少人数のため、常に職場全体が見える。", "交替勤務のため、その時間の責任者が確認している。"}},
	"q3b": {2, []string{"区民対応のため、別の担当者にメモで伝達することがある。", "共用機で確認した内容をメモし、自席に戻って転記することがある。",
		"窓口から担当者へ、メモを渡して引き継ぐことがある。", "共用端末の内容を手帳に控えることがある。"}},
	"q3c": {1, []string{"業務においてメモを取る必要がないため。", "メモを取る業務がほとんどないため。"}},
	"q4": {1, []string{"業務のための緊急連絡手段（災害情報メール、一斉送信メールの配信確認、地域団体関係者等との連絡、地域行事等のイベント、出先での職員間連絡、他自治体職員との連絡等）として使用している。",
		"災害情報メールを受信するため。", "一斉送信メールの配信を確認するため。", "地域団体の関係者と連絡を取るため。", "地域行事の当日の連絡に使うため。", "出先の職員と連絡を取るため。", "他自治体の職員と連絡を取るため。"}},
}

// generator answers for the 部署, always alike.
type generator struct {
	rand  *rand.Rand
	times map[string]int // free texts so far, by question
}

// sample answers the standard form for all 部署, so that each 区分 answers as it did in 2017.
func sample(units []ReportingUnit, seed uint64) []*Reply {
	g := &generator{rand.New(rand.NewPCG(seed, 2017)), map[string]int{}}
	byCategory := map[string][]*Reply{}
	var out []*Reply
	for _, u := range units {
		p := &Reply{ReportingUnit: u, State: Confirmed, Answers: Answers{}, Quotes: map[string]Quote{}}
		out = append(out, p)
		byCategory[u.Category] = append(byCategory[u.Category], p)
	}
	for _, c := range Categories {
		g.category(byCategory[c.ID], shares[c.ID])
	}
	for _, p := range out {
		g.words(p)
	}
	return out
}

func (g *generator) category(list []*Reply, s share) {
	choose := func(among []*Reply, n int, question, yes, no string) (chosen []*Reply) {
		for i, at := range g.rand.Perm(len(among)) {
			id := no
			if i < n {
				id = yes
				chosen = append(chosen, among[at])
			}
			among[at].Answers[question] = Answer{Is: []string{id}}
		}
		return chosen
	}
	choose(list, s.patrol, "q1", "done", "other")
	inScope := choose(list, s.memo, "q3a", "yes", "no")
	prohibited := choose(inScope, s.prohibited, "q3b", "prohibited", "other")
	choose(prohibited, s.paper, "q3c", "yes", "no")
	choose(list, s.kept, "q4", "kept", "partly")
	choose(choose(list, s.induction, "q5a", "yes", "no"), s.induction, "q5b", "done", "not")
	for _, p := range list {
		a := Answer{}
		for i, method := range []string{"morning_meeting", "meeting", "email", "circular", "training"} {
			if g.rand.IntN(10) < []int{9, 7, 5, 3, 2}[i] {
				a.Is = append(a.Is, method)
			}
		}
		if len(a.Is) == 0 {
			a.Is = []string{"morning_meeting"}
		}
		p.Answers["q2"] = a
	}
}

// words writes what the answers want in words; the report's own ones come first and are 主な回答.
func (g *generator) words(p *Reply) {
	for question, wants := range map[string]string{"q1": "other", "q3b": "other", "q3c": "no", "q4": "partly"} {
		if !p.Answers.is(question, []string{wants}) {
			continue
		}
		s, n := said[question], g.times[question]
		g.times[question]++
		p.Answers[question] = Answer{Is: []string{wants}, Text: s.texts[n%len(s.texts)]}
		if n < s.main {
			p.Quotes[question] = Quote{Main: true}
		}
	}
}

// LoadSample puts a sample into the database: its list of 部署 where there is none, and its survey. It returns the
// survey's name, and whether it was new.
func (r *Room) LoadSample(ctx context.Context, a record.Actor, name string) (string, bool, error) {
	s, list, err := r.sampleOf(name)
	if err != nil {
		return "", false, err
	}
	if err := s.check(); err != nil {
		return "", false, err
	}
	err = r.DB.Read(ctx, func(tx *db.Tx) error { _, err := find(ctx, tx, s.Name); return err })
	if vms.Code(err) != "no-survey" {
		return s.Name, false, err
	}
	if err := r.say(ctx, a, CreateSurvey, s.Name, "sample"); err != nil {
		return "", false, err
	}
	return s.Name, true, r.change(ctx, func(tx *db.Tx) error { return r.putSample(ctx, tx, a, s, list) })
}

func (r *Room) putSample(ctx context.Context, tx *db.Tx, a record.Actor, s *Survey, list []*Reply) error {
	var known int
	if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM reporting_unit`).Scan(&known); err != nil {
		return err
	}
	if known == 0 {
		var units []ReportingUnit
		for _, p := range list {
			units = append(units, p.ReportingUnit)
		}
		if err := putUnits(ctx, tx, units); err != nil {
			return err
		}
	}
	if err := r.insert(ctx, tx, s); err != nil {
		return err
	}
	if err := r.remember(ctx, tx, a, office, version{survey: s.Name, n: 1, what: "sample", state: s.State, value: s.outline()}); err != nil {
		return err
	}
	for i, p := range list {
		if heirs := r.Cameras().Organisation.Heirs(p.Unit, r.Now()); len(heirs) > 0 {
			p.Unit = heirs[0].ID
		}
		if err := insertTarget(ctx, tx, s.Name, i+1, p); err != nil {
			return fmt.Errorf("sample %s: %w", p.ID, err)
		}
		if p.Version == 0 {
			continue
		}
		if err := r.remember(ctx, tx, a, office, version{survey: s.Name, target: p.ID, n: 1, what: "sample", state: p.State,
			value: map[string]any{"answers": p.Answers, "quotes": p.Quotes}}); err != nil {
			return err
		}
	}
	return nil
}

func (r *Room) sampleOf(name string) (*Survey, []*Reply, error) {
	form, err := Standard()
	if err != nil {
		return nil, nil, err
	}
	units, err := SampleUnits()
	if err != nil {
		return nil, nil, err
	}
	list := sample(units, 29)
	s := &Survey{Name: H29, Title: "情報セキュリティ強化に向けた取組みの実施状況について", Form: form, Version: 1, State: Final,
		Purpose: "個人情報の保護及び情報セキュリティの強化に向けた取組みについて、各職場における実施状況を把握し、今後の取組みに反映させるため、調査を実施した。",
		From:    "2017-04-26", To: "2017-05-12", Since: "2017-04-01", AsOf: "2017-06-05", Opened: at("2017-04-26")}
	switch name {
	case H29:
		for _, p := range list {
			p.Version, p.Changed = 1, at("2017-05-12")
		}
		return s, list, nil
	case Current:
		r.underWay(s, list)
		return s, list, nil
	}
	return nil, nil, vms.Errorf(vms.NotFound, "no-sample", "見本は %s と %s です。 The samples are %[1]s and %[2]s.", H29, Current)
}

func at(day string) vms.Instant {
	t, _ := dayOf(day) // of the sample, which its check reads again
	return vms.InstantOf(t)
}

// underWay makes the sample one that was opened twelve days ago and is being answered: some handed in, some not begun.
func (r *Room) underWay(s *Survey, list []*Reply) {
	now := r.Now().Time().In(jst)
	day := func(days int) string { return now.AddDate(0, 0, days).Format(time.DateOnly) }
	year := record.FiscalYear(r.Now())
	s.Name, s.State = "fy"+strconv.Itoa(year), Asking
	s.From, s.To, s.AsOf, s.Since = day(-12), day(5), day(20), strconv.Itoa(year)+"-04-01"
	s.Opened = r.Now().Add(-12 * 24 * time.Hour)
	for i, p := range list {
		p.Version, p.Submitted, p.Changed, p.Quotes = 1, "sample", r.Now().Add(-time.Duration(1+i%9)*24*time.Hour), nil
		switch k := i % 20; {
		case p.ID == "koseki" || k >= 15:
			p.State, p.Version, p.Answers, p.Changed, p.Submitted = Untouched, 0, nil, 0, ""
		case k == 14:
			p.State, p.Submitted = Draft, ""
		case k == 13:
			p.State = Waiting
		case k == 12:
			p.State, p.Submitted = Returned, ""
		case k < 6:
			p.State = Confirmed
		default:
			p.State = Submitted
		}
	}
}
