-- +goose Up

-- What of each version of a record counts in figures, for as long as that version stood. It follows from
-- record_version, and is written anew where a kind counts otherwise than before.
CREATE TABLE record_fact (
	record  TEXT   NOT NULL,
	version BIGINT NOT NULL,
	n       BIGINT NOT NULL, -- of several of a version
	kind    TEXT   NOT NULL,
	unit    TEXT   NOT NULL,
	what    TEXT   NOT NULL, -- an obligation
	day     TEXT   NOT NULL, -- which says the period it belongs to
	due     TEXT   NOT NULL, -- the last day on which it is in time; '' none was set
	met     TEXT   NOT NULL, -- when it was met; '' it is not
	from_us BIGINT NOT NULL,
	to_us   BIGINT NOT NULL, -- when the next version came; the largest number while there is none
	PRIMARY KEY (record, version, n)
);
CREATE INDEX record_fact_what ON record_fact (what, day, unit, due, met, from_us, to_us);
CREATE INDEX record_fact_from ON record_fact (from_us);

-- By which way of counting the facts of a kind were written.
CREATE TABLE record_counting (
	kind TEXT   NOT NULL PRIMARY KEY,
	form BIGINT NOT NULL
);
