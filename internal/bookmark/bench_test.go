package bookmark_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/bookmark"
	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

const (
	manyCameras   = 100
	manyBookmarks = 100_000
)

// large are 100 cameras: 41 of one 部, 2 of another that nobody noted anything on, 57 of a third.
func large() []conf.File {
	const org = `name: tests
units:
  - {id: kumin, name: 区民, units: [{id: koseki, name: 戸籍}]}
  - {id: kankyo, name: 環境, units: [{id: gomi, name: ごみ}]}
  - {id: soumu, name: 総務, units: [{id: keiri, name: 経理}]}
`
	text := "site: honcho\nfloor: 1F\ncameras:\n"
	for i := range manyCameras {
		section := "keiri"
		switch {
		case i < 41:
			section = "koseki"
		case i < 43:
			section = "gomi"
		}
		text += fmt.Sprintf("  - {id: n-%d, number: N-%03d, name: 廊下 %d, kind: surveillance, placements: [{from: 20%02d-06-01, sections: [%s]}], streams: {main: \"rtsp://127.0.0.1/\"}}\n",
			i, i, i, 2+i%23, section)
	}
	return []conf.File{{Name: "organisation.yaml", Data: org}, {Name: "cameras.yaml", Data: text}}
}

// fill writes bookmarks of forty people over a year.
func (w *ward) fill(rng *rand.Rand) {
	const words = "来庁者がカウンターで大きな声を出した。対応は完了。落とし物の届け出あり。出入口で転倒、救急を要請。鍵の閉め忘れを確認"
	text := []rune(words)
	for i := range 40 {
		w.Add(fmt.Sprint("author-", i), "", "")
	}
	year := int64(365 * 24 * time.Hour / time.Microsecond)
	require.NoError(w.t, w.DB.Tx(w.t.Context(), func(tx *db.Tx) error {
		for i := range manyBookmarks {
			camera := rng.IntN(manyCameras)
			for camera == 41 || camera == 42 {
				camera = rng.IntN(manyCameras)
			}
			from := rng.IntN(len(text) - 30)
			b := bookmark.Bookmark{Note: bookmark.Note{Camera: vms.CameraID(fmt.Sprint("n-", camera)), At: w.Now() - vms.Instant(rng.Int64N(year)),
				Text: fmt.Sprint(string(text[from:from+10+rng.IntN(20)]), " ", i), Shared: rng.IntN(3) > 0, Still: rng.IntN(50) == 0},
				By: fmt.Sprint("author-", rng.IntN(40)), ByName: "例示　太郎", ByPost: identity.DepartmentHead}
			if _, err := bookmark.Insert(w.t.Context(), tx, b); err != nil {
				return err
			}
		}
		return nil
	}))
}

// BenchmarkList reads pages of 100,000 bookmarks for who may see all, those of 41 cameras, and none.
func BenchmarkList(b *testing.B) {
	for _, name := range []string{"sqlite", "postgres"} {
		b.Run(name, func(b *testing.B) {
			w := newWard(b, databases(b, name))
			w.Cameras(large())
			w.fill(rand.New(rand.NewPCG(1, 2)))
			w.Appoint(identity.Appointment{Login: "author-0", Post: identity.CrisisManagement})
			w.Add("head-41", identity.DepartmentHead, "kumin")
			w.Add("head-2", identity.DepartmentHead, "kankyo")
			day := vms.Span{From: w.Now().Add(-48 * time.Hour), To: w.Now().Add(-24 * time.Hour)}
			for _, login := range []string{"author-0", "head-41", "head-2"} {
				p := w.Session(login).Person
				for _, c := range []struct {
					name string
					f    bookmark.Filter
				}{
					{"newest", bookmark.Filter{}},
					{"stills", bookmark.Filter{Still: true}},
					{"mine", bookmark.Filter{Mine: true}},
					{"day", bookmark.Filter{Span: day}},
					{"camera-day", bookmark.Filter{Camera: "n-7", Span: day, Limit: 200}},
					{"word", bookmark.Filter{Query: "転倒"}},
					{"rare", bookmark.Filter{Query: "転倒 77777"}},
					{"none", bookmark.Filter{Query: "見つからない"}},
					{"camera-name", bookmark.Filter{Query: "n-007 鍵"}},
				} {
					b.Run(login+"/"+c.name, func(b *testing.B) {
						n := 0
						for b.Loop() {
							found, _, err := w.room.List(b.Context(), p, c.f)
							if err != nil {
								b.Fatal(err)
							}
							n = len(found)
						}
						b.ReportMetric(float64(n), "found")
					})
				}
			}
		})
	}
}
