package gateway_test

import "yagura/internal/identity"

// expected is the status of a route that the table has, for a signed-in person: the row every route
// must have. Cameras and WHEP sessions are looked at one by one elsewhere.
var expected = map[string]int{
	"POST /api/session":         400, // an empty body: reached, and understood as wrong
	"POST /api/session/recover": 400,

	"POST /api/session/directory":        404, // this ward has none
	"POST /api/session/directory/finish": 400,
	"POST /api/start/check":              400,
	"POST /api/start":                    400,

	"POST /api/session/webauthn/begin":    401, // whoever is signed in is not half signed in
	"POST /api/session/webauthn/finish":   401,
	"POST /api/session/totp/begin":        401,
	"POST /api/session/totp":              401,
	"POST /api/session/step-up/begin":     200,
	"POST /api/session/step-up/finish":    403, // nothing is proved
	"PUT /api/me/password":                400,
	"GET /api/me/sessions":                200,
	"DELETE /api/me/sessions/{id}":        404,
	"POST /api/me/tokens":                 400,
	"POST /api/me/tokens/{id}/confirm":    404,
	"GET /api/me/factors":                 200,
	"POST /api/me/keys/begin":             409, // this ward has no name for keys
	"POST /api/me/keys":                   400,
	"POST /api/me/codes/begin":            403, // not allowed for anybody here
	"POST /api/me/codes":                  400,
	"DELETE /api/me/factors/{id}":         404,
	"PUT /api/people/{login}/directory":   400,
	"PUT /api/people/{login}/codes":       400,
	"GET /api/people":                     200,
	"POST /api/people":                    400,
	"POST /api/people/import":             200,
	"GET /api/people/template":            200,
	"PUT /api/people/{login}":             400,
	"GET /api/units":                      200,
	"GET /api/units/file":                 200,
	"POST /api/reorganisation/preview":    400,
	"POST /api/reorganisation":            400,
	"GET /api/appointments":               200,
	"POST /api/appointments":              400,
	"POST /api/appointments/{id}/approve": 404,
	"POST /api/appointments/{id}/refuse":  404,
	"POST /api/appointments/{id}/end":     404,
	"GET /api/recoveries":                 200,
	"POST /api/recoveries":                400,
	"POST /api/recoveries/{id}/approve":   404,
	"POST /api/recoveries/{id}/refuse":    404,

	"GET /api/session":                 200,
	"PUT /api/session":                 400,
	"DELETE /api/session":              204,
	"GET /api/system":                  200,
	"GET /api/cameras":                 200,
	"GET /api/cameras/{id}/recordings": 400, // no range
	"POST /api/cameras/{id}/bookmarks": 400, // no moment
	"GET /api/bookmarks":               200,
	"PUT /api/bookmarks/{id}":          400,
	"DELETE /api/bookmarks/{id}":       404,
	"GET /api/me/settings":             200,
	"PUT /api/me/settings":             400,
	"GET /api/me/sets":                 200,
	"POST /api/me/sets":                400,
	"PUT /api/me/sets/{id}":            400,
	"DELETE /api/me/sets/{id}":         404,
	"GET /api/health/cameras":          200,
	"GET /api/plans":                   200,
	"GET /api/diagnostics":             200,
	"POST /api/diagnostics/webrtc":     400, // no offer
	"GET /api/events":                  200,
	"POST /whep/{camera}":              400, // no offer
	"DELETE /whep/{camera}/{session}":  404,
	"PATCH /whep/{camera}/{session}":   404,
	"GET /healthz":                     200,
	"GET /readyz":                      200,
	"GET /metrics":                     404, // from another machine
	"GET /api/openapi.json":            200,
	" /api/":                           404,
	" /whep/":                          404,
	" /":                               200,

	"GET /api/cameras/{id}/activity":      400, // no range
	"GET /api/cameras/{id}/activity/next": 400, // no time
	"GET /api/cameras/{id}/picture":       400, // no moment
	"GET /api/health/coverage":            200,

	"GET /api/public":                     200,
	"POST /api/public/inquiries":          400, // an empty body
	"GET /api/public/inquiries/{number}":  404,
	"GET /api/inquiries":                  200,
	"GET /api/inquiries/{number}":         404,
	"POST /api/inquiries/{number}/answer": 400,
	"POST /api/inquiries/{number}/refuse": 400,

	"GET /api/audit":        200,
	"GET /api/audit/head":   200,
	"GET /api/audit/people": 200,

	"GET /api/audit/seals":         200,
	"POST /api/audit/seals":        400, // an empty body
	"POST /api/audit/seals/extend": 400,
	"POST /api/audit/seals/close":  400,

	"GET /api/audit/export": 400, // no format

	"GET /api/review/months":                             200,
	"GET /api/review/months/{month}":                     404, // nothing was drawn
	"GET /api/review/months/{month}/report":              404,
	"POST /api/review/months/{month}/fine":               400, // an empty body
	"POST /api/review/months/{month}/items/{n}/question": 400,
	"POST /api/review/months/{month}/items/{n}/answer":   400,
	"POST /api/review/months/{month}/items/{n}/finding":  400,
	"POST /api/review/months/{month}/items/{n}/measures": 400,
	"GET /api/review/mine":                               200,

	"GET /api/review/rights":                           200,
	"POST /api/review/rights":                          409, // there is an open one
	"POST /api/review/rights/{id}/confirm":             400,
	"POST /api/review/rights/{id}/lines/{n}/objection": 400,
	"POST /api/review/rights/{id}/close":               400,

	"POST /api/access/simulate":                 200,
	"GET /api/access/emergency":                 200,
	"POST /api/access/emergency":                400,
	"DELETE /api/access/emergency":              404,
	"GET /api/access/emergency/{id}":            404,
	"POST /api/access/emergency/{id}/review":    400,
	"GET /api/grants":                           200,
	"POST /api/grants":                          400,
	"POST /api/grants/{id}/approve":             404,
	"POST /api/grants/{id}/refuse":              404,
	"POST /api/grants/{id}/end":                 404,
	"GET /api/versions":                         200,
	"GET /api/versions/{kind}/{number}":         200,
	"POST /api/versions/{kind}/{number}/accept": 409, // it is in force
	"POST /api/versions/{kind}/{number}/refuse": 409,
	"PUT /api/versions/{kind}/{number}/ground":  400, // no ground
	"GET /api/regulations/{id}/settings":        404,
	"GET /api/regulations/{id}/comparison":      404,

	"GET /api/duty":                         200,
	"PUT /api/duty/norms/{unit}":            400, // an empty body
	"POST /api/duty/rounds":                 400,
	"GET /api/duty/rounds/{id}":             404,
	"PUT /api/duty/rounds/{id}/moments/{n}": 400,
	"POST /api/duty/reports":                400,
	"GET /api/duty/reports":                 200,
	"POST /api/duty/reports/{id}/receipt":   404,
	"POST /api/duty/reports/{id}/outcome":   400,
	"GET /api/duty/months/{month}":          400, // no unit
	"GET /api/inbox":                        200,

	"GET /api/holds":                              200,
	"POST /api/holds":                             400, // an empty body
	"POST /api/holds/{id}/extend":                 400,
	"POST /api/holds/{id}/release":                400,
	"POST /api/holds/{id}/approve":                404,
	"POST /api/holds/{id}/keep":                   404,
	"GET /api/oplog":                              200,
	"POST /api/oplog/imports":                     400, // no such profile
	"POST /api/oplog/imports/{id}/erased":         400, // no number
	"POST /api/oplog/staff":                       400, // an empty body
	"GET /api/oplog/counts/{table}":               400, // no months
	"GET /api/oplog/cross":                        400,
	"GET /api/oplog/export/{table}":               400,
	"GET /api/oplog/summary":                      200,
	"GET /api/oplog/whom":                         400, // no months
	"GET /api/oplog/reports/{kind}/{from}":        400, // no such period
	"GET /api/oplog/reports/{kind}/{from}/file":   400,
	"GET /api/footage-requests":                   200,
	"POST /api/footage-requests":                  400, // neither a hint nor what to look at
	"GET /api/footage-requests/{number}":          404,
	"POST /api/footage-requests/{number}/take":    400,
	"POST /api/footage-requests/{number}/outcome": 400,

	"GET /api/oplog/hints":                         200,
	"GET /api/oplog/profiles":                      200,
	"PUT /api/oplog/profiles/{id}":                 400, // an empty body
	"GET /api/oplog/hints/{id}":                    404,
	"POST /api/oplog/hints/{id}/moves/{move}":      400, // an empty body
	"GET /api/oplog/identifications":               200,
	"POST /api/oplog/identifications":              400,
	"POST /api/oplog/identifications/{id}/approve": 404,
	"POST /api/oplog/identifications/{id}/refuse":  404,

	"POST /api/oplog/profiles/{id}/{version}/approve": 400, // no number
	"POST /api/oplog/profiles/{id}/{version}/refuse":  400,

	"GET /api/record-kinds":                      200,
	"GET /api/record-names":                      400, // of no type; people have a matrix of their own
	"GET /api/owed":                              200,
	"GET /api/figures":                           200,
	"GET /api/figures/table":                     200,
	"GET /api/records/{kind}":                    404, // no such kind; the kinds there are have a matrix of their own
	"POST /api/records/{kind}":                   400,
	"GET /api/record-tables/{kind}":              404,
	"POST /api/record-tables/{kind}":             404,
	"GET /api/records/{kind}/{id}":               404,
	"PUT /api/records/{kind}/{id}":               400,
	"POST /api/record-files/{kind}/{field}":      404, // no such kind; the kinds there are have a matrix of their own
	"GET /api/records/{kind}/{id}/files/{file}":  404,
	"POST /api/records/{kind}/{id}/moves/{move}": 400,
	"POST /api/records/{kind}/{id}/see":          400,
	"POST /api/record-moves":                     400,
	"POST /api/record-batches/{kind}":            400,
	"POST /api/record-copies/{kind}":             400,
	"GET /api/chases":                            200,
	"POST /api/chases":                           409, // nobody owes anything
	"GET /api/proofs":                            200,
	"GET /api/proof-packs":                       200,
	"POST /api/proof-packs":                      201,
	"GET /api/proof-packs/{id}/file":             404,
	"GET /api/awareness-weeks/{year}":            400, // no year; units have a matrix of their own
	"POST /api/awareness-weeks":                  400,
	"GET /api/record-forms/{kind}/{form}":        404, // no such kind; those there are stand in the matrix of the records
	"GET /api/record-codes":                      400, // no code
	"GET /api/zone-plans":                        200,
	"GET /api/patrol-months/{month}":             400, // no unit; units have a matrix of their own
	"POST /api/patrol-days":                      400,
	"POST /api/inbox/{id}/read":                  404,

	"GET /api/surveys":                                           200,
	"POST /api/surveys":                                          400,
	"GET /api/surveys/{name}":                                    404, // no such survey; one that is open has a matrix of its own
	"PUT /api/surveys/{name}":                                    400,
	"POST /api/surveys/{name}/moves/{move}":                      400,
	"POST /api/surveys/{name}/chase":                             404,
	"POST /api/surveys/{name}/confirm":                           404,
	"GET /api/surveys/{name}/answers":                            404,
	"GET /api/surveys/{name}/report":                             404,
	"GET /api/surveys/{name}/report/file":                        404,
	"GET /api/surveys/{name}/replies/{target}":                   404,
	"PUT /api/surveys/{name}/replies/{target}":                   400,
	"POST /api/surveys/{name}/replies/{target}/moves/{move}":     400,
	"PUT /api/surveys/{name}/replies/{target}/quotes/{question}": 400,
}

