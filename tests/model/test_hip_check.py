"""Raise the left hip: right, wrong side, or not seen."""

import re

import numpy as np
import pytest

from hiplevel import Calibration, InputError, Samples, simulate
from hiplevel.model.hip_check import HALF_TURN, check_left_hip
from hiplevel.simulate import Hinges, Still, Stroll, mounting_from_euler

MOUNTINGS = {"back": mounting_from_euler(5.0, 8.0), "left side": mounting_from_euler(-95.0, 0.0, 6.0)}


def raised(side: str, mounting: np.ndarray, degrees: float = 9.0) -> Samples:
    """Standing still, then one simulated hike of that side's hip."""
    stance = {"left": "right", "right": "left"}[side]
    return simulate.exercise(
        "pelvic-drop", stance=stance, reps=1, fall_deg=-1.0, rom_deg=degrees, still_s=2.0, seed=4, mounting=mounting
    ).samples


@pytest.mark.parametrize("place", MOUNTINGS)
def test_the_left_hip_seen_on_the_left_is_right_and_settles_the_side(place: str) -> None:
    mounting = MOUNTINGS[place]
    movements = simulate.calibration_movements(mounting, 4, hinge_deg=20.0).samples
    unsure = Calibration.from_recording_part(movements)
    assert not unsure.gradable
    verdict = check_left_hip(unsure, raised("left", mounting))
    assert verdict.verdict == "right"
    assert 7.0 < verdict.rise_deg < 13.0
    assert verdict.calibration.checked
    assert verdict.calibration.gradable


@pytest.mark.parametrize("place", MOUNTINGS)
def test_the_left_hip_seen_on_the_right_offers_the_calibration_turned_round(place: str) -> None:
    mounting = MOUNTINGS[place]
    swapped = Calibration.from_matrix(HALF_TURN @ mounting)
    verdict = check_left_hip(swapped, raised("left", mounting))
    assert verdict.verdict == "wrong side"
    assert verdict.rise_deg < -7.0
    assert "left and right are swapped" in verdict.text
    np.testing.assert_allclose(verdict.calibration.matrix, mounting, atol=1e-12)
    assert check_left_hip(verdict.calibration, raised("left", mounting)).verdict == "right"
    assert "swapped" in verdict.calibration.reasons[-1]


def test_raising_the_other_hip_is_the_wrong_side() -> None:
    verdict = check_left_hip(Calibration.from_matrix(np.eye(3)), raised("right", np.eye(3)))
    assert verdict.verdict == "wrong side"
    assert "if it was the left hip" in verdict.text


@pytest.mark.parametrize(
    ("done", "said"),
    [
        ([Still(4.0)], "No hip was seen to rise"),
        ([Still(3.0), Hinges(1, 30.0)], "leaning forward or backward, by 3"),
        ([Still(3.0), Stroll(12)], "seen to rise|Both sides rose"),
    ],
    ids=["still", "hinge", "walking"],
)
def test_what_is_no_raise_is_not_seen_and_changes_nothing(done: list[object], said: str) -> None:
    calibration = Calibration.from_matrix(np.eye(3))
    verdict = check_left_hip(calibration, simulate.session(done, seed=2).samples)  # type: ignore[arg-type] # a list
    assert verdict.verdict == "not seen"
    assert verdict.calibration is calibration
    assert re.search(said, verdict.text)
    assert "raise the left hip once" in verdict.text


def test_a_clip_at_the_side_taken_for_one_at_the_back_is_not_seen() -> None:
    wrong_plane = Calibration.assumed("back")
    verdict = check_left_hip(wrong_plane, raised("left", MOUNTINGS["left side"]))
    assert verdict.verdict == "not seen"
    assert "calibrate again" in verdict.text


def test_too_few_samples_are_refused() -> None:
    with pytest.raises(InputError, match="raising the left hip"):
        check_left_hip(Calibration.from_matrix(np.eye(3)), Samples.empty())
