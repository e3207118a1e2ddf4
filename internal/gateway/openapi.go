package gateway

import (
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"yagura/internal/access"
	"yagura/internal/camera"
	"yagura/internal/oversight"
	"yagura/internal/sheet"
)

func apiConfig() huma.Config {
	c := huma.DefaultConfig("Yagura", "1")
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "", "", "" // the document is served by openapi
	c.CreateHooks = nil                                   // no $schema links
	c.Info.Description = "Errors are RFC 9457 problems with a stable `code`. Times are RFC 3339 with microseconds."
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"cookie":  {Type: "apiKey", In: "cookie", Name: plainCookie, Description: "What POST /api/session sets; " + secureCookie + " where browsers come by https."},
		"halfway": {Type: "apiKey", In: "cookie", Name: plainHalf, Description: "What POST /api/session sets where a second factor is to come; " + secureHalf + " where browsers come by https."},
		"bearer":  {Type: "http", Scheme: "bearer", Description: "An API token, of `yagura token add`."},
	}
	return c
}

// errorsOf are the statuses a route may answer besides success and 500.
func errorsOf(r Route) []int {
	var out []int
	if r.Need.person() || r.Need == Halfway {
		out = append(out, http.StatusUnauthorized)
	}
	if r.Need == StepUp {
		out = append(out, http.StatusForbidden)
	}
	switch r.Path {
	case "/api/session":
		if r.Method == http.MethodPost {
			out = append(out, http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests)
		}
	case "/api/cameras/{id}/recordings", "/api/cameras/{id}/activity", "/api/cameras/{id}/activity/next":
		out = append(out, http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound)
	case "/api/cameras/{id}/bookmarks":
		out = append(out, http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound)
	case "/api/bookmarks", "/api/me/settings", "/api/audit":
		out = append(out, http.StatusBadRequest)
	case "/api/bookmarks/{id}", "/api/me/sets/{id}":
		out = append(out, http.StatusBadRequest, http.StatusNotFound)
	case "/api/me/sets":
		out = append(out, http.StatusBadRequest, http.StatusNotFound, http.StatusConflict)
	}
	if strings.HasPrefix(r.Path, "/api/session/") || strings.HasPrefix(r.Path, "/api/start") {
		out = append(out, http.StatusBadRequest, http.StatusForbidden, http.StatusConflict, http.StatusTooManyRequests)
	}
	if r.Path == "/api/me/password" || strings.HasPrefix(r.Path, "/api/me/tokens") || strings.HasPrefix(r.Path, "/api/me/factors") || strings.HasPrefix(r.Path, "/api/me/keys") || strings.HasPrefix(r.Path, "/api/me/codes") ||
		strings.HasPrefix(r.Path, "/api/me/sessions") || strings.HasPrefix(r.Path, "/api/recoveries") || strings.HasPrefix(r.Path, "/api/people") || strings.HasPrefix(r.Path, "/api/units") || strings.HasPrefix(r.Path, "/api/reorganisation") || strings.HasPrefix(r.Path, "/api/appointments") {
		out = append(out, http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound, http.StatusConflict)
	}
	if strings.HasPrefix(r.Path, "/api/duty/") || strings.HasPrefix(r.Path, "/api/record") || strings.HasPrefix(r.Path, "/api/inbox/") {
		out = append(out, http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound, http.StatusConflict)
	}
	if strings.HasPrefix(r.Path, "/api/public") {
		out = append(out, http.StatusBadRequest, http.StatusNotFound, http.StatusTooManyRequests)
	}
	if strings.HasPrefix(r.Path, "/api/inquiries") {
		out = append(out, http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound, http.StatusConflict)
	}
	return append(out, http.StatusServiceUnavailable)
}

// making are the routes that answer 201.
var making = []string{
	"POST /api/duty/rounds",
	"POST /api/records/{kind}",
	"POST /api/duty/reports",
	"POST /api/cameras/{id}/bookmarks",
	"POST /api/me/sets",
	"POST /api/me/tokens",
	"POST /api/me/keys",
	"POST /api/me/codes",
	"POST /api/recoveries",
	"POST /api/people",
	"POST /api/appointments",
	"POST /api/start",
	"POST /api/public/inquiries",
}

