-- +goose Up

-- A hint at something unusual in operation logs, and where its handling stands.
CREATE TABLE oplog_hint (
	id       TEXT   NOT NULL PRIMARY KEY,
	rule     TEXT   NOT NULL, -- H1 to H14
	staff    TEXT   NOT NULL, -- number; '' of H6
	person   BIGINT NOT NULL, -- pseudonym; 0 where it is about nobody alone
	unit     TEXT   NOT NULL, -- of the member of staff
	figures  TEXT   NOT NULL, -- JSON
	samples  TEXT   NOT NULL, -- JSON: some of the events
	events   BIGINT NOT NULL,
	first_us BIGINT NOT NULL,
	last_us  BIGINT NOT NULL,
	found_us BIGINT NOT NULL,
	level    TEXT   NOT NULL, -- who answers: unit, department, office, audit
	state    TEXT   NOT NULL,
	version  BIGINT NOT NULL,
	due      TEXT   NOT NULL, -- day; '' nothing is owed
	footage  TEXT   NOT NULL, -- number of the request; '' none
	outcome  TEXT   NOT NULL  -- of it
);
CREATE INDEX oplog_hint_staff ON oplog_hint (rule, staff, person);
CREATE INDEX oplog_hint_found ON oplog_hint (found_us, id);

-- What was done about a hint. Rows are never changed.
CREATE TABLE oplog_hint_step (
	hint    TEXT   NOT NULL,
	version BIGINT NOT NULL,
	move    TEXT   NOT NULL,
	state   TEXT   NOT NULL,
	actor   TEXT   NOT NULL,
	at_us   BIGINT NOT NULL,
	reason  TEXT   NOT NULL,
	PRIMARY KEY (hint, version)
);

-- Requests to learn, in the source system, whom a pseudonym stands for.
CREATE TABLE oplog_identify (
	id         TEXT   NOT NULL PRIMARY KEY,
	hint       TEXT   NOT NULL,
	person     BIGINT NOT NULL,
	reason     TEXT   NOT NULL,
	asked_by   TEXT   NOT NULL,
	asked_us   BIGINT NOT NULL,
	state      TEXT   NOT NULL, -- waiting, approved, refused
	decided_by TEXT   NOT NULL,
	decided_us BIGINT NOT NULL
);
