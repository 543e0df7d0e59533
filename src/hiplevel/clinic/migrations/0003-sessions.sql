-- Sessions by what their sensor sent: a recording that was copied, recovered or amended is the same session.

CREATE TABLE session (
    content_hash TEXT PRIMARY KEY,
    client_id INTEGER NOT NULL REFERENCES client (id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    started_ns INTEGER NOT NULL,
    duration_s REAL NOT NULL,
    exercise TEXT NOT NULL,
    stance TEXT NOT NULL,
    sensor_id TEXT NOT NULL DEFAULT '',
    prescription_id TEXT NOT NULL DEFAULT '',
    simulated INTEGER NOT NULL DEFAULT 0,
    pipeline TEXT NOT NULL,
    indexed_ns INTEGER NOT NULL,
    sets INTEGER NOT NULL,
    reps INTEGER NOT NULL,
    measures TEXT NOT NULL
);

CREATE INDEX session_of_client ON session (client_id, exercise, stance, started_ns);

-- One row a side that was watched: what a trend needs without reading the measures.
CREATE TABLE session_side (
    content_hash TEXT NOT NULL REFERENCES session (content_hash) ON DELETE CASCADE,
    side TEXT NOT NULL,
    limit_deg REAL NOT NULL,
    drops INTEGER NOT NULL,
    over_s REAL NOT NULL,
    peak_deg REAL,
    median_deg REAL,
    p90_deg REAL,
    sigma_deg REAL,
    PRIMARY KEY (content_hash, side)
) WITHOUT ROWID;
