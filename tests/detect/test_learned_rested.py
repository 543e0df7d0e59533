"""A repetition begins where the body rested and comes back there, however far the first one goes."""

import numpy as np
import pytest

from detect.test_learned import counted, limb, phases

RATE_HZ = 100.0


@pytest.mark.parametrize("first_deg", [40.0, 110.0, 130.0])
def test_the_first_repetition_may_go_further_than_all_others(first_deg: float) -> None:
    first, others = phases(1, 2.6, still_s=0.0, pause_s=0.2), phases(5, 2.6, still_s=0.0, pause_s=0.2)
    still = np.zeros(round(4.0 * RATE_HZ))
    a = counted(limb([((0, 1, 0), np.concatenate([still, first_deg * first, 40.0 * others, still]))]))
    assert len(a.reps) == 6
    assert a.reps[0].turn_s == pytest.approx(5.3, abs=0.3)
