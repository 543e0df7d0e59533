"""`hiplevel exercises`: the catalogue as people and programs read it."""

import pytest

import hiplevel as package
from cli.running import Hiplevel

NAMED_IN_THE_DESIGN = {
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


def test_every_exercise_is_listed(hiplevel: Hiplevel) -> None:
    listed = {entry["id"] for entry in hiplevel("exercises", "--json").json}
    assert listed >= NAMED_IN_THE_DESIGN
    assert {entry["id"] for entry in hiplevel("exercises", "list", "--json").json} == listed
    assert all(f"\n{name} " in hiplevel("exercises").out for name in listed)


@pytest.mark.parametrize("exercise", [exercise.id for exercise in package.list_exercises()])
def test_each_can_be_shown_and_says_what_cannot_be_seen(hiplevel: Hiplevel, exercise: str) -> None:
    ran = hiplevel("exercises", "show", exercise)
    assert ran.code == 0
    assert "Cannot see:" in ran.out
    assert "until your clinician sets one" in " ".join(ran.out.split())
    assert len(hiplevel("exercises", "show", exercise, "--json").json["cannot_see"]) > 10


def test_a_discouraged_exercise_says_so_first(hiplevel: Hiplevel) -> None:
    assert hiplevel("exercises", "show", "clamshell").out.splitlines()[2].startswith("Discouraged:")


def test_an_unknown_exercise_names_the_nearest(hiplevel: Hiplevel) -> None:
    ran = hiplevel("exercises", "show", "pelvic-drops", "--json")
    assert ran.code == 2
    assert ran.error["reason"] == "unknown-exercise"
    assert "pelvic-drop" in ran.error["message"] + ran.error["hint"]
