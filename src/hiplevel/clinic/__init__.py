"""The clinician's side: clients, prescriptions, limits and the audit trail, in one SQLite file."""
