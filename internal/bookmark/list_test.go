package bookmark_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/access"
	"yagura/internal/bookmark"
	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/identity"
	"yagura/internal/viewing/viewingtest"
	"yagura/internal/vms"
)

func TestSearchFindsEitherForm(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		files := viewingtest.Files(w.Moved)
		for old, text := range map[string]string{"id: c-koseki, name: c-koseki,": "id: c-koseki, number: A1-07, name: 窓口　東,",
			"id: c-gomi, name: c-gomi,": "id: c-gomi, number: B2-01, name: ゴミ集積所,"} {
			require.Contains(t, files[1].Data, old)
			files[1].Data = strings.Replace(files[1].Data, old, text, 1)
		}
		w.Cameras(files)
		require.NoError(t, w.Identity.AddPerson(t.Context(), "kiki", "例示　キキ", ""))
		w.Appoint(identity.Appointment{Login: "kiki", Post: identity.CrisisManagement})
		kiki, at := w.who("kiki"), w.Now().Add(-time.Hour)
		for i, text := range []string{"赤いカバン Model ＡＢＣ１２３", "ﾊﾟｿｺﾝを持つ人", "100%確認_済\\終", "Straße"} {
			w.add(kiki, note([]vms.CameraID{"c-koseki", "c-gomi", "c-security", "c-shared"}[i], at+vms.Instant(i), text))
		}
		for query, want := range map[string]string{
			"": "0123", "カバン": "0", "ｶﾊﾞﾝ": "0", "model": "0", "ＭＯＤＥＬ": "0", "abc123": "0", "ａｂｃ　赤い": "0", "赤い abc124": "",
			"パソコン": "1", "ﾊﾟｿｺﾝ": "1", "STRASSE": "3", "ｓｔｒａße": "3",
			"a1-07": "0", "Ａ１－０７": "0", "A1−07": "0", "A1ー07": "0", "a1‐07 カバン": "0", "A1-07 パソコン": "", "窓口 東": "0", "ｺﾞﾐ集積": "1",
			"例示": "0123", "ｷｷ": "0123", "キキ b2": "1",
			"100%": "2", "%": "2", "_": "2", `\終`: "2", "認_済": "2", "0_確": "", "none": "",
		} {
			got := ""
			found, _, err := w.room.List(t.Context(), kiki.Session.Person, bookmark.Filter{Query: query})
			require.NoError(t, err)
			for _, b := range found {
				got = fmt.Sprint(int64(b.At-at)) + got
			}
			require.Equal(t, want, got, query)
		}
	})
}

func TestPagesGoOnWhereABookmarkWasRemoved(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		w.Add("kiki", identity.CrisisManagement, "")
		kiki, at := w.who("kiki"), w.Now().Add(-time.Hour)
		for i := range 10 {
			w.add(kiki, note("c-koseki", at+vms.Instant(i/3), fmt.Sprint(i))) // several at one instant
		}
		var all []string
		for before, more := "", true; more; {
			var page []bookmark.Bookmark
			var err error
			page, more, err = w.room.List(t.Context(), kiki.Session.Person, bookmark.Filter{Before: before, Limit: 3})
			require.NoError(t, err)
			for _, b := range page {
				all = append(all, b.Text)
				before = b.ID
			}
			if len(all) == 6 {
				require.NoError(t, w.room.Remove(t.Context(), kiki, before))
			}
		}
		require.Len(t, all, 10)
		slices.Sort(all)
		require.Len(t, slices.Compact(all), 10)
	})
}

// TestListSaysWhatAPlainReadingSays compares lists with every bookmark looked at one by one.
func TestListSaysWhatAPlainReadingSays(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		seed := uint64(time.Now().UnixNano())
		t.Logf("seed %d", seed)
		rng := rand.New(rand.NewPCG(seed, 0))
		people := w.crowd()
		all := w.scatter(rng, people, 400)
		var readers []*identity.Person
		for _, login := range people {
			readers = append(readers, w.Session(login).Person)
		}
		for range 300 {
			p := readers[rng.IntN(len(readers))]
			f := w.anyFilter(rng, all)
			got, more, err := w.room.List(t.Context(), p, f)
			require.NoError(t, err)
			want := w.plain(all, p, f)
			require.Equal(t, len(want) > f.Limit, more, "%+v", f)
			require.Equal(t, ids(want[:min(len(want), f.Limit)]), ids(got), "%s %+v", p.Login, f)
		}
	})
}

