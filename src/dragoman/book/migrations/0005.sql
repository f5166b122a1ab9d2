-- What annotators other than Dragoman find in the texts, under their own names and never among the mentions.

CREATE TABLE annotators (
    annotator INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    UNIQUE (name, version)
) STRICT;

-- The texts that an annotator has read.
CREATE TABLE annotated (
    annotator INTEGER NOT NULL REFERENCES annotators (annotator),
    version INTEGER NOT NULL REFERENCES versions (version),
    dropped INTEGER NOT NULL,
    PRIMARY KEY (annotator, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX annotated_by_version ON annotated (version);

CREATE TABLE annotations (
    annotator INTEGER NOT NULL REFERENCES annotators (annotator),
    version INTEGER NOT NULL REFERENCES versions (version),
    place INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    label TEXT NOT NULL,
    confidence REAL,
    payload TEXT NOT NULL,
    PRIMARY KEY (annotator, version, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX annotations_by_version ON annotations (version);
