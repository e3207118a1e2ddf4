package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"yagura/internal/audit"
	"yagura/internal/db"
	"yagura/internal/staff"
	"yagura/internal/survey"
	"yagura/internal/vms"
)

// rows are the audit rows of an action, newest first.
func (s *site) rows(action string) []audit.Entry {
	s.t.Helper()
	cfg, err := loadConfig(s.config)
	require.NoError(s.t, err)
	d, err := db.Open(s.t.Context(), cfg.Database.Reveal())
	require.NoError(s.t, err)
	defer d.Close()
	rows, err := audit.New(d, vms.NewClock(), "test").Query(s.t.Context(), audit.Filter{Action: action, Limit: 1000})
	require.NoError(s.t, err)
	return rows
}

func TestCheck(t *testing.T) {
	t.Parallel()
	s := newSite(t, "127.0.0.1:1")
	require.Contains(t, s.must("", "check"), "2 cameras")
	s.settings["relax"] = "[second_person, footage_tokens]"
	s.save()
	require.Contains(t, s.must("", "check"), "second_person is switched off")
	s.write("cameras/hall.yaml", s.read("cameras/hall.yaml")+"  - {id: a1, name: twice}\n")
	s.write("policies/rules.csv", strings.Replace(s.read("policies/rules.csv"), "p, auditor, *,", "p, auditor, everywhere,", 1))
	o := s.do("", "check")
	require.Equal(t, 1, o.status)
	require.Regexp(t, `hall\.yaml:6:\d+: `, o.err)
	require.Regexp(t, `rules\.csv:\d+:1: "everywhere"`, o.err)
	require.Empty(t, o.out)
}

func TestPeople(t *testing.T) {
	t.Parallel()
	s := newSite(t, "127.0.0.1:1")
	for _, bad := range [][]string{{"--role", "king"}, {"--role", "department_head"}, {"--role", "department_head", "--unit", "mars"}} {
		o := s.do("", append([]string{"user", "add", "kiki"}, bad...)...)
		require.Equal(t, 1, o.status, "%v", bad)
		require.NotEmpty(t, o.err)
	}
	require.Equal(t, 2, s.do("", "user", "add", "kiki").status) // no role
	require.Empty(t, s.rows(audit.AddPerson))
	require.Contains(t, s.must(password, "user", "add", "joho", "--role", "information_security", "--password-stdin"), "accepted")
	require.Contains(t, s.must(password+"\n", "user", "add", "kiki", "--role", "crisis_management", "--password-stdin"), "waiting")
	s.must(password, "user", "add", "admin", "--role", "administrator", "--password-stdin")
	require.Equal(t, 1, s.do("", "user", "add", "kiki", "--role", "clerk", "--unit", "koseki").status) // taken
	require.Equal(t, 1, s.do("", "user", "add", "x", "--role", "auditor", "--password-stdin").status)  // no password came

	explain := func(who string) int { return s.do("", "access", "explain", who, "a1", "live").status }
	require.Equal(t, 1, explain("kiki"))
	require.Contains(t, s.must("", "waiting"), "kiki: crisis_management, waiting")
	for by, in := range map[string]string{"joho": "wrong", "kiki": password, "admin": password, "nobody": password} {
		require.Equal(t, 1, s.do(in, "user", "approve", "kiki", "--by", by, "--password-stdin").status, by)
	}
	require.Equal(t, 1, explain("kiki"))
	require.Equal(t, 1, s.do(password, "user", "approve", "joho", "--by", "joho", "--password-stdin").status) // nothing waits
	s.must(password, "user", "approve", "kiki", "--by", "joho", "--password-stdin")
	require.Zero(t, explain("kiki"))
	require.Empty(t, s.must("", "waiting"))

	approved := s.rows(staff.Approve)[0]
	require.Equal(t, "joho", approved.Actor)
	require.Contains(t, approved.Detail, "kiki: crisis_management")
	require.Contains(t, approved.Detail, "accepted, asked for by "+operator)
	require.Contains(t, approved.From, "user ")
	require.Len(t, s.rows(audit.AddPerson), 3)
	require.Equal(t, operator, s.rows(audit.AddPerson)[0].Actor)
	require.Contains(t, s.rows(audit.AddPerson)[0].From, "user ")
}

