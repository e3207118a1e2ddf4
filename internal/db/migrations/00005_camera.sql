-- +goose Up

-- Accepted and proposed versions of what people write in files (idea 5). Rows are never deleted;
-- files holds them as written, variables unresolved.
CREATE TABLE config_version (
	kind        TEXT   NOT NULL, -- cameras, policies
	number      BIGINT NOT NULL, -- from 1, per kind
	hash        TEXT   NOT NULL, -- SHA-256 of what the files say
	files       TEXT   NOT NULL, -- JSON: [{"name","data"}]
	state       TEXT   NOT NULL, -- accepted, waiting, withdrawn
	why         TEXT   NOT NULL, -- JSON: what it widens, as found when it was proposed
	proposed_by TEXT   NOT NULL, -- a login, or "files"
	proposed_at BIGINT NOT NULL,
	accepted_by TEXT   NOT NULL, -- a login, "first start", "narrows", "relaxed", or empty
	accepted_at BIGINT NOT NULL, -- 0: never
	PRIMARY KEY (kind, number)
);
