-- +goose Up

-- From when on a deadline is told: 0 at once; what goes further up is told when it is late.
ALTER TABLE record_due ADD COLUMN told_us BIGINT NOT NULL DEFAULT 0;
