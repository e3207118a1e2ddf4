-- +goose Up

-- How a person likes to work. Without a row the defaults hold.
CREATE TABLE desk_setting (
	login      TEXT   NOT NULL PRIMARY KEY REFERENCES person (login),
	language   TEXT   NOT NULL, -- ja, en; empty: as the browser asks
	calendar   TEXT   NOT NULL, -- western, era, both
	start_page TEXT   NOT NULL,
	overlay    BIGINT NOT NULL, -- 1: name and time lie over pictures
	changed_at BIGINT NOT NULL
);

-- A wall somebody saved. It names cameras and gives no right to them.
CREATE TABLE desk_set (
	id         TEXT   NOT NULL PRIMARY KEY,
	login      TEXT   NOT NULL REFERENCES person (login),
	name       TEXT   NOT NULL,
	layout     TEXT   NOT NULL, -- 1, 4, 9, 16, 25, floor
	cameras    TEXT   NOT NULL, -- JSON: camera ids by place; empty: an empty place
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL
);
CREATE INDEX desk_set_login ON desk_set (login, created_at);
