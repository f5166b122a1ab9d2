-- The first schema of a book. Days are ISO dates; lists and records are JSON; flags are 0 or 1.

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE documents (
    document INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    url TEXT,
    origin INTEGER NOT NULL REFERENCES documents (document)
) STRICT;
CREATE INDEX documents_by_url ON documents (url) WHERE url IS NOT NULL;
CREATE INDEX documents_by_origin ON documents (origin);

CREATE TABLE versions (
    version INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (document),
    number INTEGER NOT NULL,
    current INTEGER NOT NULL,
    digest TEXT NOT NULL,
    title TEXT,
    outlet TEXT,
    kind TEXT NOT NULL,
    issuer TEXT,
    published_from TEXT,
    published_to TEXT,
    published_basis TEXT NOT NULL,
    superseded_on TEXT,
    seen TEXT,
    grammar TEXT NOT NULL,
    facts TEXT NOT NULL,
    people TEXT NOT NULL,
    gaps TEXT NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (document, digest)
) STRICT;
CREATE UNIQUE INDEX versions_current ON versions (document) WHERE current = 1;
CREATE INDEX versions_by_day ON versions (published_to) WHERE current = 1;

CREATE TABLE mentions (
    mention INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL REFERENCES versions (version),
    kind TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    rule TEXT NOT NULL,
    grammar TEXT NOT NULL,
    retired INTEGER NOT NULL DEFAULT 0,
    wordings TEXT NOT NULL,
    payload TEXT NOT NULL
) STRICT;
CREATE INDEX mentions_by_version ON mentions (version, span_start);

-- Where mentions meet: in each block, the head of the group that a mention belongs to there.
CREATE TABLE blocks (
    kind TEXT NOT NULL,
    block TEXT NOT NULL,
    mention INTEGER NOT NULL REFERENCES mentions (mention),
    head INTEGER NOT NULL REFERENCES mentions (mention),
    PRIMARY KEY (kind, block, mention)
) STRICT, WITHOUT ROWID;
CREATE INDEX blocks_by_mention ON blocks (mention);
CREATE INDEX blocks_by_head ON blocks (head);

CREATE TABLE entries (
    entry INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('live', 'withdrawn', 'merged')),
    merged_into TEXT,
    type TEXT,
    status TEXT,
    day_from TEXT,
    day_to TEXT,
    first_published TEXT,
    last_published TEXT,
    printed_first TEXT,
    printed_last TEXT,
    changing INTEGER NOT NULL DEFAULT 0,
    origins INTEGER NOT NULL DEFAULT 0,
    title TEXT NOT NULL,
    words TEXT NOT NULL,
    payload TEXT NOT NULL
) STRICT;
CREATE INDEX entries_by_kind ON entries (kind, day_from) WHERE state = 'live';
CREATE INDEX entries_printed ON entries (kind, printed_first);

CREATE TABLE links (
    mention INTEGER NOT NULL REFERENCES mentions (mention),
    entry INTEGER NOT NULL REFERENCES entries (entry),
    revoked INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (mention, entry)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX links_standing ON links (mention) WHERE revoked = 0;
CREATE INDEX links_by_entry ON links (entry, mention);

CREATE TABLE entry_parties (
    party TEXT NOT NULL,
    entry INTEGER NOT NULL REFERENCES entries (entry),
    PRIMARY KEY (party, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_parties_by_entry ON entry_parties (entry);

CREATE TABLE entry_topics (
    topic TEXT NOT NULL,
    entry INTEGER NOT NULL REFERENCES entries (entry),
    PRIMARY KEY (topic, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_topics_by_entry ON entry_topics (entry);

-- Persons of an entry: the ids of person entries, and the folded words of their names.
CREATE TABLE entry_people (
    person TEXT NOT NULL,
    entry INTEGER NOT NULL REFERENCES entries (entry),
    PRIMARY KEY (person, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_people_by_entry ON entry_people (entry);

-- References from one entry to another: a readout to its engagement.
CREATE TABLE entry_references (
    entry INTEGER NOT NULL REFERENCES entries (entry),
    target TEXT NOT NULL,
    PRIMARY KEY (entry, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_references_by_target ON entry_references (target);

-- Near-duplicates: the bands in which texts meet, and the pairs that were confirmed.
CREATE TABLE bands (
    band INTEGER NOT NULL,
    document INTEGER NOT NULL REFERENCES documents (document),
    PRIMARY KEY (band, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX bands_by_document ON bands (document);

CREATE TABLE copies (
    document INTEGER NOT NULL REFERENCES documents (document),
    other INTEGER NOT NULL REFERENCES documents (document),
    resemblance REAL NOT NULL,
    containment REAL NOT NULL,
    PRIMARY KEY (document, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX copies_by_other ON copies (other);

-- What was stored and is not linked yet. A run that was killed is completed from here.
CREATE TABLE pending_mentions (
    mention INTEGER PRIMARY KEY REFERENCES mentions (mention)
) STRICT;
CREATE TABLE pending_documents (
    document INTEGER PRIMARY KEY REFERENCES documents (document)
) STRICT;

CREATE VIRTUAL TABLE document_words USING fts5 (
    title, text, content = 'versions', content_rowid = 'version', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE entry_words USING fts5 (
    title, words, content = 'entries', content_rowid = 'entry', tokenize = 'porter unicode61 remove_diacritics 2'
);

CREATE VIEW current_documents AS
SELECT d.id, d.url, o.id AS origin, v.title, v.outlet, v.kind, v.issuer, v.published_from, v.published_to,
       v.published_basis, v.number AS version, v.digest, v.seen, v.text
FROM documents AS d
JOIN versions AS v ON v.document = d.document AND v.current = 1
JOIN documents AS o ON o.document = d.origin;

CREATE VIEW current_mentions AS
SELECT m.id, m.kind, d.id AS document, m.span_start, m.span_end, m.rule, m.wordings, m.payload,
       substr(v.text, m.span_start + 1, m.span_end - m.span_start) AS evidence
FROM mentions AS m
JOIN versions AS v ON v.version = m.version AND v.current = 1
JOIN documents AS d ON d.document = v.document
WHERE m.retired = 0;

CREATE VIEW current_entries AS
SELECT e.id, e.kind, e.type, e.status, e.day_from, e.day_to, e.first_published, e.last_published, e.origins,
       (SELECT group_concat(party, ' ') FROM entry_parties AS p WHERE p.entry = e.entry) AS parties,
       (SELECT group_concat(topic, ' ') FROM entry_topics AS t WHERE t.entry = e.entry) AS topics,
       e.title, e.payload
FROM entries AS e
WHERE e.state = 'live';

CREATE VIEW evidence AS
SELECT e.id AS entry, e.kind, m.id AS mention, d.id AS document, v.published_from, v.published_to, v.outlet,
       m.span_start, m.span_end, m.rule,
       substr(v.text, m.span_start + 1, m.span_end - m.span_start) AS evidence
FROM entries AS e
JOIN links AS l ON l.entry = e.entry AND l.revoked = 0
JOIN mentions AS m ON m.mention = l.mention
JOIN versions AS v ON v.version = m.version AND v.current = 1
JOIN documents AS d ON d.document = v.document
WHERE e.state = 'live';
