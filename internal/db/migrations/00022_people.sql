-- +goose Up

ALTER TABLE person ADD COLUMN number TEXT NOT NULL DEFAULT ''; -- 職員番号; empty: none
CREATE UNIQUE INDEX person_number ON person (number) WHERE number <> '';
ALTER TABLE appointment ADD COLUMN kind TEXT NOT NULL DEFAULT 'regular'; -- regular 本務, concurrent 兼務, acting 事務取扱
CREATE INDEX appointment_waiting ON appointment (requested_at) WHERE state = 'waiting';
