"""`hiplevel recordings`, and what people put right in one."""
