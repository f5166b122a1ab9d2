-- The last documents of a large book are found without looking at all of them.

CREATE INDEX versions_latest ON versions ((coalesce(published_from, published_to, ''))) WHERE current = 1;
