-- +goose Up

-- 閲覧状況の照会: somebody who was filmed asks whether anybody looked. No address is kept of who asked.
CREATE TABLE inquiry (
	number     TEXT   NOT NULL PRIMARY KEY, -- of the receipt
	secret     TEXT   NOT NULL,             -- SHA-256 of what was shown once with it
	site       TEXT   NOT NULL,
	floor      TEXT   NOT NULL,
	place      TEXT   NOT NULL,             -- in words, as chosen then
	from_us    BIGINT NOT NULL,
	to_us      BIGINT NOT NULL,
	contact    TEXT   NOT NULL,             -- as given; emptied some time after the decision
	asked_at   BIGINT NOT NULL,
	due_at     BIGINT NOT NULL,
	state      TEXT   NOT NULL,             -- waiting, answered, refused
	views      TEXT   NOT NULL,             -- JSON: what was answered
	note       TEXT   NOT NULL,             -- to the answer, or why it was refused
	decided_by TEXT   NOT NULL,             -- a login
	decided_at BIGINT NOT NULL              -- 0: not yet
);
CREATE INDEX inquiry_asked ON inquiry (asked_at);
CREATE INDEX inquiry_waiting ON inquiry (due_at) WHERE state = 'waiting';
