-- +goose Up

-- People. Rows are never deleted: views and records name their login for years.
CREATE TABLE person (
	login      TEXT   NOT NULL PRIMARY KEY, -- [a-z0-9._-]{1,64}
	name       TEXT   NOT NULL,
	kana       TEXT   NOT NULL,
	password   TEXT   NOT NULL, -- argon2id in PHC notation; empty: no password sign-in
	disabled   BIGINT NOT NULL, -- 1: may not sign in
	created_at BIGINT NOT NULL
);

-- The organisation as the accepted files say; a unit they no longer name stays for old rows.
CREATE TABLE unit (
	id         TEXT   NOT NULL PRIMARY KEY,
	name       TEXT   NOT NULL,
	kind       TEXT   NOT NULL,
	parent     TEXT   NOT NULL, -- empty: a 部
	position   BIGINT NOT NULL, -- 建制順
	from_at    BIGINT NOT NULL,
	to_at      BIGINT NOT NULL,
	successors TEXT   NOT NULL  -- JSON: unit ids
);

-- Who holds which post, where and when. Rights follow from these rows alone.
CREATE TABLE appointment (
	id           TEXT   NOT NULL PRIMARY KEY,
	login        TEXT   NOT NULL REFERENCES person (login),
	post         TEXT   NOT NULL,
	unit         TEXT   NOT NULL, -- empty for posts that belong to the whole ward
	from_at      BIGINT NOT NULL,
	to_at        BIGINT NOT NULL,
	state        TEXT   NOT NULL, -- accepted, waiting (for a second person), refused
	requested_by TEXT   NOT NULL,
	requested_at BIGINT NOT NULL,
	decided_by   TEXT   NOT NULL, -- who approved or refused; empty where nobody had to
	decided_at   BIGINT NOT NULL
);
CREATE INDEX appointment_login ON appointment (login);

-- Signed-in browsers and API tokens. The token itself is nowhere: hash is its SHA-256.
CREATE TABLE session (
	hash       TEXT   NOT NULL PRIMARY KEY,
	id         TEXT   NOT NULL UNIQUE, -- what logs and lists name
	kind       TEXT   NOT NULL,        -- session or token
	login      TEXT   NOT NULL REFERENCES person (login),
	label      TEXT   NOT NULL,        -- of a token: what it is for
	source     TEXT   NOT NULL,        -- where it was made: an IP address, or the minter of a token
	purpose    TEXT   NOT NULL,        -- stated for this session; empty: not stated
	created_at BIGINT NOT NULL,
	acted_at   BIGINT NOT NULL,        -- last request of the person
	used_at    BIGINT NOT NULL,        -- last request, or a picture that was playing
	expires_at BIGINT NOT NULL,
	ended_at   BIGINT NOT NULL         -- 0: not ended by anyone
);
CREATE INDEX session_login ON session (login);

-- Limits on guessing, a generic cell rate: due is when the bucket will be empty of guesses again.
CREATE TABLE signin_bucket (
	name TEXT   NOT NULL PRIMARY KEY, -- SHA-256 of "login NAME" or "from ADDRESS"
	due  BIGINT NOT NULL
);
