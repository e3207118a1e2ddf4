-- +goose Up

-- People of the ward's directory: it says who they are, and they have no password here.
ALTER TABLE person ADD COLUMN directory BIGINT NOT NULL DEFAULT 0; -- 1: one of them
ALTER TABLE person ADD COLUMN subject TEXT NOT NULL DEFAULT '';    -- of OpenID Connect, kept at their first sign-in: a login that is given to somebody else opens nothing
