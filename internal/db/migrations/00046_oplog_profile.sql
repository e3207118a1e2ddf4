-- +goose Up

-- How the log of a system is read, as it was written down here: each change is a version, and another person approves it.
-- Rows are never changed but for that decision.
CREATE TABLE oplog_profile (
	id         TEXT   NOT NULL,
	version    BIGINT NOT NULL,
	name       TEXT   NOT NULL,
	definition TEXT   NOT NULL, -- JSON
	state      TEXT   NOT NULL, -- waiting, approved, refused
	by_login   TEXT   NOT NULL,
	at_us      BIGINT NOT NULL,
	decided_by TEXT   NOT NULL, -- '' nobody yet
	decided_us BIGINT NOT NULL,
	PRIMARY KEY (id, version)
);
