package gateway_test

import (
	"encoding/binary"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/audit"
	"yagura/internal/identity"
	"yagura/internal/vms"
)

type decodable struct {
	at  vms.Instant
	key bool
	nal []string // with start codes
}

// takeApart reads the body of a picture as a browser does.
func takeApart(t *testing.T, body string) (units []decodable) {
	t.Helper()
	for b := []byte(body); len(b) > 0; {
		n := binary.BigEndian.Uint32(b)
		unit := b[4 : 4+n]
		b = b[4+n:]
		u := decodable{at: vms.Instant(binary.BigEndian.Uint64(unit)), key: unit[8] == 1}
		u.nal = strings.Split(string(unit[9:]), "\x00\x00\x00\x01")[1:]
		units = append(units, u)
	}
	return units
}

func TestPicture(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Add("kiki", identity.CrisisManagement, "")
	token := h.Token("kiki")
	from := h.Moved.Add(-time.Minute)
	h.Record(vms.Feed{Camera: "c-koseki", Stream: vms.Sub}, vms.Span{From: from, To: from.Add(20 * time.Second)})
	picture := func(at vms.Instant, more string) answer {
		return h.as(token, "GET", "/api/cameras/c-koseki/picture?at="+url.QueryEscape(at.String())+more, "")
	}
	got := picture(from.Add(5*time.Second+200*time.Millisecond), "&purpose=incident&case=%E4%BB%A48-17")
	require.Equal(t, 200, got.StatusCode, got.body)
	units := takeApart(t, got.body)
	last := units[len(units)-1]
	require.Equal(t, []string{"application/vnd.yagura.picture", "avc1.64001f", last.at.String(), strconv.Itoa(len(got.body)), "no-store, private"},
		[]string{got.Header.Get("Content-Type"), got.Header.Get("X-Yagura-Codec"), got.Header.Get("X-Yagura-At"), got.Header.Get("Content-Length"), got.Header.Get("Cache-Control")})
	require.Equal(t, []bool{true, false}, []bool{units[0].key, last.key})
	require.Len(t, units[0].nal, 3)
	require.Equal(t, []byte{0x67, 0x68, 0x65}, []byte{units[0].nal[0][0], units[0].nal[1][0], units[0].nal[2][0]}, "SPS, PPS, picture")
	require.Len(t, last.nal, 1)
	require.Len(t, last.nal[0], 400)
	row := h.Rows(audit.ViewStill)[0]
	require.Equal(t, []any{"kiki", "incident", "令8-17", vms.Sub}, []any{row.Actor, row.Purpose, row.Case, row.Stream})
	require.Equal(t, []vms.Span{{From: units[0].at, To: last.at.Add(100 * time.Millisecond)}}, h.End(row.ID).Ranges)

	none := picture(from.Add(-10*time.Minute), "&purpose=incident")
	problem(t, none, 404, "no-picture")
	require.Contains(t, none.body, "not-configured", "the cause")
	problem(t, picture(h.Now().Add(time.Hour), "&purpose=incident"), 404, "no-picture")
	problem(t, picture(from, ""), 400, "purpose-required")
	problem(t, picture(from, "&purpose=incident&stream=third"), 400, "bad-stream")
	problem(t, picture(from, "&purpose=incident&case="+strings.Repeat("x", 65)), 400, "bad-case")
	problem(t, picture(0, "&purpose=incident"), 400, "bad-time")
	problem(t, h.as(token, "GET", "/api/cameras/c-koseki/picture", ""), 400, "bad-time")
	problem(t, h.as(token, "GET", "/api/cameras/c-main/picture?stream=sub&purpose=incident&at="+url.QueryEscape(from.String()), ""), 404, "no-stream")
}

