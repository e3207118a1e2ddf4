-- +goose Up

-- A record of any kind, as it stands. What follows from its value for lists stands beside it.
CREATE TABLE record (
	id         TEXT   NOT NULL PRIMARY KEY,
	kind       TEXT   NOT NULL,
	number     BIGINT NOT NULL, -- within kind and fiscal year
	year       BIGINT NOT NULL, -- fiscal year of the number
	unit       TEXT   NOT NULL, -- '' where it belongs to the ward
	unit_name  TEXT   NOT NULL, -- when it was written
	state      TEXT   NOT NULL,
	version    BIGINT NOT NULL,
	value      TEXT   NOT NULL, -- JSON, by field
	created_by TEXT   NOT NULL,
	created_us BIGINT NOT NULL,
	changed_us BIGINT NOT NULL,
	since_us   BIGINT NOT NULL, -- in its state
	unseen     TEXT   NOT NULL, -- the post that has yet to see what its deputy did; '' none
	day        TEXT   NOT NULL, -- that it is about, as 2017-06-01; '' not known yet
	key        TEXT,            -- by which an import finds it; NULL: its number does
	title      TEXT   NOT NULL,
	folded     TEXT   NOT NULL, -- everything people see of it, as search compares it
	UNIQUE (kind, year, number),
	UNIQUE (kind, key)
);
CREATE INDEX record_day ON record (kind, unit, day, created_us, id);

-- Every version of a record. Rows are never changed.
CREATE TABLE record_version (
	record     TEXT   NOT NULL,
	version    BIGINT NOT NULL,
	what       TEXT   NOT NULL, -- create, edit, correct, see, or a move
	deputy     BIGINT NOT NULL, -- 1: in place of whom it belongs to
	state      TEXT   NOT NULL,
	actor      TEXT   NOT NULL,
	actor_name TEXT   NOT NULL, -- with the post, then
	at_us      BIGINT NOT NULL,
	reason     TEXT   NOT NULL,
	value      TEXT   NOT NULL,
	PRIMARY KEY (record, version)
);

-- Fields that lists are narrowed by.
CREATE TABLE record_field (
	record TEXT NOT NULL,
	kind   TEXT NOT NULL,
	field  TEXT NOT NULL,
	value  TEXT NOT NULL,
	PRIMARY KEY (record, field, value)
);
CREATE INDEX record_field_value ON record_field (kind, field, value, record);

-- What is owed while a record waits.
CREATE TABLE record_due (
	record   TEXT NOT NULL,
	deadline TEXT NOT NULL,
	kind     TEXT NOT NULL,
	unit     TEXT NOT NULL,
	day      TEXT NOT NULL, -- the last one on which it is in time
	role     TEXT NOT NULL, -- who owes it
	PRIMARY KEY (record, deadline, role)
);
CREATE INDEX record_due_role ON record_due (role, day);
