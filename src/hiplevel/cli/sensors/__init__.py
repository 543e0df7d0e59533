"""`hiplevel sensors`: specs, packets, what is near, and virtual ones."""
