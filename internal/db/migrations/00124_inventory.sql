-- +goose Up

-- What the post gave on the day of アクセス権棚卸.
ALTER TABLE rights_line ADD COLUMN actions TEXT NOT NULL DEFAULT '';    -- on footage, with spaces between; empty: no footage
ALTER TABLE rights_line ADD COLUMN cameras BIGINT NOT NULL DEFAULT 0;   -- of which somebody saw footage by it
