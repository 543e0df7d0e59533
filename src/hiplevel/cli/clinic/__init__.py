"""`hiplevel clinic` and its commands, one module each."""
