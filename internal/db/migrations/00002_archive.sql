-- +goose Up

-- A feed that was ever recorded.
CREATE TABLE feed (
	camera   TEXT   NOT NULL,
	stream   TEXT   NOT NULL,
	first_us BIGINT NOT NULL, -- when it was first asked for, or its earliest footage
	node     TEXT   NOT NULL, -- who recorded it last
	bytes    BIGINT NOT NULL, -- of stored segments that are not exempt from the quota
	PRIMARY KEY (camera, stream)
);

-- A stored object. 'stored' rows of one feed never overlap. 'hidden' ones are being deleted.
-- 'quarantined' ones are kept but not shown, and cause says why.
CREATE TABLE segment (
	camera    TEXT   NOT NULL,
	stream    TEXT   NOT NULL,
	start_us  BIGINT NOT NULL,
	end_us    BIGINT NOT NULL,
	run_us    BIGINT NOT NULL,
	seq       BIGINT NOT NULL,
	epoch     BIGINT NOT NULL, -- of the lease under which it was recorded
	key       TEXT   NOT NULL,
	size      BIGINT NOT NULL,
	root      BYTEA  NOT NULL,
	track     BYTEA  NOT NULL,
	fragments BYTEA  NOT NULL,
	activity  BYTEA  NOT NULL,
	clock_us  BIGINT NOT NULL, -- the camera's clock minus ours
	state     TEXT   NOT NULL,
	cause     TEXT   NOT NULL,
	exempt    BIGINT NOT NULL, -- 1: the quota passes it over
	PRIMARY KEY (camera, stream, start_us, key)
);
CREATE INDEX segment_unseen ON segment (state, camera, stream, start_us) WHERE state <> 'stored';

-- What is recorded, joined where it is contiguous: the union of the feed's 'stored' segments.
CREATE TABLE span (
	camera  TEXT   NOT NULL,
	stream  TEXT   NOT NULL,
	from_us BIGINT NOT NULL,
	to_us   BIGINT NOT NULL,
	PRIMARY KEY (camera, stream, from_us)
) /*sqlite WITHOUT ROWID */;

-- What is not, and why. Gaps of one feed overlap neither each other nor its spans.
CREATE TABLE gap (
	camera  TEXT   NOT NULL,
	stream  TEXT   NOT NULL,
	from_us BIGINT NOT NULL,
	to_us   BIGINT NOT NULL,
	cause   TEXT   NOT NULL,
	PRIMARY KEY (camera, stream, from_us)
) /*sqlite WITHOUT ROWID */;

-- Footage that must not be deleted.
CREATE TABLE hold (
	id       TEXT   NOT NULL PRIMARY KEY,
	camera   TEXT   NOT NULL,
	from_us  BIGINT NOT NULL,
	to_us    BIGINT NOT NULL,
	reason   TEXT   NOT NULL,
	until_us BIGINT          -- NULL: until it is released
);
CREATE INDEX hold_camera ON hold (camera, from_us);
