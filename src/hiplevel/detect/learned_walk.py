"""Is a rhythm that of strides? Walking, however slow, is no repetition, and where the clip sits is not known.

From one step to the next the body turns and sways the other way, but rises, sinks and is braked the same way: what
repeats after half a stride is as large as what does not, and goes elsewhere. In an exercise it is a small part of the
way there and back, along the same way.
"""

import numpy as np

from hiplevel.detect.learned_frames import FRAME_HZ
from hiplevel.detect.learned_signal import along
from hiplevel.detect.strode import LONGEST_S
from hiplevel.model.samples import Floats

# Of all that moves, in walks 0.4 and more; in movements of squats, lunges and single legs 0.2 and less.
LEAST_SHARE = 0.3


def walks(velocity_m_s: Floats, pattern: Floats, period: float) -> bool:
    """Whether velocities (6, n) of a few periods are of walking; pattern (6,): how the body moves in the rhythm.

    period: in frames.
    """
    half = round(0.5 * period)
    if period > LONGEST_S * FRAME_HZ or velocity_m_s.shape[1] <= 2 * half:
        return False
    before, after = velocity_m_s[:, :-half], velocity_m_s[:, half:]
    same, other = before + after, after - before
    aside = same - pattern[:, None] * (along(pattern, same) / np.add.reduce(pattern * pattern))
    return bool(_energy(aside) > LEAST_SHARE * (_energy(same) + _energy(other)))


def _energy(x: Floats) -> float:
    return float(np.add.reduce(np.add.reduce(x * x, axis=0)))
