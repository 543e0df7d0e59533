"""The Replay place: a recording on a timeline, played, measured against other limits, corrected."""
