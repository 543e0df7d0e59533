"""A leg moved to the side: what of the pelvis' motion shows it, and which end of it is the turn."""

from typing import Any

import numpy as np
import pytest

from hiplevel import Samples, analyze
from hiplevel.detect.learned_frontal import turn_by_shift
from hiplevel.simulate import Still, Stroll, Work, session

G = 9.80665


@pytest.mark.parametrize(("stance", "kind"), [("left", 1), ("right", -1), ("auto", 0)])
def test_the_pelvis_is_nearest_to_the_standing_leg_where_the_other_turns(stance: Any, kind: int) -> None:
    to_the_left = np.array([0.1, 0.0, 0.1, 0.0, 0.4, 0.0])
    assert turn_by_shift(to_the_left, stance) == kind
    assert turn_by_shift(-to_the_left, stance) == -kind


def test_a_motion_that_hardly_goes_to_the_side_does_not_tell_where_it_turns() -> None:
    assert turn_by_shift(np.array([0.3, 0.0, 0.0, 0.0, 0.02, 0.0]), "left") == 0


def turning_to_and_fro(deg: float, reps: int = 10, period_s: float = 3.0) -> Samples:
    """A pelvis that the arms turn about the vertical, and nothing else; 4 s still before and after."""
    time_s = np.arange(0.0, 8.0 + reps * period_s, 0.01)
    moving = (time_s >= 4.0) & (time_s < 4.0 + reps * period_s)
    rate = np.radians(deg) * np.pi / period_s * np.sin(2.0 * np.pi * (time_s - 4.0) / period_s) * moving
    rng = np.random.default_rng(1)
    acc, gyr = rng.normal(0.0, 0.03, (len(time_s), 3)), rng.normal(0.0, 0.003, (len(time_s), 3))
    acc[:, 2] += G
    gyr[:, 2] += rate
    return Samples(time_s, acc, gyr)


@pytest.mark.parametrize("deg", [5.0, 10.0])
def test_a_pelvis_that_the_arms_turn_about_the_vertical_does_no_standing_abduction(deg: float) -> None:
    assert analyze(turning_to_and_fro(deg), exercise="standing-abduction", stance="left").reps == ()


def test_walking_to_and_fro_is_no_standing_abduction() -> None:
    made = session([Still(4.0), Stroll(60, 180.0), Still(4.0)], seed=4)
    assert analyze(made.samples, exercise="standing-abduction", stance="left").reps == ()


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("seed", [3, 6])
def test_repetitions_turn_where_the_leg_is_out_not_where_it_stands(side: Any, seed: int) -> None:
    work = Work("standing-abduction", side, reps=8, rom_deg=4.0, tempo_s=3.0)
    made = session([Still(4.0), work, Still(3.0)], seed=seed)
    reps = analyze(made.samples, exercise="standing-abduction", stance=side).reps
    nearest = [min(abs(turn_s - rep.turn_s) for rep in reps) for turn_s in made.truth.reps[:, 1]]
    assert float(np.median(nearest)) < 0.9  # a home is half a repetition away, 1.6 s
