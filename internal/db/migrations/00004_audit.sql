-- +goose Up
CREATE TABLE audit (
	seq        BIGINT NOT NULL PRIMARY KEY,
	id         TEXT   NOT NULL UNIQUE,
	at_us      BIGINT NOT NULL,
	node       TEXT   NOT NULL,
	actor      TEXT   NOT NULL, -- login, as far as it is known
	session    TEXT   NOT NULL,
	source     TEXT   NOT NULL, -- network address
	action     TEXT   NOT NULL,
	outcome    TEXT   NOT NULL,
	camera     TEXT   NOT NULL,
	stream     TEXT   NOT NULL,
	footage_us BIGINT NOT NULL, -- instant asked for; 0: live
	purpose    TEXT   NOT NULL,
	refers     TEXT   NOT NULL, -- of a closing row: id of the row it closes
	ranges     TEXT   NOT NULL, -- of a closing row: what was seen, JSON [[from µs, to µs], …]
	detail     TEXT   NOT NULL
);
CREATE INDEX audit_camera ON audit (camera, seq);
CREATE INDEX audit_actor ON audit (actor, seq);
CREATE INDEX audit_refers ON audit (refers);

-- One row: the last number given. Counting here makes every append wait for the one before it.
CREATE TABLE audit_head (id BIGINT NOT NULL PRIMARY KEY, seq BIGINT NOT NULL);
INSERT INTO audit_head (id, seq) VALUES (1, 0);

-- Views that were opened and are not closed yet, so that a restart finds them without a search.
CREATE TABLE audit_open (id TEXT NOT NULL PRIMARY KEY, node TEXT NOT NULL);

-- +goose Down
DROP TABLE audit_open;
DROP TABLE audit_head;
DROP TABLE audit;
