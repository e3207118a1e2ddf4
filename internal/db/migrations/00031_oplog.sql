-- +goose Up

-- An import of an operation log. Its events count once it is done.
CREATE TABLE oplog_import (
	id         BIGINT NOT NULL PRIMARY KEY,
	profile    TEXT   NOT NULL,
	hash       TEXT   NOT NULL, -- SHA-256 of the file; '' while it is read
	key_name   TEXT   NOT NULL, -- of the key the pseudonyms were made with
	media      TEXT   NOT NULL, -- number of the medium the file came on
	by_login   TEXT   NOT NULL,
	at_us      BIGINT NOT NULL,
	state      TEXT   NOT NULL, -- loading, done
	rows       BIGINT NOT NULL,
	duplicates BIGINT NOT NULL, -- lines that were there already
	from_us    BIGINT NOT NULL, -- of the events
	to_us      BIGINT NOT NULL,
	erased_us  BIGINT NOT NULL, -- when the medium was erased; 0 not yet
	erased_by  TEXT   NOT NULL
);
CREATE UNIQUE INDEX oplog_import_hash ON oplog_import (hash) WHERE state = 'done';

-- One operation. Kept for a year.
CREATE TABLE oplog_event (
	event     BIGINT NOT NULL PRIMARY KEY,
	import    BIGINT NOT NULL,
	at_us     BIGINT NOT NULL,
	staff     TEXT   NOT NULL,
	unit      TEXT   NOT NULL, -- of the member of staff, that day
	terminal  TEXT   NOT NULL,
	business  TEXT   NOT NULL,
	action    TEXT   NOT NULL,
	criteria  TEXT   NOT NULL,
	hits      BIGINT NOT NULL, -- -1: not said
	person    BIGINT NOT NULL, -- pseudonyms; 0 none
	sex       TEXT   NOT NULL,
	age       BIGINT NOT NULL, -- -1: not known
	area      TEXT   NOT NULL, -- 町丁目
	place     BIGINT NOT NULL,
	household BIGINT NOT NULL,
	members   BIGINT NOT NULL,
	kin       BIGINT NOT NULL,
	protected BIGINT NOT NULL,
	cased     BIGINT NOT NULL
);
CREATE INDEX oplog_event_at ON oplog_event (at_us);

-- Counts of a month. Kept for five years; no searched person is in them.
CREATE TABLE oplog_sum (
	month     TEXT   NOT NULL, -- 2026-11, in Japan
	dim       TEXT   NOT NULL,
	value     TEXT   NOT NULL,
	unit      TEXT   NOT NULL, -- of the member of staff
	business  TEXT   NOT NULL,
	n         BIGINT NOT NULL,
	uncased   BIGINT NOT NULL,
	protected BIGINT NOT NULL,
	PRIMARY KEY (month, dim, value, unit, business)
);

-- Who works where from when to when: a tenure a row, from the office of personnel.
CREATE TABLE oplog_staff (
	number     TEXT   NOT NULL,
	from_day   TEXT   NOT NULL, -- 2026-04-01
	to_day     TEXT   NOT NULL, -- the last one; '' open
	name       TEXT   NOT NULL,
	unit       TEXT   NOT NULL,
	kind       TEXT   NOT NULL, -- regular, temporary
	businesses TEXT   NOT NULL, -- that they may use, with spaces between; '' not said
	consent    TEXT   NOT NULL, -- day of the signed consent of temporary staff; '' none
	person     BIGINT NOT NULL, -- themselves as a searched person; 0 not known
	household  BIGINT NOT NULL,
	kin        BIGINT NOT NULL,
	PRIMARY KEY (number, from_day)
);

-- Days on which somebody was on leave.
CREATE TABLE oplog_leave (
	number TEXT NOT NULL,
	day    TEXT NOT NULL,
	PRIMARY KEY (number, day)
);