// figurePosts keep or read records of units.
var figurePosts = []identity.Post{"clerk", "executing_officer", "general_manager", "department_head", "information_security", "auditor"}

// byPost are the routes for some posts alone; all others get 403.
var byPost = map[string][]identity.Post{
	"GET /api/chases":            {"information_security"},
	"POST /api/chases":           {"information_security"},
	"GET /api/footage-requests":  {"crisis_management", "auditor", "log_analyst", "information_security"},
	"POST /api/footage-requests": {"log_analyst", "information_security"}, // the others are refused before their body is read
	"GET /api/audit/seals":       {"crisis_management", "auditor"},

	"GET /api/proofs":                {"information_security", "auditor"},
	"GET /api/proof-packs":           {"information_security", "auditor"},
	"POST /api/proof-packs":          {"information_security", "auditor"},
	"GET /api/proof-packs/{id}/file": {"information_security", "auditor"},

	"GET /api/figures":       figurePosts,
	"GET /api/figures/table": figurePosts,
	"GET /api/zone-plans":    figurePosts, // they read zones of some unit

	"GET /api/review/months":                {"auditor", "information_security"},
	"GET /api/review/months/{month}":        {"auditor", "information_security"},
	"GET /api/review/months/{month}/report": {"auditor", "information_security"},
	"GET /api/review/rights":                {"auditor", "information_security", "department_head", "administrator"},
	"POST /api/review/rights":               {"information_security"},

	"POST /api/surveys/{name}/chase":      {"information_security"},
	"POST /api/surveys/{name}/confirm":    {"information_security"},
	"GET /api/surveys/{name}/answers":     {"information_security", "auditor"},
	"GET /api/surveys/{name}/report":      {"information_security", "auditor"},
	"GET /api/surveys/{name}/report/file": {"information_security", "auditor"},

	"GET /api/versions":                         rightsPosts,
	"GET /api/versions/{kind}/{number}":         rightsPosts,
	"POST /api/grants/{id}/approve":             {"crisis_management"},
	"POST /api/grants/{id}/refuse":              {"crisis_management"},
	"POST /api/versions/{kind}/{number}/accept": {"crisis_management", "information_security"},
	"POST /api/versions/{kind}/{number}/refuse": {"crisis_management", "information_security"},
	"PUT /api/versions/{kind}/{number}/ground":  {"crisis_management", "information_security"},
	"GET /api/people":                           {"administrator", "information_security", "crisis_management"},
	"POST /api/people/import":                   {"administrator"},
	"GET /api/units/file":                       {"administrator"},
	"GET /api/people/template":                  {"administrator"},
	"GET /api/units":                            {"administrator", "information_security", "crisis_management"},
	"GET /api/appointments":                     {"administrator", "information_security", "crisis_management"},
	"POST /api/appointments/{id}/approve":       {"information_security", "crisis_management"},
	"POST /api/appointments/{id}/refuse":        {"information_security", "crisis_management"},
	"POST /api/appointments/{id}/end":           {"administrator", "information_security", "crisis_management"},
	"GET /api/recoveries":                       {"administrator", "information_security"},
	"POST /api/recoveries/{id}/approve":         {"administrator", "information_security"},
	"POST /api/recoveries/{id}/refuse":          {"administrator", "information_security"},
	"GET /api/inquiries":                        {"auditor"},
	"GET /api/inquiries/{number}":               {"auditor"},

	"GET /api/oplog":                               logReaders,
	"POST /api/oplog/imports":                      {"log_analyst", "information_security"},
	"POST /api/oplog/staff":                        {"log_analyst", "information_security"},
	"GET /api/oplog/counts/{table}":                logReaders,
	"GET /api/oplog/cross":                         logReaders,
	"GET /api/oplog/export/{table}":                logReaders,
	"GET /api/oplog/summary":                       logReaders,
	"GET /api/oplog/profiles":                      {"log_analyst", "information_security"},
	"GET /api/oplog/whom":                          logReaders,
	"GET /api/oplog/hints":                         logReaders,
	"GET /api/oplog/hints/{id}":                    logReaders,
	"GET /api/oplog/identifications":               {"log_analyst", "information_security"},
	"POST /api/oplog/identifications/{id}/approve": {"information_security"},
	"POST /api/oplog/identifications/{id}/refuse":  {"information_security"},
}

