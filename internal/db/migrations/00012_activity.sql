-- +goose Up

-- How much moves in a segment, in bytes of non-key pictures per second; -1: not weighed yet. The
-- index answers for a month without touching a row.
ALTER TABLE segment ADD COLUMN mean BIGINT NOT NULL DEFAULT -1;
ALTER TABLE segment ADD COLUMN peak BIGINT NOT NULL DEFAULT -1; -- of its liveliest three seconds
CREATE INDEX segment_activity ON segment (camera, stream, start_us, end_us, mean, peak) WHERE state = 'stored';
CREATE INDEX segment_unweighed ON segment (camera) WHERE mean < 0;
