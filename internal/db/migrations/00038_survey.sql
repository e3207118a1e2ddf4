-- +goose Up

-- 部署 that answer surveys: more and other ones than the organisation's units, as schools are.
CREATE TABLE reporting_unit (
	id       TEXT   NOT NULL PRIMARY KEY,
	name     TEXT   NOT NULL,
	category TEXT   NOT NULL,
	unit     TEXT   NOT NULL, -- of the organisation, whose people answer for it
	place    BIGINT NOT NULL  -- 建制順
);

CREATE TABLE survey (
	name       TEXT   NOT NULL PRIMARY KEY,
	title      TEXT   NOT NULL,
	purpose    TEXT   NOT NULL,
	from_day   TEXT   NOT NULL, -- of the period in which it is answered
	to_day     TEXT   NOT NULL,
	since_day  TEXT   NOT NULL, -- records from this day to to_day are what replies are prefilled from
	as_of      TEXT   NOT NULL, -- the day of the report
	form       TEXT   NOT NULL, -- JSON: questions and what the report says about them
	state      TEXT   NOT NULL,
	version    BIGINT NOT NULL,
	opened_us  BIGINT NOT NULL, -- 0 not yet
	chased_us  BIGINT NOT NULL, -- last; 0 never
	chases     BIGINT NOT NULL,
	created_us BIGINT NOT NULL
);

-- 部署 as they were when the survey was opened, and what each answers.
CREATE TABLE survey_target (
	survey     TEXT   NOT NULL,
	id         TEXT   NOT NULL,
	name       TEXT   NOT NULL,
	category   TEXT   NOT NULL,
	unit       TEXT   NOT NULL,
	place      BIGINT NOT NULL,
	state      TEXT   NOT NULL,
	version    BIGINT NOT NULL, -- 0: untouched
	answers    TEXT   NOT NULL, -- JSON, by question
	quotes     TEXT   NOT NULL, -- JSON, by question: 主な回答
	submitted  TEXT   NOT NULL, -- login of who asked for approval last
	changed_us BIGINT NOT NULL,
	PRIMARY KEY (survey, id)
);

-- Every version of a survey (target '') and of a reply. Rows are never changed.
CREATE TABLE survey_version (
	survey     TEXT   NOT NULL,
	target     TEXT   NOT NULL,
	version    BIGINT NOT NULL,
	what       TEXT   NOT NULL,
	state      TEXT   NOT NULL,
	actor      TEXT   NOT NULL,
	actor_name TEXT   NOT NULL, -- with the post, then
	at_us      BIGINT NOT NULL,
	reason     TEXT   NOT NULL,
	value      TEXT   NOT NULL, -- JSON
	PRIMARY KEY (survey, target, version)
);
