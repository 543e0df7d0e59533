"""Reports: a session, or a course of sessions, as one HTML file, as PDF, and the same figures as JSON and CSV."""
