package record_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"yagura/internal/record"
	"yagura/internal/sheet"
	"yagura/internal/vms"
)

// rows makes a table of n patrols with the headings a template has.
func rows(n int) *strings.Builder {
	b := &strings.Builder{}
	b.WriteString("所属コード,実施日,開始,巡回コード,実施者区分,報告先,区域,点検,時間,訓練\n")
	for i := range n {
		fmt.Fprintf(b, "koseki,H29.6.%d,9:%02d,%04d,指定職員,tokatsu,執務室、書庫,\"画面ロック｜○\n施錠｜×｜開いていた\",\"1%d\",○\n", 1+i%30, i%60, i, i%10)
	}
	return b
}

func grid(t *testing.T, text string) *sheet.Grid {
	t.Helper()
	g, err := sheet.Read([]byte(text))
	require.NoError(t, err)
	return g
}

// TestAThousandRowsOfWhichTenAreBad: nothing is taken, each is told by line and column; mended, all are.
func TestAThousandRowsOfWhichTenAreBad(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		good := rows(1000).String()
		bad := good
		for from, to := range map[string]string{
			",H29.6.1,9:00,0000,": ",H29.6.31,9:00,0000,", ",0001,指定職員": ",0001,課長", ",0002,指定職員,tokatsu": ",0002,指定職員,", ",9:03,": ",9時,",
			"koseki,H29.6.5,9:04": "umi,H29.6.5,9:04", ",0005,": ",5,", "koseki,H29.6.7,9:06": "gomi,H29.6.7,9:06", "H29.6.9,9:08,0008,": "H29.6.8,9:08,0007,",
		} {
			require.Contains(t, bad, from)
			bad = strings.Replace(bad, from, to, 1)
		}
		lines := strings.SplitAfter(bad, "\n")
		lines[2*10+1] = strings.Replace(lines[2*10+1], "執務室", "屋上", 1)
		lines[2*11+2] = strings.Replace(lines[2*11+2], "施錠｜×｜開いていた", "施錠｜×", 1)
		bad = strings.Join(lines, "")

		im, err := h.Import(ctx, clerk, "patrol", grid(t, bad), true)
		require.NoError(t, err)
		var got []string
		for _, p := range im.Problems {
			got = append(got, fmt.Sprintf("%d %s", (p.Line-2)/2, p.Column))
		}
		want := []string{"0 実施日", "1 実施者区分", "2 報告先", "3 開始", "4 所属コード", "5 巡回コード", "6 ", "8 ", "10 区域", "11 点検"}
		for _, w := range want {
			require.Contains(t, got, w)
		}
		again, err := h.Import(ctx, clerk, "patrol", grid(t, bad), false)
		require.NoError(t, err)
		require.Equal(t, im, again)
		p, err := h.List(ctx, office, "patrol", record.Query{})
		require.NoError(t, err)
		require.Zero(t, p.All, "all or nothing")

		im, err = h.Import(ctx, clerk, "patrol", grid(t, good), true)
		require.NoError(t, err)
		require.Equal(t, &record.Import{New: 1000}, im)
		im, err = h.Import(ctx, clerk, "patrol", grid(t, good), false)
		require.NoError(t, err)
		require.Equal(t, 1000, im.New)
		im, err = h.Import(ctx, clerk, "patrol", grid(t, good), false)
		require.NoError(t, err)
		require.Equal(t, &record.Import{Same: 1000}, im, "found by their key")
	})
}

func TestExportIsImportedUnchanged(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		_, err := h.Import(ctx, clerk, "patrol", grid(t, rows(20).String()), false)
		require.NoError(t, err)
		h.create(clerk, values{"day": "2017-06-02", "by": "manager", "order": "=1+1\n二行目", "by_day": "2017-06-30"})
		p, err := h.List(ctx, clerk, "patrol", record.Query{Limit: 100})
		require.NoError(t, err)
		k, err := h.Kind("patrol")
		require.NoError(t, err)
		for name, write := range map[string]func(*sheet.Table, *bytes.Buffer) error{
			"csv":  func(t *sheet.Table, b *bytes.Buffer) error { return t.WriteCSV(b) },
			"xlsx": func(t *sheet.Table, b *bytes.Buffer) error { return t.WriteXLSX(b) },
		} {
			var file bytes.Buffer
			require.NoError(t, write(k.Table(p.Records), &file))
			im, err := h.Import(ctx, clerk, "patrol", grid(t, file.String()), false)
			require.NoError(t, err, name)
			require.Equal(t, &record.Import{Same: 21}, im, name)
		}
	})
}

