-- +goose Up
CREATE TABLE feed_state (
	camera       TEXT   NOT NULL,
	stream       TEXT   NOT NULL,
	node         TEXT   NOT NULL,
	state        TEXT   NOT NULL,
	since_us     BIGINT NOT NULL,
	cause        TEXT   NOT NULL,
	bits_per_s   BIGINT NOT NULL,
	millifps     BIGINT NOT NULL,
	loss_ppm     BIGINT NOT NULL,
	written_us   BIGINT NOT NULL, -- end of what is in the spool or beyond; 0: nothing yet
	offset_us    BIGINT NOT NULL, -- camera clock ahead of ours
	reported_us  BIGINT NOT NULL,
	PRIMARY KEY (camera, stream)
);

-- +goose Down
DROP TABLE feed_state;
