package camera

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"yagura/internal/conf"
	"yagura/internal/db"
	"yagura/internal/vms"
)

// Settings that an article of a regulation governs. Who changes one says which article.
const (
	SettingRetention = "retention" // for how long footage is kept
	SettingPurpose   = "purpose"   // for which purposes it may be looked at
	SettingViewing   = "viewing"   // who may look, and how far back
)

// Ground is what a version rests on: an article of a regulation or, where none is on record, words with a reason.
type Ground struct {
	Regulation string `json:"regulation,omitempty"` // its name
	Article    string `json:"article,omitempty"`    // 第7条
	From       string `json:"from,omitempty"`       // day from which its version is in force, 2017-06-01
	Text       string `json:"text,omitempty"`       // in place of an article
	Reason     string `json:"reason,omitempty"`
	By         string `json:"by,omitempty"` // login of who named it
}

// Named reports whether it says anything.
func (g Ground) Named() bool { return g.Regulation != "" || g.Text != "" }

func (g Ground) String() string {
	switch {
	case g.Regulation != "":
		return fmt.Sprintf("%s %s（%s施行）", g.Regulation, g.Article, g.From)
	case g.Text != "":
		return fmt.Sprintf("%s（理由：%s）", g.Text, g.Reason)
	}
	return ""
}

func (g Ground) encode() string {
	if !g.Named() {
		return ""
	}
	return encode(g)
}

func decodeGround(s string) (g Ground, err error) {
	if s != "" {
		err = json.Unmarshal([]byte(s), &g)
	}
	return g, err
}

// Governs lists the settings that differ between two versions of camera files: of cameras that both know. Where the
// older one cannot be read any more, they may all.
func Governs(old, new []conf.File) ([]string, error) {
	after, err := Parse(new, "", nil)
	if err != nil {
		return nil, err
	}
	before, err := Parse(old, "", nil)
	if err != nil {
		return []string{SettingPurpose, SettingRetention}, nil
	}
	found := map[string]bool{}
	for _, cam := range after.Cameras {
		was := before.Find(cam.ID)
		if was == nil {
			continue
		}
		found[SettingRetention] = found[SettingRetention] || was.Retention != cam.Retention
		found[SettingPurpose] = found[SettingPurpose] || was.Kind != cam.Kind
	}
	var out []string
	for _, s := range []string{SettingPurpose, SettingRetention} {
		if found[s] {
			out = append(out, s)
		}
	}
	return out, nil
}

// Governed lists the settings a version changes for which somebody has to name a ground; none of the first version,
// which is taken as it is.
func (s *Store) Governed(v, before Version) ([]string, error) {
	if s.Governs == nil || before.Number == 0 {
		return nil, nil
	}
	return s.Governs(before.Files, v.Files)
}

var errGround = vms.Errorf(vms.Invalid, "ground-required", "保存日数や閲覧の範囲などを変える版です。定める規程の条文を示してください。 This version changes settings that a regulation governs: name the article.")

// grounded refuses a version that changes such settings without a ground.
func (s *Store) grounded(ctx context.Context, tx *db.Tx, v Version, g Ground) error {
	if g.Named() {
		return nil
	}
	before, err := s.newest(ctx, tx, fmt.Sprintf(`state = 'accepted' AND number < %d`, v.Number))
	if errors.Is(err, vms.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	settings, err := s.Governed(v, before)
	if err == nil && len(settings) > 0 {
		err = errGround
	}
	return err
}

// Name names the ground of an accepted version that has none: one that narrowed came into force without anybody.
func (s *Store) Name(ctx context.Context, number int64, g Ground) error {
	if !g.Named() {
		return errGround
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		res, err := tx.Exec(ctx, `UPDATE config_version SET ground = $3 WHERE kind = $1 AND number = $2 AND state = 'accepted' AND ground = ''`, s.Kind, number, g.encode())
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n != 1 {
			return errors.Join(err, vms.Errorf(vms.Conflict, "grounded", "この版には根拠が示されているか、まだ適用されていません。 This version has a ground, or is not accepted."))
		}
		return nil
	})
}

// Checked reports what is missing of a ground: an article, or words with a reason.
func (g Ground) Checked() error {
	if g.Regulation != "" && (g.Article == "" || g.From == "") || g.Regulation == "" && g.Text != "" && strings.TrimSpace(g.Reason) == "" {
		return vms.Errorf(vms.Invalid, "ground-incomplete", "条文か、根拠とその理由を入力してください。 Name an article, or the ground and why.")
	}
	return nil
}
