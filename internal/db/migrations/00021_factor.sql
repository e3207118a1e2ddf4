-- +goose Up

-- What people prove themselves with besides a password: keys (WebAuthn) and codes (TOTP).
ALTER TABLE person ADD COLUMN handle TEXT NOT NULL DEFAULT '';      -- of their keys, random; empty: none made yet
ALTER TABLE person ADD COLUMN codes BIGINT NOT NULL DEFAULT 0;      -- 1: an administrator allows codes
CREATE TABLE factor (
	id         TEXT   NOT NULL PRIMARY KEY,
	login      TEXT   NOT NULL REFERENCES person (login),
	kind       TEXT   NOT NULL,        -- webauthn or totp
	label      TEXT   NOT NULL,        -- what its person calls it
	credential TEXT   NOT NULL UNIQUE, -- id of a key; the factor's own of a code
	secret     TEXT   NOT NULL,        -- of a key: its public half, JSON; of a code: sealed, with a key that is not in the database
	step       BIGINT NOT NULL,        -- of a code: the last one used
	created_at BIGINT NOT NULL,
	used_at    BIGINT NOT NULL,
	removed_at BIGINT NOT NULL         -- 0: in use
);
CREATE INDEX factor_login ON factor (login);

-- An exchange with an authenticator, half done: the challenge that was given out. Used once.
CREATE TABLE ceremony (
	session    TEXT   NOT NULL, -- id
	kind       TEXT   NOT NULL, -- create, ask or code
	state      TEXT   NOT NULL,
	expires_at BIGINT NOT NULL,
	PRIMARY KEY (session, kind)
);

-- Kind "half": the password was right, the second factor is still to come; it opens nothing else.
ALTER TABLE session ADD COLUMN factor TEXT NOT NULL DEFAULT '';        -- id of the factor that was proved; empty: the password alone
ALTER TABLE session ADD COLUMN proved_at BIGINT NOT NULL DEFAULT 0;    -- when the person last proved themselves
ALTER TABLE session ADD COLUMN confirmed_at BIGINT NOT NULL DEFAULT 0; -- of a token: when its person confirmed it
ALTER TABLE session ADD COLUMN old_hash TEXT NOT NULL DEFAULT '';      -- the token before the last change of it, good until
ALTER TABLE session ADD COLUMN old_until BIGINT NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN end_reason TEXT NOT NULL DEFAULT '';    -- told to whoever still holds the token
CREATE INDEX session_old ON session (old_hash) WHERE old_hash <> '';

-- Somebody who lost their factors: one person asks, another approves, each holds half of a code.
CREATE TABLE recovery (
	id           TEXT   NOT NULL PRIMARY KEY,
	login        TEXT   NOT NULL REFERENCES person (login),
	reason       TEXT   NOT NULL,
	state        TEXT   NOT NULL, -- waiting, approved, refused, used
	first        TEXT   NOT NULL, -- SHA-256 of the half of who asked
	second       TEXT   NOT NULL, -- likewise of who approved; empty: not yet
	requested_by TEXT   NOT NULL,
	requested_at BIGINT NOT NULL,
	decided_by   TEXT   NOT NULL,
	decided_at   BIGINT NOT NULL,
	expires_at   BIGINT NOT NULL  -- of the request while it waits, then of the code
);
CREATE INDEX recovery_login ON recovery (login);

-- The link of the first start, by which the first two people are made.
CREATE TABLE start_link (
	hash       TEXT   NOT NULL PRIMARY KEY, -- SHA-256 of its code
	expires_at BIGINT NOT NULL
);
