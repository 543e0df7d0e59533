"""Samples to orientation to calibrated pelvis motion: no radio, disk, screen or clock."""
