-- Prescriptions: immutable and versioned. A change is a new version; a stop is one with stopped = 1.

CREATE TABLE prescription (
    id TEXT PRIMARY KEY,
    client_id INTEGER NOT NULL REFERENCES client (id) ON DELETE CASCADE,
    exercise TEXT NOT NULL,
    stance TEXT NOT NULL,
    version INTEGER NOT NULL,
    stopped INTEGER NOT NULL DEFAULT 0,
    made_ns INTEGER NOT NULL,
    content TEXT NOT NULL,
    digest TEXT NOT NULL,
    audit_number INTEGER NOT NULL REFERENCES audit (number),
    UNIQUE (client_id, exercise, stance, version)
);

CREATE TRIGGER prescription_is_immutable BEFORE UPDATE ON prescription
BEGIN SELECT RAISE(ABORT, 'a prescription is never changed'); END;

-- Whose prescription files are taken here without asking again.
CREATE TABLE signer (
    fingerprint TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    public_key BLOB NOT NULL,
    trusted_ns INTEGER NOT NULL
);
