"""Where the pelvis hardly moves, who did not see the beginning cannot tell turns from homes, and says so."""

from statistics import median
from typing import Any

import numpy as np
import pytest

from hiplevel import analyze, simulate
from hiplevel.detect.learned_begin import Beginning


@pytest.mark.parametrize(
    ("onset", "share", "sure"), [(10, 0.4, True), (None, 0.4, False), (10, 0.1, False), (10, 0.8, False)]
)
def test_a_turn_is_known_from_a_beginning_that_was_seen_and_is_as_people_begin(
    onset: int | None, share: float, *, sure: bool
) -> None:
    assert Beginning(1, onset, share).sure is sure


def test_a_set_whose_beginning_was_not_seen_is_told_with_less_confidence() -> None:
    who = simulate.volunteer("standing-abduction", 217)
    samples, truth = who.made.samples, who.made.truth
    middle = int(np.searchsorted(samples.time_s, 0.5 * (truth.reps[1, 0] + truth.reps[1, 1])))
    end = int(np.searchsorted(samples.time_s, truth.sets[0][1] + 2.0))
    told: dict[str, Any] = {"exercise": "standing-abduction", "stance": who.stance, "calibration": who.calibration}
    whole = analyze(samples[:end], **told).reps
    cut = analyze(samples[middle:end], **told).reps
    assert len(cut) >= 3
    assert median(rep.confidence for rep in cut) < median(rep.confidence for rep in whole)
