"""The Live place: a guided start, the session, the rest between sets."""
