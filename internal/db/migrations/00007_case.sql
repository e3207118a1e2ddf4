-- +goose Up

-- The number of the case somebody looks into: stated with the purpose, kept with every view.
ALTER TABLE session ADD COLUMN case_ref TEXT NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN case_ref TEXT NOT NULL DEFAULT '';
