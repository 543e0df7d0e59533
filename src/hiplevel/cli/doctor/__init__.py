"""`hiplevel doctor`, and what it looks at."""
