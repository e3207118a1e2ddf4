package inquiry_test

import (
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/access"
	"yagura/internal/audit"
	"yagura/internal/conf"
	"yagura/internal/identity"
	"yagura/internal/inquiry"
	"yagura/internal/testserver"
	"yagura/internal/viewing/viewingtest"
	"yagura/internal/vms"
)

// noon is where the stories begin: Wednesday, 2025-06-18, 12:00 in Japan.
var noon = at(time.June, 18, 12)

func at(month time.Month, day, hour int) vms.Instant {
	return vms.InstantOf(time.Date(2025, month, day, hour, 0, 0, 0, conf.JST))
}

// ward is a small ward with a clock that stands still.
type ward struct {
	*viewingtest.World
	t    testing.TB
	room *inquiry.Room
	now  vms.Instant

	sealed map[string]bool
}

func onBoth(t *testing.T, story func(*testing.T, *ward)) {
	for name, url := range map[string]func(*testing.T) string{
		"sqlite":   func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "y.db") },
		"postgres": func(t *testing.T) string { return testserver.Postgres(t) },
	} {
		t.Run(name, func(t *testing.T) {
			w := &ward{World: viewingtest.NewOn(t, url(t)), t: t, now: noon, sealed: map[string]bool{"2025-3": true}}
			w.Cameras(viewingtest.Files(at(time.June, 1, 0)))
			w.room = inquiry.New(inquiry.Config{DB: w.DB, Access: w.Access, Identity: w.Identity, Audit: w.Audit, Cameras: w.Set, Page: "http://yagura.test/public",
				Sealed: func(context.Context) (func(string) bool, error) {
					return func(c string) bool { return w.sealed[c] }, nil
				},
				Contact: inquiry.Contact{Office: "危機管理室"}, Now: func() vms.Instant { return w.now }})
			story(t, w)
		})
	}
}

// person adds somebody who has held that post since 2017.
func (w *ward) person(login string, post identity.Post, unit string) identity.Caller {
	w.t.Helper()
	w.Add(login, "", "")
	w.Appoint(identity.Appointment{Login: login, Post: post, Unit: unit, From: vms.InstantOf(time.Date(2017, 6, 1, 0, 0, 0, 0, conf.JST))})
	p, err := w.Identity.Person(w.t.Context(), login)
	require.NoError(w.t, err)
	return identity.Caller{Person: p, Session: "s-" + login, From: "10.0.0.7"}
}

// looked writes a view of a minute of footage from that instant on.
func (w *ward) looked(e audit.Entry) {
	w.t.Helper()
	id, err := w.Audit.Append(w.t.Context(), e)
	require.NoError(w.t, err)
	from := e.At
	if from == 0 {
		from = e.Time
	}
	require.NoError(w.t, w.Audit.CloseView(w.t.Context(), id, []vms.Span{{From: from, To: from.Add(time.Minute)}}, "closed"))
}

func (w *ward) ask(q inquiry.Question) inquiry.Receipt {
	w.t.Helper()
	r, err := w.room.Ask(w.t.Context(), q)
	require.NoError(w.t, err)
	return r
}

// hall is the whole of the 16th in the hall.
var hall = inquiry.Question{Site: "honcho", Floor: "1F", Time: vms.Span{From: at(time.June, 16, 0), To: at(time.June, 17, 0)}, Contact: "wants to be called\n03-0000-1111"}

