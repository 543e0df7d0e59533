"""The recording file: write, read, recover, import."""
