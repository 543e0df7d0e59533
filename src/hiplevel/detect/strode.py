"""A stride: the pelvis rises over each leg in turn, twice while it lists to one side and back once.

In a pelvic drop or hike its middle goes where the free side takes it, once. So slow walking, which shakes no more than
a quick exercise does, is told from it.
"""

import numpy as np

from hiplevel.detect.history import History
from hiplevel.detect.smooth import DELAY_S
from hiplevel.detect.swing import Swing
from hiplevel.detect.traces import extent
from hiplevel.model.samples import Floats

# Slower strides are single steps with a rest between.
LONGEST_S = 2.6
# Walking lifts the pelvis by 2 to 5 cm a step; the two legs differ in some people.
LEAST_M, LEAST_SHARE = 0.01, 0.4


def strode(history: History, swing: Swing) -> bool:
    """Whether the body rose and sank as in walking while it listed."""
    if swing.end_s - swing.start_s > LONGEST_S:
        return False
    span = history.between(swing.start_s - DELAY_S, swing.end_s - DELAY_S)
    if span is None or len(span) < 3:
        return False
    height_m = span.height_m
    return turns(height_m, max(LEAST_M, LEAST_SHARE * extent(height_m))) >= 2


def turns(x: Floats, least: float) -> int:
    """How often a signal (k,) of at least two values turned back, by so much or more both times."""
    rising = np.diff(x) > 0.0
    at = np.flatnonzero(rising[1:] != rising[:-1]) + 1
    count, goes_up = 0, None
    low = high = x.item(0)
    for value in [*x[at].tolist(), x.item(-1)]:
        low, high = min(low, value), max(high, value)
        if goes_up is not True and value - low >= least:
            count, goes_up, high = count + (goes_up is False), True, value
        elif goes_up is not False and high - value >= least:
            count, goes_up, low = count + (goes_up is True), False, value
    return count
