package sample

import (
	"fmt"
	"strings"

	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/vms"
)

// Names of people are roles of a play: nobody is called so.
var (
	families = [][2]string{{"見本", "ミホン"}, {"例示", "レイジ"}, {"試行", "シコウ"}, {"仮名", "カメイ"}, {"架空", "カクウ"}}
	givens   = [][2]string{{"一郎", "イチロウ"}, {"二葉", "フタバ"}, {"三郎", "サブロウ"}, {"四季", "シキ"}, {"五月", "サツキ"}, {"六花", "リッカ"}, {"七海", "ナナミ"}, {"八重", "ヤエ"},
		{"九平", "キュウヘイ"}, {"十和", "トワ"}, {"百合", "ユリ"}, {"千尋", "チヒロ"}, {"万里", "マリ"}}
)

const appointed = "2017-04-01"

// headless are the 分野 of one 部 each, whose 部長 also acts for their 統括管理者 (事務取扱).
var headless = map[string]bool{"kaikei-shitsu": true, "senkan-jimu": true, "kansa-jimu": true, "gikai-jimu": true}

// vacant are 分野 without a 統括管理者.
var vacant = map[string]bool{"sangyo": true, "doro": true}

type post struct{ post, unit string }

type member struct {
	login string
	posts []post
}

// Staff is a file of people for the sample organisation, besides those of the demo, whose logins and posts it
// leaves alone: the other 部長, a 統括管理者 for each 分野, an 執行責任者 for each 部.
func Staff(org *camera.Organisation, now vms.Instant) conf.File {
	var all []member
	for _, u := range org.Units {
		switch {
		case !u.In(now) || u.ID == "koseki":
		case u.Parent == "":
			all = append(all, department(org, u, now)...)
		case !headless[u.ID] && !vacant[u.ID]:
			all = append(all, member{"tokatsu-" + u.ID, []post{{"general_manager", u.ID}}})
		}
	}
	all = append(all, member{"kiki3", []post{{"crisis_management", "kiki-kanri"}}}, member{"kiki4", []post{{"crisis_management", "kiki-kanri"}}},
		member{"joho2", []post{{"information_security", "joho-system"}}})
	return conf.File{Name: "sample-staff.yaml", Data: people(all)}
}

// short names that the demo's people already have.
var short = map[string]string{"kumin": "bucho-kumin", "kankyo": "bucho-kankyo", "toshi-seisaku": "bucho-toshi"}

func department(org *camera.Organisation, d *camera.Unit, now vms.Instant) []member {
	officer := member{"shikko-" + d.ID, []post{{"executing_officer", d.ID}}}
	if short[d.ID] != "" {
		return []member{officer}
	}
	head := member{"bucho-" + d.ID, []post{{"department_head", d.ID}}}
	for _, u := range org.Units {
		if u.Parent == d.ID && u.In(now) && headless[u.ID] {
			head.posts = append(head.posts, post{"general_manager", u.ID})
		}
	}
	return []member{head, officer}
}

func people(all []member) string {
	var b strings.Builder
	b.WriteString("people:\n")
	for i, m := range all {
		f, g := families[i%len(families)], givens[(i/len(families)+i)%len(givens)]
		var posts []string
		for _, p := range m.posts {
			posts = append(posts, fmt.Sprintf("{post: %s, unit: %s, from: %s}", p.post, p.unit, appointed))
		}
		fmt.Fprintf(&b, "  - {login: %s, name: %s　%s, kana: %s　%s, posts: [%s]}\n", m.login, f[0], g[0], f[1], g[1], strings.Join(posts, ", "))
	}
	return b.String()
}
