package record_test

import (
	"bytes"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/attachment"
	"yagura/internal/blob"
	"yagura/internal/record"
	"yagura/internal/sheet"
	"yagura/internal/vms"
)

// shelved gives the house a shelf for files.
func (h *house) shelved(url string) (*attachment.Shelf, blob.Store) {
	store, err := blob.Open(url)
	require.NoError(h.t, err)
	h.Shelf, err = attachment.New(store, h.t.TempDir())
	require.NoError(h.t, err)
	return h.Shelf, store
}

// onBothShelved runs a story with either database. Both stores are proved in package attachment.
func onBothShelved(t *testing.T, story func(t *testing.T, h *house, store blob.Store)) {
	onBoth(t, func(t *testing.T, h *house) {
		_, store := h.shelved("dir:" + filepath.Join(t.TempDir(), "objects"))
		story(t, h, store)
	})
}

func (h *house) upload(a record.Actor, name, text string) *record.File {
	h.t.Helper()
	f, err := h.Upload(h.t.Context(), a, record.Upload{Kind: "patrol", Field: "photos", Name: name, Body: strings.NewReader(text)})
	require.NoError(h.t, err)
	return f
}

// named are files as a form sends them.
func named(files ...*record.File) []any {
	out := []any{}
	for _, f := range files {
		out = append(out, map[string]any{"id": f.ID, "name": "forged.pdf", "sha256": "forged", "by": "somebody"})
	}
	return out
}

func (h *house) patrolWith(files ...*record.File) *record.Record {
	v := plain("2017-06-02")
	v["photos"] = named(files...)
	return h.create(clerk, v)
}

func (h *house) content(a record.Actor, r *record.Record, id string) string {
	h.t.Helper()
	_, content, err := h.Download(h.t.Context(), a, r.ID, id)
	require.NoError(h.t, err)
	b, err := io.ReadAll(content)
	require.NoError(h.t, err)
	require.NoError(h.t, content.Close())
	return string(b)
}

// TestFilesStayWithTheirVersion: what a confirmed record has attached is added to or withdrawn with a reason, and what an
// older version had is still there.
func TestFilesStayWithTheirVersion(t *testing.T) {
	onBothShelved(t, func(t *testing.T, h *house, _ blob.Store) {
		ctx := t.Context()
		one, two := h.upload(clerk, `C:\写真\書庫.txt`, "一枚目"), h.upload(clerk, "机上.txt", "二枚目")
		r := h.patrolWith(one)
		got := r.Values.Files("photos")
		require.Equal(t, []record.File{*one}, got, "what is kept is what the row says, not what was sent")
		require.Equal(t, []any{"書庫.txt", attachment.TXT, "clerk jimu", h.now}, []any{got[0].Name, got[0].Type, got[0].Signed, got[0].At})
		r, err := h.Move(ctx, clerk, r.ID, 1, "tell", nil, "")
		require.NoError(t, err)
		_, err = h.Change(ctx, clerk, r.ID, 2, values{"photos": named(two)}, "")
		require.Equal(t, []string{"reason"}, problems(err))
		same, err := h.Change(ctx, clerk, r.ID, 2, values{"photos": named(one)}, "同じ")
		require.NoError(t, err)
		require.Equal(t, int64(2), same.Version, "nothing changed")
		r, err = h.Change(ctx, clerk, r.ID, 2, values{"photos": named(two)}, "別の写真だった")
		require.NoError(t, err)
		require.Equal(t, "二枚目", h.content(office, r, two.ID))
		require.Equal(t, "一枚目", h.content(office, r, one.ID), "an older version still has it")
		history, err := h.History(ctx, office, r.ID)
		require.NoError(t, err)
		require.Equal(t, []string{"机上.txt", "書庫.txt"}, []string{history[0].Values.Files("photos")[0].Name, history[1].Values.Files("photos")[0].Name})
		p, err := h.List(ctx, clerk, "patrol", record.Query{Text: two.SHA256})
		require.NoError(t, err)
		require.Equal(t, 1, p.All, "a record is found by the hash of its file")

		r, err = h.Move(ctx, manager, r.ID, 3, "order", values{"order": "x", "by_day": "2017-06-09", "photos": named(two, h.upload(manager, "c.txt", "3"))}, "")
		require.NoError(t, err)
		require.Len(t, r.Values.Files("photos"), 2, "a move takes files on the way")
	})
}

