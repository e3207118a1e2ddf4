-- +goose Up

-- One value per name, for what needs no table of its own.
CREATE TABLE setting (
	name  TEXT NOT NULL PRIMARY KEY,
	value TEXT NOT NULL
);

-- A counter per topic: it rises when what the topic stands for has changed.
CREATE TABLE signal (
	topic TEXT   NOT NULL PRIMARY KEY,
	n     BIGINT NOT NULL
);

-- A process that may hold leases. beat rises while it lives; run rises at each of its starts.
CREATE TABLE node (
	name TEXT   NOT NULL PRIMARY KEY,
	role TEXT   NOT NULL,
	addr TEXT   NOT NULL, -- where other nodes reach it: host:port of its relay
	run  BIGINT NOT NULL,
	beat BIGINT NOT NULL,
	up   BIGINT NOT NULL  -- 0: it ended in good order
);

-- Who does it. A lease stands while its holder's run is the node's and the node's beat rises.
CREATE TABLE lease (
	name   TEXT   NOT NULL PRIMARY KEY,
	holder TEXT   NOT NULL, -- a node's name; empty: released
	run    BIGINT NOT NULL,
	epoch  BIGINT NOT NULL  -- rises at each take-over, never falls
);
CREATE INDEX lease_holder ON lease (holder, run);
