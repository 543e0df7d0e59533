"""Pelvis motion to repetitions, drops and sets: no radio, disk, screen or clock."""
