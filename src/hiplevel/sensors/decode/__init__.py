"""Notifications to physical units."""