func TestExplain(t *testing.T) {
	t.Parallel()
	s := newSite(t, "127.0.0.1:1")
	s.settings["relax"] = "[second_person, footage_tokens]"
	s.save()
	s.must("", "user", "add", "head", "--role", "department_head", "--unit", "kumin")
	s.must("", "user", "add", "admin", "--role", "administrator")
	for _, c := range []struct {
		args   string
		status int
		says   string
	}{
		{"head a1 live", 0, "yes: rules.csv:"},
		{"head a1 past --at 2020-01-01T00:00:00Z", 0, "yes: rules.csv:"},
		{"head a1 past --at 2017-05-01T00:00:00Z", 1, "no: "},
		{"head a1 main", 0, "yes: "},
		{"head a1 hold", 1, "no: rules.csv:"}, // asking is not having
		{"admin a1 live", 1, "no: "},
		{"admin a1 health", 0, "yes: rules.csv:"},
		{"nobody a1 live", 2, ""},
		{"head none live", 2, ""},
		{"head a1 fly", 2, ""},
		{"head a1 past --at yesterday", 2, ""},
		{"head a1", 2, ""},
	} {
		o := s.do("", append([]string{"access", "explain"}, strings.Fields(c.args)...)...)
		require.Equal(t, c.status, o.status, "%s: %s%s", c.args, o.out, o.err)
		require.Contains(t, o.out, c.says, c.args)
	}
	require.Contains(t, s.do("", "access", "explain", "admin", "a1", "live").out, "危機管理") // whom to ask
	s.settings["database"] = "postgres://127.0.0.1:1/none?connect_timeout=1"
	s.save()
	require.Equal(t, 3, s.do("", "access", "explain", "head", "a1", "live").status, "what is broken is no no")
}

func TestFirstPeopleFromAFile(t *testing.T) {
	t.Parallel()
	s := newSite(t, "127.0.0.1:1")
	s.write("people.yaml", "people:\n  - {login: a, name: A, posts: [{post: department_head, unit: koseki}]}\n  - {login: b, name: B, posts: [{post: auditor}]}\n")
	file := s.dir + "/people.yaml"
	require.Equal(t, "2 people\n", s.must(password, "user", "import", file, "--password-stdin"))
	require.Zero(t, s.do("", "access", "explain", "a", "a1", "live").status)
	o := s.do(password, "user", "import", file, "--password-stdin")
	require.Equal(t, 1, o.status)
	require.Contains(t, o.err, "people already")
	require.Len(t, s.rows(audit.AddPerson), 2)
}

func TestHelpAndWrongUse(t *testing.T) {
	t.Parallel()
	s := newSite(t, "127.0.0.1:1")
	require.Contains(t, s.must("", "serve", "--help"), "SIGTERM")
	for _, args := range [][]string{{"fly"}, {"serve", "--role", "king"}, {"token", "add"}, {"serve", "--nonsense"}} {
		o := s.do("", args...)
		require.Equal(t, 2, o.status, "%v", args)
		require.Empty(t, o.out)
	}
}

func TestTheReportOf2017(t *testing.T) {
	t.Parallel()
	s := newSite(t, "127.0.0.1:1")
	require.Equal(t, 1, s.do("", "survey", "report", "h29").status, "not loaded yet")
	require.Contains(t, s.must("", "survey", "load-sample", "h29", "current"), "survey h29 loaded")
	require.Contains(t, s.must("", "survey", "load-sample", "h29"), "there already")
	out := s.must("", "survey", "report", "h29", "--format", "text")
	for _, sentence := range []string{"平成29年4月26日～5月12日", "150のうち144の部署で", "95のすべての部署において", "（2台）"} {
		require.Contains(t, out, sentence)
	}
	s.must("", "survey", "report", "h29", "--format", "pdf", "--out", s.dir+"/h29.pdf")
	require.True(t, strings.HasPrefix(s.read("h29.pdf"), "%PDF-1."))
	require.True(t, strings.HasPrefix(s.must("", "survey", "report", "h29", "--format", "xlsx"), "PK"))
	require.Contains(t, s.must("", "survey", "report", "h29", "--format", "html"), "<!doctype html>")
	require.Equal(t, 2, s.do("", "survey", "report", "h29", "--format", "docx").status)
	require.Len(t, s.rows(survey.ExportReport), 4)
	s.write("units.csv", "部署コード,部署名,区分,所管コード\nkoseki,戸籍,区長部局分野,koseki\n")
	require.Contains(t, s.must("", "survey", "units", s.dir+"/units.csv"), "1 reporting units")
	s.write("units.csv", "部署コード,部署名,区分,所管コード\nkoseki,戸籍,区長部局分野,mars\n")
	require.Equal(t, 1, s.do("", "survey", "units", s.dir+"/units.csv").status)
}
