-- The log of the house: who may come in, and who tried. Appended to, never changed.
CREATE TABLE house_events (
    seq INTEGER PRIMARY KEY CHECK (seq >= 1),
    payload TEXT NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TRIGGER house_events_are_not_changed BEFORE UPDATE ON house_events
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER house_events_are_not_removed BEFORE DELETE ON house_events
BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;

-- What lets people in. These change and go; that they did is said in the log. Of secrets there is only the digest.
CREATE TABLE passwords (
    login TEXT PRIMARY KEY,
    phc TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    fingerprint BLOB PRIMARY KEY CHECK (length(fingerprint) = 32),
    login TEXT NOT NULL,
    made INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    confirmed INTEGER NOT NULL,
    device TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_of ON sessions (login);

CREATE TABLE tokens (
    fingerprint BLOB PRIMARY KEY CHECK (length(fingerprint) = 32),
    login TEXT NOT NULL,
    used INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX tokens_of ON tokens (login);

-- Links that work once: with them somebody sets their password. Without a name: the first administrator is set up.
CREATE TABLE links (
    fingerprint BLOB PRIMARY KEY CHECK (length(fingerprint) = 32),
    login TEXT NOT NULL,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX links_of ON links (login);
