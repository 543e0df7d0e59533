"""The catalogue: every exercise the product promises, whole; and a broken entry told in a sentence."""

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exercises.promised import PROMISED
from hiplevel import DropRule, Pipeline, SpecError, UsageError, list_exercises, load_exercise
from hiplevel.exercises import parse_exercise
from hiplevel.model.errors import Reason
from hiplevel.simulate import EXERCISES

FORBIDDEN = ("diagnos", "trendelenburg positive", "positive test", "injury risk", "risk of injury", "cure")

GOOD = """
id = "hip-circle"
name = "Hip circle"
summary = "Draw a circle."
posture = "upright"
sides = "declared"
setup = "Stand."
stance = "Say which leg stands."
cues = ["Slowly"]
cannot_see = "Much."
pelvis_moves = "hardly"
source = "Nobody."
typical_deg = [3.0, 9.0]
hold_s = [0.0, 2.0]
warn_deg = 4.0
alarm_deg = 6.0
[counting]
signal = "obliquity"
angle = "obliquity"
direction = 0
min_swing = 2.5
tempo_s = [2.0, 6.0]
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
    for text in (
        exercise.name,
        exercise.summary,
        exercise.setup,
        exercise.stance,
        exercise.cannot_see,
        exercise.source,
    ):
        assert text.strip() == text
        assert text
    assert 0.0 < exercise.warn_deg <= exercise.alarm_deg <= 45.0
    assert exercise.typical_deg[0] <= exercise.typical_deg[1]
    if exercise.counting.signal != "none":
        assert exercise.counting.rep_s[0] <= exercise.counting.tempo_s[0]
        assert exercise.counting.tempo_s[1] <= exercise.counting.rep_s[1]
    DropRule(exercise.alarm_deg)
    pipeline = Pipeline(exercise=exercise_id)
    assert pipeline.rule.threshold_deg == exercise.alarm_deg
    assert pipeline.exercise == exercise


@pytest.mark.parametrize("exercise_id", sorted(PROMISED))
def test_no_entry_promises_medicine(exercise_id):
    exercise = load_exercise(exercise_id)
    said = " ".join(
        [exercise.summary, exercise.setup, exercise.stance, *exercise.cues, exercise.cannot_see, exercise.discouraged]
    )
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


def test_a_good_file_is_read():
    exercise = parse_exercise(GOOD, "mine.toml")
    assert exercise.counting.signal == "obliquity"
    assert exercise.counting.rep_s == (0.8, 15.0)
    assert exercise.counting.tempo_s == (2.0, 6.0)
    assert exercise.cues == ("Slowly",)
    assert (exercise.pelvis_moves, exercise.drop_reference, exercise.counting.count_at) == ("hardly", "neutral", "end")
    assert exercise.toml_text == GOOD


def test_an_exercise_that_is_not_counted_says_so_in_one_word():
    text = GOOD[: GOOD.index("[counting]")] + 'counting = "none"\n'
    assert parse_exercise(text, "mine.toml").counting.signal == "none"


@pytest.mark.parametrize(
    ("line", "wrong", "key"),
    [
        ('id = "hip-circle"', 'id = "Hip circle"', "id"),
        ('id = "hip-circle"', 'id = "../squat"', "id"),
        ('id = "hip-circle"', "id = 7", "id"),
        ('name = "Hip circle"', "name = 7", "name"),
        ('name = "Hip circle"', 'name = " "', "name"),
        ('posture = "upright"', 'posture = "lying"', "posture"),
        ('posture = "upright"', "posture = []", "posture"),
        ('sides = "declared"', 'sides = "left"', "sides"),
        ('pelvis_moves = "hardly"', 'pelvis_moves = "a bit"', "pelvis_moves"),
        ("typical_deg = [3.0, 9.0]", "typical_deg = 3.0", "typical_deg"),
        ("typical_deg = [3.0, 9.0]", "typical_deg = [9.0, 3.0]", "typical_deg"),
        ("typical_deg = [3.0, 9.0]", "typical_deg = [3.0, inf]", "typical_deg"),
        ("hold_s = [0.0, 2.0]", "hold_s = [-1.0, 2.0]", "hold_s"),
        ("warn_deg = 4.0", "warn_deg = -4.0", "warn_deg"),
        ("warn_deg = 4.0", "warn_deg = 8.0", "warn_deg"),
        ("alarm_deg = 6.0", 'alarm_deg = "six"', "alarm_deg"),
        ("alarm_deg = 6.0", "alarm_deg = nan", "alarm_deg"),
        ("alarm_deg = 6.0", "alarm_deg = 50.0", "alarm_deg"),
        ("alarm_deg = 6.0", "alarm_deg = inf", "alarm_deg"),
        ('cues = ["Slowly"]', 'cues = "Slowly"', "cues"),
        ('cues = ["Slowly"]', "cues = [1]", "cues"),
        ('signal = "obliquity"', 'signal = "pitch"', "counting.signal"),
        ('signal = "obliquity"', 'signal = ["obliquity"]', "counting.signal"),
        ('angle = "obliquity"', 'angle = "height"', "counting.angle"),
        ("direction = 0", "direction = 2", "counting.direction"),
        ("direction = 0", "direction = true", "counting.direction"),
        ("direction = 0", 'direction = "up"', "counting.direction"),
        ("min_swing = 2.5", "min_swing = 0.0", "counting.min_swing"),
        ("min_swing = 2.5", "min_swing = true", "counting.min_swing"),
        ("tempo_s = [2.0, 6.0]", "tempo_s = [0.0, 6.0]", "counting.tempo_s"),
        ("tempo_s = [2.0, 6.0]", "tempo_s = [0.5, 6.0]", "counting.tempo_s"),
        ("tempo_s = [2.0, 6.0]", "tempo_s = [2.0, 20.0]", "counting.tempo_s must lie within rep_s, 0.8 to 15 seconds"),
        ("rep_s = [0.8, 15.0]", "rep_s = [0.8]", "counting.rep_s"),
        ("rep_s = [0.8, 15.0]", "rep_s = [0.0, 15.0]", "counting.rep_s"),
        ("rep_s = [0.8, 15.0]", "rep_s = [-2.0, -1.0]", "counting.rep_s"),
        ("max_turn_deg = 40.0", "max_turn_deg = -1.0", "counting.max_turn_deg"),
        ("max_turn_deg = 40.0", "max_turn = 40.0", "max_turn_deg"),
    ],
)
def test_a_broken_file_names_file_line_and_key(line, wrong, key):
    assert line in GOOD
    with pytest.raises(SpecError, match=key) as refused:
        parse_exercise(GOOD.replace(line, wrong, 1), "mine.toml")
    said = str(refused.value)
    at = GOOD.splitlines().index(line) + 1
    assert said.startswith(f"mine.toml, line {at}: ")
    assert said.endswith(".") or said.endswith("?")
    assert refused.value.reason == Reason.SPEC_INVALID


@pytest.mark.parametrize(
    ("line", "said"),
    [('summary = "Draw a circle."\n', "mine.toml lacks summary."), ("max_acc_m_s2 = 1.2\n", "mine.toml, line ")],
)
def test_what_is_missing_is_named(line, said):
    with pytest.raises(SpecError, match=line.partition(" ")[0]) as refused:
        parse_exercise(GOOD.replace(line, ""), "mine.toml")
    assert str(refused.value).startswith(said)


def test_a_table_that_is_none_and_a_file_that_is_no_toml():
    text = GOOD[: GOOD.index("[counting]")] + "counting = 3\n"
    with pytest.raises(SpecError, match=r"mine\.toml, line 17: counting must be a table, \"hops\", or \"none\""):
        parse_exercise(text, "mine.toml")
    with pytest.raises(SpecError, match=r"mine\.toml, line 1: this is not TOML") as refused:
        parse_exercise("name: Hip circle", "mine.toml")
    assert refused.value.reason == Reason.SPEC_SYNTAX


@given(st.text(max_size=60))
def test_no_text_whatever_is_a_traceback(text):
    with pytest.raises(SpecError):
        parse_exercise(text, "mine.toml")


@settings(max_examples=200)
@given(st.integers(0, len(GOOD) - 1), st.integers(0, 30), st.text(max_size=6))
def test_a_damaged_file_is_read_or_refused_in_a_sentence(at, length, instead):
    said = "mine.toml"
    try:
        exercise = parse_exercise(GOOD[:at] + instead + GOOD[at + length :], "mine.toml")
    except SpecError as refused:
        said = str(refused)
    else:
        assert exercise.id
    assert said.startswith("mine.toml")


def test_the_catalogue_is_plain_toml_one_file_each():
    folder = files("hiplevel.exercises").joinpath("catalogue")
    found = {path.name for path in folder.iterdir()}
    assert found == {f"{exercise_id}.toml" for exercise_id in PROMISED}
    for name in found:
        assert tomllib.loads(folder.joinpath(name).read_text(encoding="utf-8"))["id"] == name.removesuffix(".toml")
