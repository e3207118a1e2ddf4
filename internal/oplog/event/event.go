// Package event reads operation logs: one line of a system's CSV becomes one Event, by the mapping profile of
// that system, and what must not be kept is gone before anybody else sees it.
//
// Invariants:
//   - Of the searched person an Event holds a pseudonym (HMAC-SHA-256 under a key that is not in the
//     database), sex, age and 町丁目. Number, name, birthday, 番地 and the text of what was searched for
//     do not leave the Reader.
//   - Reading takes a bounded amount of memory, however long the file.
//   - Every line is either an Event or Problems that name line and column; none is left out in silence.
//
// It stores nothing and knows no people of Yagura.
package event

import (
	"fmt"

	"yagura/internal/vms"
)

// Event is one operation at a terminal of a resident system.
type Event struct {
	Key      int64 // the same event read again has the same
	At       vms.Instant
	Staff    string // number, or the ID that was used
	Unit     string // id; "" not said by the file
	Terminal string
	Business string // as the system calls it
	Action   string
	Criteria string // kind of what was searched by; "" not said
	Hits     int    // -1: not said

	Person    Pseudonym // 0: nobody's record
	Sex       string
	Age       int       // at that time; -1: not known
	Area      string    // 町丁目
	Place     Pseudonym // of the block the address lies in (町丁目 and 番); 0: not known
	Household Pseudonym
	Members   int       // of the household; 0: not known
	Kin       Pseudonym // of family name and block together; 0: not known
	Protected bool      // 支援措置
	Cased     bool      // a number or a reason was given
}

// Actions.
const (
	Search = "search" // 検索
	View   = "view"   // 照会
	Print  = "print"  // 帳票出力
	Update = "update" // 更新
	Login  = "login"  // ログイン: of nobody's record, and in no count
)

// Sexes.
const (
	Male   = "m"
	Female = "f"
	Other  = "x" // その他・不明
)

// Bands are the age bands of five years; the last one is open.
const Bands = 21

// Band is the band of an age, 0 for 0–4; -1 where the age is not known.
func Band(age int) int {
	if age < 0 {
		return -1
	}
	return min(age/5, Bands-1)
}

// BandName is how a band is written: 20–24, 100–.
func BandName(band int) string {
	switch {
	case band < 0:
		return ""
	case band == Bands-1:
		return fmt.Sprintf("%d–", band*5)
	}
	return fmt.Sprintf("%d–%d", band*5, band*5+4)
}

// Text is words in both languages.
type Text struct{ Ja, En string }

// Problem is something wrong with a line.
type Problem struct {
	Line   int
	Column string // as the file calls it; "" the line as a whole
	Text   Text
}
