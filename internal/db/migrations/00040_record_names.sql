-- +goose Up

-- The names of the people a record names, by login, as they were when that was written; JSON.
ALTER TABLE record ADD COLUMN names TEXT NOT NULL DEFAULT '{}';
ALTER TABLE record_version ADD COLUMN names TEXT NOT NULL DEFAULT '{}';
