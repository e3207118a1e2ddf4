package gateway_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"yagura/internal/audit"
	"yagura/internal/audit/anchor"
	"yagura/internal/gateway"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

func TestTheAuditLogOverHTTP(t *testing.T) {
	t.Parallel()
	anchored := anchor.Status{}
	h := newHouse(t, func(c *gateway.Config) {
		c.Anchored = func(context.Context) (anchor.Status, error) { return anchored, nil }
	})
	h.Add("kansa", identity.Auditor, "")
	h.Add("kiki", identity.CrisisManagement, "")
	token := h.Token("kansa")
	saturday, _ := vms.ParseInstant("2025-06-21T12:00:00+09:00")
	id, err := h.Audit.Append(t.Context(), audit.Entry{Actor: "kiki", Session: "s1", From: "10.0.0.7", Action: audit.ViewPast, Camera: "c-koseki",
		Stream: vms.Sub, At: saturday.Add(-1e9), Time: saturday, Purpose: "incident", Case: "29-14"})
	require.NoError(t, err)
	running := h.as(token, "GET", "/api/audit", "")
	require.JSONEq(t, `{"entries":[{"seq":1,"id":"`+id+`","time":"2025-06-21T03:00:00.000000Z","actor":"kiki","actor_name":"kiki","actor_title":"","session":"s1",
		"source":"10.0.0.7","action":"view.past","outcome":"ok","camera":"c-koseki","stream":"sub","at":"2025-06-21T02:59:59.000000Z","purpose":"incident",
		"case":"29-14","detail":"","refers":"","ranges":[],"ended":null,"end_reason":"","hints":[{"kind":"weekend","value":6,"usual":0,"limit":5}]}],"more":false,"next":0}`, running.body)
	require.NoError(t, h.Audit.CloseView(t.Context(), id, []vms.Span{{From: saturday.Add(-1e9), To: saturday}}, "closed by the viewer"))
	ended := h.as(token, "GET", "/api/audit?from=2025-06-21T00:00:00Z&to=2025-06-22T00:00:00Z&outcome=ok&limit=1", "")
	require.Contains(t, ended.body, `"ranges":[{"from":"2025-06-21T02:59:59.000000Z","to":"2025-06-21T03:00:00.000000Z"}]`)
	require.Contains(t, ended.body, `"end_reason":"closed by the viewer"`)
	for _, bad := range []string{"from=yesterday", "outcome=perhaps", "limit=0", "limit=501", "before=-1"} {
		require.Equal(t, 400, h.as(token, "GET", "/api/audit?"+bad, "").StatusCode, bad)
	}

	head := read[struct {
		Seq      int64
		Hash     string
		Anchored struct{ Seq int64 }
	}](t, h.as(token, "GET", "/api/audit/head", ""))
	require.Equal(t, int64(4), head.Seq, "the view, its end, and what was asked of the log twice")
	require.Len(t, head.Hash, 64)
	require.Zero(t, head.Anchored.Seq)
	anchored = anchor.Status{Seq: 1, Time: saturday}
	require.Contains(t, h.as(token, "GET", "/api/audit/head", "").body, `"anchored":{"seq":1,"time":"2025-06-21T03:00:00.000000Z"}`)

	export := h.as(token, "GET", "/api/audit/export?format=csv", "")
	require.Equal(t, 200, export.StatusCode)
	require.Equal(t, "application/zip", export.Header.Get("Content-Type"))
	require.Regexp(t, `^attachment; filename="yagura-audit-\d{8}-\d{6}\.zip"$`, export.Header.Get("Content-Disposition"))
	require.Equal(t, "no-store, private", export.Header.Get("Cache-Control"))
	for query, code := range map[string]string{"format=xlsx": "bad-format", "format=csv&from=x": "bad-time", "format=csv&action=" + strings.Repeat("x", 65): "too-long-parameter"} {
		problem(t, h.as(token, "GET", "/api/audit/export?"+query, ""), 400, code)
	}
}