// TestWhoseFiles: a file that waits is its uploader's, one that is kept its record's.
func TestWhoseFiles(t *testing.T) {
	onBothShelved(t, func(t *testing.T, h *house, _ blob.Store) {
		ctx := t.Context()
		mine := h.upload(clerk, "a.txt", "1")
		with := func(a record.Actor, unit string, f any) error {
			v := plain("2017-06-02")
			v["photos"] = f
			_, err := h.Create(ctx, a, "patrol", record.Draft{Unit: unit, Values: v})
			return err
		}
		require.Equal(t, []string{"photos"}, problems(with(other, "gomi", named(mine))), "somebody else's")
		require.Equal(t, []string{"photos"}, problems(with(clerk, "koseki", []any{map[string]any{"id": "nothing"}})))
		require.Equal(t, []string{"photos"}, problems(with(clerk, "koseki", named(mine, mine))))
		require.Equal(t, []string{"photos"}, problems(with(clerk, "koseki", "a.txt")))
		require.Equal(t, []string{"photos"}, problems(with(clerk, "koseki", named(mine, h.upload(clerk, "b.txt", "2"), h.upload(clerk, "c.txt", "3"), h.upload(clerk, "d.txt", "4")))), "too many")
		r := h.patrolWith(mine)
		require.Equal(t, []string{"photos"}, problems(with(clerk, "koseki", named(mine))), "another record's")
		_, _, err := h.Download(ctx, other, r.ID, mine.ID)
		require.Equal(t, "no-record", vms.Code(err))
		_, _, err = h.Download(ctx, office, r.ID, h.upload(clerk, "e.txt", "5").ID)
		require.Equal(t, "no-file", vms.Code(err), "it is no record's yet")
		try := func(a record.Actor, field, name, text string) string {
			_, err := h.Upload(ctx, a, record.Upload{Kind: "patrol", Field: field, Name: name, Body: strings.NewReader(text)})
			return vms.Code(err)
		}
		require.Equal(t, []string{"denied", "no-kind", "no-field", "file-type", "too-long"}, []string{
			try(office, "photos", "a.txt", "1"), try(as("nobody"), "photos", "a.txt", "1"), try(clerk, "order", "a.txt", "1"), try(clerk, "photos", "a.pdf", "1"), try(clerk, "photos", "a.txt", strings.Repeat("x", 1001))})
		for range 46 {
			h.upload(clerk, "a.txt", "1")
		}
		require.Equal(t, "too-many-uploads", try(clerk, "photos", "a.txt", "1"))
		require.Equal(t, "", try(manager, "photos", "a.txt", "1"))
	})
}

// TestFilesOfNoRecordAreForgotten: a day later, and nothing else is.
func TestFilesOfNoRecordAreForgotten(t *testing.T) {
	onBothShelved(t, func(t *testing.T, h *house, store blob.Store) {
		ctx := t.Context()
		kept, left := h.upload(clerk, "a.txt", "同じ"), h.upload(clerk, "b.txt", "同じ")
		r := h.patrolWith(kept)
		require.NoError(t, store.Put(ctx, attachment.Key("0123", "unknown"), strings.NewReader("x"), 1))
		h.now = h.now.Add(23 * time.Hour)
		late := h.upload(clerk, "c.txt", "後")
		forget := func() int {
			n, err := h.ForgetFiles(ctx)
			require.NoError(t, err)
			return n
		}
		require.Zero(t, forget())
		h.now = h.now.Add(2 * time.Hour)
		require.Equal(t, 1, forget())
		require.Zero(t, forget())
		_, err := store.Get(ctx, attachment.Key(left.SHA256, left.ID), 0, -1)
		require.Error(t, err)
		require.Equal(t, "同じ", h.content(clerk, r, kept.ID))
		_, err = h.Change(ctx, clerk, r.ID, 1, values{"photos": named(kept, left)}, "")
		require.Equal(t, []string{"photos"}, problems(err))

		report, err := record.CheckFiles(ctx, h.db, h.Shelf, true)
		require.NoError(t, err)
		require.Equal(t, 2, report.Files)
		require.Len(t, report.Findings, 1)
		require.Contains(t, report.Findings[0], "no row knows", "it is told of, and left alone")
		require.NoError(t, store.Delete(ctx, attachment.Key("0123", "unknown")))
		require.NoError(t, store.Delete(ctx, attachment.Key(late.SHA256, late.ID)))
		report, err = record.CheckFiles(ctx, h.db, h.Shelf, false)
		require.NoError(t, err)
		require.Len(t, report.Findings, 1)
		require.Contains(t, report.Findings[0], "missing")
		require.NoError(t, store.Delete(ctx, attachment.Key(kept.SHA256, kept.ID)))
		require.NoError(t, store.Put(ctx, attachment.Key(kept.SHA256, kept.ID), strings.NewReader("別字"), 6))
		report, err = record.CheckFiles(ctx, h.db, h.Shelf, true)
		require.NoError(t, err)
		require.Contains(t, strings.Join(report.Findings, " "), "altered")
		_, _, err = h.Download(ctx, clerk, r.ID, kept.ID)
		require.Equal(t, "file-damaged", vms.Code(err))
	})
}

// TestTablesNameFiles: with their hashes, and no table changes them.
func TestTablesNameFiles(t *testing.T) {
	h := newHouse(t, "sqlite:"+filepath.Join(t.TempDir(), "yagura.db"))
	h.shelved("dir:" + filepath.Join(t.TempDir(), "objects"))
	ctx := t.Context()
	f, g := h.upload(clerk, "=1+1.txt", "1"), h.upload(clerk, "b.txt", "2")
	h.patrolWith(f, g)
	table, err := h.Export(ctx, clerk, "patrol", record.Query{})
	require.NoError(t, err)
	for _, write := range []func(io.Writer) error{table.WriteCSV, table.WriteXLSX} {
		var file bytes.Buffer
		require.NoError(t, write(&file))
		back, err := sheet.Read(file.Bytes())
		require.NoError(t, err)
		im, err := h.Import(ctx, clerk, "patrol", back, false)
		require.NoError(t, err)
		require.Equal(t, &record.Import{Same: 1}, im)
		for i, name := range back.Header {
			if name != "写真" {
				continue
			}
			require.Equal(t, "=1+1.txt (SHA-256 "+f.SHA256+")\nb.txt (SHA-256 "+g.SHA256+")", back.Rows[0].Cells[i])
			back.Rows[0].Cells[i] = ""
			im, err = h.Import(ctx, clerk, "patrol", back, false)
			require.NoError(t, err)
			require.Equal(t, &record.Import{Same: 1}, im, "an empty cell takes no files away")
			back.Rows[0].Cells[i] = "b.txt"
			im, err = h.Import(ctx, clerk, "patrol", back, false)
			require.NoError(t, err)
			require.Equal(t, []any{1, "写真"}, []any{len(im.Problems), im.Problems[0].Column})
		}
	}
}