func TestAnImportChangesWhatItNames(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		r := h.create(clerk, values{"day": "2017-06-02", "by": "manager", "minutes": 10})
		told := h.create(clerk, values{"day": "2017-06-03", "by": "manager", "minutes": 10})
		_, err := h.Move(ctx, clerk, told.ID, 1, "tell", nil, "")
		require.NoError(t, err)
		k, err := h.Kind("patrol")
		require.NoError(t, err)
		head := "記録番号,所属コード,実施日,実施者区分,時間,状態,訂正理由\n"
		first, second := k.Label(r), k.Label(told)
		im, err := h.Import(ctx, clerk, "patrol", grid(t, head+first+",koseki,2017-06-02,管理職,25,下書き,\n"+second+",koseki,2017-06-03,管理職,30,,\n"), false)
		require.NoError(t, err)
		require.Equal(t, []record.CellProblem{{Line: 3, Column: "訂正理由", Text: record.Text{Ja: "確定した記録です。訂正の理由を入力してください。", En: "It was confirmed: say why it is corrected."}}}, im.Problems)
		im, err = h.Import(ctx, clerk, "patrol", grid(t, head+first+",koseki,2017-06-02,管理職,25,下書き,\n"+second+",koseki,2017-06-03,管理職,30,,誤記\n"), false)
		require.NoError(t, err)
		require.Equal(t, &record.Import{Changed: 2}, im)
		history, err := h.History(ctx, clerk, told.ID)
		require.NoError(t, err)
		require.Equal(t, []any{"correct", "誤記", "told"}, []any{history[0].What, history[0].Reason, history[0].State})

		for name, line := range map[string]string{
			"state":    first + ",koseki,2017-06-02,管理職,25,完了,",
			"unit":     first + ",gomi,2017-06-02,管理職,25,,",
			"no label": "H29巡-99,koseki,2017-06-02,管理職,25,,",
			"strange":  "x,koseki,2017-06-02,管理職,25,,",
			"twice":    first + ",koseki,2017-06-02,管理職,26,,\n" + first + ",koseki,2017-06-02,管理職,27,,",
		} {
			im, err := h.Import(ctx, clerk, "patrol", grid(t, head+line+"\n"), false)
			require.NoError(t, err, name)
			require.Len(t, im.Problems, 1, name)
		}
		im, err = h.Import(ctx, clerk, "patrol", grid(t, "所属コード,実施日,実施者区分,報告先\nkoseki,2017-06-05,管理職,tokatsu\n"), false)
		require.NoError(t, err)
		require.Equal(t, []record.CellProblem{{Line: 2, Column: "報告先", Text: record.Text{Ja: "「実施者区分」がこの値のときは入力しません。空欄にしてください。", En: "Leave it empty: it does not go with By."}}}, im.Problems, "nothing is lost in silence")
		im, err = h.Import(ctx, other, "patrol", grid(t, head+first+",koseki,2017-06-02,管理職,99,,\n"), false)
		require.NoError(t, err)
		require.Contains(t, im.Problems[0].Text.Ja, "記録がありません", "of another unit: as if there were none")
		for _, header := range []string{"所属コード,実施日,x\n", "実施日,実施者区分\n", "所属コード,実施日\n", "所属コード,実施日,実施日,実施者区分\n"} {
			im, err := h.Import(ctx, clerk, "patrol", grid(t, header+"a\n"), false)
			require.NoError(t, err)
			require.True(t, slices.ContainsFunc(im.Problems, func(p record.CellProblem) bool { return p.Line == 1 }), header)
		}
		_, err = h.Import(ctx, clerk, "x", grid(t, head), true)
		require.ErrorIs(t, err, vms.NotFound)
	})
}
