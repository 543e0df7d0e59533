-- What the angles of a session are computed with besides its bytes, and how long drops were looked for.

ALTER TABLE session ADD COLUMN setup TEXT NOT NULL DEFAULT '';
ALTER TABLE session_side ADD COLUMN judged_s REAL NOT NULL DEFAULT 0;
