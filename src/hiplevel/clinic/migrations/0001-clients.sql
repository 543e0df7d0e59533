-- Clients by pseudonym, who may act as a clinician, sensors, and the audit trail.

CREATE TABLE client (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE COLLATE NOCASE,
    added_ns INTEGER NOT NULL
);

-- Kept apart, and sealed with the names key: without a clinician's passphrase it says nothing.
CREATE TABLE client_name (
    client_id INTEGER PRIMARY KEY REFERENCES client (id) ON DELETE CASCADE,
    sealed BLOB NOT NULL
);

CREATE TABLE clinician (
    fingerprint TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    public_key BLOB NOT NULL,
    sealed_key BLOB NOT NULL,       -- the private key under the passphrase
    sealed_names_key BLOB NOT NULL, -- the key of all names under the passphrase
    salt BLOB NOT NULL,
    made_ns INTEGER NOT NULL
);

CREATE TABLE sensor (
    sensor_id TEXT PRIMARY KEY,
    name TEXT NOT NULL DEFAULT '',
    client_id INTEGER REFERENCES client (id) ON DELETE SET NULL,
    assigned_ns INTEGER NOT NULL
);

CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    at_ns INTEGER NOT NULL,
    role TEXT NOT NULL,
    who TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    action TEXT NOT NULL,
    detail_digest TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL,
    signature BLOB
);

-- What a line says, apart from the line, so that a client's can be erased and the chain still holds.
CREATE TABLE audit_detail (
    number INTEGER PRIMARY KEY REFERENCES audit (number),
    salt BLOB NOT NULL,
    text TEXT NOT NULL
);

CREATE TABLE audit_head (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    number INTEGER NOT NULL,
    hash TEXT NOT NULL
);

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_is_never_shortened BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_detail_is_never_changed BEFORE UPDATE ON audit_detail
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