// logReaders read operation logs: heads about their own staff.
var logReaders = []identity.Post{"log_analyst", "information_security", "auditor", "general_manager", "department_head"}

// fresh are the routes that ask for a proof a few minutes old, and answer 403 without.
var fresh = []string{
	"POST /api/oplog/profiles/{id}/{version}/approve", "POST /api/oplog/profiles/{id}/{version}/refuse",
	"POST /api/oplog/identifications", "POST /api/oplog/identifications/{id}/approve", "POST /api/oplog/identifications/{id}/refuse",
	"PUT /api/me/password", "POST /api/me/tokens", "POST /api/me/tokens/{id}/confirm",
	"POST /api/me/keys/begin", "POST /api/me/keys", "POST /api/me/codes/begin", "POST /api/me/codes",
	"DELETE /api/me/factors/{id}", "PUT /api/people/{login}/codes", "PUT /api/people/{login}/directory",
	"POST /api/recoveries", "POST /api/recoveries/{id}/approve", "POST /api/recoveries/{id}/refuse",
	"PUT /api/duty/norms/{unit}",
	"POST /api/audit/seals", "POST /api/audit/seals/extend", "POST /api/audit/seals/close",
	"POST /api/access/emergency", "POST /api/access/emergency/{id}/review",
	"POST /api/grants/{id}/approve", "POST /api/grants/{id}/refuse",
	"POST /api/holds/{id}/release", "POST /api/holds/{id}/approve",
	"POST /api/review/rights", "POST /api/review/rights/{id}/close",
	"POST /api/versions/{kind}/{number}/accept", "POST /api/versions/{kind}/{number}/refuse", "PUT /api/versions/{kind}/{number}/ground",
	"POST /api/people", "POST /api/people/import", "POST /api/reorganisation", "PUT /api/people/{login}", "POST /api/appointments", "POST /api/appointments/{id}/approve",
	"POST /api/appointments/{id}/refuse", "POST /api/appointments/{id}/end",
	"POST /api/inquiries/{number}/answer", "POST /api/inquiries/{number}/refuse",
}

var open = []string{"POST /api/session", "POST /api/session/directory", "POST /api/session/directory/finish", "POST /api/session/recover", "POST /api/start/check", "POST /api/start", "GET /api/system",
	"GET /api/public", "POST /api/public/inquiries", "GET /api/public/inquiries/{number}",
	"GET /healthz", "GET /readyz", "GET /metrics", "GET /api/openapi.json", " /api/", " /whep/", " /"}
