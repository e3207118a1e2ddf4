-- +goose Up

-- To whom a digest of which day went, or did not.
CREATE TABLE digest (
	login   TEXT   NOT NULL,
	day     TEXT   NOT NULL, -- 2017-06-01
	state   TEXT   NOT NULL, -- sending, sent, nothing (was owed), failed (is tried again), given_up, unknown (it may have gone)
	tries   BIGINT NOT NULL,
	next_us BIGINT NOT NULL, -- when to try again
	at_us   BIGINT NOT NULL, -- of the last change
	PRIMARY KEY (login, day)
);
CREATE INDEX digest_day ON digest (day, state);
