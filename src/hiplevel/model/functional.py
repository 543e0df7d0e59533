"""Functional calibration: the pelvis' axes from standing still and hinging forward (after Pacher et al. 2020)."""

from dataclasses import dataclass

import numpy as np

from hiplevel.model.errors import InputError, Reason
from hiplevel.model.functional_judge import (
    BACK_SHARE,
    HOW,
    SURELY_FORWARD_DEG,
    Learned,
    judge_axis,
    judge_depth,
    judge_stand,
)
from hiplevel.model.functional_stand import Stand, quietest, stands, usable
from hiplevel.model.functional_tilt import excursions, vertical
from hiplevel.model.samples import Floats, Samples

SHORT_STAND_S = 2.0
LEAST_HINGE_DEG, ODD_DEG = 10.0, 25.0
# One sigma of how far a pelvis may list alike in every hinge, which no sensor can tell from a clip that is turned. The
# less it hinges, the further the same list turns the axis: by 2 degrees at 45, by 4 at 20.
LIST_ALIKE_DEG = 1.4
GYROSCOPE = "Check that the sensor sends angular rates, and in which unit."


@dataclass(frozen=True, eq=False)
class _Move:
    """An excursion: its rows, depth, and the axis (3,) it turned about, such that the body fell to axis x up."""

    rows: slice
    depth_deg: float
    axis: Floats


def learn(still: Samples, hinges: Samples) -> Learned:
    """The axes from a stand and hinges given apart.

    Raises
    ------
    InputError
        CALIBRATION or UNITS when no frame can be had at all.
    """
    still, hinges = usable(still, "standing still", 1.0), usable(hinges, "the hinges", 2.0)
    found = stands(still, SHORT_STAND_S)
    stand = max(found, key=lambda s: s.lasting_s) if found else quietest(still, SHORT_STAND_S)
    _check_gravity(stand)
    return _learn(stand, hinges)


def learn_continuous(samples: Samples) -> Learned:
    """The axes from one stretch that holds a stand and, after it, the hinges; what else it holds is looked past.

    Each quiet stand is tried with what follows it: one before the clip was put on explains no hinges.

    Raises
    ------
    InputError
        as `learn`.
    """
    samples = usable(samples, "the movements", SHORT_STAND_S)
    found = stands(samples, SHORT_STAND_S) or [quietest(samples, SHORT_STAND_S)]
    best: Learned | None = None
    refusal: InputError | None = None
    for stand in sorted(found, key=lambda s: -s.lasting_s)[:8]:
        try:
            _check_gravity(stand)
            learned = _learn(stand, usable(samples[stand.end :], "the hinges after standing still", 2.0))
        except InputError as error:
            refusal = refusal or error
            continue
        if best is None or (learned.quality, len(learned.hinges_deg)) > (best.quality, len(best.hinges_deg)):
            best = learned
    if best is None:
        assert refusal is not None
        raise refusal
    return best


def _check_gravity(stand: Stand) -> None:
    if stand.gravity_m_s2 < 1e-6:
        raise InputError("There is no gravity in the calibration's samples.", Reason.CALIBRATION)
    if not 4.0 <= stand.gravity_m_s2 <= 20.0:
        raise InputError(
            f"Gravity reads {stand.gravity_m_s2:.4g} in the calibration where 9.81 m/s2 is expected.",
            Reason.UNITS,
            "Give the accelerometer in m/s2 (Samples.from_units converts g and mg).",
        )