func TestAnInquiryIsAnsweredFromTheLog(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, w *ward) {
		kansa := w.person("kansa", identity.Auditor, "")
		w.person("kiki", identity.CrisisManagement, "")
		w.person("bucho", identity.DepartmentHead, "kumin")
		past := audit.Entry{Time: at(time.June, 17, 9), Actor: "kiki", Action: audit.ViewPast, Camera: "c-koseki", At: at(time.June, 16, 10), Purpose: access.Incident}
		w.looked(past)
		w.looked(past)
		w.looked(audit.Entry{Time: at(time.June, 16, 15), Actor: "bucho", Action: audit.ViewLive, Camera: "c-gomi"})
		secret := past
		secret.Case = "2025-3"
		w.looked(secret)
		refused := past
		refused.Outcome = audit.Refused
		other := past
		other.At = at(time.June, 15, 10)
		for _, e := range []audit.Entry{refused, other} {
			_, err := w.Audit.Append(t.Context(), e)
			require.NoError(t, err)
		}

		receipt := w.ask(hall)
		require.Regexp(t, `^[A-Z2-7]{4}-[A-Z2-7]{4}$`, receipt.Number)
		require.Equal(t, noon.Add(14*24*time.Hour), receipt.Due)
		q, err := w.room.Look(t.Context(), strings.ToLower(receipt.Number), strings.ReplaceAll(receipt.Secret, "-", " "))
		require.NoError(t, err)
		require.Equal(t, []any{inquiry.Waiting, "honcho 1F", ""}, []any{q.State, q.Place, q.Contact})

		items, err := w.room.Items(t.Context(), kansa.Person)
		require.NoError(t, err)
		require.Equal(t, "/inquiries?number="+receipt.Number, items[0].Link)
		d, err := w.room.Prepare(t.Context(), kansa.Person, receipt.Number)
		require.NoError(t, err)
		want := []inquiry.View{{Date: "2025-06-16", Post: "department_head", Kind: "live", Times: 1}, {Date: "2025-06-17", Post: "crisis_management", Kind: "past", Purpose: access.Incident, Times: 2}}
		require.Equal(t, want, d.Found)
		require.Equal(t, []any{1, "wants to be called 03-0000-1111"}, []any{d.Withheld, d.Contact})

		later := past
		later.Time = w.now + 1
		w.looked(later) // after what was prepared
		require.NoError(t, w.room.Answer(t.Context(), kansa, receipt.Number, d.Until, "以上です。"))
		q, err = w.room.Look(t.Context(), receipt.Number, receipt.Secret)
		require.NoError(t, err)
		require.Equal(t, want, q.Views)
		require.Equal(t, []any{inquiry.Done, "以上です。", ""}, []any{q.State, q.Note, q.DecidedBy})
		told, err := json.Marshal(q)
		require.NoError(t, err)
		for _, word := range []string{"kiki", "bucho", "c-koseki", "c-gomi", "kansa", "2025-3"} {
			require.NotContains(t, string(told), word)
		}
		require.ErrorIs(t, w.room.Refuse(t.Context(), kansa, receipt.Number, "twice"), vms.Conflict)
		items, err = w.room.Items(t.Context(), kansa.Person)
		require.NoError(t, err)
		require.Empty(t, items)
		rows := w.Rows(inquiry.Answered)
		require.Len(t, rows, 1)
		require.Equal(t, []any{"kansa", receipt.Number + ": 2"}, []any{rows[0].Actor, rows[0].Detail})
		asked := w.Rows(inquiry.Asked)[0]
		require.Equal(t, []any{"", "", receipt.Number}, []any{asked.Actor, asked.From, asked.Detail}, "nothing of who asked")
	})
}

// TestASealedCaseIsToldWhenTheSealEnds: neither an answer nor a count gives away what a case is about, before.
func TestASealedCaseIsToldWhenTheSealEnds(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, w *ward) {
		kansa := w.person("kansa", identity.Auditor, "")
		w.person("kiki", identity.CrisisManagement, "")
		w.looked(audit.Entry{Time: at(time.May, 20, 9), Actor: "kiki", Action: audit.ViewPast, Camera: "c-koseki", At: at(time.May, 20, 8), Purpose: access.Incident, Case: "2025-3"})
		q := hall
		q.Time = vms.Span{From: at(time.May, 20, 0), To: at(time.May, 21, 0)}
		receipt := w.ask(q)
		count := func() int {
			n, err := w.room.Notice(t.Context())
			require.NoError(t, err)
			return n.Purposes[access.Incident]
		}
		d, err := w.room.Prepare(t.Context(), kansa.Person, receipt.Number)
		require.NoError(t, err)
		require.Equal(t, []any{0, 1, 0}, []any{len(d.Found), d.Withheld, count()})
		w.now = w.now.Add(time.Minute)
		delete(w.sealed, "2025-3")
		require.Equal(t, 1, count())
		d, err = w.room.Prepare(t.Context(), kansa.Person, receipt.Number)
		require.NoError(t, err)
		require.Equal(t, []any{1, 0}, []any{len(d.Found), d.Withheld})
	})
}

