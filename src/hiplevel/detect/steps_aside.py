"""What a clip beside the middle of the pelvis goes up and down because the pelvis rolls.

With each step the pelvis rolls, to the left and to the right by turns, and 5 degrees lift a clip 12 cm aside by 1 cm:
as much as the step itself, once with it and once against it. How far aside it sits shows in what goes up and down in
time with the roll. The pelvis itself does not: it rises once a step, whichever side falls, and where feet are set
apart and drawn together by turns it is highest when they are together, a quarter of the roll's wave away.
"""

import numpy as np

from hiplevel.model.samples import Floats
from hiplevel.motion.filters import linear, sections
from hiplevel.motion.grid import CELL_S

# The clip stays where it is; this long is several strides, so that one that differs decides nothing.
_FORGET_S = 15.0
# Half the width of a pelvis with what is worn on it.
_MOST_M = 0.2
# So little is nothing: steps that differ make as much.
_LITTLE_M = 0.05
# Mean square of roll below which nothing moves that could tell, (rad/s)^2.
_QUIET = 0.02**2
_KEEP = float(np.exp(-CELL_S / _FORGET_S))
_B, _A = np.array([1.0 - _KEEP, 0.0]), np.array([1.0, -_KEEP])


class Aside:
    """`process(velocity_m_s, roll_rad_s)` gives the vertical velocity of the pelvis' middle, of (m,) that of the clip.

    filter_sos : what made that velocity of vertical acceleration
    """

    def __init__(self, filter_sos: Floats) -> None:
        self._sos = filter_sos
        self.restart()

    def restart(self) -> None:
        """Nothing spans a gap."""
        self._filter = np.zeros((len(self._sos), 2))
        self._means = np.zeros((2, 1))
        self._last = 0.0

    def process(self, velocity_m_s: Floats, roll_rad_s: Floats) -> Floats:
        """Cells (m,) that go on from those before."""
        turning = np.diff(roll_rad_s, prepend=self._last) / CELL_S
        self._last = float(roll_rad_s[-1])
        roll, self._filter = sections(self._sos, turning, self._filter)
        means, self._means = linear(_B, _A, np.stack([roll * velocity_m_s, roll * roll]), self._means)
        lever_m = np.clip(means[0] / (means[1] + _QUIET), -_MOST_M, _MOST_M)
        lever_m *= lever_m * lever_m / (lever_m * lever_m + _LITTLE_M * _LITTLE_M)
        middle: Floats = velocity_m_s - lever_m * roll
        return middle
