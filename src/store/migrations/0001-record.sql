-- The log of every evaluation: appended to, never changed.
CREATE TABLE events (
    evaluation TEXT NOT NULL,
    seq INTEGER NOT NULL CHECK (seq >= 1),
    payload TEXT NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (evaluation, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE evaluations (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE
) STRICT;

-- What events name by digest: criteria sets, sheets as they came, and the answers read from them.
CREATE TABLE attachments (
    digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
    bytes BLOB NOT NULL
) STRICT;

CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER events_are_not_removed BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;
CREATE TRIGGER evaluations_are_not_changed BEFORE UPDATE ON evaluations
BEGIN SELECT RAISE(ABORT, 'evaluations are never renamed'); END;
CREATE TRIGGER evaluations_are_not_removed BEFORE DELETE ON evaluations
BEGIN SELECT RAISE(ABORT, 'evaluations are never removed'); END;
CREATE TRIGGER attachments_are_not_changed BEFORE UPDATE ON attachments
BEGIN SELECT RAISE(ABORT, 'attachments are never changed'); END;
CREATE TRIGGER attachments_are_not_removed BEFORE DELETE ON attachments
BEGIN SELECT RAISE(ABORT, 'attachments are never removed'); END;
