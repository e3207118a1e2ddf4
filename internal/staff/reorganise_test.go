package staff_test

import (
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/identity"
	"yagura/internal/staff"
	"yagura/internal/viewing/viewingtest"
)

// organised gives the ward a store of files, as it has in a house.
func (w *ward) organised() {
	w.t.Helper()
	w.room.Files = camera.NewStore(w.DB, false)
	_, err := w.room.Files.Propose(w.t.Context(), viewingtest.Files(w.Moved), camera.Files)
	require.NoError(w.t, err)
}

// reform has 環境 and ごみ end on a day, ごみ going to a new 分野 of 区民.
func (w *ward) reform() (day string, table string) {
	day = w.Now().Add(10 * 24 * time.Hour).Time().In(conf.JST).Format("2006-01-02")
	return day, "部署ID,名称,種別,上位の部署ID,設置日,廃止日,引継先の部署ID\n" +
		"kumin,区民,部,,,,\n" +
		"koseki,戸籍,,kumin,,,\n" +
		"zeimu,税務,分野,kumin,,,\n" +
		fmt.Sprintf("shigen,資源循環,,kumin,%s,,\n", day) +
		fmt.Sprintf("kankyo,環境,,,,%s,kumin\n", day) +
		fmt.Sprintf("gomi,ごみ,,kankyo,,%s,shigen\n", day)
}

func told(o staff.Outlook) (out []string) {
	for _, c := range o.Changes {
		sign := "-"
		if c.Gain {
			sign = "+"
		}
		line := c.Person.Login + " " + sign + string(c.Action)
		for _, cam := range c.Cameras {
			line += " " + string(cam.ID)
		}
		out = append(out, line)
	}
	return out
}

func TestAReorganisationIsSeenBeforeItComes(t *testing.T) {
	onBoth(t, func(w *ward) {
		t, ctx := w.t, w.t.Context()
		w.organised()
		w.Add("bucho", identity.DepartmentHead, "kankyo")
		w.Add("tokatsu", identity.GeneralManager, "gomi")
		day, table := w.reform()
		in := staff.Reorganisation{Day: day, Name: "units.csv", Organisation: []byte(table),
			Appointments: []byte("職員ID,氏名,職,部署,区分,開始日\ntokatsu,tokatsu,統括管理者,資源循環,兼務," + day + "\n")}
		o, err := w.room.Preview(ctx, w.by("admin"), in)
		require.NoError(t, err)
		require.Empty(t, o.Problems)
		require.Equal(t, []string{
			"bucho -live c-gomi c-shared c-moved", "bucho -past c-gomi c-shared c-moved",
		}, told(o), "tokatsu keeps what they see, by the new post; no kumin head is there")
		var cams []string
		for _, m := range o.Cameras {
			cams = append(cams, fmt.Sprintf("%s %v %v %t %t", m.ID, m.Before, m.After, m.Orphan, m.Unseen))
		}
		require.Equal(t, []string{"c-gomi [ごみ] [資源循環] false false", "c-shared [戸籍 ごみ] [戸籍 資源循環] false false", "c-moved [ごみ] [資源循環] false false"}, cams)
		var vacant, stranded []string
		for _, u := range o.Vacant {
			vacant = append(vacant, u.ID)
		}
		for _, s := range o.Stranded {
			stranded = append(stranded, s.Login+" "+s.Unit+" "+strings.Join(s.Heirs, ""))
		}
		require.Equal(t, []string{"kumin"}, vacant)
		require.Equal(t, []string{"bucho 環境 区民", "tokatsu ごみ 資源循環"}, stranded)
		require.True(t, w.sees("bucho", "c-gomi"), "nothing has changed")

		heirless := in
		heirless.Organisation = []byte(strings.Replace(table, ",shigen\n", ",\n", 1))
		o, err = w.room.Preview(ctx, w.by("admin"), heirless)
		require.NoError(t, err)
		require.Equal(t, []string{"c-gomi true true", "c-moved true true"}, []string{fmt.Sprint(o.Cameras[0].ID, " ", o.Cameras[0].Orphan, o.Cameras[0].Unseen), fmt.Sprint(o.Cameras[2].ID, " ", o.Cameras[2].Orphan, o.Cameras[2].Unseen)})

		o, err = w.room.Reorganise(ctx, w.by("admin"), in)
		require.NoError(t, err)
		require.True(t, o.Done)
		require.Equal(t, "waiting", o.Version.State)
		waiting, err := w.room.Waiting(ctx, w.by("joho"))
		require.NoError(t, err)
		require.Len(t, waiting, 1)
		require.Equal(t, "shigen", waiting[0].Unit)
		require.NoError(t, w.room.Files.Accept(ctx, o.Version.Number, "joho", camera.Ground{}))
		row := w.Rows(staff.Reorganised)[0]
		require.Contains(t, row.Detail, "version 2 of cameras, waiting")
	})
}

