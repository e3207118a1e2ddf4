package access

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"time"

	"yagura/internal/camera"
	"yagura/internal/conf"
	"yagura/internal/db"
)

// NewStore keeps versions of policies: what narrows is in force at once, what widens waits for a
// second person unless relaxed.
func NewStore(d *db.DB, relaxed bool) *camera.Store {
	return &camera.Store{DB: d, Kind: "policies", Judge: Wider, Governs: Governs, Relaxed: relaxed}
}

// Watch reads the directory now and after each change, and at once when poke is sent to. fn gets
// files that compile, or the error; on error the policies in force stay. It blocks until ctx ends.
func Watch(ctx context.Context, dir string, poke <-chan struct{}, fn func([]conf.File, *Policy, error)) error {
	return conf.Watch(ctx, dir, poke, Patterns, func(files []conf.File, err error) {
		if err != nil {
			fn(nil, nil, err)
			return
		}
		p, err := Compile(files)
		fn(files, p, err)
	})
}

// Wider lists what the proposed policies answer more generously than those in force: the Judge of
// policy versions. Files that do not compile are refused.
func Wider(history iter.Seq2[[]conf.File, error], proposed []conf.File) ([]string, error) {
	fresh, err := Compile(proposed)
	if err != nil {
		return nil, err
	}
	for files, err := range history {
		if err != nil {
			return nil, err
		}
		current, err := Compile(files)
		if err != nil {
			return []string{"適用中の規則を読めなくなっています。 The policies in force cannot be read any more: " + err.Error()}, nil
		}
		return fresh.widerThan(current), nil
	}
	return nil, nil // the first version
}

// PastAge is how old footage must be for whoever may look back at it, but not see it live.
func (p *Policy) PastAge() time.Duration { return p.pastAge }

// Governs lists the settings an article governs that differ between two versions of policies: who may look at
// footage, for which purposes, and how far back.
func Governs(old, new []conf.File) ([]string, error) {
	after, err := Compile(new)
	if err != nil {
		return nil, err
	}
	before, err := Compile(old)
	if err != nil {
		return []string{camera.SettingViewing}, nil
	}
	if before.pastAge != after.pastAge || shows(after.Gains(before)) || shows(before.Gains(after)) {
		return []string{camera.SettingViewing}, nil
	}
	return nil, nil
}

func shows(gains []Gain) bool {
	return slices.ContainsFunc(gains, func(g Gain) bool { return g.Action.footage() })
}

func (p *Policy) widerThan(current *Policy) (wider []string) {
	for _, g := range p.Gains(current) {
		wider = append(wider, fmt.Sprintf("%sにできることが増えます：%s（%s）。 %[4]s may do more: %[2]s (%[3]s).", g.Post.Title(), g.Action, g.Relation, g.Post))
	}
	if p.pastAge < current.pastAge {
		wider = append(wider, fmt.Sprintf("ライブを見られない人に、直前の%sの映像が開きます。 Footage of the last %[1]s opens to whoever may not see it live.", current.pastAge))
	}
	return wider
}
