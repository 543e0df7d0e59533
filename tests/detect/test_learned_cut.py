"""What a recording's end cuts off counts when it goes as the others did: the sensor is reached for to stop it."""

import numpy as np
import pytest

from detect.test_learned import counted, limb, phases

RATE_HZ, REPS, EACH_S = 100.0, 6, 2.8
BEGINS = round((4.0 + REPS * EACH_S) * RATE_HZ)  # what is cut off


def sinking(cut_s: float, axis: tuple[int, int, int], deg: float) -> int:
    """Repetitions counted of six that turn a limb by 15 degrees and sink, and another about this axis, cut off."""
    reps = phases(REPS + 1, EACH_S - 0.2, still_s=4.0, pause_s=0.2)[: BEGINS + round(cut_s * RATE_HZ)]
    last = np.arange(len(reps)) >= BEGINS
    turns = [((0, 1, 0), 15.0 * np.where(last, 0.0, reps)), (axis, deg * np.where(last, reps, 0.0))]
    return len(counted(limb(turns, -0.3 * reps)).reps)


@pytest.mark.parametrize("axis", [(1, 0, 0), (0, 0, 1), (1, 0, -1)])
def test_sinking_to_reach_for_the_sensor_is_no_repetition(axis: tuple[int, int, int]) -> None:
    assert sinking(1.7, axis, 40.0) == REPS


def test_a_repetition_that_is_all_but_done_counts() -> None:
    assert sinking(2.2, (0, 1, 0), 15.0) == REPS + 1