// TestAReorganisationThatFailsHalfWay: what was asked for is in the log, and is not asked for twice.
func TestAReorganisationThatFailsHalfWay(t *testing.T) {
	onBoth(t, func(w *ward) {
		t, ctx := w.t, w.t.Context()
		w.organised()
		judge := w.room.Files.Judge
		w.room.Files.Judge = func(iter.Seq2[[]conf.File, error], []conf.File) ([]string, error) { return nil, errors.New("no disk") }
		day, table := w.reform()
		in := staff.Reorganisation{Day: day, Name: "units.csv", Organisation: []byte(table),
			Appointments: []byte("職員ID,氏名,職,部署,区分,開始日\nhead,head,統括管理者,資源循環,兼務," + day + "\n")}
		_, err := w.room.Reorganise(ctx, w.by("admin"), in)
		require.ErrorContains(t, err, "no disk")
		require.Empty(t, w.Rows(staff.Reorganised))
		rows := w.Rows(staff.ImportPeople)
		require.Len(t, rows, 1)
		require.Contains(t, rows[0].Detail, "waiting head: general_manager shigen")

		w.room.Files.Judge = judge
		o, err := w.room.Reorganise(ctx, w.by("admin"), in)
		require.NoError(t, err)
		require.True(t, o.Done)
		require.Len(t, w.Rows(staff.Reorganised), 1)
		waiting, err := w.room.Waiting(ctx, w.by("joho"))
		require.NoError(t, err)
		require.Len(t, waiting, 1)
	})
}

func TestAReorganisationWithErrorsProposesNothing(t *testing.T) {
	onBoth(t, func(w *ward) {
		t, ctx := w.t, w.t.Context()
		w.organised()
		day, table := w.reform()
		for name, c := range map[string]struct {
			file, data, people, want string
		}{
			"no such heir":       {"u.csv", strings.Replace(table, "shigen\n", "nobody\n", 1), "", "organisation 7 "},
			"no such parent":     {"u.csv", strings.Replace(table, "zeimu,税務,分野,kumin", "zeimu,税務,分野,kumin2", 1), "", "organisation 4 上位の部署ID"},
			"a missing unit":     {"u.csv", strings.Replace(table, "zeimu,税務,分野,kumin,,,\n", "", 1), "", ""},
			"a bad heading":      {"u.csv", strings.Replace(table, "名称", "名前", 1), "", "organisation 1 名前"},
			"a line of YAML":     {"o.yaml", "name: x\nunits:\n  - {id: A}\n", "", "organisation 3 organisation.yaml"},
			"somebody of a file": {"u.csv", table, "職員ID,氏名,職,部署\nx,x,部長,どこか\n", "appointments 2 部署"},
		} {
			o, err := w.room.Reorganise(ctx, w.by("admin"), staff.Reorganisation{Day: day, Name: c.file, Organisation: []byte(c.data), Appointments: []byte(c.people)})
			require.NoError(t, err, name)
			if c.want == "" {
				require.True(t, o.Done, name) // a unit that is named no more is a change like others
				continue
			}
			require.False(t, o.Done, name)
			require.NotEmpty(t, o.Problems, name)
			require.Equal(t, c.want, fmt.Sprintf("%s %d %s", o.Source, o.Problems[0].Line, o.Problems[0].Column), "%s: %s", name, o.Problems[0].Text)
		}
		_, err := w.room.Preview(ctx, w.by("admin"), staff.Reorganisation{Day: "2018-04-01", Name: "u.csv", Organisation: []byte(table)})
		require.Equal(t, "bad-day", code(err))
		_, err = w.room.Preview(ctx, w.by("joho"), staff.Reorganisation{Day: day})
		require.Equal(t, "denied", code(err))
		for _, format := range []string{"csv", "xlsx", "yaml"} {
			data, err := w.room.UnitsFile(ctx, w.by("admin"), format)
			require.NoError(t, err)
			o, err := w.room.Preview(ctx, w.by("admin"), staff.Reorganisation{Day: day, Name: "x." + format, Organisation: data})
			require.NoError(t, err)
			require.Empty(t, o.Problems, format)
			require.Empty(t, o.Changes, "as it is, nothing changes")
		}
	})
}
