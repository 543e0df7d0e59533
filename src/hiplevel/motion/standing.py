"""The gyroscope's bias from a stand: a body sways, and how much it turned in doing so shows in its accelerometer.

The mean rate of a stand is the bias and how far the body swayed from its first moment to its last. Of people about to
walk (`ipol_walk`) a second's mean differs from one recording to the next by 0.35 degrees/s about the left-right axis,
three seconds' by 0.26, and what is found here by 0.10 (`benchmarks/standing.py`).
"""

import numpy as np
from vqf import VQF

from hiplevel.model.samples import Floats
from hiplevel.motion.adrift import Adrift, AdriftParams
from hiplevel.motion.grid import CELL_S

# What a pelvis does in quiet standing: some millimetres, a centimetre a second.
STANDING = AdriftParams(
    step_cells=25,
    place_m=0.004,
    speed_m_s=0.01,
    acc_m_s2=0.04,
    noise_m_s2=0.005,
    walk_rad=0.0002,
    bias_walk_rad_s=float(np.radians(0.002)),
)


def standing_bias(acc_m_s2: Floats, gyr_rad_s: Floats, rate_rad_s: Floats, sigma_rad_s: float) -> tuple[Floats, float]:
    """The bias (3,), rad/s, and one sigma of it about the level axes, which are those that a vertical depends on.

    acc_m_s2, gyr_rad_s (m, 3): the cells of the stand, sensor frame; rate_rad_s (3,) and its sigma: what the
    gyroscope alone says.
    """
    acc = np.ascontiguousarray(acc_m_s2)
    strapdown = VQF(CELL_S, motionBiasEstEnabled=False, restBiasEstEnabled=False)
    turned = strapdown.updateBatchFullState(np.ascontiguousarray(gyr_rad_s - rate_rad_s), acc)["gyrQuat"]
    # Sway is so small that the mean needs no turning.
    adrift = Adrift(np.cumsum(acc, axis=0)[-1] / len(acc), sigma_rad_s, STANDING)
    adrift.process(turned, acc)
    return rate_rad_s + adrift.bias_rad_s, adrift.level_bias_sigma_rad_s
