"""Which way is up in the sensor's frame, by VQF without magnetometer.

Laidig & Seel 2023, "VQF: Highly accurate IMU orientation estimation with bias estimation and magnetic disturbance
rejection", Information Fusion 91. Heading is never used: it drifts, and neither obliquity nor tilt needs it.
"""

from dataclasses import dataclass

import numpy as np
from vqf import VQF

from hiplevel.model.samples import Floats
from hiplevel.motion.grid import CELL_S, Cells

STANDARD_GRAVITY_M_S2 = 9.80665
# So long after the start rest may teach the filter the gyroscope's bias. Later a pelvis that sinks slowly looks like
# rest too: for 8 degrees in 10 s VQF would read 2.3 degrees too little (tests/motion/test_slow.py).
REST_CELLS = round(4.0 / CELL_S)
# Fed to the filter before the first real cell: three of its accelerometer time constants of rest.
WARM_CELLS = round(9.0 / CELL_S)


@dataclass(frozen=True, eq=False)
class Attitude:
    """up (3, m): the vertical; rate_rad_s (3, m): angular rate without bias; both in the sensor frame.

    bias_sigma_rad_s (m,): one sigma of the bias estimate.
    """

    up: Floats
    rate_rad_s: Floats
    bias_sigma_rad_s: Floats


@dataclass(frozen=True, eq=False)
class Gravity:
    """up (3,) in the sensor frame of the first cell; how the sensor turned since, (m, 4); rms of accelerations."""

    up: Floats
    turned: Floats
    shaken_m_s2: float

    def up_between(self, rows: slice) -> Floats:
        """Mean vertical (3,) of some cells, each in the sensor frame at its time."""
        back = self.turned[rows] * np.array([1.0, -1.0, -1.0, -1.0])
        mean = np.cumsum(_turned(back, np.tile(self.up, (len(back), 1))), axis=0)[-1]
        return np.asarray(mean / np.linalg.norm(mean))


class Orientation:
    """Causal inclination; `begin` forgets the attitude but keeps what was learned of the gyroscope's bias."""

    def __init__(self) -> None:
        self._vqf = VQF(CELL_S)
        self._static_bias = np.zeros(3)
        self._rest_cells = REST_CELLS

    def set_bias(self, bias_rad_s: Floats, sigma_rad_s: float) -> None:
        """Subtract this constant before the filter, whose own estimate is clipped at 2 degrees/s."""
        self._static_bias = bias_rad_s
        self._vqf.setBiasEstimate(np.zeros(3), sigma_rad_s)

    def gravity(self, cells: Cells, rows: slice) -> "Gravity":
        """The vertical of some cells, averaged in a frame that the gyroscope holds still.

        A filter that starts from one accelerometer sample starts wrong when the body is already moving: over a second
        or more accelerations cancel, as far as the body ends as fast as it began.
        """
        judged = cells[: rows.stop]
        strapdown = VQF(CELL_S)
        turned = np.empty((len(judged.time_s), 4))
        for row, rate in enumerate(judged.gyr_rad_s - self._static_bias - self._vqf.getBiasEstimate()[0]):
            strapdown.updateGyr(rate)
            turned[row] = strapdown.getQuat3D()
        pulls = _turned(turned, judged.acc_m_s2)[rows]
        mean = np.cumsum(pulls, axis=0)[-1] / len(pulls)
        shaken = np.cumsum(np.square(pulls - mean).sum(axis=1))[-1] / len(pulls)
        return Gravity(mean / np.linalg.norm(mean), turned, float(np.sqrt(shaken)))

    def begin(self, gravity: "Gravity") -> None:
        """Start at the first of the cells that this gravity was found in."""
        bias, sigma = self._vqf.getBiasEstimate()
        self._vqf.resetState()
        self._vqf.setMotionBiasEstEnabled(False)
        self._vqf.setRestBiasEstEnabled(False)
        rest = np.tile(gravity.up * STANDARD_GRAVITY_M_S2, (WARM_CELLS, 1))
        self._vqf.setBiasEstimate(np.zeros(3), float(sigma))
        self._vqf.updateBatch(np.zeros((WARM_CELLS, 3)), rest)
        self._vqf.setBiasEstimate(np.ascontiguousarray(bias), float(sigma))
        self._vqf.setMotionBiasEstEnabled(True)
        self._vqf.setRestBiasEstEnabled(self._rest_cells > 0)

    def process(self, cells: Cells) -> Attitude:
        """Attitude at the end of each cell."""
        gyr = cells.gyr_rad_s - self._static_bias
        resting = min(self._rest_cells, len(gyr))
        if 0 < resting < len(gyr):
            parts = [self._update(gyr[:resting], cells.acc_m_s2[:resting])]
            parts.append(self._update(gyr[resting:], cells.acc_m_s2[resting:]))
            result = {key: np.concatenate([part[key] for part in parts]) for key in parts[0]}
        else:
            result = self._update(gyr, cells.acc_m_s2)
        w, x, y, z = np.ascontiguousarray(result["quat6D"].T)
        up = np.empty((3, len(w)))
        up[0] = 2.0 * (x * z - w * y)
        up[1] = 2.0 * (y * z + w * x)
        up[2] = (w * w + z * z) - (x * x + y * y)
        return Attitude(up, np.ascontiguousarray((gyr - result["bias"]).T), result["biasSigma"])

    def _update(self, gyr: Floats, acc: Floats) -> dict[str, Floats]:
        result: dict[str, Floats] = self._vqf.updateBatch(gyr, acc)
        if self._rest_cells > 0:
            self._rest_cells -= len(gyr)
            self._vqf.setRestBiasEstEnabled(self._rest_cells > 0)
        return result


def _turned(quaternion: Floats, vectors: Floats) -> Floats:
    """Vectors (m, 3) turned by unit quaternions (m, 4) in w, x, y, z order."""
    axis = quaternion[:, 1:]
    twice = 2.0 * np.cross(axis, vectors)
    return np.asarray(vectors + quaternion[:, :1] * twice + np.cross(axis, twice))
