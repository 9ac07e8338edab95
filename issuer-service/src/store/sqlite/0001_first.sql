-- Instants are whole seconds since 1970 in UTC; days are YYYY-MM-DD; ids are UUIDs or URIs as text; hashes are 32 bytes.

CREATE TABLE institution (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    document TEXT NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE achievements (
    seq INTEGER PRIMARY KEY,
    code TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    achievement_id TEXT NOT NULL,
    document TEXT NOT NULL,
    UNIQUE (code, version)
) STRICT;
CREATE INDEX achievements_by_id ON achievements (achievement_id);

CREATE TABLE programmes (
    seq INTEGER PRIMARY KEY,
    credential TEXT NOT NULL UNIQUE,
    programme TEXT NOT NULL,
    edition TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    document TEXT NOT NULL,
    UNIQUE (programme, edition)
) STRICT;

CREATE TABLE trust_lists (
    list TEXT NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence >= 1),
    published_at INTEGER NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (list, sequence)
) STRICT;

-- Which of the columns from approved_by on are set depends on the stage: see stage.rs.
CREATE TABLE completions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    achievement TEXT NOT NULL,
    achievement_version INTEGER NOT NULL,
    learner_kind TEXT NOT NULL CHECK (learner_kind IN ('did', 'school')),
    learner TEXT NOT NULL,
    awarded TEXT NOT NULL,
    further TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    -- 0 while it counts; its own seq once it is rejected or revoked, so that the same may be recorded again, corrected.
    superseded INTEGER NOT NULL DEFAULT 0,
    stage TEXT NOT NULL
        CHECK (stage IN ('recorded', 'approved', 'offered', 'claimed', 'signed', 'rejected', 'revoked')),
    approved_by TEXT,
    approved_at INTEGER,
    approval_body TEXT,
    approval_reference TEXT,
    approval_day TEXT,
    offer_hash BLOB,
    offer_expires INTEGER,
    claimed_at INTEGER,
    ended_by TEXT,
    ended_at INTEGER,
    ended_reason TEXT,
    UNIQUE (learner, achievement, awarded, superseded),
    FOREIGN KEY (achievement, achievement_version) REFERENCES achievements (code, version)
) STRICT;
CREATE UNIQUE INDEX completions_by_offer ON completions (offer_hash) WHERE offer_hash IS NOT NULL;
CREATE INDEX completions_by_stage ON completions (stage, learner_kind);

CREATE TABLE spent_offers (
    code_hash BLOB PRIMARY KEY,
    completion INTEGER NOT NULL REFERENCES completions (seq),
    spent_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    token_hash BLOB PRIMARY KEY,
    completion INTEGER NOT NULL REFERENCES completions (seq),
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_completion ON sessions (completion);

CREATE TABLE nonces (
    nonce_hash BLOB PRIMARY KEY,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX nonces_by_end ON nonces (expires_at);

CREATE TABLE status_lists (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    purpose TEXT NOT NULL CHECK (purpose IN ('revocation', 'suspension')),
    entries INTEGER NOT NULL,
    order_key BLOB NOT NULL,
    next INTEGER NOT NULL CHECK (next BETWEEN 0 AND entries),
    revision INTEGER NOT NULL
) STRICT;

-- The set bits: they outlive the badge's row, so that erasing a learner's record changes no status.
CREATE TABLE status_bits (
    list INTEGER NOT NULL REFERENCES status_lists (seq),
    place INTEGER NOT NULL,
    PRIMARY KEY (list, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE status_snapshots (
    list INTEGER PRIMARY KEY REFERENCES status_lists (seq),
    revision INTEGER NOT NULL,
    signed_at INTEGER NOT NULL,
    document TEXT NOT NULL
) STRICT;

-- One badge a completion, one badge a place: whatever a program does, the database holds to it.
CREATE TABLE credentials (
    completion INTEGER PRIMARY KEY REFERENCES completions (seq),
    id TEXT NOT NULL UNIQUE,
    holder TEXT NOT NULL,
    status_list INTEGER NOT NULL REFERENCES status_lists (seq),
    status_index INTEGER NOT NULL,
    signed_at INTEGER NOT NULL,
    document TEXT NOT NULL,
    UNIQUE (status_list, status_index)
) STRICT;

CREATE TABLE api_keys (
    name TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    token_hash BLOB NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE TABLE audit_log (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    count INTEGER NOT NULL
) STRICT;
