"""The exercises that hiplevel promises, by id."""

PROMISED = {
    "pelvic-drop",
    "standing-abduction",
    "side-lying-abduction",
    "side-lying-hold",
    "clamshell",
    "lateral-band-walk",
    "single-leg-deadlift",
    "sideways-hop",
    "single-leg-squat",
    "step-down",
    "squat",
    "single-leg-stand",
    "walking",
    "running",
    "generic",
}
