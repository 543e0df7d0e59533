"""Without a calibration, a clip that does not sit upright leaves left and right a guess, and that is said."""

import numpy as np
import pytest

from hiplevel import Calibration, Note, Samples, analyze, simulate

# Rows are the sensor's axes in the pelvis frame (x forward, y left, z up).
UPRIGHT = np.eye(3)
TURNED_OVER = np.diag([1.0, -1.0, -1.0])
X_UP = np.array([[0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [-1.0, 0.0, 0.0]])
Y_DOWN = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]])
SQUATS = simulate.exercise("squat", reps=3, seed=4).samples


def worn(axes: np.ndarray) -> Samples:
    return Samples(SQUATS.time_s, SQUATS.acc_m_s2 @ axes.T, SQUATS.gyr_rad_s @ axes.T)


def doubts(samples: Samples, exercise: str | None, calibration: Calibration | None = None) -> list[Note]:
    notes = analyze(samples, exercise=exercise, calibration=calibration).notes
    return [note for note in notes if note.code == "mounting-doubted"]


@pytest.mark.parametrize(("axes", "words"), [(X_UP, "its x axis pointed up"), (Y_DOWN, "its y axis pointed down")])
@pytest.mark.parametrize("exercise", ["squat", None])
def test_a_clip_that_sits_otherwise_is_doubted_once(axes: np.ndarray, words: str, exercise: str | None) -> None:
    (note,) = doubts(worn(axes), exercise)
    assert words in note.text
    assert note.level == "warning"


@pytest.mark.parametrize("axes", [UPRIGHT, TURNED_OVER])
def test_upright_and_turned_over_are_what_is_expected(axes: np.ndarray) -> None:
    assert doubts(worn(axes), "squat") == []


def test_whoever_says_how_it_sits_is_believed() -> None:
    assert doubts(worn(X_UP), "squat", Calibration.from_matrix(X_UP.T)) == []


@pytest.mark.parametrize("exercise", ["generic", "side-lying-abduction"])
def test_where_it_may_sit_or_lie_in_any_way_nothing_is_said(exercise: str) -> None:
    assert doubts(worn(X_UP), exercise) == []
