"""Cells two by two, and back: a body turns so slowly that 50 steps a second are enough for the filter of its attitude.

Two turns, one after the other, are one turn by their sum and half their cross product; what that leaves out is of the
third order (Bortz 1971, IEEE Trans Aerosp Electron Syst 7:61-66). Up to 4 rad/s, faster than a pelvis turns in any
exercise, the vertical stays within 0.02 degrees of what the filter gives cell by cell: `tests/motion/test_pairs.py`.
"""

import numpy as np

from hiplevel.model.samples import Floats
from hiplevel.motion.frame import cross
from hiplevel.motion.grid import CELL_S

PAIR_S = 2.0 * CELL_S
# Of the products with the second turn: all that turns the acceleration, and half of what the order of two turns makes.
_SHARE = CELL_S * np.array([[1.0], [0.5]])


def paired(first: Floats, second: Floats) -> tuple[Floats, Floats]:
    """Mean rate and acceleration (k, 3) of k pairs, in the sensor's frame at the end of each.

    first, second (6, k): acceleration and rate of the two cells.
    """
    before, after = (cells.reshape(2, 3, -1).swapaxes(0, 1) for cells in (first, second))  # (3, 2, k)
    mean = cross(before, second[3:, None])
    mean *= _SHARE
    mean += before
    mean += after
    mean *= 0.5
    out = np.empty((2, first.shape[1], 3))
    for axis, row in enumerate(mean):
        out[:, :, axis] = row
    return out[1], out[0]


def turned_on(up: Floats, rate_rad_s: Floats) -> Floats:
    """The vertical (3, k) a cell later, the frame turning on at rate_rad_s (3, k); to the second order, as above."""
    by = CELL_S * rate_rad_s
    first = cross(up, by)
    out = cross(first, by)
    out *= 0.5
    out += first
    out += up
    return out
