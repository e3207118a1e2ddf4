-- +goose Up

-- Views by who looked at what, so that those of a day are counted without being read.
CREATE INDEX audit_views ON audit (actor, camera, at) WHERE outcome = 'ok' AND action IN ('view.live', 'view.past');
-- The rows of a camera, newest first.
CREATE INDEX audit_camera_seq ON audit (camera, seq);

-- Cases whose views heads are not told for the time being.
CREATE TABLE case_seal (
	case_ref    TEXT   NOT NULL PRIMARY KEY, -- as it is stated with a purpose
	reason      TEXT   NOT NULL,
	sealed_by   TEXT   NOT NULL,
	sealed_at   BIGINT NOT NULL,
	until_at    BIGINT NOT NULL, -- then views are told, unless somebody else extends it before
	extended_by TEXT   NOT NULL, -- by whom last; empty: nobody yet
	extended_at BIGINT NOT NULL,
	closed_by   TEXT   NOT NULL, -- empty: it is open
	closed_at   BIGINT NOT NULL
);

-- 閲覧監査: what was drawn of a month, once.
CREATE TABLE review_month (
	month   TEXT   NOT NULL PRIMARY KEY, -- YYYY-MM, in Japan
	seed    TEXT   NOT NULL,             -- with it the same is drawn again
	head    BIGINT NOT NULL,             -- the last row of the log that was looked at
	views   BIGINT NOT NULL,             -- in the month
	lookups BIGINT NOT NULL,             -- by auditors, in the log
	drawn   BIGINT NOT NULL
);
CREATE TABLE review_item (
	month    TEXT   NOT NULL REFERENCES review_month (month),
	n        BIGINT NOT NULL, -- from 1
	kind     TEXT   NOT NULL, -- view or lookup
	entry    TEXT   NOT NULL, -- id of the row in the log
	actor    TEXT   NOT NULL, -- whose it is
	why      TEXT   NOT NULL, -- with spaces between: hinted, sealed, random
	hints    TEXT   NOT NULL, -- JSON, as they were when it was drawn
	state    TEXT   NOT NULL, -- open, fine, asked, answered, found, done
	reviewer TEXT   NOT NULL, -- who decided or asked last; empty: nobody yet
	question TEXT   NOT NULL,
	asked    BIGINT NOT NULL,
	answer   TEXT   NOT NULL,
	answered BIGINT NOT NULL,
	finding  TEXT   NOT NULL, -- in order, remark, serious; empty: none yet
	words    TEXT   NOT NULL, -- of the finding
	decided  BIGINT NOT NULL, -- when it was found in order, or the finding was written
	measures TEXT   NOT NULL, -- what was done about it
	done     BIGINT NOT NULL,
	PRIMARY KEY (month, n)
);
CREATE INDEX review_item_actor ON review_item (actor, state);

-- アクセス権棚卸: who held what on a day, and what the heads say of it.
CREATE TABLE rights_review (
	id        TEXT   NOT NULL PRIMARY KEY,
	taken     BIGINT NOT NULL,
	taken_by  TEXT   NOT NULL,
	closed    BIGINT NOT NULL, -- 0: open
	closed_by TEXT   NOT NULL,
	remark    TEXT   NOT NULL
);
CREATE TABLE rights_line (
	review      TEXT   NOT NULL REFERENCES rights_review (id),
	n           BIGINT NOT NULL, -- from 1
	appointment TEXT   NOT NULL, -- id
	login       TEXT   NOT NULL,
	name        TEXT   NOT NULL,
	post        TEXT   NOT NULL,
	unit        TEXT   NOT NULL,
	from_at     BIGINT NOT NULL,
	to_at       BIGINT NOT NULL,
	state       TEXT   NOT NULL, -- open, confirmed, objected
	reason      TEXT   NOT NULL, -- of an objection
	decided_by  TEXT   NOT NULL,
	decided     BIGINT NOT NULL,
	PRIMARY KEY (review, n)
);