func (w *ward) crowd() []string {
	w.Add("kiki", identity.CrisisManagement, "")
	w.Add("koseki", identity.GeneralManager, "koseki")
	w.Add("kumin", identity.DepartmentHead, "kumin")
	w.Add("gomi", identity.GeneralManager, "gomi")
	w.Add("both", identity.GeneralManager, "koseki")
	w.Appoint(identity.Appointment{Login: "both", Post: identity.GeneralManager, Unit: "gomi"})
	w.Add("admin", identity.Administrator, "")
	return []string{"kiki", "koseki", "kumin", "gomi", "both", "admin"}
}

// scatter writes bookmarks on every camera, one that left the configuration included.
func (w *ward) scatter(rng *rand.Rand, people []string, n int) (all []bookmark.Bookmark) {
	cameras := []vms.CameraID{"c-koseki", "c-security", "c-gomi", "c-shared", "c-moved", "c-future", "c-main", "c-gone"}
	words := []string{"鞄", "転倒", "ＡＢＣ", "abc", "落とし物"}
	require.NoError(w.t, w.DB.Tx(w.t.Context(), func(tx *db.Tx) error {
		all = nil
		for i := range n {
			b := bookmark.Bookmark{Note: bookmark.Note{Camera: cameras[rng.IntN(len(cameras))], Text: words[rng.IntN(len(words))] + " " + words[rng.IntN(len(words))],
				At: w.Moved + vms.Instant(rng.IntN(41)-20)*1e6, Shared: rng.IntN(2) == 0, Still: rng.IntN(4) == 0}, By: people[rng.IntN(len(people))], Created: vms.Instant(i)}
			if !b.Still && rng.IntN(3) == 0 {
				b.To = b.At + vms.Instant(1+rng.IntN(30))*1e6
			}
			b, err := bookmark.Insert(w.t.Context(), tx, b)
			if err != nil {
				return err
			}
			all = append(all, b)
		}
		return nil
	}))
	slices.SortFunc(all, func(a, b bookmark.Bookmark) int { return strings.Compare(b.ID, a.ID) })
	return all
}

func (w *ward) anyFilter(rng *rand.Rand, all []bookmark.Bookmark) bookmark.Filter {
	f := bookmark.Filter{Limit: 1 + rng.IntN(200), Mine: rng.IntN(4) == 0, Still: rng.IntN(4) == 0}
	one := all[rng.IntN(len(all))]
	if rng.IntN(3) == 0 {
		f.Camera = one.Camera
	}
	if rng.IntN(3) == 0 {
		f.Before = one.ID
	}
	if rng.IntN(3) == 0 {
		f.Span.From = one.At + vms.Instant(rng.IntN(3)-1)
	}
	if rng.IntN(3) == 0 {
		f.Span.To = w.Moved + vms.Instant(rng.IntN(60)-20)*1e6
	}
	if rng.IntN(3) == 0 {
		f.Query = one.Text
	}
	return f
}

func (w *ward) plain(all []bookmark.Bookmark, p *identity.Person, f bookmark.Filter) (out []bookmark.Bookmark) {
	now := w.Now()
	for _, b := range all {
		cam := w.Set().Find(b.Camera)
		has := !slices.ContainsFunc(strings.Fields(f.Query), func(word string) bool {
			form := strings.NewReplacer("ＡＢＣ", "abc")
			return !strings.Contains(form.Replace(b.Text), form.Replace(word))
		})
		if cam != nil && w.Access.Check(p, access.Bookmark, cam, b.At, "", now).Allow && has &&
			(b.By == p.Login || b.Shared && !f.Mine) && (b.Still || !f.Still) && (f.Camera == "" || f.Camera == b.Camera) &&
			(f.Before == "" || b.ID < f.Before) && (f.Span.To == 0 || b.At < f.Span.To) && (b.At >= f.Span.From || b.To > f.Span.From) {
			out = append(out, b)
		}
	}
	return out
}

func ids(all []bookmark.Bookmark) []string {
	out := []string{}
	for _, b := range all {
		out = append(out, b.ID)
	}
	return out
}

func TestACameraThatLeftIsNobodys(t *testing.T) {
	onBoth(t, func(t *testing.T, w *ward) {
		w.Add("kiki", identity.CrisisManagement, "")
		kiki := w.who("kiki")
		b := w.add(kiki, note("c-main", w.Now().Add(-time.Hour), "x"))
		files := viewingtest.Files(w.Moved)
		lines := slices.DeleteFunc(strings.Split(files[1].Data, "\n"), func(l string) bool { return strings.Contains(l, "c-main") })
		w.Cameras([]conf.File{files[0], {Name: files[1].Name, Data: strings.Join(lines, "\n")}})
		require.Empty(t, w.list(kiki, bookmark.Filter{}))
		require.ErrorIs(t, w.room.Remove(t.Context(), kiki, b.ID), vms.NotFound)
		w.Cameras(files)
		require.Len(t, w.list(kiki, bookmark.Filter{}), 1, "and comes back with it")
	})
}
