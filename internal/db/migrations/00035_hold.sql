-- +goose Up

-- 保全台帳: who had footage kept from being erased, until when and why, and how that ended. What retention
-- obeys is the row of the same id in hold, written in the same transaction.
CREATE TABLE held (
	id          TEXT   NOT NULL PRIMARY KEY,
	camera      TEXT   NOT NULL,
	from_us     BIGINT NOT NULL, -- of the footage
	to_us       BIGINT NOT NULL,
	reason      TEXT   NOT NULL,
	case_ref    TEXT   NOT NULL, -- number of the case; empty: none
	until_us    BIGINT NOT NULL, -- then it ends by itself
	placed_by   TEXT   NOT NULL, -- a login
	placed_at   BIGINT NOT NULL,
	extended_by TEXT   NOT NULL, -- who did last; empty: nobody
	extended_at BIGINT NOT NULL,
	asked_by    TEXT   NOT NULL, -- who asks that it be released; empty: nobody
	asked_at    BIGINT NOT NULL,
	asked_why   TEXT   NOT NULL,
	released_by TEXT   NOT NULL, -- the second person; empty: it was not
	released_at BIGINT NOT NULL
);
CREATE INDEX held_placed ON held (placed_at);
CREATE INDEX held_camera ON held (camera, from_us);