func TestOnlyTheReceiptOpensAnInquiry(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, w *ward) {
		receipt, other := w.ask(hall), w.ask(hall)
		var said []string
		for _, c := range [][2]string{{receipt.Number, other.Secret}, {receipt.Number, ""}, {other.Number, receipt.Secret}, {"AAAA-AAAA", receipt.Secret}, {"", ""}, {"%", "%"}} {
			_, err := w.room.Look(t.Context(), c[0], c[1])
			require.ErrorIs(t, err, vms.NotFound)
			said = append(said, err.Error())
		}
		for _, s := range said {
			require.Equal(t, said[0], s)
		}
		var kept int
		require.NoError(t, w.DB.QueryRow(t.Context(), `SELECT COUNT(*) FROM inquiry WHERE secret LIKE $1`, "%"+receipt.Secret+"%").Scan(&kept))
		require.Zero(t, kept)
	})
}

func TestWhatCannotBeAsked(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, w *ward) {
		for name, edit := range map[string]func(*inquiry.Question){
			"no such floor":   func(q *inquiry.Question) { q.Floor = "9F" },
			"a camera's id":   func(q *inquiry.Question) { q.Site = "c-koseki" },
			"more than a day": func(q *inquiry.Question) { q.Time.To++ },
			"nothing":         func(q *inquiry.Question) { q.Time.To = q.Time.From },
			"the future": func(q *inquiry.Question) {
				q.Time = vms.Span{From: noon.Add(-time.Hour), To: noon.Add(time.Minute) + 1}
			},
			"long ago": func(q *inquiry.Question) {
				q.Time = vms.Span{From: at(time.January, 1, 0) - 100*86_400_000_000*3, To: at(time.January, 1, 0) - 100*86_400_000_000*3 + 1}
			},
			"a novel": func(q *inquiry.Question) { q.Contact = strings.Repeat("長", 201) },
			"control": func(q *inquiry.Question) { q.Contact = "a\x00b" },
		} {
			q := hall
			edit(&q)
			_, err := w.room.Ask(t.Context(), q)
			require.ErrorIs(t, err, vms.Invalid, name)
		}
		for range 60 {
			w.ask(hall)
		}
		_, err := w.room.Ask(t.Context(), hall)
		require.Equal(t, "busy", vms.Code(err))
		w.now = w.now.Add(time.Hour)
		w.ask(hall)
	})
}

func TestOnlyAuditorsAnswer(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, w *ward) {
		kansa := w.person("kansa", identity.Auditor, "")
		receipt := w.ask(hall)
		for _, post := range identity.Posts {
			if post == identity.Auditor {
				continue
			}
			c := w.person(string(post), post, "kumin")
			_, err := w.room.List(t.Context(), c.Person)
			require.ErrorIs(t, err, vms.Denied, post)
			_, err = w.room.Prepare(t.Context(), c.Person, receipt.Number)
			require.ErrorIs(t, err, vms.Denied, post)
			require.ErrorIs(t, w.room.Answer(t.Context(), c, receipt.Number, noon, ""), vms.Denied, post)
			require.ErrorIs(t, w.room.Refuse(t.Context(), c, receipt.Number, "no"), vms.Denied, post)
			items, err := w.room.Items(t.Context(), c.Person)
			require.NoError(t, err)
			require.Empty(t, items)
		}
		require.ErrorIs(t, w.room.Refuse(t.Context(), kansa, receipt.Number, " "), vms.Invalid)
		require.ErrorIs(t, w.room.Answer(t.Context(), kansa, receipt.Number, noon+1, ""), vms.Invalid)
		require.NoError(t, w.room.Refuse(t.Context(), kansa, receipt.Number, "時間を特定できません。"))
		q, err := w.room.Look(t.Context(), receipt.Number, receipt.Secret)
		require.NoError(t, err)
		require.Equal(t, []any{inquiry.No, "時間を特定できません。"}, []any{q.State, q.Note})
	})
}

// TestHowOneIsReachedIsForgotten, though nobody ever asks again.
func TestHowOneIsReachedIsForgotten(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, w *ward) {
		kansa := w.person("kansa", identity.Auditor, "")
		answered, waits := w.ask(hall), w.ask(hall)
		require.NoError(t, w.room.Refuse(t.Context(), kansa, answered.Number, "時間を特定できません。"))
		kept := func(number string) bool {
			require.NoError(t, w.room.Forget(t.Context()))
			d, err := w.room.Prepare(t.Context(), kansa.Person, number)
			require.NoError(t, err)
			return d.Contact != ""
		}
		w.now = w.now.Add(90 * 24 * time.Hour)
		require.True(t, kept(answered.Number))
		w.now++
		require.False(t, kept(answered.Number))
		require.True(t, kept(waits.Number))
	})
}

