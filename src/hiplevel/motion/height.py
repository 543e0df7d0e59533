"""How far the pelvis moves up and down, from vertical acceleration alone.

Gravity is all that is needed, no mounting: a squat with any technique is one swing of this signal.
"""

from functools import cache

import numpy as np
from scipy.signal import bilinear_zpk, zpk2sos

from hiplevel.model.samples import Floats
from hiplevel.motion.filters import sections
from hiplevel.motion.grid import GRID_HZ

# Movements slower than this fade. Below it the double integral of any accelerometer is drift, not height.
CORNER_HZ = 0.08
_CORNER_RAD_S = 2.0 * np.pi * CORNER_HZ


@cache
def _design() -> Floats:
    """Twice integrated, three times high-passed: s / (s + a)^3."""
    zeros, poles, gain = bilinear_zpk([0.0], [-_CORNER_RAD_S] * 3, 1.0, GRID_HZ)
    return np.asarray(zpk2sos(zeros, poles, gain), dtype=np.float64)


def lead_s(period_s: float) -> float:
    """How much too early the filter shows a turn of a movement with this period, s."""
    omega = 2.0 * np.pi / period_s
    return float(3.0 * np.arctan(_CORNER_RAD_S / omega) / omega)


class Height:
    """Causal band-limited height; at rest 0, + = up."""

    def __init__(self) -> None:
        self._sos = _design()
        self._state = np.zeros((len(self._sos), 2))

    def restart(self) -> None:
        """Begin at rest."""
        self._state[:] = 0.0

    def process(self, acc_up_m_s2: Floats) -> Floats:
        """Height in m, (m,), from vertical acceleration without gravity, (m,)."""
        out, self._state = sections(self._sos, acc_up_m_s2, self._state)
        return out
