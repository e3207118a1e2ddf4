package gateway

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

// Need is what a route asks of the caller before its handler runs. What concerns one camera is
// checked behind it, after the camera is known.
type Need string

const (
	Nothing Need = "nothing"    // anybody on the network
	Machine Need = "machine"    // anybody on this machine
	Halfway Need = "halfway"    // whoever knows a password and has to prove a second factor; it opens nothing else
	SignIn  Need = "signed-in"  // any person
	StepUp  Need = "stepped-up" // any person who proved themselves within the last minutes: 403 `step-up` otherwise
)

// person reports whether the caller is somebody who is signed in.
func (n Need) person() bool { return n == SignIn || n == StepUp }

// Route is one line of the table: it makes the mux, the OpenAPI document and the access matrix.
type Route struct {
	Method, Path string // without a method: whatever no other line takes
	Need         Need
	Action       string // the access action checked on the object; "" where there is none
	Summary      string

	plain http.HandlerFunc               // WHEP, events, files
	json  func(huma.API, huma.Operation) // JSON, by huma
}

// table is every route there is.
func (g *Gateway) table() []Route {
	return []Route{
		{"POST", "/api/session", Nothing, "", "Sign in, or half of it where a second factor is to come", nil, handle(g, g.signIn)},
		{"POST", "/api/session/webauthn/begin", Halfway, "", "Ask for a key, or make the first one", nil, handle(g, g.halfKey)},
		{"POST", "/api/session/webauthn/finish", Halfway, "", "Sign in with a key", nil, handle(g, g.finishWithKey)},
		{"POST", "/api/session/totp/begin", Halfway, "", "Make the first secret for codes", nil, handle(g, g.halfCode)},
		{"POST", "/api/session/totp", Halfway, "", "Sign in with a code", nil, handle(g, g.finishWithCode)},
		{"POST", "/api/session/directory", Nothing, "", "Begin to sign in at the directory's page", nil, handle(g, g.askDirectory)},
		{"POST", "/api/session/directory/finish", Nothing, "", "Sign in with what the directory answered", nil, handle(g, g.finishDirectory)},
		{"POST", "/api/session/recover", Nothing, "", "Use a recovery code", nil, handle(g, g.recover)},
		{"POST", "/api/session/step-up/begin", SignIn, "", "How to prove oneself anew", nil, handle(g, g.beginStepUp)},
		{"POST", "/api/session/step-up/finish", SignIn, "", "Prove oneself anew", nil, handle(g, g.finishStepUp)},
		{"GET", "/api/session", SignIn, "", "Who am I", nil, handle(g, g.session)},
		{"PUT", "/api/session", SignIn, "", "State the purpose of this session", nil, handle(g, g.setPurpose)},
		{"DELETE", "/api/session", SignIn, "", "Sign out", nil, handle(g, g.signOut)},
		{"GET", "/api/system", Nothing, "", "What every page says, before signing in too", nil, handle(g, g.system)},
		{"GET", "/api/cameras", SignIn, "", "Cameras this person may know of", nil, handle(g, g.listCameras)},
		{"GET", "/api/cameras/{id}/recordings", SignIn, "past", "What is recorded, and gaps with their cause", nil, handle(g, g.recordings)},
		{"POST", "/api/cameras/{id}/bookmarks", SignIn, "bookmark, still", "Bookmark a moment of footage, or keep a still of it", nil, handle(g, g.addBookmark)},
		{"GET", "/api/bookmarks", SignIn, "bookmark", "Bookmarks this person may see", nil, handle(g, g.listBookmarks)},
		{"PUT", "/api/bookmarks/{id}", SignIn, "own, bookmark", "Change a bookmark", nil, handle(g, g.changeBookmark)},
		{"DELETE", "/api/bookmarks/{id}", SignIn, "own, bookmark", "Remove a bookmark", nil, handle(g, g.removeBookmark)},
		{"GET", "/api/me/settings", SignIn, "", "How this person likes to work", nil, handle(g, g.settings)},
		{"PUT", "/api/me/settings", SignIn, "", "Change it", nil, handle(g, g.setSettings)},
		{"PUT", "/api/me/password", StepUp, "", "Choose another password", nil, handle(g, g.choosePassword)},
		{"GET", "/api/me/sessions", SignIn, "own", "Sign-ins and API tokens", nil, handle(g, g.listUses)},
		{"DELETE", "/api/me/sessions/{id}", SignIn, "own", "End a sign-in or an API token", nil, handle(g, g.endUse)},
		{"POST", "/api/me/tokens", StepUp, "own", "Make an API token for oneself", nil, handle(g, g.addToken)},
		{"POST", "/api/me/tokens/{id}/confirm", StepUp, "own", "Let an API token work that somebody else made", nil, handle(g, g.confirmToken)},
		{"GET", "/api/me/factors", SignIn, "own", "Keys and codes", nil, handle(g, g.listFactors)},
		{"POST", "/api/me/keys/begin", StepUp, "own", "Begin to make a key", nil, handle(g, g.beginKey)},
		{"POST", "/api/me/keys", StepUp, "own", "Register a key", nil, handle(g, g.addKey)},
		{"POST", "/api/me/codes/begin", StepUp, "own", "Begin to make a secret for codes", nil, handle(g, g.beginCode)},
		{"POST", "/api/me/codes", StepUp, "own", "Register a secret for codes", nil, handle(g, g.addCode)},
		{"DELETE", "/api/me/factors/{id}", StepUp, "own", "Remove a key or a secret for codes", nil, handle(g, g.removeFactor)},
		{"PUT", "/api/people/{login}/codes", StepUp, "people", "Say whether somebody may use codes instead of keys", nil, handle(g, g.allowCodes)},
		{"PUT", "/api/people/{login}/directory", StepUp, "people", "Let the ward's directory say who somebody is, instead of a password here", nil, handle(g, g.setDirectory)},
		{"GET", "/api/people", SignIn, "people, approve_policy", "People and their posts", nil, handle(g, g.listPeople)},
		{"POST", "/api/people", StepUp, "people", "Add somebody, who has no post yet and comes in by a code", nil, handle(g, g.addPerson)},
		{"POST", "/api/people/import", StepUp, "people", "Take a file of people and their posts, whole or not at all; or only say what it would do", nil, handle(g, g.importPeople)},
		{"GET", "/api/people/template", SignIn, "people", "A file of people to fill in, or with everybody", nil, handle(g, g.peopleTemplate)},
		{"PUT", "/api/people/{login}", StepUp, "people", "Change what somebody is called, or keep them out", nil, handle(g, g.editPerson)},
		{"GET", "/api/units", SignIn, "people, approve_policy", "The organisation of a day, its heads and vacancies", nil, handle(g, g.listUnits)},
		{"GET", "/api/units/file", SignIn, "people", "The organisation in force, as a file", nil, handle(g, g.unitsFile)},
		{"POST", "/api/reorganisation/preview", SignIn, "people", "What a reorganisation would do; nothing changes", nil, handle(g, g.previewReorganisation)},
		{"POST", "/api/reorganisation", StepUp, "people", "Propose a reorganisation: a version of the organisation, and appointments", nil, handle(g, g.reorganise)},
		{"GET", "/api/appointments", SignIn, "people, approve_policy", "Appointments that wait for a second person", nil, handle(g, g.listWaiting)},
		{"POST", "/api/appointments", StepUp, "people", "Ask for an appointment", nil, handle(g, g.appoint)},
		{"POST", "/api/appointments/{id}/approve", StepUp, "approve_policy", "Approve an appointment as the second person", nil, handle(g, g.approvePost)},
		{"POST", "/api/appointments/{id}/refuse", StepUp, "approve_policy", "Refuse an appointment", nil, handle(g, g.refusePost)},
		{"POST", "/api/appointments/{id}/end", StepUp, "people, approve_policy", "End an appointment, at once or on a day", nil, handle(g, g.endPost)},
		{"GET", "/api/recoveries", SignIn, "people, own post", "Accounts to be recovered", nil, handle(g, g.listRecoveries)},
		{"POST", "/api/recoveries", StepUp, "people", "Ask for the recovery of somebody's account", nil, handle(g, g.askRecovery)},
		{"POST", "/api/recoveries/{id}/approve", StepUp, "own post", "Approve it, as a second person", nil, handle(g, g.approveRecovery)},
		{"POST", "/api/recoveries/{id}/refuse", StepUp, "own post", "Refuse it", nil, handle(g, g.refuseRecovery)},
		{"POST", "/api/start/check", Nothing, "", "Whom the link of the first start makes", nil, handle(g, g.checkStart)},
		{"POST", "/api/start", Nothing, "", "Make one of the first two people", nil, handle(g, g.start)},
		{"GET", "/api/me/sets", SignIn, "own", "Saved walls", nil, handle(g, g.listSets)},
		{"POST", "/api/me/sets", SignIn, "own", "Save a wall", nil, handle(g, g.addSet)},
		{"PUT", "/api/me/sets/{id}", SignIn, "own", "Change a saved wall", nil, handle(g, g.changeSet)},
		{"DELETE", "/api/me/sets/{id}", SignIn, "own", "Forget a saved wall", nil, handle(g, g.removeSet)},
		{"GET", "/api/cameras/{id}/activity", SignIn, "past", "How much moved, in buckets", nil, handle(g, g.activity)},
		{"GET", "/api/cameras/{id}/activity/next", SignIn, "past", "Where something begins to move next", nil, handle(g, g.nextActivity)},
		{"GET", "/api/cameras/{id}/picture", SignIn, "past, main", "One picture of the past, to be decoded in the browser", g.picture, nil},
		{"GET", "/api/health/cameras", SignIn, "health", "State and figures of cameras", nil, handle(g, g.healthCameras)},
		{"GET", "/api/health/coverage", SignIn, "health", "How much of each day is recorded", nil, handle(g, g.coverage)},
		{"GET", "/api/audit", SignIn, "own, who_viewed, records.read", "The rows of the audit log this person may read", nil, handle(g, g.listAudit)},
		{"GET", "/api/audit/head", SignIn, "", "How the audit log ends, and how far it is anchored", nil, handle(g, g.auditHead)},
		{"GET", "/api/audit/people", SignIn, "own, who_viewed, records.read", "How far this person reads in the audit log, and of whom", nil, handle(g, g.auditPeople)},
		{"GET", "/api/audit/export", SignIn, "own, who_viewed, records.read", "The same rows, signed", g.exportAudit, nil},
		{"POST", "/api/access/simulate", SignIn, "approve_policy, people, records.read, who_viewed", "Who may see what, and what a change would make of it", nil, handle(g, g.simulate)},
		{"GET", "/api/grants", SignIn, "own, approve_policy, people, records.read", "Rights for a limited time, and exclusions", nil, handle(g, g.listGrants)},
		{"POST", "/api/grants", SignIn, "evidence.request, approve_policy", "Ask for a right for somebody, or exclude somebody at once", nil, handle(g, g.addGrant)},
		{"POST", "/api/grants/{id}/approve", StepUp, "own post", "Give it, as a second person of crisis management", nil, handle(g, g.approveGrant)},
		{"POST", "/api/grants/{id}/refuse", StepUp, "own post", "Refuse it", nil, handle(g, g.refuseGrant)},
		{"POST", "/api/grants/{id}/end", SignIn, "own, approve_policy", "Withdraw a right, or lift an exclusion, at once", nil, handle(g, g.endGrant)},
		{"GET", "/api/access/emergency", SignIn, "own, approve_policy, people, records.read", "緊急閲覧: whether one may begin one, and which there were", nil, handle(g, g.listEmergencies)},
		{"POST", "/api/access/emergency", StepUp, "own post", "Begin one: 15 minutes, outside office hours", nil, handle(g, g.beginEmergency)},
		{"DELETE", "/api/access/emergency", SignIn, "own", "End one's own before its time", nil, handle(g, g.stopEmergency)},
		{"GET", "/api/access/emergency/{id}", SignIn, "own, approve_policy, people, records.read", "One of them, and what was viewed in it", nil, handle(g, g.emergency)},
		{"POST", "/api/access/emergency/{id}/review", StepUp, "approve_policy", "Write a finding, as somebody else than who viewed", nil, handle(g, g.reviewEmergency)},
		{"GET", "/api/versions", SignIn, "approve_policy, people, records.read", "Versions of cameras and policies", nil, handle(g, g.listVersions)},
		{"GET", "/api/versions/{kind}/{number}", SignIn, "approve_policy, people, records.read", "What a version changes", nil, handle(g, g.version)},
		{"POST", "/api/versions/{kind}/{number}/accept", StepUp, "approve_policy", "Put a waiting version in force, as a second person", nil, handle(g, g.acceptVersion)},
		{"POST", "/api/versions/{kind}/{number}/refuse", StepUp, "approve_policy", "Refuse it", nil, handle(g, g.refuseVersion)},
		{"PUT", "/api/versions/{kind}/{number}/ground", StepUp, "approve_policy", "Name the article that governs what an accepted version changed, where nobody did", nil, handle(g, g.groundVersion)},
		{"GET", "/api/regulations/{id}/settings", SignIn, "records, records.read", "Settings that the articles of a regulation govern, beside what is set", nil, handle(g, g.governed)},
		{"GET", "/api/regulations/{id}/comparison", SignIn, "records, records.read", "A version of a regulation beside the one before it, on paper", g.comparison, nil},
		{"GET", "/api/audit/seals", SignIn, "records.case, records.read", "Sealed cases", nil, handle(g, g.listSeals)},
		{"POST", "/api/audit/seals", StepUp, "records.case", "Keep the views of a case from heads for 90 days", nil, handle(g, g.sealCase)},
		{"POST", "/api/audit/seals/extend", StepUp, "records.case", "Keep them for 90 days more, as a second person", nil, handle(g, g.extendSeal)},
		{"POST", "/api/audit/seals/close", StepUp, "records.case", "Have heads told of them", nil, handle(g, g.closeCase)},
		{"GET", "/api/review/months", SignIn, "records.read, own post", "Samples of 閲覧監査", nil, handle(g, g.reviewMonths)},
		{"GET", "/api/review/months/{month}", SignIn, "records.read, own post", "A month's sample", nil, handle(g, g.reviewMonth)},
		{"GET", "/api/review/months/{month}/report", SignIn, "records.read, own post", "The month's report, signed", g.reviewReport, nil},
		{"POST", "/api/review/months/{month}/fine", SignIn, "records.read, own post", "Find views in order that need no question", nil, handle(g, g.reviewFine)},
		{"POST", "/api/review/months/{month}/items/{n}/question", SignIn, "records.read, own post", "Ask the viewer", nil, handle(g, g.reviewAsk)},
		{"POST", "/api/review/months/{month}/items/{n}/answer", SignIn, "own", "Answer what one was asked about a view of one's own", nil, handle(g, g.reviewAnswer)},
		{"POST", "/api/review/months/{month}/items/{n}/finding", SignIn, "records.read, own post", "Write down what was found", nil, handle(g, g.reviewFind)},
		{"POST", "/api/review/months/{month}/items/{n}/measures", SignIn, "records.read, own post", "Note what was done about a finding", nil, handle(g, g.reviewMeasures)},
		{"GET", "/api/review/mine", SignIn, "own", "What one was asked about one's own views", nil, handle(g, g.reviewMine)},
		{"GET", "/api/review/rights", SignIn, "own post, records.read", "Reviews of rights, アクセス権棚卸", nil, handle(g, g.listRightsReviews)},
		{"POST", "/api/review/rights", StepUp, "own post", "Write down who holds which rights now", nil, handle(g, g.takeRights)},
		{"POST", "/api/review/rights/{id}/confirm", SignIn, "own post", "Confirm lines of it", nil, handle(g, g.confirmRights)},
		{"POST", "/api/review/rights/{id}/lines/{n}/objection", SignIn, "own post", "Object to one: its appointment is to end", nil, handle(g, g.objectRights)},
		{"POST", "/api/review/rights/{id}/close", StepUp, "own post", "Close it", nil, handle(g, g.closeRights)},
		{"GET", "/api/duty", SignIn, "own unit, duty.read", "How the duty to look stands this month", nil, handle(g, g.dutyUnits)},
		{"PUT", "/api/duty/norms/{unit}", StepUp, "approve_policy", "Set how much a unit's heads shall look", nil, handle(g, g.setDutyNorm)},
		{"POST", "/api/duty/rounds", SignIn, "duty", "Draw a round of looking, or find the open one", nil, handle(g, g.beginRound)},
		{"GET", "/api/duty/rounds/{id}", SignIn, "own round", "A round", nil, handle(g, g.round)},
		{"PUT", "/api/duty/rounds/{id}/moments/{n}", SignIn, "own round", "Mark a moment one has seen", nil, handle(g, g.markMoment)},
		{"POST", "/api/duty/reports", SignIn, "past", "Tell crisis management", nil, handle(g, g.sendReport)},
		{"GET", "/api/duty/reports", SignIn, "own reports, duty.receive", "Reports to crisis management", nil, handle(g, g.reports)},
		{"POST", "/api/duty/reports/{id}/receipt", SignIn, "duty.receive", "Note that a report was received", nil, handle(g, g.receiveReport)},
		{"POST", "/api/duty/reports/{id}/outcome", SignIn, "duty.receive", "Say what came of a report", nil, handle(g, g.decideReport)},
		{"GET", "/api/duty/months/{month}", SignIn, "duty.read", "The ledger of a unit's month", nil, handle(g, g.dutyMonth)},
		{"GET", "/api/record-kinds", SignIn, "records, records.read, records.case", "Kinds of record this person may read, as declarations", nil, handle(g, g.listKinds)},
		{"GET", "/api/record-names", SignIn, "records", "People and units to be named in a record", nil, handle(g, g.recordNames)},
		{"GET", "/api/owed", SignIn, "own post", "What this person owes to records", nil, handle(g, g.owed)},
		{"GET", "/api/figures", SignIn, "records, records.read", "How far obligations were met in a fiscal year, as it was known on a day", nil, handle(g, g.figures)},
		{"GET", "/api/figures/table", SignIn, "records, records.read", "The same figures as a file", g.exportFigures, nil},
		{"GET", "/api/records/{kind}", SignIn, "records, records.read, records.case", "Records of a kind", nil, handle(g, g.listRecords)},
		{"POST", "/api/records/{kind}", SignIn, "records", "Write a record", nil, handle(g, g.createRecord)},
		{"GET", "/api/record-tables/{kind}", SignIn, "records, records.read, records.case", "The same list as a file, or the template of one", g.exportRecords, nil},
		{"POST", "/api/record-tables/{kind}", SignIn, "records", "Take a table of records, all or none", nil, handle(g, g.importRecords)},
		{"GET", "/api/records/{kind}/{id}", SignIn, "records, records.read, records.case", "A record with its history", nil, handle(g, g.oneRecord)},
		{"PUT", "/api/records/{kind}/{id}", SignIn, "records", "Edit a record, or correct one that was confirmed", nil, handle(g, g.changeRecord)},
		{"POST", "/api/records/{kind}/{id}/moves/{move}", SignIn, "own post", "Take a record to another state", nil, handle(g, g.moveRecord)},
		{"POST", "/api/records/{kind}/{id}/see", SignIn, "own post", "Note that one saw what one's deputy did", nil, handle(g, g.seeRecord)},
		{"GET", "/api/record-forms/{kind}/{form}", SignIn, "records, records.read, records.case", "Records on a printed form, as a PDF", g.printForm, nil},
		{"GET", "/api/record-codes", SignIn, "records, records.read, records.case", "Where the code of a form leads", nil, handle(g, g.findCode)},
		{"GET", "/api/zone-plans", SignIn, "records, records.read", "Drawings of the floors on which zones are drawn", nil, handle(g, g.zonePlans)},
		{"POST", "/api/record-files/{kind}/{field}", SignIn, "records", "Take in a file that is about to be attached to a record", g.uploadFile, nil},
		{"GET", "/api/records/{kind}/{id}/files/{file}", SignIn, "records, records.read, records.case", "An attached file, as it was attached to the byte", g.downloadFile, nil},
		{"GET", "/api/patrol-months/{month}", SignIn, "records, records.read", "The patrols of a unit's month, as a grid", nil, handle(g, g.patrolMonth)},
		{"POST", "/api/patrol-days", SignIn, "records", "Record patrols of a day that found nothing, all or none", nil, handle(g, g.walk)},
		{"GET", "/api/proofs", SignIn, "own post", "Controls of ISO/IEC 27001, which records prove each in a fiscal year, and what is missing", nil, handle(g, g.proofs)},
		{"GET", "/api/proof-packs", SignIn, "own post", "Evidence packs that were asked for, and how far each has come", nil, handle(g, g.listPacks)},
		{"POST", "/api/proof-packs", SignIn, "own post", "Ask for the evidence of some controls, or all, in a fiscal year", nil, handle(g, g.askPack)},
		{"GET", "/api/proof-packs/{id}/file", SignIn, "own post", "Make it: a signed zip, sent as it is made", g.packFile, nil},
		{"GET", "/api/holds", SignIn, "own, records.case, records.read", "Footage that is kept from being erased, and what was", nil, handle(g, g.listHolds)},
		{"POST", "/api/holds", SignIn, "hold", "Keep footage of a camera from being erased", nil, handle(g, g.placeHold)},
		{"POST", "/api/holds/{id}/extend", SignIn, "records.case", "Have a hold end later", nil, handle(g, g.extendHold)},
		{"POST", "/api/holds/{id}/release", StepUp, "records.case", "Ask that a hold be released", nil, handle(g, g.askRelease)},
		{"POST", "/api/holds/{id}/approve", StepUp, "records.case", "Release it, as a second person", nil, handle(g, g.approveRelease)},
		{"POST", "/api/holds/{id}/keep", SignIn, "records.case", "Keep what was to be released", nil, handle(g, g.keepHold)},
		{"GET", "/api/awareness-weeks/{year}", SignIn, "records, records.read", "Awareness in a fiscal year, units × weeks, and the word of the week", nil, handle(g, g.awarenessWeeks)},
		{"POST", "/api/awareness-weeks", SignIn, "records", "Record that the word of the week was read out, in some units", nil, handle(g, g.tellWord)},
		{"GET", "/api/oplog", SignIn, "records.oplog, records.read, own post", "Operation logs: what this person may read, and which files were taken", nil, handle(g, g.logOverview)},
		{"POST", "/api/oplog/imports", SignIn, "records.oplog, own post", "Take a file of operations, whole or not at all, pseudonymised on the way; or only say what it would do", g.importLog, nil},
		{"POST", "/api/oplog/imports/{id}/erased", SignIn, "records.oplog, own post", "Note that its medium was erased", nil, handle(g, g.eraseLogMedia)},
		{"POST", "/api/oplog/staff", SignIn, "records.oplog, own post", "Take the register of staff: who works where, from when to when", nil, handle(g, g.importStaff)},
		{"GET", "/api/oplog/counts/{table}", SignIn, "records.oplog, records.read, own post", "Operations counted, beside the period before and the year before", nil, handle(g, g.logCounts)},
		{"GET", "/api/oplog/summary", SignIn, "records.oplog, records.read, own post", "How the analysis stands: hints by state, the log that is due, the last month beside others", nil, handle(g, g.logSummary)},
		{"GET", "/api/oplog/whom", SignIn, "records.oplog, records.read, own post", "Whom was looked up, by sex, age and address", nil, handle(g, g.logWhom)},
		{"GET", "/api/oplog/reports/{kind}/{from}", SignIn, "records.oplog, records.read", "The report of a month, a quarter or a year, small numbers hidden", nil, handle(g, g.logAccount)},
		{"GET", "/api/oplog/reports/{kind}/{from}/file", SignIn, "records.oplog, records.read", "The same as a file", g.logAccountFile, nil},
		{"GET", "/api/oplog/profiles", SignIn, "records.oplog, own post", "How the logs of systems are read, as it was written down here", nil, handle(g, g.logProfiles)},
		{"PUT", "/api/oplog/profiles/{id}", SignIn, "records.oplog, own post", "Write down how a system's log is read, as a version that waits for somebody else", nil, handle(g, g.writeProfile)},
		{"POST", "/api/oplog/profiles/{id}/{version}/approve", StepUp, "own post", "Approve a version, as a second person", nil, handle(g, g.approveProfile)},
		{"POST", "/api/oplog/profiles/{id}/{version}/refuse", StepUp, "own post", "Refuse it", nil, handle(g, g.refuseProfile)},
		{"GET", "/api/oplog/cross", SignIn, "records.oplog, records.read, own post", "Whom the staff of a unit look up, by sex and age, beside their peers", nil, handle(g, g.logCross)},
		{"GET", "/api/oplog/hints", SignIn, "records.oplog, records.read, own post", "What is unusual in them, and where its handling stands", nil, handle(g, g.logHints)},
		{"GET", "/api/oplog/hints/{id}", SignIn, "records.oplog, records.read, own post", "A hint, with some of its events and what was done about it", nil, handle(g, g.logHint)},
		{"POST", "/api/oplog/hints/{id}/moves/{move}", SignIn, "records.oplog, own post", "Take a hint to another state", nil, handle(g, g.moveHint)},
		{"GET", "/api/oplog/identifications", SignIn, "records.oplog, own post", "Requests to learn in the source system whom a pseudonym stands for", nil, handle(g, g.identifications)},
		{"POST", "/api/oplog/identifications", StepUp, "records.oplog, own post", "Ask for it, with a reason", nil, handle(g, g.askIdentity)},
		{"POST", "/api/oplog/identifications/{id}/approve", StepUp, "own post", "Approve it, as a second person; nothing is identified here", nil, handle(g, g.approveIdentity)},
		{"POST", "/api/oplog/identifications/{id}/refuse", StepUp, "own post", "Refuse it", nil, handle(g, g.refuseIdentity)},
		{"GET", "/api/oplog/export/{table}", SignIn, "records.oplog, records.read, own post", "The same as a file, small numbers hidden", g.exportLog, nil},
		{"POST", "/api/record-moves", SignIn, "own post", "Take several records on, all or none", nil, handle(g, g.moveMany)},
		{"POST", "/api/record-batches/{kind}", SignIn, "records", "Write several records, all or none", nil, handle(g, g.createMany)},
		{"POST", "/api/record-copies/{kind}", SignIn, "records", "Copy last year's plan as drafts", nil, handle(g, g.copyPlan)},
		{"GET", "/api/chases", SignIn, "records", "Who owes something to records", nil, handle(g, g.debtors)},
		{"POST", "/api/chases", SignIn, "records", "Remind all who owe something, once a day each", nil, handle(g, g.chase)},
		{"GET", "/api/footage-requests", SignIn, "records.oplog, records.case, records.read", "映像確認依頼: what analysts of operation logs ask crisis management to look at", nil, handle(g, g.listRequests)},
		{"POST", "/api/footage-requests", SignIn, "records.oplog, own post", "Ask for footage of a terminal to be looked at", nil, handle(g, g.askRequest)},
		{"GET", "/api/footage-requests/{number}", SignIn, "records.oplog, records.case, records.read", "A request; who it is about to who looks, with a row in the log", nil, handle(g, g.request)},
		{"POST", "/api/footage-requests/{number}/take", SignIn, "records.case", "Take a request up, and hold its footage", nil, handle(g, g.takeRequest)},
		{"POST", "/api/footage-requests/{number}/outcome", SignIn, "records.case", "Say what came of it", nil, handle(g, g.answerRequest)},
		{"GET", "/api/inbox", SignIn, "", "What waits for this person", nil, handle(g, g.listInbox)},
		{"POST", "/api/inbox/{id}/read", SignIn, "own item", "Note that an item was read", nil, handle(g, g.readItem)},
		{"GET", "/api/public", Nothing, "", "What is told to the people who are filmed", nil, handle(g, g.publicNotice)},
		{"POST", "/api/public/inquiries", Nothing, "", "Ask whether anybody looked", nil, handle(g, g.askInquiry)},
		{"GET", "/api/public/inquiries/{number}", Nothing, "", "The answer, for whoever has the receipt", nil, handle(g, g.lookInquiry)},
		{"GET", "/api/surveys", SignIn, "records, records.read", "Surveys this person answers or reads", nil, handle(g, g.listSurveys)},
		{"POST", "/api/surveys", SignIn, "own post", "Prepare a survey", nil, handle(g, g.createSurvey)},
		{"GET", "/api/surveys/{name}", SignIn, "records, records.read", "A survey with its questions, and how far each reply has come", nil, handle(g, g.oneSurvey)},
		{"PUT", "/api/surveys/{name}", SignIn, "own post", "Change a survey that is being prepared", nil, handle(g, g.editSurvey)},
		{"POST", "/api/surveys/{name}/moves/{move}", SignIn, "own post", "Take a survey on", nil, handle(g, g.moveSurvey)},
		{"POST", "/api/surveys/{name}/chase", SignIn, "own post", "Remind everybody who owes a reply", nil, handle(g, g.chaseSurvey)},
		{"POST", "/api/surveys/{name}/confirm", SignIn, "own post", "Confirm every reply that was handed in", nil, handle(g, g.confirmReplies)},
		{"GET", "/api/surveys/{name}/answers", SignIn, "records.read", "What was written in words, for 主な回答", nil, handle(g, g.surveyAnswers)},
		{"GET", "/api/surveys/{name}/report", SignIn, "records.read", "The report, in blocks", nil, handle(g, g.surveyReport)},
		{"GET", "/api/surveys/{name}/report/file", SignIn, "records.read", "The report as text, page, PDF, or its tables", g.surveyFile, nil},
		{"GET", "/api/surveys/{name}/replies/{target}", SignIn, "records, records.read", "A reply, with what records say to it", nil, handle(g, g.oneReply)},
		{"PUT", "/api/surveys/{name}/replies/{target}", SignIn, "records", "Keep what is answered so far", nil, handle(g, g.saveReply)},
		{"POST", "/api/surveys/{name}/replies/{target}/moves/{move}", SignIn, "own post", "Take a reply on", nil, handle(g, g.moveReply)},
		{"PUT", "/api/surveys/{name}/replies/{target}/quotes/{question}", SignIn, "own post", "Edit a 主な回答 beside the original", nil, handle(g, g.editQuote)},
		{"GET", "/api/inquiries", SignIn, "records.read", "Inquiries of people who were filmed", nil, handle(g, g.listInquiries)},
		{"GET", "/api/inquiries/{number}", SignIn, "records.read", "An inquiry, with what the log says to it", nil, handle(g, g.inquiry)},
		{"POST", "/api/inquiries/{number}/answer", StepUp, "records.read", "Answer an inquiry", nil, handle(g, g.answerInquiry)},
		{"POST", "/api/inquiries/{number}/refuse", StepUp, "records.read", "Say why an inquiry is not answered", nil, handle(g, g.refuseInquiry)},
		{"GET", "/api/events", SignIn, "", "Changes, as server-sent events", g.events, nil},
		{"POST", "/whep/{camera}", SignIn, "live, past, main", "Open a WebRTC session (WHEP)", g.whepOffer, nil},
		{"DELETE", "/whep/{camera}/{session}", SignIn, "own session", "End a WebRTC session", g.whepEnd, nil},
		{"PATCH", "/whep/{camera}/{session}", SignIn, "own session", "Answers 405: no trickle ICE, no restart", g.whepPatch, nil},
		{"GET", "/api/diagnostics", SignIn, "", "What the server sees of the way to this browser", nil, handle(g, g.diagnostics)},
		{"POST", "/api/diagnostics/webrtc", SignIn, "", "A WebRTC connection that only echoes, to try the way", g.probe, nil},
		{"GET", "/api/plans", SignIn, "", "Floor plans, with the cameras this person may know of", nil, handle(g, g.listPlans)},
		{"GET", "/healthz", Nothing, "", "The process answers", g.healthz, nil},
		{"GET", "/readyz", Nothing, "", "Everything is loaded", g.readyz, nil},
		{"GET", "/metrics", Machine, "", "Figures for Prometheus", g.metrics(), nil},
		{"GET", "/api/openapi.json", Nothing, "", "This surface as OpenAPI 3.1", g.openapi, nil},
		{"", "/api/", Nothing, "", "No such route", g.noRoute, nil},
		{"", "/whep/", Nothing, "", "No such route", g.noRoute, nil},
		{"", "/", Nothing, "", "The browser application", static{g.Web}.ServeHTTP, nil},
	}
}

