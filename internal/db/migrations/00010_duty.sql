-- +goose Up

-- How often and how much a unit's heads shall look: the newest row counts, the older ones tell of past
-- months; a unit without a row has the default.
CREATE TABLE duty_norm (
	unit    TEXT   NOT NULL,
	rounds  BIGINT NOT NULL, -- a month
	moments BIGINT NOT NULL, -- a round
	set_by  TEXT   NOT NULL,
	set_at  BIGINT NOT NULL,
	PRIMARY KEY (unit, set_at)
);

-- A round of looking: drawn once, marked by the one it was drawn for. Rows are never deleted.
CREATE TABLE duty_round (
	id       TEXT   NOT NULL PRIMARY KEY,
	unit     TEXT   NOT NULL,
	login    TEXT   NOT NULL,
	started  BIGINT NOT NULL,
	finished BIGINT NOT NULL, -- 0: not (yet)
	open     BIGINT NOT NULL  -- 1: it is neither finished nor lapsed
);
CREATE UNIQUE INDEX duty_round_open ON duty_round (unit, login) WHERE open = 1;
CREATE INDEX duty_round_unit ON duty_round (unit, started);
CREATE INDEX duty_round_finished ON duty_round (finished);

CREATE TABLE duty_moment (
	round   TEXT   NOT NULL REFERENCES duty_round (id),
	n       BIGINT NOT NULL, -- from 1
	camera  TEXT   NOT NULL,
	at_us   BIGINT NOT NULL,
	to_us   BIGINT NOT NULL, -- end of what stood out; at_us where it is an instant
	why     TEXT   NOT NULL, -- random, gap, stall, outside_hours
	cause   TEXT   NOT NULL, -- of a gap
	result  TEXT   NOT NULL, -- fine, attention; empty: not marked
	note    TEXT   NOT NULL,
	checked BIGINT NOT NULL, -- 0: not marked
	report  TEXT   NOT NULL, -- id of the report it led to
	PRIMARY KEY (round, n)
);
CREATE INDEX duty_moment_checked ON duty_moment (checked);

-- What a head told crisis management. It is shown to these two alone.
CREATE TABLE duty_report (
	id           TEXT   NOT NULL PRIMARY KEY,
	login        TEXT   NOT NULL, -- who sent it
	post         TEXT   NOT NULL, -- as which
	unit         TEXT   NOT NULL,
	camera       TEXT   NOT NULL,
	at_us        BIGINT NOT NULL,
	cameras      TEXT   NOT NULL, -- JSON: further cameras
	note         TEXT   NOT NULL,
	sent         BIGINT NOT NULL,
	received     BIGINT NOT NULL, -- 0: not yet
	received_by  TEXT   NOT NULL,
	outcome      TEXT   NOT NULL, -- no_issue, handled, investigating; empty: none yet
	outcome_text TEXT   NOT NULL,
	decided      BIGINT NOT NULL, -- when the outcome was given last
	decided_by   TEXT   NOT NULL,
	closed       BIGINT NOT NULL  -- 0: not yet
);
CREATE INDEX duty_report_login ON duty_report (login, sent);
CREATE INDEX duty_report_sent ON duty_report (sent);
CREATE INDEX duty_report_new ON duty_report (sent) WHERE received = 0;
