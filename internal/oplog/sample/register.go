package sample

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
)

// RegisterHeader is the column set of the register of staff.
var RegisterHeader = []string{"職員番号", "氏名", "所属コード", "配属開始日", "配属終了日", "任用区分", "業務", "同意署名日", "宛名番号", "世帯番号", "休暇"}

// Register writes who works where, as CSV with a header.
func (w *Ward) Register(out io.Writer) error {
	c := csv.NewWriter(out)
	if err := c.Write(RegisterHeader); err != nil {
		return err
	}
	from := w.Now.AddDate(-1, 0, 0).Format("2006-01-02")
	for _, m := range w.Members {
		line := []string{m.Number, m.Name, m.Unit.ID, from, m.Until, map[bool]string{true: "臨時職員", false: "正規"}[m.Temporary], strings.Join(m.Unit.Businesses, " "), m.Consent, "", "",
			strings.Join(w.leave[m.Number], " ")}
		if m.self >= 0 {
			p := &w.persons[m.self]
			line[8], line[9] = p.ref, strconv.Itoa(p.household+1)
		}
		if err := c.Write(line); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}
