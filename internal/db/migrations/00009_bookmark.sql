-- +goose Up

-- A remembered moment or stretch of footage; a still names one picture of it and copies nothing.
CREATE TABLE bookmark (
	id         TEXT   COLLATE "C" NOT NULL PRIMARY KEY, -- at_us in 16 hex digits, then random: its order is that of the footage
	camera     TEXT   NOT NULL,
	at_us      BIGINT NOT NULL,
	to_us      BIGINT NOT NULL, -- 0: a moment
	words      TEXT   NOT NULL, -- as written
	shared     BIGINT NOT NULL, -- 1: with whoever may bookmark that footage
	still      BIGINT NOT NULL,
	login      TEXT   NOT NULL REFERENCES person (login),
	name       TEXT   NOT NULL, -- the person's, and ...
	post       TEXT   NOT NULL, -- ... post when it was made
	purpose    TEXT   NOT NULL,
	matter     TEXT   NOT NULL, -- number of a case; empty: none
	folded     TEXT   NOT NULL, -- words and name, as search compares them
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL
) /*sqlite WITHOUT ROWID */;
CREATE INDEX bookmark_camera ON bookmark (camera, id);
CREATE INDEX bookmark_login ON bookmark (login, id);
CREATE INDEX bookmark_still ON bookmark (still, id) WHERE still = 1;