// Routes is the table without handlers, for the access matrix.
func (g *Gateway) Routes() []Route {
	t := g.table()
	for i := range t {
		t[i].plain, t[i].json = nil, nil
	}
	return t
}

func (g *Gateway) routes() (http.Handler, error) {
	mux := http.NewServeMux()
	inner := http.NewServeMux() // huma's, behind the checks below
	api := humago.New(inner, apiConfig())
	methods := map[string][]string{} // by path
	for _, r := range g.table() {
		var h http.Handler = inner
		switch {
		case r.json != nil:
			r.json(api, operation(r))
		case r.plain != nil:
			h = r.plain
			document(api, r)
		}
		switch r.Need {
		case Nothing, Machine:
			h = g.visiting(h)
		case Halfway:
			h = g.visiting(g.halfway(h))
		case SignIn:
			h = g.signedIn(h)
		case StepUp:
			h = g.signedIn(g.steppedUp(h))
		}
		if mux.Handle(r.pattern(), h); r.Method != "" {
			methods[r.Path] = append(methods[r.Path], r.Method)
		}
	}
	for path, list := range methods {
		refuse := g.visiting(otherMethod(list))
		for _, method := range allMethods { // one by one: a path of one name may lie beside one with a variable
			if !slices.Contains(list, method) {
				mux.Handle(method+" "+path, refuse)
			}
		}
	}
	var err error
	g.document, err = json.Marshal(tidy(api.OpenAPI()))
	return mux, err
}

func (r Route) pattern() string {
	if r.Method == "" {
		return r.Path
	}
	return r.Method + " " + r.Path
}

// allMethods are those of RFC 9110 section 9.3 and of RFC 5789; what takes GET takes HEAD.
var allMethods = []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodConnect,
	http.MethodOptions, http.MethodTrace}

// otherMethod answers methods a path does not have.
func otherMethod(has []string) http.HandlerFunc {
	allow := slices.Clone(has)
	if slices.Contains(allow, http.MethodGet) {
		allow = append(allow, http.MethodHead)
	}
	slices.Sort(allow)
	return func(w http.ResponseWriter, _ *http.Request) { notAllowed(w, strings.Join(allow, ", ")) }
}

// handle registers a JSON handler with huma, turning kinds of error into problems.
func handle[In, Out any](g *Gateway, fn func(context.Context, *In) (*Out, error)) func(huma.API, huma.Operation) {
	return func(api huma.API, op huma.Operation) {
		huma.Register(api, op, func(ctx context.Context, in *In) (*Out, error) {
			out, err := fn(ctx, in)
			if err != nil {
				p := g.told(ctx, op.Path, err)
				return nil, huma.ErrorWithHeaders(p, p.headers())
			}
			return out, nil
		})
	}
}