def _learn(stand: Stand, hinges: Samples) -> Learned:
    up = vertical(hinges, stand.bias_rad_s, stand.up, stand.gravity_m_s2)
    rate = hinges.gyr_rad_s - stand.bias_rad_s
    away_deg = np.degrees(np.arccos(np.clip(up @ stand.up, -1.0, 1.0)))
    found = excursions(hinges.time_s, away_deg, LEAST_HINGE_DEG)
    if not found:
        raise _no_hinge(hinges, rate, up, float(away_deg.max(initial=0.0)))
    if not rate.any() or float(np.ptp(rate, axis=0).max()) < np.radians(1.0):
        raise InputError("The gyroscope showed no turning while the clip was turned.", Reason.CALIBRATION, GYROSCOPE)
    level = rate - np.sum(rate * up, axis=1, keepdims=True) * up  # turning on the spot takes no part in finding it
    moves = [_move(level, up, stand.up, float(away_deg[peak]), peak, slice(a, b)) for a, peak, b in found]
    there, back = _sorted_by_sense(moves)
    axis = _mean_axis(there)
    straight = [m for m in there if _turned_deg(m.axis, axis, stand.up) < ODD_DEG] or there
    axis = _mean_axis(straight)
    turned = np.array([_turned_deg(m.axis, axis, stand.up, signed=True) for m in straight])
    apart_deg = float(turned.std(ddof=1)) if len(straight) > 1 else 0.0
    left = axis / np.linalg.norm(axis)
    matrix = np.stack([np.cross(left, stand.up), left, stand.up])
    depths = tuple(round(m.depth_deg, 1) for m in straight)
    deep, deep_back = float(np.median(depths)), max((m.depth_deg for m in back), default=0.0)
    sure = deep >= SURELY_FORWARD_DEG and deep_back < BACK_SHARE * deep
    turned_alike_deg = LIST_ALIKE_DEG / np.sin(np.radians(min(deep, 90.0)))
    sd_deg = float(np.hypot(turned_alike_deg, apart_deg / len(straight) ** 0.5))
    learned = Learned(matrix, 1.0, (), depths, round(sd_deg, 2), sure)
    rows = np.concatenate([rate[m.rows] for m in straight])
    learned = judge_stand(learned, stand)
    learned = judge_depth(learned, deep, deep_back, odd=len(there) - len(straight))
    return judge_axis(learned, rows, stand.up, apart_deg)


def _no_hinge(hinges: Samples, rate: Floats, up: Floats, reached_deg: float) -> InputError:
    step_s = np.minimum(np.diff(hinges.time_s, prepend=hinges.time_s[0]), 0.2)
    about_vertical = np.degrees(np.cumsum(np.sum(rate * up, axis=1) * step_s))
    if np.ptp(about_vertical) > 30.0 and np.ptp(about_vertical) > 3.0 * reached_deg:
        sentence = (
            f"You turned left and right by {np.ptp(about_vertical):.0f} degrees, but leaned forward by "
            f"{reached_deg:.0f} only: turning does not show which way is left."
        )
    elif reached_deg < LEAST_HINGE_DEG:
        sentence = f"The hinges reached {reached_deg:.0f} degrees; too little to find the left-right axis."
    else:
        sentence = "Samples are missing in each of the hinges, so none could be followed."
    return InputError(sentence, Reason.CALIBRATION, HOW)


def _move(level: Floats, up: Floats, stood: Floats, depth_deg: float, peak: int, rows: slice) -> _Move:
    """The principal axis of the rate, level, with the sign that gravity gives: measured up falls away from the lean."""
    axis = np.linalg.eigh(level[rows].T @ level[rows])[1][:, -1]
    axis = axis - (axis @ stood) * stood
    axis = axis / max(float(np.linalg.norm(axis)), 1e-9)
    return _Move(rows, depth_deg, axis if np.cross(axis, stood) @ up[peak] < 0.0 else -axis)


def _sorted_by_sense(moves: list[_Move]) -> tuple[list[_Move], list[_Move]]:
    """Those towards the side that was leaned to most, and the others: forward, and backward."""
    deepest = max(moves, key=lambda m: m.depth_deg).axis
    senses = [m for m in moves if m.axis @ deepest >= 0.0], [m for m in moves if m.axis @ deepest < 0.0]
    there, back = sorted(senses, key=lambda group: -sum(m.depth_deg**2 for m in group))
    return there, back


def _mean_axis(moves: list[_Move]) -> Floats:
    return np.asarray(sum((m.depth_deg * m.axis for m in moves), np.zeros(3)))


def _turned_deg(axis: Floats, main: Floats, up: Floats, *, signed: bool = False) -> float:
    angle = float(np.degrees(np.arctan2(np.cross(main, axis) @ up, main @ axis)))
    return angle if signed else abs(angle)
