package conf

import (
	"encoding/json"

	"github.com/invopop/jsonschema"
)

// Schema is the JSON Schema (2020-12) of the struct v, for editors; it ends in a newline.
func Schema(title string, v any) []byte {
	r := jsonschema.Reflector{Anonymous: true, FieldNameTag: "yaml", RequiredFromJSONSchemaTags: true, ExpandedStruct: true}
	s := r.Reflect(v)
	s.Title = title
	b, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		panic("conf: schema of " + title + ": " + err.Error()) // a programmer's mistake: v is fixed at compile time
	}
	return append(b, '\n')
}
