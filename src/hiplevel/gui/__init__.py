"""The window: live, replay and clinic, drawn from the same events as the terminal's view."""
