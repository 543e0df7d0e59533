"""Physical units to notifications: what a sensor of a spec would have sent."""
