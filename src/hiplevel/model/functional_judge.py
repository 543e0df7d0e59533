"""What a calibration is worth: each fault of the movements lowers the quality, and is named."""

from dataclasses import dataclass, replace

import numpy as np

from hiplevel.model.functional_stand import STILL_ACC_SD_M_S2, STILL_GYR_SD_RAD_S, STILL_LEAN_DEG, Stand
from hiplevel.model.samples import Floats

STAND_S = 3.0
HINGES = 3
EXPLAINED_SHARE = 0.85
SLANT_DEG = 15.0
GOOD_HINGE_DEG = 35.0
# Leaning back tips the pelvis by up to 25 degrees, raising a straight leg in front by 20 to 38 (UI-PRMD, markers).
SURELY_FORWARD_DEG = 35.0
BACK_SHARE = 0.6
APART_DEG, FAR_APART_DEG = 4.0, 8.0
HOW = "Hinge forward at the hips three times, about 45 degrees, slowly, with a straight back."
# A fault that alone forbids grading leaves this, below the 0.5 that is needed.
FAILED = 0.45


@dataclass(frozen=True, eq=False)
class Learned:
    """What the movements taught: matrix (3, 3) sensor to pelvis, quality 0 to 1, reasons in sentences.

    hinges_deg : the depth of each hinge; axis_sd_deg : one sigma of the left-right axis about the vertical: how far the
    hinges disagree, and how far they may list alike; side_sure : whether gravity alone told forward from backward
    """

    matrix: Floats
    quality: float
    reasons: tuple[str, ...]
    hinges_deg: tuple[float, ...]
    axis_sd_deg: float
    side_sure: bool


def _lowered(learned: Learned, factor: float, reason: str) -> Learned:
    return replace(learned, quality=learned.quality * factor, reasons=(*learned.reasons, reason))


def judge_stand(learned: Learned, stand: Stand) -> Learned:
    """For how quiet and how long the stand was."""
    if stand.unrest > 1.0:
        what = [
            *([f"swayed by {stand.lean_deg:.0f} degrees"] if stand.lean_deg > STILL_LEAN_DEG else []),
            *(
                [f"turned at {np.degrees(stand.gyr_sd_rad_s):.0f} degrees/s"]
                if stand.gyr_sd_rad_s > STILL_GYR_SD_RAD_S
                else []
            ),
            *([f"shook by {stand.acc_sd_m_s2:.1f} m/s2"] if stand.acc_sd_m_s2 > STILL_ACC_SD_M_S2 else []),
        ]
        reason = (
            f"You moved while standing still: even in the quietest {stand.lasting_s:.0f} s you {' and '.join(what)}. "
            "Stand on both feet, hands at your sides or on a chair, look at one point, and wait 4 s."
        )
        return _lowered(learned, FAILED / stand.unrest**0.5, reason)
    if stand.lasting_s < STAND_S - 0.3:
        return _lowered(learned, 0.85, f"You stood still for {stand.lasting_s:.1f} s; 3 to 5 s are better.")
    return learned


def judge_depth(learned: Learned, deep: float, deep_back: float, odd: int) -> Learned:
    """For how many hinges there were, how deep (degrees) forward and backward, and how many went another way."""
    count = len(learned.hinges_deg)
    if odd:
        times = "One movement" if odd == 1 else f"{odd} movements"
        learned = _lowered(learned, 0.9, f"{times} went another way than the hinges, and did not count.")
    if count < HINGES:
        seen = "one hinge was" if count == 1 else f"{count} hinges were"
        reason = f"Only {seen} seen; do three, and come all the way up after each."
        learned = _lowered(learned, FAILED if count == 1 else 0.8, reason)
    if deep < GOOD_HINGE_DEG:
        learned = _lowered(learned, max(deep / GOOD_HINGE_DEG, 0.5), f"The hinges reached {deep:.0f} degrees. {HOW}")
    if deep < SURELY_FORWARD_DEG:
        reason = (
            "Movements this small may have been backward, which would swap left and right: raise the left hip to check."
        )
        learned = _lowered(learned, 1.0, reason)
    if deep_back >= BACK_SHARE * deep:
        reason = (
            f"You leaned one way by {deep:.0f} degrees and the other way by {deep_back:.0f}: forward and backward "
            "cannot be told apart, and with them left and right. Hinge forward only."
        )
        learned = _lowered(learned, 0.8, reason)
    elif deep_back > 0.0:
        reason = f"You also leaned backward, by {deep_back:.0f} degrees; it did not count. Stop when you stand upright."
        learned = _lowered(learned, 0.9, reason)
    return learned


def judge_axis(learned: Learned, rate: Floats, up: Floats, apart_deg: float) -> Learned:
    """For the share of the rate (n, 3) that one axis explains, how level that is, and how far the hinges differ."""
    variance, axes = np.linalg.eigh(rate.T @ rate)
    explained = float(variance[-1] / max(variance.sum(), 1e-12))
    if explained < EXPLAINED_SHARE:
        reason = (
            f"Only {100.0 * explained:.0f} % of the movement was one hinge axis ({100.0 * EXPLAINED_SHARE:.0f} % are "
            "needed): hinge straight forward without twisting or turning."
        )
        learned = _lowered(learned, FAILED * explained / EXPLAINED_SHARE, reason)
    slant_deg = float(np.degrees(np.arcsin(min(abs(float(axes[:, -1] @ up)), 1.0))))
    if slant_deg > SLANT_DEG:
        reason = (
            f"The hinges turned about an axis {slant_deg:.0f} degrees from level: keep the weight on both legs alike."
        )
        learned = _lowered(learned, FAILED, reason)
    if apart_deg > APART_DEG:
        reason = f"The hinges differ in direction by {apart_deg:.0f} degrees: hinge straight forward each time."
        learned = _lowered(learned, FAILED if apart_deg > FAR_APART_DEG else APART_DEG / apart_deg, reason)
    return learned