func operation(r Route) huma.Operation {
	name := strings.NewReplacer("/", "-", "{", "", "}", "", ".", "-").Replace(r.Path)
	op := huma.Operation{Method: r.Method, Path: r.Path, OperationID: strings.ToLower(r.Method) + name, Summary: r.Summary,
		MaxBodyBytes: maxBody, Errors: errorsOf(r)}
	if strings.HasPrefix(r.Path, "/api/record-tables/") {
		op.MaxBodyBytes = sheet.MostBytes
	}
	if slices.Contains(making, r.Method+" "+r.Path) {
		op.DefaultStatus = http.StatusCreated
	}
	if strings.HasPrefix(r.Path, "/api/reorganisation") {
		op.MaxBodyBytes = 4 << 20 // two files, in base64
	}
	if r.Path == "/api/people/import" {
		op.MaxBodyBytes = sheet.MostBytes + 1 // what is larger is refused in words
	}
	if r.Need == Halfway {
		op.Security = []map[string][]string{{"halfway": {}}}
	}
	if r.Need.person() {
		op.Security = []map[string][]string{{"cookie": {}}, {"bearer": {}}}
	}
	return op
}

// document puts a route that huma does not serve into the document.
func document(api huma.API, r Route) {
	if r.Method == "" {
		return
	}
	op := operation(r)
	op.Errors = nil
	p := plainDocs[r.Method+" "+r.Path]
	op.Description, op.Parameters, op.RequestBody = p.about, p.parameters, p.body
	problem := api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[problem](), true, "Problem")
	op.Responses = map[string]*huma.Response{
		"default": {Description: "What went wrong", Content: map[string]*huma.MediaType{problemType: {Schema: problem}}},
	}
	for status, response := range p.responses {
		op.Responses[status] = response
	}
	for status, answer := range map[string]reflect.Type{"200": p.answer, "201": p.made} {
		if answer != nil {
			schema := api.OpenAPI().Components.Schemas.Schema(answer, true, answer.Name())
			op.Responses[status] = &huma.Response{Description: "OK", Content: map[string]*huma.MediaType{"application/json": {Schema: schema}}}
		}
	}
	api.OpenAPI().AddOperation(&op)
}

// plainDoc is what the document says of a route that huma does not serve.
type plainDoc struct {
	about      string
	parameters []*huma.Param
	body       *huma.RequestBody
	responses  map[string]*huma.Response
	answer     reflect.Type // of a 200 in JSON; nil: responses say it
	made       reflect.Type // likewise of a 201
}

var logQueryParams = []*huma.Param{inQuery("format", &huma.Schema{Type: "string", Enum: []any{"csv", "xlsx"}}, "xlsx when left out"), inQuery("from", &huma.Schema{Type: "string"}, "month, YYYY-MM"),
	inQuery("to", &huma.Schema{Type: "string"}, "month, counted too"), inQuery("unit", &huma.Schema{Type: "string"}, "id; empty: all this person reads about"),
	inQuery("business", &huma.Schema{Type: "string"}, "empty: all")}

var sdpBody = map[string]*huma.MediaType{sdpType: {Schema: &huma.Schema{Type: "string"}}}

