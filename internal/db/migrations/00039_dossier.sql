-- +goose Up

-- Evidence packs that somebody asked for, and how far the making of each has come.
CREATE TABLE dossier (
	id         TEXT   NOT NULL PRIMARY KEY,
	year       BIGINT NOT NULL, -- fiscal year it is about
	controls   TEXT   NOT NULL, -- JSON: their codes; [] all of the statement of applicability
	state      TEXT   NOT NULL, -- asked, making, done, broken
	asked_by   TEXT   NOT NULL,
	asked_name TEXT   NOT NULL,
	asked_us   BIGINT NOT NULL,
	made       BIGINT NOT NULL, -- steps done ...
	steps      BIGINT NOT NULL, -- ... of so many
	files      BIGINT NOT NULL,
	bytes      BIGINT NOT NULL,
	sums       TEXT   NOT NULL, -- SHA-256 of its SHA256SUMS; empty until it is whole
	changed_us BIGINT NOT NULL  -- when this row was written last: a making that stands still for long has ended
);
CREATE INDEX dossier_asked ON dossier (asked_us);

-- The article of a regulation that governs a version of settings: JSON, empty where none is named.
ALTER TABLE config_version ADD COLUMN ground TEXT NOT NULL DEFAULT '';
