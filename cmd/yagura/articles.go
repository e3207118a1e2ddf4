package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"yagura/internal/access"
	"yagura/internal/camera"
	"yagura/internal/compliance"
	"yagura/internal/rights"
)

// articles are those of the regulations in force, for whoever decides about settings: neither side knows the other.
func articles(records *compliance.Room) func(context.Context) ([]rights.Article, error) {
	return func(ctx context.Context) (out []rights.Article, err error) {
		all, err := records.Articles(ctx)
		for _, a := range all {
			out = append(out, rights.Article{Regulation: a.Regulation, Number: a.Number, From: a.From, Article: a.Article, Title: a.Title, Setting: a.Setting, Value: a.Value})
		}
		return out, err
	}
}

// present is what is set now of what an article may govern.
func (n *node) present(ctx context.Context, setting string) ([]compliance.Present, error) {
	switch setting {
	case camera.SettingRetention:
		counts := map[int64]int{}
		for _, cam := range n.cameras.get().Cameras {
			counts[int64(cam.Retention/(24*time.Hour))]++
		}
		return counted(counts, "%d日（%d台）"), nil
	case camera.SettingViewing:
		minutes := int64(n.access.Policy().PastAge() / time.Minute)
		return []compliance.Present{{Number: minutes, Text: fmt.Sprintf("ライブを見られない人には%d分より前の映像", minutes)}}, nil
	case "duty":
		usual, set, err := n.duty.Norms(ctx)
		counts := map[int64]int{}
		for _, norm := range set {
			counts[int64(norm.Rounds)]++
		}
		return append([]compliance.Present{{Number: int64(usual.Rounds), Text: fmt.Sprintf("月%d回（標準）", usual.Rounds)}}, counted(counts, "月%d回（%d部署）")...), err
	}
	return nil, nil
}

func counted(counts map[int64]int, format string) (out []compliance.Present) {
	for _, n := range slices.Sorted(maps.Keys(counts)) {
		out = append(out, compliance.Present{Number: n, Text: fmt.Sprintf(format, n, counts[n])})
	}
	return out
}

// groundFlags name what a version rests on.
type groundFlags struct {
	Regulation string `help:"Name of the regulation whose article governs what the version changes (days kept, who may look)."`
	Article    string `help:"Its article, as 第7条."`
	From       string `help:"Day from which its version is in force, as 2026-04-01; left out where only one is."`
	Ground     string `help:"In place of an article, where none is on record: what it rests on."`
	Reason     string `help:"Why it rests on no article."`
}

// ground is what the flags name: an article must be one in force.
func (f groundFlags) ground(ctx context.Context, by string, all func(context.Context) ([]rights.Article, error)) (camera.Ground, error) {
	g := camera.Ground{Regulation: f.Regulation, Article: f.Article, From: f.From, Text: f.Ground, Reason: f.Reason, By: by}
	if f.Regulation == "" {
		return g, g.Checked()
	}
	known, err := all(ctx)
	if err != nil {
		return g, err
	}
	if err := rights.InForce(known, &g); err != nil {
		return g, err
	}
	return g, g.Checked()
}

// ledger is the ward's records, as this machine reads them beside the server.
func (o *office) ledger(ctx context.Context, engine *access.Engine) (*compliance.Room, error) {
	set, _, err := inForce(ctx, o.cfg, o.db)
	if err != nil {
		return nil, err
	}
	return compliance.New(compliance.Config{DB: o.db, Access: engine, Audit: o.log, Identity: o.people, Cameras: func() *camera.Set { return set }, Now: now})
}