// TestAFloodHidesNobody: whoever waits longest stands first, however many ask after them.
func TestAFloodHidesNobody(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, w *ward) {
		kansa := w.person("kansa", identity.Auditor, "")
		done, first := w.ask(hall), w.ask(hall)
		require.NoError(t, w.room.Refuse(t.Context(), kansa, done.Number, "時間を特定できません。"))
		for i := range 210 {
			if i%50 == 0 {
				w.now = w.now.Add(time.Hour)
			}
			w.ask(hall)
		}
		list, err := w.room.List(t.Context(), kansa.Person)
		require.NoError(t, err)
		require.Equal(t, []string{first.Number, done.Number}, []string{list[0].Number, list[len(list)-1].Number})
		items, err := w.room.Items(t.Context(), kansa.Person)
		require.NoError(t, err)
		require.Equal(t, first.Number, items[0].Subject.ID)
	})
}

func TestTheNoticeSaysWhatIsInForce(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, w *ward) {
		w.person("kiki", identity.CrisisManagement, "")
		live := audit.Entry{Time: at(time.May, 31, 23), Actor: "kiki", Action: audit.ViewLive, Camera: "c-shared"}
		w.looked(live)
		still := audit.Entry{Time: at(time.May, 2, 9), Actor: "kiki", Action: audit.ViewStill, Camera: "c-moved", At: at(time.May, 1, 9), Purpose: access.Maintenance}
		w.looked(still) // the camera came from koseki to gomi on the 1st of June
		june := live
		june.Time = at(time.June, 1, 0)
		w.looked(june)
		n, err := w.room.Notice(t.Context())
		require.NoError(t, err)
		require.Equal(t, "2025-05", n.Month)
		require.Equal(t, []inquiry.Department{{Unit: "kumin", Name: "区民", Live: 1, Past: 1}, {Unit: "kankyo", Name: "環境", Live: 1}}, n.Departments)
		require.Equal(t, map[string]int{"": 1, access.Maintenance: 1}, n.Purposes)
		require.Equal(t, []inquiry.Area{{Site: "honcho", Floor: "1F", Name: "honcho 1F"}}, n.Areas)
		require.Len(t, n.Kinds, 2)
		require.Equal(t, []int{5, 30, 30}, []int{n.Kinds[0].Cameras, n.Kinds[0].Least, n.Kinds[0].Most}, "one hangs in 2099 only")
		require.Equal(t, []access.Viewer{{Post: "department_head", Live: true, Past: true}, {Post: "general_manager", Live: true, Past: true},
			{Post: "crisis_management", All: true, Live: true, Past: true}}, n.Viewers)
		require.Greater(t, len(n.QR), 20)

		files := viewingtest.Files(at(time.June, 1, 0))
		files[1].Data = strings.Replace(files[1].Data, "kind: security,", "kind: security, retention: 7d,", 1)
		w.Cameras(files)
		w.Policy(func(f map[string]string) {
			f["rules.csv"] = strings.NewReplacer("p, general_manager, own, past main, *, stated, allow\n", "", "p, general_manager, own, hold, *, *, ask\n", "").Replace(f["rules.csv"])
			lines := strings.SplitAfter(f["access_test.yaml"], "\n")
			for i, l := range lines {
				if strings.Contains(l, "general_manager") && !strings.Contains(l, "emergency:") {
					lines[i] = strings.NewReplacer("past, ", "", "main, ", "", ", ask: [hold]", "").Replace(l)
				}
			}
			f["access_test.yaml"] = strings.Join(lines, "")
		})
		again, err := w.room.Notice(t.Context())
		require.NoError(t, err)
		require.Same(t, n, again, "for a minute")
		w.now = w.now.Add(time.Minute)
		n, err = w.room.Notice(t.Context())
		require.NoError(t, err)
		require.Equal(t, 7, n.Kinds[1].Least)
		require.Equal(t, access.Viewer{Post: "general_manager", Live: true}, n.Viewers[1])
		told, err := json.Marshal(n)
		require.NoError(t, err)
		for _, cam := range w.Set().Cameras {
			require.NotContains(t, string(told), string(cam.ID))
		}
	})
}
