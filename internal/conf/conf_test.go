package conf_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"yagura/internal/conf"
)

type settings struct {
	Listen string         `yaml:"listen"`
	Relax  []string       `yaml:"relax"`
	Max    conf.Size      `yaml:"max"`
	Keep   conf.Duration  `yaml:"keep"`
	On     bool           `yaml:"on"`
	N      int            `yaml:"n"`
	Key    conf.Secret    `yaml:"key"`
	Tags   map[string]int `yaml:"tags"`
}

func decode(text string, into *settings) conf.Problems {
	lookup := func(name string) (string, bool) { return "v: {x}", name == "V" }
	return conf.Decode(conf.File{Name: "y.yaml", Data: text}, "", lookup, into).Problems()
}

func TestDecodeKeepsDefaultsAndExpands(t *testing.T) {
	s := settings{Listen: "default", N: 7}
	require.NoError(t, decode("relax: [a, \"${V}\"]\nmax: 200GiB\nkeep: 30d\non: true\nkey: ${V}\ntags: {a: 1}\n", &s).Err())
	require.Equal(t, settings{Listen: "default", N: 7, Relax: []string{"a", "v: {x}"}, Max: 200 << 30,
		Keep: conf.Duration(30 * 24 * time.Hour), On: true, Key: "v: {x}", Tags: map[string]int{"a": 1}}, s)
}

func TestDecodeReportsAllInOrder(t *testing.T) {
	var s settings
	got := decode("n: many\non: yes\nmax: 3 apples\nlisten: ${W}\nkeep:\ntags: [1]\nrelax: {a: b}\n", &s)
	want := []string{
		`y.yaml:1:4: "many" is not a whole number`,
		`y.yaml:2:5: "yes" must be true or false`,
		`y.yaml:3:6: "3 apples" is not a size; write it like 200GiB or 0`,
		`y.yaml:4:9: variable ${W} is not defined; set it in the environment of yagura`,
	}
	require.Len(t, got, 7)
	for i, w := range want {
		require.Equal(t, w, got[i].String())
	}
}

func TestSecretsDoNotShow(t *testing.T) {
	s := settings{Key: "geheim"}
	j, err := json.Marshal(s)
	require.NoError(t, err)
	require.NotContains(t, fmt.Sprintf("%s %v %+v %#v %s", s.Key, s, s, s, j), "geheim")
}

func TestEmptyVariableAndEscape(t *testing.T) {
	var s settings
	require.NoError(t, decode(`listen: "$${V} ${V}"`, &s).Err())
	require.Equal(t, "${V} v: {x}", s.Listen)
	require.ErrorContains(t, decode(`listen: "${V"`, &s).Err(), "is not a variable")
}
