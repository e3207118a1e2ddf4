-- +goose Up

-- Files that people attach to records. The content of each is an object under attachments/, by hash and id; it was
-- there before the row. What a record says of its files stands in its values, so that every version keeps its own.
CREATE TABLE record_file (
	id         TEXT   NOT NULL PRIMARY KEY,
	kind       TEXT   NOT NULL,
	field      TEXT   NOT NULL,
	name       TEXT   NOT NULL,
	type       TEXT   NOT NULL,
	size       BIGINT NOT NULL, -- bytes
	sha256     TEXT   NOT NULL,
	scan       TEXT   NOT NULL, -- 'clean': a scanner found nothing; '' no scanner looked
	actor      TEXT   NOT NULL,
	actor_name TEXT   NOT NULL, -- with the post, then
	at_us      BIGINT NOT NULL,
	state      TEXT   NOT NULL, -- waiting (for its record), kept, leaving
	record     TEXT   NOT NULL, -- '' while it waits
	version    BIGINT NOT NULL  -- of the record, that it came with
);
CREATE INDEX record_file_state ON record_file (state, at_us);
CREATE INDEX record_file_record ON record_file (record);
