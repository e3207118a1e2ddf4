package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"yagura/internal/audit"
	"yagura/internal/camera"
	"yagura/internal/identity"
	"yagura/internal/record"
	"yagura/internal/sheet"
	"yagura/internal/survey"
)

// surveys is the surveys as a command works with them, and as whom.
func (o *office) surveys(ctx context.Context) (*survey.Room, record.Actor, error) {
	set, _, err := inForce(ctx, o.cfg, o.db)
	if err != nil {
		return nil, record.Actor{}, err
	}
	a := record.Actor{Login: operator, Entry: audit.Entry{From: onThisMachine()}, Sign: func(record.Role) string { return operator },
		Has: func(record.Role, string) bool { return true }}
	return survey.New(survey.Config{DB: o.db, Audit: o.log, Cameras: func() *camera.Set { return set }, Now: now,
		Actor: func(*identity.Person) record.Actor { return a }}), a, nil
}

// withSurveys runs fn on the surveys of the configured database.
func (f configFlag) withSurveys(ctx context.Context, fn func(*survey.Room, record.Actor) error) error {
	o, err := f.office(ctx)
	if err != nil {
		return err
	}
	room, a, err := o.surveys(ctx)
	if err == nil {
		err = fn(room, a)
	}
	return o.close(err)
}

type surveyReportVerb struct {
	configFlag
	Name   string `arg:"" help:"Short name of the survey; the sample of 2017 is h29."`
	Format string `help:"text, html, pdf, or xlsx (the tables)." enum:"text,html,pdf,xlsx" default:"text"`
	Out    string `help:"File to write; standard output when left out." type:"path"`
}

// Run prints the report of a survey, its numbers counted now.
func (v *surveyReportVerb) Run(ctx context.Context, std streams) error {
	return v.withSurveys(ctx, func(room *survey.Room, a record.Actor) error {
		var out bytes.Buffer
		if err := v.write(ctx, &out, room, a); err != nil {
			return err
		}
		if err := room.Exported(ctx, a, v.Name, v.Format); err != nil {
			return err
		}
		if v.Out != "" {
			return os.WriteFile(v.Out, out.Bytes(), 0o600)
		}
		_, err := std.out.Write(out.Bytes())
		return err
	})
}

func (v *surveyReportVerb) write(ctx context.Context, w io.Writer, room *survey.Room, a record.Actor) error {
	if v.Format == "xlsx" {
		tables, err := room.Tables(ctx, a, v.Name)
		if err != nil {
			return err
		}
		return sheet.WriteBook(w, tables...)
	}
	doc, err := room.Document(ctx, a, v.Name)
	if err != nil {
		return err
	}
	switch v.Format {
	case "html":
		return doc.WriteHTML(w)
	case "pdf":
		return doc.WritePDF(w)
	}
	return doc.WriteText(w)
}

type surveySampleVerb struct {
	configFlag
	Names []string `arg:"" help:"h29, the survey of 2017 as it was reported; current, one that is being answered."`
}

// Run puts samples into the database, once.
func (v *surveySampleVerb) Run(ctx context.Context, std streams) error {
	return v.withSurveys(ctx, func(room *survey.Room, a record.Actor) error {
		for _, name := range v.Names {
			loaded, fresh, err := room.LoadSample(ctx, a, name)
			if err != nil {
				return err
			}
			word := "loaded"
			if !fresh {
				word = "is there already"
			}
			fmt.Fprintf(std.out, "survey %s %s\n", loaded, word)
		}
		return nil
	})
}

type surveyUnitsVerb struct {
	configFlag
	File string `arg:"" type:"existingfile" help:"CSV or Excel: 部署コード, 部署名, 区分, 所管コード, in 建制順."`
}

// Run replaces the list of 部署 that the next survey asks.
func (v *surveyUnitsVerb) Run(ctx context.Context, std streams) error {
	data, err := os.ReadFile(v.File)
	if err != nil {
		return err
	}
	list, err := survey.ReadUnits(data)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return errors.New("the file names nobody")
	}
	return v.withSurveys(ctx, func(room *survey.Room, a record.Actor) error {
		if err := room.SetUnits(ctx, a, list); err != nil {
			return err
		}
		fmt.Fprintf(std.out, "%d reporting units\n", len(list))
		return nil
	})
}
