-- Corrections: what persons decided, and the mentions in which each is found again.

CREATE TABLE corrections (
    correction INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    turn INTEGER NOT NULL,
    action TEXT NOT NULL,
    kind TEXT NOT NULL,
    author TEXT NOT NULL,
    made TEXT NOT NULL,
    reason TEXT NOT NULL,
    revoked_by TEXT,
    revoked_at TEXT,
    revoked_why TEXT,
    standing TEXT NOT NULL,
    detail TEXT NOT NULL,
    payload TEXT NOT NULL
) STRICT;
CREATE INDEX corrections_by_turn ON corrections (turn, id);

-- The ids and urls of the documents that a correction is about.
CREATE TABLE correction_documents (
    name TEXT NOT NULL,
    correction INTEGER NOT NULL REFERENCES corrections (correction),
    PRIMARY KEY (name, correction)
) STRICT, WITHOUT ROWID;

-- Where a correction is found now; the mentions that lead name the entry that it is about.
CREATE TABLE correction_anchors (
    correction INTEGER NOT NULL REFERENCES corrections (correction),
    side INTEGER NOT NULL,
    place INTEGER NOT NULL,
    mention INTEGER NOT NULL REFERENCES mentions (mention),
    leads INTEGER NOT NULL,
    PRIMARY KEY (correction, side, place, mention)
) STRICT, WITHOUT ROWID;
CREATE INDEX correction_anchors_by_mention ON correction_anchors (mention);

ALTER TABLE entries ADD COLUMN verdict TEXT;
