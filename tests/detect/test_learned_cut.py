"""What turns elsewhere is no repetition, however it travels: leaving the place, reaching for the sensor to stop it."""

import numpy as np
import pytest

from detect.test_learned import counted, limb, phases

RATE_HZ, REPS, EACH_S = 100.0, 6, 2.8
BEGINS = round((4.0 + REPS * EACH_S) * RATE_HZ)  # what is cut off


def sinking(for_s: float, axis: tuple[int, int, int], deg: float, *, own_deg: float = 15.0, lift_m: float = 0.3) -> int:
    """Repetitions counted of six that turn a limb by own_deg and sink, and of another about this axis.

    for_s: when it is cut off, or still afterwards.
    """
    reps = phases(REPS + 1, EACH_S - 0.2, still_s=4.0, pause_s=0.2)
    last = np.arange(len(reps)) >= BEGINS
    turns = [((0, 1, 0), own_deg * np.where(last, 0.0, reps)), (axis, deg * np.where(last, reps, 0.0))]
    samples = limb(turns, -lift_m * reps)
    return len(counted(samples[: BEGINS + round(for_s * RATE_HZ)]).reps)


@pytest.mark.parametrize("axis", [(1, 0, 0), (0, 0, 1), (1, 0, -1)])
def test_sinking_to_reach_for_the_sensor_is_no_repetition(axis: tuple[int, int, int]) -> None:
    assert sinking(1.7, axis, 40.0) == REPS


def test_a_repetition_that_is_all_but_done_counts() -> None:
    assert sinking(2.2, (0, 1, 0), 15.0) == REPS + 1


@pytest.mark.parametrize(("axis", "deg"), [((1, 0, 0), 40.0), ((0, 0, 1), 60.0), ((1, 0, -1), 40.0)])
def test_sinking_once_while_turning_elsewhere_is_no_repetition(axis: tuple[int, int, int], deg: float) -> None:
    assert sinking(8.0, axis, deg, own_deg=25.0, lift_m=0.4) == REPS


def test_sinking_once_more_while_turning_as_before_is_one() -> None:
    assert sinking(8.0, (0, 1, 0), 25.0, own_deg=25.0, lift_m=0.4) == REPS + 1
