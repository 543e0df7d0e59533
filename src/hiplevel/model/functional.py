"""Functional calibration: the pelvis' axes from standing still and hinging forward (after Pacher et al. 2020)."""

from dataclasses import dataclass, replace

import numpy as np

from hiplevel.model.errors import InputError, Reason
from hiplevel.model.functional_parts import (
    STILL_ACC_SD_M_S2,
    STILL_GYR_SD_RAD_S,
    Stand,
    excursions,
    quietest,
    stands,
    usable,
    vertical,
)
from hiplevel.model.samples import Floats, Samples

STAND_S, SHORT_STAND_S = 3.0, 2.0
HINGES = 3
EXPLAINED_SHARE = 0.85
SLANT_DEG = 15.0
LEAST_HINGE_DEG, GOOD_HINGE_DEG = 10.0, 30.0
# Nobody leans back this far standing, so a deeper hinge was forward.
SURELY_FORWARD_DEG = 25.0
APART_DEG, FAR_APART_DEG, ODD_DEG = 4.0, 8.0, 25.0
HOW = "Hinge forward at the hips three times, about 45 degrees, slowly, with a straight back."
# One degree of list with every hinge of 45 turns the axis by 1.3 degrees, and no sensor can tell: what must be allowed.
LIST_ALIKE_DEG = 1.5
GYROSCOPE = "Check that the sensor sends angular rates, and in which unit."
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
    sure = deep >= SURELY_FORWARD_DEG and deep_back < 0.6 * deep
    sd_deg = float(np.hypot(LIST_ALIKE_DEG, apart_deg / len(straight) ** 0.5))
    learned = Learned(matrix, 1.0, (), depths, round(sd_deg, 2), sure)
    rows = np.concatenate([rate[m.rows] for m in straight])
    learned = _judge_stand(learned, stand)
    learned = _judge_depth(learned, deep, deep_back, odd=len(there) - len(straight))
    return _judge_axis(learned, rows, stand.up, apart_deg)


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


def _lowered(learned: Learned, factor: float, reason: str) -> Learned:
    return replace(learned, quality=learned.quality * factor, reasons=(*learned.reasons, reason))


def _judge_stand(learned: Learned, stand: Stand) -> Learned:
    if stand.unrest > 1.0:
        what = [
            *([f"swayed by {stand.lean_deg:.0f} degrees"] if stand.lean_deg > 2.0 else []),
            *([f"turned at {np.degrees(stand.gyr_sd_rad_s):.0f} degrees/s"] if _high_turn(stand) else []),
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


def _high_turn(stand: Stand) -> bool:
    return stand.gyr_sd_rad_s > STILL_GYR_SD_RAD_S


def _judge_depth(learned: Learned, deep: float, deep_back: float, odd: int) -> Learned:
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
        reason = "Movements this small may have been leaning backward, which would swap left and right."
        learned = _lowered(learned, 1.0, reason)
    if deep_back >= 0.6 * deep:
        reason = (
            f"You leaned one way by {deep:.0f} degrees and the other way by {deep_back:.0f}: forward and backward "
            "cannot be told apart, and with them left and right. Hinge forward only."
        )
        learned = _lowered(learned, 0.8, reason)
    elif deep_back > 0.0:
        reason = f"You also leaned backward, by {deep_back:.0f} degrees; it did not count. Stop when you stand upright."
        learned = _lowered(learned, 0.9, reason)
    return learned


def _judge_axis(learned: Learned, rate: Floats, up: Floats, apart_deg: float) -> Learned:
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
