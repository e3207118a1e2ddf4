-- +goose Up

-- What somebody may, or may not, see besides what their posts say: for a limited time, decided by two.
CREATE TABLE access_grant (
	id           TEXT   NOT NULL PRIMARY KEY,
	kind         TEXT   NOT NULL, -- grant, denial or emergency
	login        TEXT   NOT NULL REFERENCES person (login),
	cameras      TEXT   NOT NULL, -- ids, JSON; empty: those of the unit, or all in an emergency
	unit         TEXT   NOT NULL, -- id; empty: none
	actions      TEXT   NOT NULL, -- JSON; of a denial empty
	from_at      BIGINT NOT NULL,
	to_at        BIGINT NOT NULL, -- of one that was ended: when
	reason       TEXT   NOT NULL,
	case_ref     TEXT   NOT NULL,
	state        TEXT   NOT NULL, -- waiting, accepted or refused
	requested_by TEXT   NOT NULL,
	requested_at BIGINT NOT NULL,
	decided_by   TEXT   NOT NULL,
	decided_at   BIGINT NOT NULL,
	ended_by     TEXT   NOT NULL, -- who withdrew it; empty: nobody, it ends by itself
	finding      TEXT   NOT NULL, -- of an emergency: what its review found
	reviewed_by  TEXT   NOT NULL,
	reviewed_at  BIGINT NOT NULL
);
CREATE INDEX access_grant_login ON access_grant (login);
CREATE INDEX access_grant_state ON access_grant (state);
