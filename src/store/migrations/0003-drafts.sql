-- What evaluators have typed and not filed yet. No part of the record: it changes, and nothing is computed from it.
CREATE TABLE drafts (
    evaluation TEXT NOT NULL,
    evaluator TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    content BLOB NOT NULL CHECK (length(content) <= 4194304),
    PRIMARY KEY (evaluation, evaluator)
) STRICT, WITHOUT ROWID;
