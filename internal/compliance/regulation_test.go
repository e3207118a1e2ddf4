package compliance_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"yagura/internal/compliance"
	"yagura/internal/record"
	"yagura/internal/vms"
)

// TestAnArticleStandsBesideWhatIsSet: the setting it governs, whether they agree, and what changed since the version before.
func TestAnArticleStandsBesideWhatIsSet(t *testing.T) {
	ctx := t.Context()
	set := []compliance.Present{{Number: 30, Text: "30日（98台）"}, {Number: 14, Text: "14日（2台）"}}
	room := newWard(t, "sqlite:"+filepath.Join(t.TempDir(), "y.db"), func(c *compliance.Config) {
		c.Present = func(_ context.Context, setting string) ([]compliance.Present, error) {
			return map[string][]compliance.Present{"retention": set}[setting], nil
		}
	})
	room.at("2026-11-26 12:00")
	joho := record.Actor{Login: "joho", Sign: func(record.Role) string { return "joho" }, Has: func(record.Role, string) bool { return true }}
	second := joho
	second.Login = "joho2"
	say := func(from string, articles ...any) *record.Record {
		r, err := room.Create(ctx, joho, "regulation", record.Draft{Values: map[string]any{"name": "要綱", "kind": "outline", "made": from, "from": from, "articles": articles}})
		require.NoError(t, err)
		r, err = room.Move(ctx, joho, r.ID, r.Version, "submit", nil, "")
		require.NoError(t, err)
		r, err = room.Move(ctx, second, r.ID, r.Version, "approve", nil, "")
		require.NoError(t, err)
		return r
	}
	article := func(number, text, setting, value string) map[string]any {
		return map[string]any{"article": number, "text": text, "setting": setting, "value": value}
	}
	old := say("2025-04-01", article("第7条", "14日保存する。", "retention", "14日"), article("第8条", "立入り", "none", ""))
	_, err := room.Move(ctx, joho, old.ID, old.Version, "supersede", nil, "")
	require.NoError(t, err)
	new := say("2026-04-01", article("第7条", "30日保存する。", "retention", "３０日"), article("第9条", "研修", "induction", "60"), article("第10条", "目的", "purpose", ""))
	say("2027-04-01", article("第7条", "まだ", "retention", "7日"))

	all, err := room.Articles(ctx)
	require.NoError(t, err)
	require.Len(t, all, 3, "of versions in force today")
	require.Equal(t, compliance.Article{Regulation: "要綱", From: "2026-04-01", Article: "第7条", Setting: "retention", Value: "３０日"}, all[0])

	states := func() (out []string) {
		rows, err := room.Governed(ctx, joho, new.ID)
		require.NoError(t, err)
		for _, r := range rows {
			s := "unknown"
			if r.Known {
				s = map[bool]string{true: "agrees", false: "differs"}[r.Agrees]
			}
			out = append(out, r.Article+" "+s)
		}
		return out
	}
	require.Equal(t, []string{"第7条 differs", "第9条 agrees", "第10条 unknown"}, states())
	set = set[:1]
	require.Equal(t, "第7条 agrees", states()[0])

	doc, err := room.Compared(ctx, joho, new.ID)
	require.NoError(t, err)
	var text strings.Builder
	require.NoError(t, doc.WriteText(&text))
	for _, want := range []string{"2025-04-01施行の版", "＊\t第7条\t14日保存する。", "＊\t第9条\t（新設）", "＊\t第8条\t立入り\t（削除）"} {
		require.Contains(t, text.String(), want)
	}
	_, err = room.Compared(ctx, joho, "none")
	require.ErrorIs(t, err, vms.NotFound)
}
