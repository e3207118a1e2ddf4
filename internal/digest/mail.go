package digest

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"mime"
	"strings"
	"time"

	"yagura/internal/conf"
	"yagura/internal/vms"
)

// Owed is how much somebody owes of one thing.
type Owed struct {
	Kind, What string // names of a kind and of a deadline; never of a record
	Count      int
	Late       int // of these, past their day
}

// mail is a digest as it is sent (RFC 5322): the same one of the same person and day has the same Message-ID.
func (c *Config) mail(login, to, day string, owed []Owed, at vms.Instant) []byte {
	all, late := 0, 0
	var lines strings.Builder
	for _, o := range owed {
		all, late = all+o.Count, late+o.Late
		fmt.Fprintf(&lines, "・%s　%s　%d件", o.Kind, o.What, o.Count)
		if o.Late > 0 {
			fmt.Fprintf(&lines, "（うち期限超過 %d件）", o.Late)
		}
		lines.WriteString("\n")
	}
	title := fmt.Sprintf("【櫓】本日の対応 %d件", all)
	if late > 0 {
		title += fmt.Sprintf("（期限超過 %d件）", late)
	}
	body := "期限が今日まで、または過ぎた対応があります。\n\n" + lines.String() + "\n内容の確認と記録はこちらから：\n" + c.Link +
		"\n\nこのメールは自動で送信しています。返信はできません。内容はメールには書かれません。\n"
	id := sha256.Sum256([]byte(login + "\x00" + day))
	var out bytes.Buffer
	for _, h := range [][2]string{{"From", c.From}, {"To", to}, {"Subject", mime.BEncoding.Encode("UTF-8", title)}, {"Date", at.Time().In(conf.JST).Format(time.RFC1123Z)},
		{"Message-ID", "<digest-" + hex.EncodeToString(id[:12]) + "@" + domain(c.From) + ">"}, {"Auto-Submitted", "auto-generated"}, {"MIME-Version", "1.0"},
		{"Content-Type", "text/plain; charset=UTF-8"}, {"Content-Transfer-Encoding", "base64"}} {
		fmt.Fprintf(&out, "%s: %s\r\n", h[0], h[1])
	}
	out.WriteString("\r\n")
	text := base64.StdEncoding.EncodeToString([]byte(strings.ReplaceAll(body, "\n", "\r\n")))
	for len(text) > 76 {
		out.WriteString(text[:76] + "\r\n")
		text = text[76:]
	}
	out.WriteString(text + "\r\n")
	return out.Bytes()
}

func domain(address string) string { return address[strings.LastIndex(address, "@")+1:] }
