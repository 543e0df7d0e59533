"""The movements a sensor's mounting is learned from: stand still, then three forward hip hinges."""

from numpy.typing import ArrayLike

from hiplevel.model.calibration import Calibration
from hiplevel.simulate.imu import ImuErrors
from hiplevel.simulate.sessions import LEVER_ARM_M, session
from hiplevel.simulate.truth import Simulated
from hiplevel.simulate.work import Hinges, Still


def calibration_movements(
    mounting: ArrayLike | Calibration | None = None,
    seed: int = 0,
    *,
    still_s: float = 4.0,
    hinges: int = 3,
    hinge_deg: float = 45.0,
    sideways_deg: float = 0.0,
    rate_hz: float = 100.0,
    imu: ImuErrors | None = None,
    lever_arm_m: ArrayLike = LEVER_ARM_M,
) -> Simulated:
    """Still, then hip hinges on both feet; sideways_deg is how far the pelvis also lists in each: a poor performance.

    truth.parts are the still part, the hinges, and standing still again.
    """
    return session(
        [Still(still_s), Hinges(hinges, hinge_deg, sideways_deg), Still(1.0)],
        rate_hz=rate_hz,
        seed=seed,
        mounting=mounting,
        imu=imu,
        lever_arm_m=lever_arm_m,
    )