var plainDocs = map[string]plainDoc{
	"GET /api/events": {
		about: "`camera` {id, state, since, cause}: of each camera the person may know of, at once and when it changes. " +
			"`gone` {id}: it may be known no more. `session` {ended, expires | reason}: it is about to end, or has. " +
			"`inbox` {unread}: at once and when it changes.",
		responses: answers("200", "Events until the session ends", "text/event-stream"),
	},
	"GET /api/record-tables/{kind}": {
		about: "The list that GET /api/records/{kind} gives for the same query, whole, as a file: `format` csv (UTF-8 with a byte order mark) or xlsx. " +
			"With `template` true a table without rows, to be filled in. At most 50,000 records.",
		parameters: append(inPath("kind"), inQuery("format", &huma.Schema{Type: "string", Enum: []any{"csv", "xlsx"}}, "xlsx when left out"),
			inQuery("template", &huma.Schema{Type: "boolean"}, "no rows"), inQuery("unit", &huma.Schema{Type: "string"}, "several may be given"),
			inQuery("state", &huma.Schema{Type: "string"}, "several may be given"), inQuery("from", &huma.Schema{Type: "string", Format: "date"}, "first day"),
			inQuery("to", &huma.Schema{Type: "string", Format: "date"}, "last day"), inQuery("q", &huma.Schema{Type: "string"}, "words"),
			inQuery("where", &huma.Schema{Type: "string"}, "field:value; several may be given")),
		responses: answers("200", "The file", "text/csv"),
	},
	"POST /api/record-files/{kind}/{field}": {
		about: "The body is the file. Its type is seen by its content and must be what `name` ends in, and one that the field takes. It is then named by its id in the field's value " +
			"when a record is written; until then it is its uploader's alone, and a day later it is forgotten. 413 `too-long`, 400 `file-type`, `file-content`, `file-name`, `file-empty`.",
		parameters: append(inPath("kind", "field"), inQuery("name", &huma.Schema{Type: "string"}, "of the file")),
		body:       &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/octet-stream": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}},
		made:       reflect.TypeFor[attachedBody](),
	},
	"GET /api/records/{kind}/{id}/files/{file}": {
		about:      "It was hashed before its first byte, and is in the log by then; 500 `file-damaged` where it is not what was attached.",
		parameters: inPath("kind", "id", "file"),
		responses:  map[string]*huma.Response{"200": {Description: "The file", Content: map[string]*huma.MediaType{"application/octet-stream": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}}},
	},
	"GET /api/record-forms/{kind}/{form}": {
		about:      "A printed form of a kind of record, filled in from what the query names.",
		parameters: inPath("kind", "form"),
		responses:  answers("200", "The form", "application/pdf"),
	},
	"GET /api/regulations/{id}/comparison": {
		about:      "新旧対照表: the articles of a version of a regulation beside those of the version before it.",
		parameters: append(inPath("id"), inQuery("format", &huma.Schema{Type: "string", Enum: []any{"html", "pdf"}}, "html when left out")),
		responses:  answers("200", "The page", "text/html"),
	},
	"GET /api/proof-packs/{id}/file": {
		about: "The evidence as a zip, made while it leaves: tables, printed records and their files, an index, manifest.json, SHA256SUMS with an Ed25519 signature over it, the public key, and VERIFY.txt. " +
			"It is in the log before its first byte leaves. 409 `busy` while another is made, `made` where this one was.",
		parameters: inPath("id"),
		responses:  answers("200", "The pack", "application/zip"),
	},
	"POST /api/oplog/imports": {
		about: "The body is the CSV (UTF-8 or CP932, by what is in it), read as it comes: nothing of it is kept but the events, pseudonymised. With a bad line, nothing is taken, and `problems` says where. " +
			"409 `imported` for a file that was taken before; events that are there already are counted as `duplicates`.",
		parameters: []*huma.Param{inQuery("profile", &huma.Schema{Type: "string"}, "which system's log it is"), inQuery("media", &huma.Schema{Type: "string"}, "number of the medium; not for a preview"),
			inQuery("dry", &huma.Schema{Type: "boolean"}, "only tell what would come of it")},
		body:   &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/octet-stream": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}},
		answer: reflect.TypeFor[logReport](),
	},
	"GET /api/figures/table": {
		parameters: []*huma.Param{inQuery("format", &huma.Schema{Type: "string", Enum: []any{"csv", "xlsx"}}, "xlsx when left out"), inQuery("year", &huma.Schema{Type: "integer"}, "fiscal year"),
			inQuery("at", &huma.Schema{Type: "string", Format: "date"}, "as it was known on that day")},
		responses: answers("200", "The file", "text/csv"),
	},
	"GET /api/oplog/reports/{kind}/{from}/file": {
		about:      "What GET /api/oplog/reports/{kind}/{from} says, as a file.",
		parameters: append(inPath("kind", "from"), inQuery("format", &huma.Schema{Type: "string", Enum: []any{"pdf", "xlsx", "csv", "text", "html"}}, "")),
		responses:  answers("200", "The file", "application/pdf"),
	},
	"GET /api/oplog/export/{table}": {
		about:      "What GET /api/oplog/counts/{table}, cross, whom or hints gives for the same query, as a file: numbers below 5 are 「＊」, so is what gives them away, and there are no totals.",
		parameters: append(inPath("table"), logQueryParams...),
		responses:  answers("200", "The file", "text/csv"),
	},
	"GET /api/cameras/{id}/picture": {
		about: "The access units from the key frame to the picture shown at the moment (the last one at or before it, in a gap the nearest within " +
			"two seconds), in decoding order. Each is its length (4 bytes, of what follows), its moment (8 bytes, µs since 1970), 1 for a key frame " +
			"(1 byte), and Annex B with start codes; numbers are big-endian. The picture is the one whose moment is X-Yagura-At. Rights, purpose and " +
			"refusals are those of a past WHEP session; 404 `no-picture` where nothing is recorded, its detail ends in the cause. Every call is a view in the log.",
		parameters: append(inPath("id"),
			&huma.Param{Name: "at", In: "query", Required: true, Schema: &huma.Schema{Type: "string", Format: "date-time"}},
			inQuery("stream", &huma.Schema{Type: "string", Enum: []any{"main", "sub"}}, "sub, where the camera has one, when left out"),
			inQuery("purpose", &huma.Schema{Type: "string", Enum: anys(access.Purposes(camera.Surveillance))}, "the session's when left out"),
			inQuery("case", &huma.Schema{Type: "string"}, "the session's when left out, where the purpose is the session's")),
		responses: map[string]*huma.Response{"200": {Description: "The picture", Content: map[string]*huma.MediaType{pictureType: {Schema: &huma.Schema{Type: "string", Format: "binary"}}},
			Headers: map[string]*huma.Param{"X-Yagura-Codec": {Description: "RFC 6381, such as avc1.64001f", Schema: &huma.Schema{Type: "string"}},
				"X-Yagura-At": {Description: "The moment of the picture", Schema: &huma.Schema{Type: "string", Format: "date-time"}}}}},
	},
	"GET /api/audit/export": {
		about: "A zip with entries.csv (for spreadsheets: UTF-8, times of Japan) or entries.json, export.json that says what it is, SHA256SUMS with an Ed25519 " +
			"signature over it, the public key, and VERIFY.txt. It is in the log before its first byte leaves. 400 `too-many` above 200,000 rows.",
		parameters: []*huma.Param{inQuery("format", &huma.Schema{Type: "string", Enum: anys(oversight.Formats)}, "required"),
			inQuery("actor", &huma.Schema{Type: "string"}, "login, or me"), inQuery("camera", &huma.Schema{Type: "string"}, ""),
			inQuery("action", &huma.Schema{Type: "string"}, ""), inQuery("outcome", &huma.Schema{Type: "string", Enum: []any{"ok", "refused", "failed"}}, ""),
			inQuery("purpose", &huma.Schema{Type: "string"}, ""),
			inQuery("from", &huma.Schema{Type: "string", Format: "date-time"}, "when it happened"), inQuery("to", &huma.Schema{Type: "string", Format: "date-time"}, ""),
			inQuery("unit", &huma.Schema{Type: "string"}, "rows about footage that was this unit's, or that of one below it")},
		responses: map[string]*huma.Response{"200": {Description: "The export", Content: map[string]*huma.MediaType{"application/zip": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}}},
	},
	"GET /api/surveys/{name}/report/file": {
		about:      "The report of a survey, its numbers counted now: text in UTF-8, a page that prints on A4, a PDF with its font inside, or its tables as a workbook. That somebody takes it is in the log first.",
		parameters: append(inPath("name"), inQuery("format", &huma.Schema{Type: "string", Enum: []any{"text", "html", "pdf", "xlsx"}}, "")),
		responses:  answers("200", "The file", "application/pdf"),
	},
	"GET /api/review/months/{month}/report": {
		about:      "A zip with report.json and report.txt, signed as an export of the log is. That somebody takes it is in the log first; before everything is settled it says so.",
		parameters: inPath("month"),
		responses:  map[string]*huma.Response{"200": {Description: "The report", Content: map[string]*huma.MediaType{"application/zip": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}}},
	},
	"POST /whep/{camera}": {
		about: "draft-ietf-wish-whep. Media comes over one UDP or TCP port; the answer holds every candidate. Past footage needs a data " +
			"channel `control` in the offer. 400 `purpose-required` where a purpose is missing; 403 where the camera may be known, else 404.",
		parameters: append(inPath("camera"),
			inQuery("stream", &huma.Schema{Type: "string", Enum: []any{"main", "sub"}}, "sub, where the camera has one, when left out"),
			inQuery("at", &huma.Schema{Type: "string", Format: "date-time"}, "a moment of the past; live when left out"),
			inQuery("purpose", &huma.Schema{Type: "string", Enum: anys(access.Purposes(camera.Surveillance))}, "the session's when left out")),
		body: &huma.RequestBody{Required: true, Description: "An SDP offer of at most 64 KiB", Content: sdpBody},
		responses: map[string]*huma.Response{"201": {Description: "The SDP answer", Content: sdpBody,
			Headers: map[string]*huma.Param{"Location": {Description: "The session; DELETE ends it", Schema: &huma.Schema{Type: "string"}}}}},
	},
	"DELETE /whep/{camera}/{session}": {parameters: inPath("camera", "session"), responses: answers("200", "Ended", "")},
	"PATCH /whep/{camera}/{session}":  {parameters: inPath("camera", "session"), responses: answers("405", "Never done", problemType)},
	"POST /api/diagnostics/webrtc": {
		about: "The offer has a data channel `echo` and nothing else; what is sent on it, at most 1 KiB at a time, comes back. It ends by " +
			"itself after 20 s. At most 4 at once for one sign-in.",
		body:      &huma.RequestBody{Required: true, Description: "An SDP offer of at most 64 KiB", Content: sdpBody},
		responses: map[string]*huma.Response{"200": {Description: "The SDP answer, with candidates over UDP and TCP", Content: sdpBody}},
	},
	"GET /healthz":          {responses: answers("200", "It does", "text/plain")},
	"GET /readyz":           {responses: answers("200", "It is; 503 until then, and while database or store are away", "text/plain")},
	"GET /metrics":          {about: "Answered to this machine alone, and not through a proxy.", responses: answers("200", "Figures", "text/plain")},
	"GET /api/openapi.json": {responses: answers("200", "This document", openapiType)},
}

