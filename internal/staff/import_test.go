package staff_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/japanese"

	"yagura/internal/conf"
	"yagura/internal/identity"
	"yagura/internal/staff"
)

const header = "職員番号,職員ID,氏名,フリガナ,職,部署,区分,開始日,終了日\n"

func (w *ward) imports(text string, dry bool) staff.Draft {
	w.t.Helper()
	d, err := w.room.Import(w.t.Context(), w.by("admin"), "people.csv", []byte(text), dry)
	require.NoError(w.t, err)
	return d
}

func effects(d staff.Draft) (out []string) {
	for _, e := range d.Effects {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%d %s %s %s %s", e.Line, e.What, e.Login, e.Post, e.Unit)))
	}
	return out
}

func problems(d staff.Draft) (out []string) {
	for _, p := range d.Problems {
		out = append(out, fmt.Sprintf("%d %s", p.Line, p.Column))
	}
	return out
}

func TestAFileIsTakenWholeOrNotAtAll(t *testing.T) {
	onBoth(t, func(w *ward) {
		t := w.t
		day := func(days int) string {
			return w.Now().Add(time.Duration(days) * 24 * time.Hour).Time().In(conf.JST).Format("2006/1/2")
		}
		text := header +
			"００１,sato,例示　佐,レイジ　サ,統括管理者,ごみ,,,\n" + // by the name of the unit
			"001,sato,例示　佐,,事務担当,区民 戸籍,兼務,平成30年4月1日,\n" + // by the names down to it
			"002,ito,見本　伊,,,,,,\n" +
			"77,head,例示　統,,統括管理者,koseki,本務,," + day(3) + "\n" + // by its id; it ends
			"77,head,例示　統,,部長,環境,本務," + day(3) + ",\n" // and goes on elsewhere
		want := []string{"2 new sato", "2 waiting sato general_manager gomi", "3 appointed sato clerk koseki", "4 new ito",
			"5 changed head", "5 ended head general_manager koseki", "6 waiting head department_head kankyo"}
		for _, dry := range []bool{true, true, false} {
			d := w.imports(text, dry)
			require.Empty(t, d.Problems)
			require.Equal(t, want, effects(d))
			require.Equal(t, !dry, d.Done)
		}
		m, err := w.room.Member(t.Context(), "sato")
		require.NoError(t, err)
		require.Equal(t, []any{"001", "レイジ　サ", true, 1, 1}, []any{m.Number, m.Kana, m.New, len(m.Appointments), len(m.Requested)})
		require.True(t, w.sees("head", "c-koseki"), "until the day comes")

		again := w.imports(text, false)
		require.Equal(t, []string{"2 same sato general_manager gomi", "3 same sato clerk koseki", "4 same ito",
			"5 same head general_manager koseki", "6 same head department_head kankyo"}, effects(again), "a file imported twice changes nothing")
		rows := w.Rows(staff.ImportPeople)
		require.Contains(t, rows[0].Detail, "people.csv, SHA-256 ")
		require.Contains(t, rows[1].Detail, "waiting sato: general_manager gomi")
		require.Len(t, rows, 3)

		now := w.imports(header+",head,例示　統,,統括管理者,戸籍,,,"+day(0)+"\n", false)
		require.Equal(t, []string{"2 ended head general_manager koseki"}, effects(now))
		require.False(t, w.sees("head", "c-koseki"), "today's date ends it now")
	})
}

