-- +goose Up

-- The chain: rows from before it have neither.
ALTER TABLE audit ADD COLUMN written BIGINT NOT NULL DEFAULT 0; -- when the row was written; at is when it happened
ALTER TABLE audit ADD COLUMN hash BYTEA;                        -- SHA-256 over the hash before and this row

-- Which row of the audit log holds the segment's root, in its Merkle tree: '' none yet, 'before' it came
-- into the index before there was such a row.
ALTER TABLE segment ADD COLUMN rooted TEXT NOT NULL DEFAULT 'before';
ALTER TABLE segment ADD COLUMN root_path BYTEA; -- place in the tree, number of leaves, audit path (RFC 6962 2.1.1)
CREATE INDEX segment_unrooted ON segment (camera) WHERE rooted = '';
