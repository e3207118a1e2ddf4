-- +goose Up

-- 映像確認依頼: an analyst of operation logs asks 危機管理 to look at footage. No searched person is in it.
CREATE TABLE footage_request (
	number       TEXT   NOT NULL PRIMARY KEY, -- 8-映-001: year of the era, and in it; it is the case of what follows
	year         BIGINT NOT NULL,             -- fiscal
	seq          BIGINT NOT NULL,
	hint         TEXT   NOT NULL, -- what it came from, as the analyst's page names it; empty: nothing
	rules        TEXT   NOT NULL, -- of the hint, with spaces between: H3 H4
	terminal     TEXT   NOT NULL,
	room         TEXT   NOT NULL, -- of the terminal, in words, as it was then
	cameras      TEXT   NOT NULL, -- JSON: ids of those that covered it then
	staff        TEXT   NOT NULL, -- as the analyst knows them: a pseudonym, or the number
	staff_number TEXT   NOT NULL,
	staff_name   TEXT   NOT NULL,
	staff_unit   TEXT   NOT NULL, -- in words
	events       TEXT   NOT NULL, -- JSON: µs, in order
	figures      TEXT   NOT NULL, -- JSON: name, value, peers
	note         TEXT   NOT NULL,
	asked_by     TEXT   NOT NULL, -- a login
	asked_at     BIGINT NOT NULL,
	due_at       BIGINT NOT NULL,
	taken_by     TEXT   NOT NULL, -- who looks at it; empty: nobody yet
	taken_at     BIGINT NOT NULL,
	outcome      TEXT   NOT NULL, -- seen, unclear, nothing; empty: none yet
	outcome_note TEXT   NOT NULL, -- within 危機管理
	outcome_by   TEXT   NOT NULL,
	outcome_at   BIGINT NOT NULL
);
CREATE UNIQUE INDEX footage_request_seq ON footage_request (year, seq);
CREATE INDEX footage_request_asked ON footage_request (asked_at);
