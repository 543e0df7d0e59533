"""Standing higher or lower than before, told from the one end at which the body stood still.

Onto the step before a set and off it after the last repetition: the count signal, whose height fades, comes back as
it does in a repetition, and the one next to it leaves no rest between them: nothing is known of the speed there.
From the rest on, forward or back in time, the height is known well for as long as a step takes.
"""

import numpy as np

from hiplevel.detect.history import History
from hiplevel.detect.smooth import DELAY_S
from hiplevel.detect.swing import Swing
from hiplevel.detect.traces import extent, mean
from hiplevel.detect.vertical_way import VerticalWay, summed
from hiplevel.motion.grid import CELL_S

STEP_M, STEP_S = 0.03, 2.0  # least height of a step, and the longest it takes
# At rest: an even speed has no acceleration either, but leans on. Sway is less.
STILL_M_S2, STILL_RAD, EDGE_S = 0.1, 0.007, 0.25
# Sinking by the least of steps, 10 cm, takes so much within so long; who rises slowly and evenly has not landed.
FALL_M_S2, FALL_S = 0.3, 1.0
# Speed changes by nothing over so long, but for what the accelerometer is wrong.
LEVEL_S = 15.0
DRIFT_M_S2 = 0.01
# From the turn on, taken to be at rest as well, a repetition rises by about its size.
CLIMBED_SHARE = 0.6
AWAY_SHARE = 0.8


def landed(history: History, swing: Swing) -> bool:
    """Whether this swing of the height, in cm, was a step up or down, as far as that shows."""
    start_s, turn_s = swing.start_s - DELAY_S, swing.turn_s - DELAY_S
    # What lasts longer than a step tells nothing.
    back, whole = swing.known_s - turn_s <= STEP_S, swing.end_s - DELAY_S - (start_s - EDGE_S) <= STEP_S
    if not back and not whole:
        return False
    if _still(history, swing.known_s - EDGE_S, swing.known_s):
        fell = back and history.mean_acc2_m2_s4(turn_s - FALL_S, turn_s) > FALL_M_S2**2
        return fell and _stayed_down(history, turn_s, swing)
    return whole and _still(history, start_s - EDGE_S, start_s) and _climbed(history, start_s - EDGE_S, swing)


def _stayed_down(history: History, turn_s: float, swing: Swing) -> bool:
    """At rest after it: whether the body has not come up since the turn."""
    way = _way(history, turn_s, swing.known_s)
    if way is None or way.to_rest > _unknown_m(way.cells):
        return False
    return way.between_rests < CLIMBED_SHARE * swing.size / 100.0


def _climbed(history: History, start_s: float, swing: Swing) -> bool:
    """At rest before it: whether it ends further from where it began than it went out."""
    way = _way(history, start_s, swing.end_s - DELAY_S)
    return way is not None and abs(way.from_rest) > max(STEP_M, AWAY_SHARE * swing.size / 100.0) + _unknown_m(way.cells)


def _way(history: History, start_s: float, end_s: float) -> VerticalWay[float] | None:
    """Without the accelerometer's error, m/s2."""
    span, level = history.between(start_s, end_s), history.between(end_s - LEVEL_S, end_s)
    if span is None or level is None:
        return None
    return summed(span.lift_m_s2 - mean(level.lift_m_s2))


def _unknown_m(cells: float) -> float:
    return 0.5 * DRIFT_M_S2 * (cells * CELL_S) ** 2


def _still(history: History, start_s: float, end_s: float) -> bool:
    span = history.between(start_s, end_s)
    if span is None or mean(np.square(span.lift_m_s2)) >= STILL_M_S2**2:
        return False
    return all(extent(angle) < STILL_RAD for angle in (span.obliquity_rad, span.tilt_rad))