func TestErrorsOfAFileNameLineAndColumn(t *testing.T) {
	onBoth(t, func(w *ward) {
		t := w.t
		before, err := w.Identity.Members(t.Context())
		require.NoError(t, err)
		text := header +
			"1,ok,例示　良,,,,,,\n" +
			"2,,氏名だけ,,,,,,\n" +
			"3,Ｙａｍａ！,例示,,,,,,\n" +
			"4,yama,,,,,,,\n" +
			"5,yama,例示　山,,課長,,,,\n" +
			"5,yama,例示　山,,部長,,,,\n" +
			"5,yama,例示　山,,部長,どこか,,,\n" +
			"5,yama,例示　山,,事務担当,戸籍,専任,,\n" +
			"5,yama,例示　山,,事務担当,戸籍,,4月の初め,\n" +
			"5,yama,例示　山,,事務担当,戸籍,,2018/4/1,2018/3/1\n" +
			"1,other,例示　他,,,,,,\n" +
			"5,yama,別の名,,,,,,\n" +
			",kiki,kiki,,,koseki,,,\n" +
			",joho,joho,,事務担当,戸籍,,,\n" // a second 本務
		for _, dry := range []bool{true, false} {
			d := w.imports(text, dry)
			require.False(t, d.Done)
			require.Equal(t, []string{"3 職員ID", "4 職員ID", "5 氏名", "6 職", "7 部署", "8 部署", "9 区分", "10 開始日", "11 終了日", "12 職員番号", "13 氏名", "14 職", "15 区分"}, problems(d))
		}
		after, err := w.Identity.Members(t.Context())
		require.NoError(t, err)
		require.Len(t, after, len(before), "nothing was done")
		require.Equal(t, []string{"1 役職", "1 職員ID"}, problems(w.imports("役職,氏名\nx,y\n", true)))
		_, err = w.room.Import(t.Context(), w.by("admin"), "x.csv", []byte("\x00\x01"), true)
		require.Equal(t, "bad-file", code(err))
		_, err = w.room.Import(t.Context(), w.by("admin"), "x.csv", []byte(header+strings.Repeat(",a,b\n", 5001)), true)
		require.Equal(t, "bad-file", code(err))
		_, err = w.room.Import(t.Context(), w.by("joho"), "x.csv", []byte(header), true)
		require.Equal(t, "denied", code(err))
	})
}

// TestFilesOfOffices: what Excel and other programs write, and our own template filled in.
func TestFilesOfOffices(t *testing.T) {
	onBoth(t, func(w *ward) {
		t := w.t
		line := ",sato,例示　佐,,事務担当,戸籍,,2018/4/1,\n"
		sjis, err := japanese.ShiftJIS.NewEncoder().String(header + line)
		require.NoError(t, err)
		book, err := w.room.Template(t.Context(), w.by("admin"), "xlsx", false)
		require.NoError(t, err)
		f, err := excelize.OpenReader(bytes.NewReader(book))
		require.NoError(t, err)
		require.NoError(t, f.SetSheetRow("職員", "A2", &[]any{nil, "sato", "例示　佐", nil, "事務担当", "戸籍", "本務", time.Date(2018, 4, 1, 0, 0, 0, 0, time.UTC)}))
		filled, err := f.WriteToBuffer()
		require.NoError(t, err)
		for name, data := range map[string]string{"UTF-8": header + line, "with a mark": "\ufeff" + header + line, "CP932": sjis, "a workbook": filled.String()} {
			d, err := w.room.Import(t.Context(), w.by("admin"), name, []byte(data), true)
			require.NoError(t, err, name)
			require.Empty(t, d.Problems, name)
			require.Equal(t, []string{"2 new sato", "2 appointed sato clerk koseki"}, effects(d), name)
			require.Equal(t, "2018-03-31T15:00:00.000000Z", d.Effects[1].From.String(), name)
		}
		for _, format := range []string{"csv", "xlsx"} {
			everybody, err := w.room.Template(t.Context(), w.by("admin"), format, true)
			require.NoError(t, err)
			d, err := w.room.Import(t.Context(), w.by("admin"), format, everybody, false)
			require.NoError(t, err)
			require.Empty(t, d.Problems)
			require.Len(t, d.Effects, 5)
			for _, e := range d.Effects {
				require.Equal(t, staff.Untouched, e.What, "what was exported and comes back changes nothing")
			}
		}
		_, err = w.room.Template(t.Context(), w.by("joho"), "csv", true)
		require.Equal(t, "denied", code(err))
	})
}

// TestALastAdministratorIsNotImportedAway: the rules of single changes hold for files.
func TestALastAdministratorIsNotImportedAway(t *testing.T) {
	onBoth(t, func(w *ward) {
		today := w.Now().Time().In(conf.JST).Format("2006-01-02")
		_, err := w.room.Import(w.t.Context(), w.by("admin"), "x", []byte(header+",admin,admin,,管理者,,,,"+today+"\n,admin2,admin2,,管理者,,,,"+today+"\n"), false)
		require.Equal(w.t, "last-administrator", code(err))
		require.True(w.t, w.person("admin").Holds(w.Now(), identity.Administrator))
	})
}
