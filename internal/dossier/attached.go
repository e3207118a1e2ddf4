package dossier

import (
	"context"
	"fmt"
	"io"
	"path"
	"strings"

	"yagura/internal/record"
	"yagura/internal/sheet"
	"yagura/internal/vms"
)

// attached writes the files of a record beside its printed form. One that is damaged or gone is said in its place.
func (b *building) attached(ctx context.Context, k *record.Kind, rec *record.Record) error {
	n := 0
	for i := range k.Fields {
		if k.Fields[i].Type != record.Files {
			continue
		}
		for _, f := range rec.Values.Files(k.Fields[i].ID) {
			n++
			if err := b.file(ctx, fmt.Sprintf("添付/%s/%s/%02d_", k.Name.Ja, k.Label(rec), n), f); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *building) file(ctx context.Context, folder string, f record.File) error {
	ending := path.Ext(f.Name)
	name := folder + strings.TrimSuffix(sheet.FileName(strings.TrimSuffix(f.Name, ending), strings.TrimPrefix(ending, ".")), ".")
	in, err := b.r.c.Records.Shelf.Open(ctx, f.ID, f.SHA256, f.Size)
	if vms.Code(err) == "file-damaged" {
		return b.add(name+".txt", func(w io.Writer) error {
			_, err := io.WriteString(w, "添付ファイルが壊れているか、なくなっています。 This file is damaged or gone.\nSHA-256 "+f.SHA256+"\n")
			return err
		})
	}
	if err != nil {
		return err
	}
	defer in.Close()
	return b.add(name, func(w io.Writer) error { _, err := io.Copy(w, in); return err })
}
