package record_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"yagura/internal/audit"
	"yagura/internal/record"
	"yagura/internal/sheet"
	"yagura/internal/vms"
)

// tours are walks along a slot, by somebody, past a camera.
func tours() []*record.Kind {
	text := func(s string) record.Text { return record.Text{Ja: s, En: s} }
	kind := func(id, prefix string, fields ...record.Field) *record.Kind {
		return &record.Kind{ID: id, Name: text(id), Prefix: prefix, Day: "day", Title: []string{"day"}, Fields: append([]record.Field{{ID: "day", Name: text("実施日"), Type: record.Date, Required: true}}, fields...),
			States: []record.State{{ID: "open", Name: text("open"), Open: true}}, Readers: []record.Role{"clerk"}, Writers: []record.Role{"clerk"}}
	}
	return []*record.Kind{kind("slot", "枠"), kind("tour", "巡",
		record.Field{ID: "slot", Name: text("枠"), Type: record.Link, Kind: "slot"}, record.Field{ID: "by", Name: text("実施者"), Type: record.Person},
		record.Field{ID: "unit", Name: text("所属"), Type: record.Unit}, record.Field{ID: "stops", Name: text("立寄り"), Type: record.Table, Columns: []record.Field{{ID: "camera", Name: text("カメラ"), Type: record.Camera}}})}
}

// TestWhatIsNamedIsThere: a record names only what was there on its day, in tables and in files too; what it named
// before stays, whatever became of it.
func TestWhatIsNamedIsThere(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		left := map[string]string{"00123": "", "sato": "2017-05-31", "koseki": "", "kyu": "2017-03-31", "a1-07": ""} // last days
		s, err := record.New(record.Config{DB: h.db, Log: audit.New(h.db, vms.NewClock(), "test"), Now: func() vms.Instant { return h.now }, Declared: tours(), Calendar: weekdays{},
			Unit: h.Unit, Units: h.Units, Exists: func(_ context.Context, n record.Named, day string) (record.Presence, error) {
				switch last, known := left[n.ID]; {
				case !known:
					return record.Unknown, nil
				case last != "" && last < day:
					return record.Gone, nil
				}
				return record.There, nil
			}})
		require.NoError(t, err)
		create := func(a record.Actor, kind, unit string, v values) (*record.Record, error) {
			return s.Create(ctx, a, kind, record.Draft{Unit: unit, Values: v})
		}
		_, err = create(clerk, "slot", "koseki", values{"day": "2017-06-01"})
		require.NoError(t, err)
		_, err = create(other, "slot", "gomi", values{"day": "2017-06-01"})
		require.NoError(t, err)

		for name, c := range map[string]struct {
			v     values
			field string
		}{
			"no such record":             {values{"slot": "H29枠-3"}, "slot"},
			"not a number":               {values{"slot": "H29枠-01"}, "slot"},
			"of a unit one reads not":    {values{"slot": "H29枠-2"}, "slot"},
			"nobody":                     {values{"by": "123"}, "by"},
			"left before":                {values{"by": "sato"}, "by"},
			"no unit":                    {values{"unit": "umi"}, "unit"},
			"a closed unit":              {values{"unit": "kyu"}, "unit"},
			"no camera, in a table":      {values{"stops": []any{values{"camera": "a1-07"}, values{"camera": "a9-99"}}}, "stops.2.camera"},
			"a record of another kind":   {values{"slot": "H29巡-1"}, "slot"},
			"a person who left, by name": {values{"by": "sato", "day": "2017-06-30"}, "by"},
		} {
			v := values{"day": "2017-06-02"}
			for f, x := range c.v {
				v[f] = x
			}
			_, err := create(clerk, "tour", "koseki", v)
			var problems record.Problems
			require.ErrorAs(t, err, &problems, name)
			require.Len(t, problems, 1, name)
			require.Equal(t, c.field, problems[0].Field, name)
		}

		r, err := create(clerk, "tour", "koseki", values{"day": "2017-05-31", "slot": "H29枠-1", "by": "sato", "unit": "koseki", "stops": []any{values{"camera": "a1-07"}}})
		require.NoError(t, err, "they were still there")
		zeros, err := create(clerk, "tour", "koseki", values{"day": "2017-07-03", "by": "00123"})
		require.NoError(t, err)
		require.Equal(t, "00123", zeros.Values.Text("by"))

		delete(left, "a1-07")
		left["00123"] = "2017-06-01"
		r, err = s.Change(ctx, clerk, r.ID, 1, values{"day": "2017-06-02"}, "")
		require.NoError(t, err, "what it named stays")
		_, err = s.Change(ctx, clerk, r.ID, 2, values{"by": "00123"}, "")
		require.ErrorIs(t, err, vms.Invalid)
		_, err = s.Change(ctx, clerk, zeros.ID, 1, values{"stops": []any{values{"camera": "a1-07"}}}, "")
		require.ErrorIs(t, err, vms.Invalid, "the camera is no more")

		linked, err := s.Linked(ctx, clerk, r)
		require.NoError(t, err)
		require.Equal(t, "slot", linked["H29枠-1"].Kind)
		by, more, err := s.Referring(ctx, clerk, linked["H29枠-1"])
		require.NoError(t, err)
		require.False(t, more)
		require.Equal(t, r.ID, by[0].ID)
		by, _, err = s.Referring(ctx, other, linked["H29枠-1"])
		require.NoError(t, err)
		require.Empty(t, by, "not theirs to read")

		im, err := s.Import(ctx, clerk, "tour", grid(t, "所属コード,実施日,枠,実施者\nkoseki,2017-06-02,H29枠-1,sato\nkoseki,2017-06-02,H29枠-7,\nkoseki,2017-05-30,H29枠-1,sato\n"), false)
		require.NoError(t, err)
		require.Equal(t, []any{2, "実施者", 3, "枠"}, []any{im.Problems[0].Line, im.Problems[0].Column, im.Problems[1].Line, im.Problems[1].Column})
		require.Contains(t, im.Problems[1].Text.Ja, "一覧で番号を確かめてください")
		p, err := s.List(ctx, clerk, "tour", record.Query{Oldest: true})
		require.NoError(t, err)
		k, err := s.Kind("tour")
		require.NoError(t, err)
		im, err = s.Import(ctx, clerk, "tour", again(t, k.Table(p.Records)), false)
		require.NoError(t, err)
		require.Equal(t, &record.Import{Same: 2}, im, "what left since comes back unchanged")
	})
}

func again(t *testing.T, table *sheet.Table) *sheet.Grid {
	t.Helper()
	var file strings.Builder
	require.NoError(t, table.WriteCSV(&file))
	return grid(t, file.String())
}
