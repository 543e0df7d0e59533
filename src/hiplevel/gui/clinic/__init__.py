"""The Clinic place: what `hiplevel clinic` does, through the same functions."""
