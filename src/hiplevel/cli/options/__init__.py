"""What several commands take on the command line, and how it is read."""