func answers(status, about, kind string) map[string]*huma.Response {
	r := &huma.Response{Description: about}
	if kind != "" {
		r.Content = map[string]*huma.MediaType{kind: {Schema: &huma.Schema{Type: "string"}}}
	}
	return map[string]*huma.Response{status: r}
}

func inPath(names ...string) (out []*huma.Param) {
	for _, name := range names {
		out = append(out, &huma.Param{Name: name, In: "path", Required: true, Schema: &huma.Schema{Type: "string"}})
	}
	return out
}

func inQuery(name string, s *huma.Schema, about string) *huma.Param {
	return &huma.Param{Name: name, In: "query", Schema: s, Description: about}
}

func anys(words []string) (out []any) {
	for _, w := range words {
		out = append(out, w)
	}
	return out
}

// tidy says 400 where huma says 422: what cannot be read has one status here. And a list in a list is
// never null.
func tidy(api *huma.OpenAPI) *huma.OpenAPI {
	for _, item := range api.Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete} {
			if op == nil || op.Responses["422"] == nil {
				continue
			}
			bad := op.Responses["422"]
			bad.Description = http.StatusText(http.StatusBadRequest)
			op.Responses["400"] = bad
			delete(op.Responses, "422")
		}
	}
	for _, s := range api.Components.Schemas.Map() {
		for _, field := range s.Properties {
			for list := field.Items; list != nil; list = list.Items {
				list.Nullable = false
			}
		}
	}
	return api
}

const openapiType = "application/openapi+json"

func (g *Gateway) openapi(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", openapiType)
	_, _ = w.Write(g.document) // the connection is gone where this fails
}
