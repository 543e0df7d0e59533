"""Virtual sensors on simulated people as sources of sessions."""
