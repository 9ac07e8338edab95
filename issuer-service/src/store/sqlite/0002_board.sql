-- What no completion stands behind: exemptions, and awards from their proposal to their diploma.

-- One document a place, in the same lists as the badges: `next` of the list counts the places of both.
CREATE TABLE documents (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('exemption', 'diploma')),
    holder TEXT NOT NULL,
    -- The digest of what was asked for; of a diploma, that of its plan.
    request TEXT NOT NULL,
    reference TEXT,
    status_list INTEGER NOT NULL REFERENCES status_lists (seq),
    status_index INTEGER NOT NULL,
    signed_by TEXT NOT NULL,
    signed_at INTEGER NOT NULL,
    document TEXT NOT NULL,
    record TEXT,
    ended_by TEXT,
    ended_at INTEGER,
    ended_reason TEXT,
    UNIQUE (status_list, status_index),
    CHECK ((ended_by IS NULL) = (ended_at IS NULL) AND (ended_at IS NULL) = (ended_reason IS NULL)),
    CHECK ((kind = 'diploma') = (record IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX exemptions_in_force ON documents (request) WHERE kind = 'exemption' AND ended_at IS NULL;
CREATE UNIQUE INDEX diplomas_by_plan ON documents (request) WHERE kind = 'diploma';

CREATE TABLE awards (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    plan TEXT NOT NULL UNIQUE,
    proposal TEXT NOT NULL,
    approval TEXT
) STRICT;
