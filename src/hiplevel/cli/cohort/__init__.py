"""`hiplevel cohort`: many recordings, one table."""
