"""The check after a calibration: "raise the left hip" must be seen on the left."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from hiplevel.model.calibration import Calibration
from hiplevel.model.functional_stand import quietest, stands, usable
from hiplevel.model.functional_tilt import vertical
from hiplevel.model.samples import Floats, Samples

Verdict = Literal["right", "wrong side", "not seen"]
LEAST_RISE_DEG = 3.0
# The other side's fall or rise before and after is smaller than this share of the raise itself.
CLEARLY = 1.5
HALF_TURN = np.diag([-1.0, -1.0, 1.0])
AGAIN = "Stand still for 2 s, raise the left hip once as high as you can, and stand still again."


@dataclass(frozen=True, eq=False)
class HipCheck:
    """Whether the raise of the left hip was seen where it belongs.

    Attributes
    ----------
    verdict : 'right', 'wrong side' (left and right are swapped) or 'not seen'
    rise_deg : how far the left side rose (negative: fell), degrees
    text : the verdict in sentences, with what to do
    calibration : what to go on with: checked when right, turned half round when on the wrong side, else as it was
    """

    verdict: Verdict
    rise_deg: float
    text: str
    calibration: Calibration


def check_left_hip(calibration: Calibration, samples: Samples) -> HipCheck:
    """Judge samples (n,) in which somebody stands still for a moment, then raises the left hip.

    Raises
    ------
    InputError
        CALIBRATION when there are too few samples.
    """
    samples = usable(samples, "raising the left hip", 1.5)
    quiet = stands(samples, 0.5)
    stand = quiet[0] if quiet else quietest(samples, 0.5)
    up = vertical(samples, stand.bias_rad_s, stand.up, stand.gravity_m_s2)
    change = (up - stand.up) @ calibration.matrix.T
    listed = np.degrees(np.arcsin(np.clip(change[:, 1], -1.0, 1.0)))
    leaned = float(np.degrees(np.arcsin(min(np.abs(change[:, 0]).max(), 1.0))))
    rise_deg, fall_deg = max(float(listed.max()), 0.0), max(float(-listed.min()), 0.0)
    peak_deg = rise_deg if rise_deg >= fall_deg else -fall_deg
    problem = _problem(rise_deg, fall_deg, leaned)
    if problem:
        return HipCheck("not seen", peak_deg, f"{problem} {AGAIN}", calibration)
    if peak_deg > 0.0:
        text = f"The left hip rose by {rise_deg:.0f} degrees, on the left: the calibration knows left from right."
        return HipCheck("right", peak_deg, text, replace(calibration, checked=True, side_sure=True))
    text = (
        f"The left hip was raised, but it was seen on the right, by {fall_deg:.0f} degrees: left and right are "
        "swapped. Go on with the corrected calibration if it was the left hip; else repeat the check."
    )
    return HipCheck("wrong side", peak_deg, text, _half_turned(calibration))


def _problem(rise_deg: float, fall_deg: float, leaned_deg: float) -> str:
    larger, smaller = max(rise_deg, fall_deg), min(rise_deg, fall_deg)
    if leaned_deg >= LEAST_RISE_DEG and leaned_deg > CLEARLY * larger:
        return (
            f"The movement was seen as leaning forward or backward, by {leaned_deg:.0f} degrees: keep the "
            "trunk upright; if you did, the clip was moved since the calibration, or that is wrong: calibrate again."
        )
    if larger < LEAST_RISE_DEG:
        return f"No hip was seen to rise: the pelvis moved by {larger:.0f} degrees, {LEAST_RISE_DEG:.0f} are needed."
    if larger < CLEARLY * smaller:
        return f"Both sides rose, the left by {rise_deg:.0f} degrees and the right by {fall_deg:.0f}."
    return ""


def _half_turned(calibration: Calibration) -> Calibration:
    matrix: Floats = HALF_TURN @ calibration.matrix
    reason = "Left and right were swapped by the check of the left hip."
    return replace(calibration, matrix=matrix, checked=True, side_sure=True, reasons=(*calibration.reasons, reason))
