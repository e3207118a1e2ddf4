-- +goose Up

-- The months of 閲覧監査 that are not settled.
CREATE INDEX review_item_unsettled ON review_item (month) WHERE state IN ('open', 'asked', 'answered', 'found');
