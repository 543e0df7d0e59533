"""The catalogue: every exercise the product promises, whole; and a broken entry told in a sentence."""

import tomllib
from importlib.resources import files

import pytest

from hiplevel import DropRule, Pipeline, SpecError, UsageError, list_exercises, load_exercise
from hiplevel.exercises import parse_exercises
from hiplevel.model.errors import Reason
from hiplevel.simulate import EXERCISES

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
FORBIDDEN = ("diagnos", "trendelenburg positive", "positive test", "injury risk", "risk of injury", "cure")

GOOD = """
[hip-circle]
name = "Hip circle"
summary = "Draw a circle."
posture = "upright"
typical_deg = [3.0, 9.0]
warn_deg = 4.0
alarm_deg = 6.0
setup = "Stand."
cues = ["Slowly"]
cannot_see = "Much."
source = "Nobody."
[hip-circle.counting]
signal = "obliquity"
angle = "obliquity"
direction = 0
min_swing = 2.5
rep_s = [0.8, 15.0]
max_acc_m_s2 = 1.2
max_tilt_deg = 20.0
max_rise_cm = 5.0
max_turn_deg = 40.0
min_angle_deg = 2.5
"""


def test_every_promised_exercise_is_there_and_can_be_simulated():
    assert {e.id for e in list_exercises()} == PROMISED == set(EXERCISES)


@pytest.mark.parametrize("exercise_id", sorted(PROMISED))
def test_every_entry_is_whole_and_makes_a_pipeline(exercise_id):
    exercise = load_exercise(exercise_id)
    assert exercise.id == exercise_id
    for text in (exercise.name, exercise.summary, exercise.setup, exercise.cannot_see, exercise.source):
        assert text.strip() == text
        assert text
    assert 0.0 < exercise.warn_deg <= exercise.alarm_deg <= 45.0
    assert exercise.typical_deg[0] <= exercise.typical_deg[1]
    DropRule(exercise.alarm_deg)
    pipeline = Pipeline(exercise=exercise_id)
    assert pipeline.rule.threshold_deg == exercise.alarm_deg
    assert pipeline.exercise == exercise


@pytest.mark.parametrize("exercise_id", sorted(PROMISED))
def test_no_entry_promises_medicine(exercise_id):
    exercise = load_exercise(exercise_id)
    said = " ".join([exercise.summary, exercise.setup, *exercise.cues, exercise.cannot_see, exercise.discouraged])
    assert [word for word in FORBIDDEN if word in said.lower()] == []


def test_the_clamshell_is_discouraged_and_says_what_serves_better():
    assert "side-lying abduction" in load_exercise("clamshell").discouraged.lower()
    assert [e.id for e in list_exercises() if e.discouraged] == ["clamshell"]


def test_limits_are_called_presets():
    assert all("preset" in e.source for e in list_exercises())


@pytest.mark.parametrize(
    ("asked", "meant"),
    [("pelvic_drop", "pelvic-drop"), ("Squat", "squat"), ("deadlift", "single-leg-deadlift"), ("walk", "walking")],
)
def test_a_misspelt_exercise_names_the_nearest(asked, meant):
    with pytest.raises(UsageError, match=f"Did you mean '{meant}'") as refused:
        load_exercise(asked)
    assert refused.value.reason == Reason.UNKNOWN_EXERCISE


@pytest.mark.parametrize("asked", ["", "xyzzy", "  ", "../squat", None, 7, ["squat"]])
def test_what_resembles_nothing_lists_what_there_is(asked):
    with pytest.raises(UsageError, match="Known: pelvic-drop, ") as refused:
        load_exercise(asked)
    assert refused.value.reason == Reason.UNKNOWN_EXERCISE


def test_a_good_entry_is_read():
    exercise = parse_exercises(GOOD, "mine.toml")["hip-circle"]
    assert exercise.counting.signal == "obliquity"
    assert exercise.counting.rep_s == (0.8, 15.0)
    assert exercise.cues == ("Slowly",)


