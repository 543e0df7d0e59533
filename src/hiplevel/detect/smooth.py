"""The low-pass in front of the counter, and its delay."""

from functools import cache

import numpy as np
from scipy.signal import butter, sosfilt_zi

from hiplevel.model.samples import Floats
from hiplevel.motion.filters import sections
from hiplevel.motion.grid import GRID_HZ

CORNER_HZ = 3.0
# Group delay of the filter in its pass band, measured on a 0.25 Hz sine: turning points come this much late.
DELAY_S = 0.075


@cache
def _design() -> tuple[Floats, Floats]:
    """Its sections, and the state of a signal that is 1 and was it always."""
    sos = np.asarray(butter(2, CORNER_HZ, fs=GRID_HZ, output="sos"))
    return sos, np.asarray(sosfilt_zi(sos))


class Smooth:
    """Second-order causal Butterworth low-pass of one signal."""

    def __init__(self) -> None:
        self._sos, self._steady = _design()
        self._state: Floats | None = None

    def restart(self) -> None:
        """Begin anew from the next value."""
        self._state = None

    def process(self, x: Floats) -> Floats:
        """(m,) to (m,)."""
        if self._state is None:
            self._state = self._steady * x[0]
        out, self._state = sections(self._sos, x, self._state)
        return out
