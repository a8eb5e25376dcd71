-- What was purged: of such a file there is its digest, and the event that says who did it, when and why.
CREATE TABLE tombstones (
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    evaluation TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (digest, evaluation, seq),
    FOREIGN KEY (evaluation, seq) REFERENCES events (evaluation, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER tombstones_name_their_event BEFORE INSERT ON tombstones
WHEN NOT EXISTS (
    SELECT 1 FROM events
    WHERE evaluation = NEW.evaluation AND seq = NEW.seq
        AND instr(payload, '"what":"files-purged"') > 0 AND instr(payload, lower(hex(NEW.digest))) > 0
)
BEGIN SELECT RAISE(ABORT, 'what is purged is named by an event'); END;
CREATE TRIGGER tombstones_are_not_changed BEFORE UPDATE ON tombstones
BEGIN SELECT RAISE(ABORT, 'tombstones are never changed'); END;
CREATE TRIGGER tombstones_are_not_removed BEFORE DELETE ON tombstones
BEGIN SELECT RAISE(ABORT, 'tombstones are never removed'); END;

-- Only what has a tombstone may go.
DROP TRIGGER attachments_are_not_removed;
CREATE TRIGGER attachments_are_not_removed BEFORE DELETE ON attachments
WHEN NOT EXISTS (SELECT 1 FROM tombstones WHERE digest = OLD.digest)
BEGIN SELECT RAISE(ABORT, 'attachments are never removed'); END;

-- While there is a row, what was purged may still lie in parts of the file that nothing uses.
CREATE TABLE sweeps (due INTEGER PRIMARY KEY) STRICT;