def test_an_exercise_that_is_not_counted_says_so_in_one_word():
    text = GOOD[: GOOD.index("[hip-circle.counting]")] + 'counting = "none"\n'
    assert parse_exercises(text, "mine.toml")["hip-circle"].counting.signal == "none"


@pytest.mark.parametrize(
    ("line", "wrong", "key"),
    [
        ('name = "Hip circle"', "name = 7", "name"),
        ('name = "Hip circle"', 'name = ""', "name"),
        ('summary = "Draw a circle."', "", "summary"),
        ('posture = "upright"', 'posture = "lying"', "posture"),
        ("typical_deg = [3.0, 9.0]", "typical_deg = 3.0", "typical_deg"),
        ("typical_deg = [3.0, 9.0]", "typical_deg = [9.0, 3.0]", "typical_deg"),
        ("warn_deg = 4.0", "warn_deg = -4.0", "warn_deg"),
        ("warn_deg = 4.0", "warn_deg = 8.0", "warn_deg"),
        ("alarm_deg = 6.0", 'alarm_deg = "six"', "alarm_deg"),
        ("alarm_deg = 6.0", "alarm_deg = nan", "alarm_deg"),
        ("alarm_deg = 6.0", "alarm_deg = 50.0", "alarm_deg"),
        ("alarm_deg = 6.0", "alarm_deg = inf", "alarm_deg"),
        ('cues = ["Slowly"]', 'cues = "Slowly"', "cues"),
        ('cues = ["Slowly"]', "cues = [1]", "cues"),
        ('signal = "obliquity"', 'signal = "pitch"', "signal"),
        ('signal = "obliquity"', 'signal = ["obliquity"]', "signal"),
        ('angle = "obliquity"', 'angle = "height"', "angle"),
        ("direction = 0", "direction = 2", "direction"),
        ("direction = 0", 'direction = "up"', "direction"),
        ("min_swing = 2.5", "min_swing = 0.0", "min_swing"),
        ("min_swing = 2.5", "min_swing = true", "min_swing"),
        ("rep_s = [0.8, 15.0]", "rep_s = [0.8]", "rep_s"),
        ("rep_s = [0.8, 15.0]", "rep_s = [0.0, 15.0]", "rep_s"),
        ("rep_s = [0.8, 15.0]", "rep_s = [-2.0, -1.0]", "rep_s"),
        ("max_turn_deg = 40.0", "max_turn_deg = -1.0", "max_turn_deg"),
        ("max_turn_deg = 40.0", "max_turn = 40.0", "max_turn_deg"),
        ("max_acc_m_s2 = 1.2", "", "max_acc_m_s2"),
    ],
)
def test_a_broken_entry_names_file_entry_and_key(line, wrong, key):
    assert line in GOOD
    with pytest.raises(SpecError, match=key) as refused:
        parse_exercises(GOOD.replace(line, wrong, 1), "mine.toml")
    said = str(refused.value)
    assert said.startswith("mine.toml: [hip-circle]")
    assert said.endswith(".") or said.endswith("?")
    assert refused.value.reason == Reason.SPEC_INVALID


def test_an_entry_that_is_no_table_and_a_file_that_is_no_toml():
    with pytest.raises(SpecError, match=r"mine\.toml: \[hip-circle\] must be a table"):
        parse_exercises("hip-circle = 3", "mine.toml")
    with pytest.raises(SpecError, match=r"mine\.toml: this is not TOML.*line 1") as refused:
        parse_exercises("name: Hip circle", "mine.toml")
    assert refused.value.reason == Reason.SPEC_SYNTAX


def test_the_catalogue_is_plain_toml_that_others_can_read():
    text = files("hiplevel.exercises").joinpath("catalogue.toml").read_text(encoding="utf-8")
    assert set(tomllib.loads(text)) == PROMISED