func TestActivity(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.Add("kiki", identity.CrisisManagement, "")
	h.Add("koseki", identity.GeneralManager, "koseki")
	span := vms.Span{From: h.Moved.Add(-2 * time.Minute), To: h.Moved.Add(2 * time.Minute)}
	h.Record(vms.Feed{Camera: "c-moved", Stream: vms.Main}, vms.Span{From: span.From, To: span.To.Add(-time.Second)})
	get := func(login, query string) answer {
		return h.as(h.Token(login), "GET", "/api/cameras/c-moved/"+query, "")
	}
	stretch := "from=" + url.QueryEscape(span.From.Add(-time.Minute).String()) + "&to=" + url.QueryEscape(span.To.Add(time.Minute).String())
	values := func(login string) []int {
		got := get(login, "activity?buckets=6&"+stretch)
		require.Equal(t, 200, got.StatusCode, got.body)
		require.ElementsMatch(t, []string{"from", "to", "values"}, keys(t, []byte(got.body)))
		return read[struct{ Values []int }](t, got).Values
	}
	all := values("kiki")
	require.Equal(t, []int{-1, -1}, []int{all[0], all[5]})
	for _, v := range all[1:5] {
		require.InDelta(t, 275, v, 20)
	}
	theirs := values("koseki")
	require.Equal(t, []int{-1, -1, -1, -1}, []int{theirs[0], theirs[3], theirs[4], theirs[5]})
	require.GreaterOrEqual(t, theirs[1], 0)

	next := get("kiki", "activity/next?at="+url.QueryEscape(span.From.Add(-time.Minute).String()))
	require.Equal(t, 200, next.StatusCode, next.body)
	require.JSONEq(t, `{"at":null}`, next.body, "what never changes is no burst")
	for _, bad := range []string{"activity?buckets=6", "activity?" + stretch, "activity?buckets=0&" + stretch, "activity?buckets=4001&" + stretch,
		"activity/next", "activity/next?at=now", "activity/next?direction=0&at=2017-06-01T00:00:00Z", "activity/next?direction=2&at=2017-06-01T00:00:00Z"} {
		require.Equal(t, 400, get("kiki", bad).StatusCode, bad)
	}
}

func TestCoverage(t *testing.T) {
	t.Parallel()
	h, now, token := reported(t)
	h.Record(vms.Feed{Camera: "c-koseki", Stream: vms.Main}, vms.Span{From: now.Add(-10 * time.Minute), To: now.Add(-9 * time.Minute)})
	h.Record(vms.Feed{Camera: "c-gomi", Stream: vms.Main}, vms.Span{From: now.Add(-10 * time.Minute), To: now.Add(-9 * time.Minute)})
	type list struct {
		Days    []string
		Cameras []struct {
			ID    string
			Share float64
			Days  []map[string]any
		}
	}
	shares := map[string]float64{}
	var got list
	require.Eventually(t, func() bool { // the imported footage reaches the index
		got = read[list](t, h.as(token, "GET", "/api/health/coverage", ""))
		for _, c := range got.Cameras {
			shares[c.ID] = c.Share
		}
		return shares["c-koseki"] > 0 && shares["c-gomi"] > 0
	}, 15*time.Second, 50*time.Millisecond)
	require.Len(t, got.Days, 30)
	require.Equal(t, now.Time().In(time.FixedZone("", 9*3600)).Format(time.DateOnly), got.Days[29], "today, in Japan")
	require.Len(t, got.Cameras, 7)
	require.InDelta(t, 1, shares["c-koseki"], 0.001, "it has been recorded ever since")
	require.InDelta(t, 0.1, shares["c-gomi"], 0.02, "nothing came since")
	require.EqualValues(t, -1, shares["c-future"])
	for _, c := range got.Cameras {
		require.Len(t, c.Days, 30)
		switch c.ID {
		case "c-gomi":
			day := c.Days[29]
			if day["kind"] == "ok" {
				day = c.Days[28] // it is midnight
			}
			require.Equal(t, []any{"unreachable", "gap"}, []any{day["cause"], day["kind"]})
		case "c-future":
			require.Equal(t, map[string]any{"recorded": -1.0, "longest": 0.0, "cause": "", "kind": "none"}, c.Days[29])
		case "c-shared":
			require.Equal(t, "planned", c.Days[0]["kind"], "never asked for")
		}
	}
	require.Len(t, read[list](t, h.as(token, "GET", "/api/health/coverage?days=1", "")).Days, 1)
	for _, bad := range []string{"0", "32", "x"} {
		require.Equal(t, 400, h.as(token, "GET", "/api/health/coverage?days="+bad, "").StatusCode)
	}
}
