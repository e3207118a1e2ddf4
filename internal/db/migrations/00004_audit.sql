-- +goose Up

-- Who did what. Rows are only ever added: what happens to a view later is a row of its own.
CREATE TABLE audit (
	seq     BIGINT NOT NULL PRIMARY KEY, -- 1, 2, 3, … without a hole: the order of the log
	id      TEXT   NOT NULL UNIQUE,
	at      BIGINT NOT NULL, -- when it happened
	node    TEXT   NOT NULL, -- where, and ...
	process TEXT   NOT NULL, -- ... in which of its lives
	actor   TEXT   NOT NULL, -- a login; as typed where nobody signed in
	session TEXT   NOT NULL, -- its public id
	source  TEXT   NOT NULL, -- network address
	action  TEXT   NOT NULL,
	outcome TEXT   NOT NULL, -- ok, refused, failed
	camera  TEXT   NOT NULL,
	stream  TEXT   NOT NULL,
	footage BIGINT NOT NULL, -- 0: live, or not about footage
	purpose TEXT   NOT NULL,
	detail  TEXT   NOT NULL,
	refers  TEXT   NOT NULL, -- id of the row this one is about; empty: none
	ranges  TEXT   NOT NULL  -- JSON [{"from","to"}]: footage really seen
);
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_camera ON audit (camera, at);
CREATE INDEX audit_actor ON audit (actor, at);
CREATE INDEX audit_refers ON audit (refers);
CREATE INDEX audit_action ON audit (action, node);
