"""Which way is up in the sensor's frame, by VQF without magnetometer.

Laidig & Seel 2023, "VQF: Highly accurate IMU orientation estimation with bias estimation and magnetic disturbance
rejection", Information Fusion 91. Heading is never used: it drifts, and neither obliquity nor tilt needs it.
"""

from dataclasses import dataclass

import numpy as np
from vqf import VQF

from hiplevel.model.samples import Floats
from hiplevel.motion.grid import CELL_S, Cells


@dataclass(frozen=True, eq=False)
class Attitude:
    """up (3, m): the vertical in the sensor's frame; rate_rad_s (3, m): angular rate without bias, sensor frame."""

    up: Floats
    rate_rad_s: Floats


class Orientation:
    """Causal inclination; `restart` forgets the attitude but keeps what was learned of the gyroscope's bias."""

    def __init__(self) -> None:
        self._vqf = VQF(CELL_S)
        self._static_bias = np.zeros(3)

    def set_bias(self, bias_rad_s: Floats) -> None:
        """Subtract this constant before the filter, whose own estimate is clipped at 2 degrees/s."""
        self._static_bias = bias_rad_s

    def restart(self) -> None:
        """Start anew from gravity, after a gap in which the sensor may have turned."""
        bias, sigma = self._vqf.getBiasEstimate()
        self._vqf.resetState()
        self._vqf.setBiasEstimate(np.ascontiguousarray(bias), float(sigma))

    def process(self, cells: Cells) -> Attitude:
        """Attitude at the end of each cell."""
        gyr = cells.gyr_rad_s - self._static_bias
        result = self._vqf.updateBatch(gyr, cells.acc_m_s2)
        w, x, y, z = np.ascontiguousarray(result["quat6D"].T)
        up = np.empty((3, len(w)))
        up[0] = 2.0 * (x * z - w * y)
        up[1] = 2.0 * (y * z + w * x)
        up[2] = (w * w + z * z) - (x * x + y * y)
        return Attitude(up, np.ascontiguousarray((gyr - result["bias"]).T))
