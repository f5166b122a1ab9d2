-- Blocks by number: a hash of kind and name takes a third of the room of the name. What was linked is linked anew.

DROP TABLE blocks;

CREATE TABLE blocks (
    block INTEGER NOT NULL,
    mention INTEGER NOT NULL,
    head INTEGER NOT NULL,
    PRIMARY KEY (block, mention)
) STRICT, WITHOUT ROWID;
CREATE INDEX blocks_by_mention ON blocks (mention);

-- The bands of a text that is not linked yet, as the process that read it found them.
ALTER TABLE pending_documents ADD COLUMN bands TEXT;
