-- By which clock a session's day is told: minutes east of UTC, NULL where its recording does not say.

ALTER TABLE session ADD COLUMN utc_offset_min INTEGER;
