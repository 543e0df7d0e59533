"""A leg moved to the side, as the pelvis over the other leg shows it: in the frontal plane, and towards that leg.

Velocities (6, n) are those of `learned_frames`: turning about the forward, left and upright axis, travel along them.
"""

import numpy as np

from hiplevel.detect.learned_track import Track
from hiplevel.detect.traces import middle
from hiplevel.model.rules import Stance
from hiplevel.model.samples import Floats
from hiplevel.motion.rest import RestParams

# Tilting, and travel forward and up: no part of it.
_OTHER = slice(1, 6, 2)
FRONTAL = slice(0, 6, 2)
_TURN_FORWARD, _TRAVEL_LEFT = 0, 4
# Of all turning, the least about the forward axis: a pelvis turned to and fro by the arms inclines less.
LEAST_INCLINED = 0.25
# Of a learned motion, the least that is travel to the side and tells one end from the other.
LEAST_SHIFT = 0.3


def frontal(velocity_m_s: Floats) -> Floats:
    """Only what belongs to a movement to the side, (6, n)."""
    out = velocity_m_s.copy()
    out[_OTHER] = 0.0
    return out


def is_to_the_side(track: Track, first: int, end: int) -> bool:
    """Whether the motion of frames [first, end) may be such a movement: no walking, and the pelvis does incline."""
    turning = track.velocity_m_s(first, end)[:3]
    energy = [float(np.add.reduce(row * row)) for row in turning]
    shaken = middle(track.shake_m2_s4(first, end).copy())
    return energy[_TURN_FORWARD] >= LEAST_INCLINED**2 * sum(energy) and shaken < RestParams().shaken_m_s2 ** 2


def turn_by_shift(pattern_m_s: Floats, stance: Stance) -> int:
    """The kind of extremum that is a turn, +1 or -1, of a motion (6,) that grows towards +1; 0 when it does not tell.

    On one leg the centre of mass stays over the foot: where the other leg, a sixth of the body's mass, goes out, the
    rest comes the other way. So the pelvis is nearest to the standing side where the leg turns.
    """
    shift = float(pattern_m_s[_TRAVEL_LEFT])
    if stance not in ("left", "right") or abs(shift) < LEAST_SHIFT * float(np.sqrt(np.add.reduce(pattern_m_s**2))):
        return 0
    return 1 if (shift > 0.0) == (stance == "left") else -1
