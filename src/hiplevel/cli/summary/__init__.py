"""A session in numbers and words."""
