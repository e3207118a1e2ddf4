package audit

// Actions about operation logs. Whoever looks through them is looked at in turn (package review).
const (
	ReadLogs   = "oplog.read"   // a table or a hint: Detail says which
	ExportLogs = "oplog.export" // a table as a file
)
