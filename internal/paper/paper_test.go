package paper

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// every is the width of a text whose characters are all as wide.
func every(s string) (float64, error) { return float64(len([]rune(s))), nil }

func TestLinesBreakAsPrintersDo(t *testing.T) {
	for text, want := range map[string][]string{
		"あいうえおかきくけこ":   {"あいうえお", "かきくけこ"},
		"あいうえお。かき":     {"あいうえ", "お。かき"},
		"あいうえ（かきく）":    {"あいうえ", "（かきく）"},
		"あいうえ「「かき":     {"あいうえ", "「「かき"},
		"あいう2017年6月":   {"あいう", "2017年", "6月"},
		"abcdefghijkl": {"abcde", "fghij", "kl"},
		"一\n二":         {"一", "二"},
		"":             {""},
	} {
		got, err := lines(text, 5, every)
		require.NoError(t, err)
		require.Equal(t, want, got, text)
		require.Equal(t, strings.ReplaceAll(text, "\n", ""), strings.Join(got, ""), "nothing is lost")
	}
}

func document() *Document {
	d := New("実施状況について")
	d.Top, d.Mark, d.Foot = []string{"平成29年6月5日"}, "案", "出力 見本 <b>"
	d.Add(Chapter, "1 概要")
	d.Add(Section, "(1) 目的")
	d.Add(Norm, strings.Repeat("定めたとおりに行う。", 20))
	d.Add(Point, "① 実施状況")
	d.Add(Text, "150のうち144の部署で、髙橋・𠮷田 <script>")
	d.Add(Label, "主な回答")
	d.Add(Item, "少人数のため。")
	d.Add(Text, "")
	rows := [][]string{{"区分", "数"}}
	for i := range 120 {
		rows = append(rows, []string{fmt.Sprint("部署", i), fmt.Sprint(i)})
	}
	d.Blocks = append(d.Blocks, Block{Kind: Table, Rows: rows, Right: []bool{false, true}})
	return d
}

func TestTextAndPageSayTheSame(t *testing.T) {
	var text, page bytes.Buffer
	require.NoError(t, document().WriteText(&text))
	require.NoError(t, document().WriteHTML(&page))
	require.True(t, strings.HasPrefix(text.String(), "平成29年6月5日\n【案】\n実施状況について\n\n1 概要\n\n(1) 目的\n　○定め"), text.String())
	require.Contains(t, text.String(), "　　・少人数のため。\n区分\t数\n部署0\t0\n")
	for _, s := range []string{"○定め", "・少人数のため。", "&lt;script&gt;", "部署119", "見本 &lt;b&gt;", `<td class="right">7</td>`} {
		require.Contains(t, page.String(), s)
	}
}

// TestAPDFHoldsItsWordsAndItsFont: what a reader copies out of it is what was put in, on pages with a number.
func TestAPDFHoldsItsWordsAndItsFont(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.pdf")
	f, err := os.Create(name)
	require.NoError(t, err)
	require.NoError(t, document().WritePDF(f))
	require.NoError(t, f.Close())
	out, err := exec.Command("pdftotext", "-layout", name, "-").Output()
	require.NoError(t, err)
	pages := strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
	require.Greater(t, len(pages), 2)
	for i, p := range pages {
		require.Contains(t, p, fmt.Sprintf("%d / %d", i+1, len(pages)))
		require.Contains(t, p, "区分", "the heading of the table, on every page")
	}
	for _, s := range []string{"実施状況について", "150のうち144の部署で、髙橋", "・少人数のため。", "部署119", "出力 見本 <b>"} {
		require.Contains(t, string(out), s)
	}
	fonts, err := exec.Command("pdffonts", name).Output()
	require.NoError(t, err)
	require.Regexp(t, `CID TrueType +Identity-H +yes`, string(fonts), "TrueType outlines, inside the file")
}
