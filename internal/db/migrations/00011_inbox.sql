-- +goose Up

-- What somebody has read of what waits for them. What waits is in no table: the rooms derive it.
CREATE TABLE inbox_read (
	login   TEXT   NOT NULL,
	item    TEXT   NOT NULL,
	read_at BIGINT NOT NULL,
	PRIMARY KEY (login, item)
);
