"""Whether the numbers can be in the units they are said to be in."""

import numpy as np

from hiplevel.model.errors import InputError, Reason
from hiplevel.model.samples import ACC_UNITS_M_S2, GYR_UNITS_RAD_S, Floats, Samples
from hiplevel.recording.csv_turning import at_most, turning, turns_against

STANDARD_GRAVITY_M_S2 = ACC_UNITS_M_S2["g"]
GRAVITY_M_S2 = (5.0, 20.0)  # cheap sensors read 14 at rest; a factor of 9.81 or 1000 is never one of these
GRAVITY_TOLERANCE = 0.05
FREE_M_S2 = 3.0
REST_SAMPLES, REST_WINDOWS, REST_SHARE = 25, 4, 0.02  # a second at rest, in pieces, at 100 Hz
UNIT_FACTOR = 3.0  # how far the turning of gravity may be from what a unit would give


def acc_unit(acc: Floats, told: str, file: str) -> tuple[str, tuple[str, ...]]:
    """The unit of `acc` (n, 3) by its median length, which is gravity's; and remarks.

    Raises
    ------
    InputError
        UNITS when the unit told cannot be right, or none can.
    """
    median = float(np.median(np.linalg.norm(acc, axis=1)))
    fitting = [u for u, scale in ACC_UNITS_M_S2.items() if GRAVITY_M_S2[0] <= median * scale <= GRAVITY_M_S2[1]]
    if not fitting:
        _no_acc_unit(median, told, file)
    unit = told or fitting[0]
    if unit not in fitting:
        raise InputError(
            f"The accelerometer of {file} reads {median:g} at rest, which is not gravity in {unit}.",
            Reason.UNITS,
            f"It reads as {fitting[0]}: use acc unit {fitting[0]}.",
        )
    at_rest_m_s2 = _at_rest(acc) * ACC_UNITS_M_S2[unit]
    off = at_rest_m_s2 / STANDARD_GRAVITY_M_S2 - 1.0
    if not abs(off) > GRAVITY_TOLERANCE:  # nor where it never rested
        return unit, ()
    return unit, (
        f"The accelerometer's scale looks {abs(off):.0%} too {'high' if off > 0 else 'low'}: at rest it reads "
        f"{at_rest_m_s2:.2f} m/s2 where gravity is 9.81. Angles suffer little, but check the sensor.",
    )


def _at_rest(acc: Floats) -> float:
    """The median length of what it reads where that hardly changes; NaN where it always does, as in running."""
    lengths = np.linalg.norm(acc, axis=1)
    windows = lengths[: len(lengths) // REST_SAMPLES * REST_SAMPLES].reshape(-1, REST_SAMPLES)
    still = windows[windows.std(axis=1) <= REST_SHARE * windows.mean(axis=1)]
    return float(np.median(still)) if len(still) >= REST_WINDOWS else float("nan")


def _no_acc_unit(median: float, told: str, file: str) -> None:
    if median * ACC_UNITS_M_S2[told or "m/s2"] < FREE_M_S2:
        raise InputError(
            f"The accelerometer of {file} reads {median:g} at rest: gravity seems to have been taken out.",
            Reason.UNITS,
            "The columns that still contain gravity are needed (raw or total acceleration).",
        )
    raise InputError(
        f"The accelerometer of {file} reads {median:g} at rest, which is gravity in no unit "
        f"({', '.join(ACC_UNITS_M_S2)}).",
        Reason.UNITS,
        "Are these the accelerometer's columns?",
    )


def gyr_unit(time_s: Floats, acc_m_s2: Floats, gyr: Floats, told: str, file: str) -> tuple[str, tuple[str, ...]]:
    """The unit of `gyr` (n, 3), checked against how fast gravity's direction turns in the sensor; and remarks.

    Silent where the recording hardly moves: then any unit that was told is believed.

    Raises
    ------
    InputError
        UNITS when the turning says clearly that it is another unit, or when neither header nor movement tells.
    """
    trial = told or "rad/s"
    samples = Samples.from_units(time_s, acc_m_s2, gyr, gyr_unit=trial)
    seen = turning(samples)
    if seen is None or (seen.slope < 0.0 and not turns_against(samples)):
        if told:
            _not_overstated(samples, told, file)
            return told, ()
        raise InputError(
            f"The gyroscope columns of {file} do not say their unit, and the movement in it does not show it.",
            Reason.UNITS,
            f"Give gyr unit: {', '.join(GYR_UNITS_RAD_S)}.",
        )
    if seen.slope < 0.0:
        return _or_ask(told, file), (
            "The gyroscope turns against the accelerometer: an axis or a sign seems swapped between the two.",
        )
    ratios = {u: GYR_UNITS_RAD_S[u] / GYR_UNITS_RAD_S[trial] for u in GYR_UNITS_RAD_S}
    best = min(ratios, key=lambda u: abs(np.log(seen.slope / ratios[u])))
    fits = abs(np.log(seen.slope / ratios[best])) <= np.log(UNIT_FACTOR)
    if not told and fits:
        return best, ()
    if best == trial or not fits:
        return _or_ask(told, file), ()
    raise InputError(
        f"The gyroscope of {file} cannot be in {told}: gravity's direction turns {_times(seen.slope)} it says.",
        Reason.UNITS,
        f"It reads as {best}: use gyr unit {best}.",
    )


def _not_overstated(samples: Samples, told: str, file: str) -> None:
    """Refuse a gyroscope that turns far more than gravity does, where the next smaller unit would not."""
    most = at_most(samples)
    smaller = {unit: scale / GYR_UNITS_RAD_S[told] for unit, scale in GYR_UNITS_RAD_S.items()}
    next_one = max((unit for unit, part in smaller.items() if part < 1.0), key=lambda unit: smaller[unit], default="")
    if most is None or not next_one or most > UNIT_FACTOR * smaller[next_one]:
        return
    raise InputError(
        f"The gyroscope of {file} cannot be in {told}: gravity's direction turns {_times(most)} it says, at the most.",
        Reason.UNITS,
        f"Use gyr unit {next_one}, or check which columns are the gyroscope's.",
    )


def _or_ask(told: str, file: str) -> str:
    if told:
        return told
    raise InputError(
        f"The gyroscope columns of {file} do not say their unit, and they do not agree with the accelerometer.",
        Reason.UNITS,
        f"Check which columns are the gyroscope's and give gyr unit: {', '.join(GYR_UNITS_RAD_S)}.",
    )


def _times(slope: float) -> str:
    return f"{slope:.0f} times as fast as" if slope > 1.0 else f"at 1/{1.0 / slope:.0f} of the speed"
