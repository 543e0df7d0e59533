"""A recording that begins in side-lying: the still start made its vertical the upright one.

Then the frontal angle is right as it is, and rolling about the long axis shows as tilt. It is taken for lying until the
body moves as nobody does who only raises a leg: whoever stands first has to lie down.
"""

from dataclasses import replace

import numpy as np

from hiplevel.model.rules import Stance
from hiplevel.motion.block import MotionBlock
from hiplevel.motion.frame import dot
from hiplevel.motion.posture import Posture

# Lying down and sitting up turn the pelvis faster than this at some moment; a leg that is raised turns it by less.
MOST_RATE_RAD_S, MOST_ACC_M_S2 = 0.4, 2.0
# In poor form the pelvis rolls back quicker than in a hold; lying down takes it through 90 degrees in a second or two.
ROLLED_RAD_S = 0.7
LYING = (Posture.LEFT_SIDE, Posture.RIGHT_SIDE)


class LyingStart:
    """`lying(block)` gives what of a block was done lying on the side, as it would be from a start in standing."""

    def __init__(self, stance: Stance, most_rate_rad_s: float = MOST_RATE_RAD_S) -> None:
        """stance: the side that is lain on; when it is not told, which side is up is not known."""
        self._side = Posture.RIGHT_SIDE if stance == "right" else Posture.LEFT_SIDE
        self._since_start, self._most_rate_rad_s = True, most_rate_rad_s

    def lying(self, block: MotionBlock) -> MotionBlock | None:
        """None when nothing was."""
        if block.posture in LYING:
            self._since_start = False
            return block
        if not self._since_start or block.posture is not Posture.UPRIGHT:
            self._since_start = False
            return None
        rate2, acc2 = dot(block.rate_rad_s, block.rate_rad_s), dot(block.acc_m_s2, block.acc_m_s2)
        moved = np.flatnonzero((rate2 > self._most_rate_rad_s**2) | (acc2 > MOST_ACC_M_S2**2))
        if len(moved):
            self._since_start = False
            part = slice(0, int(moved[0]))
            block = replace(block[part], beats=block.beats.within(part))
        return replace(block, roll_rad=-block.tilt_rad, posture=self._side) if len(block.time_s) else None
