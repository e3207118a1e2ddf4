-- +goose Up

-- Reminders of what people owe to records: one a day and person.
CREATE TABLE record_chase (
	login TEXT   NOT NULL,
	day   TEXT   NOT NULL, -- 2017-06-01, in Japan
	at_us BIGINT NOT NULL,
	asker TEXT   NOT NULL, -- login of who reminded
	until TEXT   NOT NULL, -- last day of what was meant
	PRIMARY KEY (login, day)
);
