-- Cost by what is new: a large book is counted, linked and folded without looking at all of it.

-- Weak blocks in which too many meet to say anything: how many do.
CREATE TABLE crowded (
    block INTEGER PRIMARY KEY,
    members INTEGER NOT NULL
) STRICT;

-- Mentions of a person that say the same of all that linking and folding look at are of one form, which is linked as one.
CREATE TABLE forms (
    form INTEGER PRIMARY KEY,
    mention INTEGER NOT NULL REFERENCES mentions (mention),
    entry INTEGER REFERENCES entries (entry)
) STRICT;
CREATE INDEX forms_by_entry ON forms (entry);
CREATE INDEX forms_by_mention ON forms (mention);

-- The mentions of a form by day of publication, with what folding counts of their documents.
CREATE TABLE form_mentions (
    form INTEGER NOT NULL,
    published TEXT NOT NULL,
    mention INTEGER NOT NULL REFERENCES mentions (mention),
    document INTEGER NOT NULL REFERENCES documents (document),
    published_from TEXT,
    published_to TEXT,
    current INTEGER NOT NULL,
    PRIMARY KEY (form, published, mention)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX form_mentions_by_mention ON form_mentions (mention);

DELETE FROM blocks WHERE mention IN (SELECT mention FROM mentions WHERE kind = 'person');

CREATE INDEX mentions_retired ON mentions (version) WHERE retired = 1;
CREATE INDEX versions_by_grammar ON versions (grammar);
