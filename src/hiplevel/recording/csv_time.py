"""The time of the rows: unit, zero, order."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hiplevel.model.errors import InputError, Reason
from hiplevel.model.samples import Floats
from hiplevel.recording.arrivals import are_arrivals
from hiplevel.recording.csv_columns import ISO, SAMPLES, TICKS_PER_S
from hiplevel.recording.csv_counting import counts_by_one, sample_index
from hiplevel.recording.csv_dates import since_1970_ns
from hiplevel.recording.csv_values import Ints, Values

SAMPLE_PERIODS_S = (5e-4, 0.25)  # 4 Hz to 2 kHz: ranges of neighbouring units do not overlap
EPOCH_S = (3.0e8, 4.1e9)  # 1979 to 2099: a number like this counts from 1970
RATE_TOLERANCE = 0.02


@dataclass(frozen=True)
class Dated:
    """(n,) seconds, and the wall clock of the first row (ns since 1970) where the file tells it."""

    time_s: Floats
    unit: str
    started_ns: int | None
    notices: tuple[str, ...] = ()


def date_rows(values: Values, unit: str, rate_hz: float | None, file: str) -> Dated:
    """Time stamps in seconds; from `rate_hz` when that is given, whatever the column says unless it counts samples.

    A column in seconds that does not count from 1970 keeps its zero; every other starts at 0.

    Raises
    ------
    InputError
        UNITS when the stamps read as another unit, RATE when no unit makes sense of them, NOT_A_NUMBER for a bad date.
    """
    if rate_hz is not None and not 1.0 <= rate_hz <= 10_000.0:
        raise InputError(f"A rate of {rate_hz:g} Hz cannot be meant: 1 to 10000 Hz.", Reason.RATE)
    if rate_hz is None:
        if values.time is None:
            raise InputError(f"{file} has no time column, so a rate in Hz is needed.", Reason.RATE)
        if unit == SAMPLES:
            raise _counts(file)
        return _seconds(values.time, unit, values.line, file)
    if unit == SAMPLES:
        return _by_count(values, rate_hz, file)
    time_s = values.index / rate_hz
    stamps = _stamps_if_any(values, unit, file)
    if stamps is None:
        return Dated(time_s, "", None)
    told_s, rate_s = float(stamps.time_s[-1] - stamps.time_s[0]), float(time_s[-1])
    if abs(told_s - rate_s) <= RATE_TOLERANCE * rate_s:
        return Dated(time_s, stamps.unit, stamps.started_ns)
    note = (
        f"By its time column the file lasts {told_s:.1f} s, by {rate_hz:g} Hz {rate_s:.1f} s: the column was not used, "
        "so gaps in it do not show."
    )
    return Dated(time_s, stamps.unit, stamps.started_ns, (note,))


def _by_count(values: Values, rate_hz: float, file: str) -> Dated:
    index = None if values.time is None or isinstance(values.time, list) else sample_index(values.time)
    if index is not None:
        return Dated(index / rate_hz, SAMPLES, None)
    note = f"The count in {file} does not go up by one a row: it was not used, so gaps do not show."
    return Dated(values.index / rate_hz, SAMPLES, None, (note,))


def _counts(file: str) -> InputError:
    return InputError(
        f"The time column of {file} goes up by one a row: it counts samples, and says nothing of seconds.",
        Reason.RATE,
        "Give the rate of the sensor in Hz; or the time unit ms, if it is 1000 Hz.",
    )


def _stamps_if_any(values: Values, unit: str, file: str) -> Dated | None:
    """The time column for comparison only: with a rate given, nothing in it is a reason to refuse."""
    if values.time is None or (not isinstance(values.time, list) and not np.isfinite(values.time).all()):
        return None
    try:
        return _seconds(values.time, unit, values.line, file)
    except InputError:
        return None


def check_told(values: Values, file: str) -> None:
    """A time column, where there is one, is not empty beside measurements.

    Raises
    ------
    InputError
        RATE when it is.
    """
    time = values.time
    if isinstance(time, np.ndarray) and not np.isfinite(time).any() and np.isfinite(values.acc).any():
        raise InputError(
            f"The time column of {file} is empty.",
            Reason.RATE,
            "Name another column as the time, or give the rate in Hz.",
        )


def check_order(time_s: Floats, line: Ints, file: str, *, packets: bool = False) -> None:
    """Time runs forward; or, where the stamps are those of packets, does not go back.

    Raises
    ------
    InputError
        TIME_BACKWARDS or TIME_REPEATED, with the first line and the count.
    """
    steps = np.diff(time_s)
    back = np.flatnonzero(steps < 0.0)
    if back.size:
        first = int(back[0]) + 1
        raise InputError(
            f"Time goes backwards at line {line[first]} of {file}: from {time_s[first - 1]:g} to {time_s[first]:g} s "
            f"({'only there' if back.size == 1 else f'{back.size} times in all'}).",
            Reason.TIME_BACKWARDS,
            "Are these several recordings in one file? Cut it there; or give a rate to rebuild time.",
        )
    same = np.flatnonzero(steps == 0.0)
    if same.size and not (packets and are_arrivals(time_s)):
        first = int(same[0]) + 1
        raise InputError(
            f"Two samples have one time: line {line[first]} of {file} repeats {time_s[first]:g} s "
            f"({'the only such line' if same.size == 1 else f'{same.size} such lines'}).",
            Reason.TIME_REPEATED,
            "Drop the repeats, or give a rate to rebuild time.",
        )


def _seconds(time: Floats | Ints | list[str], unit: str, line: Ints, file: str) -> Dated:
    if isinstance(time, list):
        dates_ns = since_1970_ns(time, line, file)
        return Dated((dates_ns - dates_ns[0]) * 1e-9, ISO, int(dates_ns[0]))
    if unit == ISO:
        raise InputError(f"The time column of {file} has numbers, not dates.", Reason.UNITS, "Use s, ms, us or ns.")
    period = _period(time)
    fitting = [u for u, ticks in TICKS_PER_S.items() if SAMPLE_PERIODS_S[0] <= period / ticks <= SAMPLE_PERIODS_S[1]]
    if not unit:
        if counts_by_one(time):
            raise _counts(file)
        unit = _only(fitting, period, file)
    elif period > 0.0 and unit not in fitting:
        if not fitting:
            _only(fitting, period / TICKS_PER_S[unit], file)
        raise InputError(
            f"The time column of {file} read in {unit} gives one sample every {period / TICKS_PER_S[unit]:g} s.",
            Reason.UNITS,
            f"It reads as {fitting[0]}: use time unit {fitting[0]}.",
        )
    ticks, first = TICKS_PER_S[unit], time[0]
    if EPOCH_S[0] <= float(first) / ticks <= EPOCH_S[1]:
        whole, part = int(first), float(first - int(first))
        return Dated((time - first) / ticks, unit, whole * (1_000_000_000 // ticks) + round(part / ticks * 1e9))
    return Dated(time.astype(np.float64) if unit == "s" else (time - first) / ticks, unit, None)


def _period(time: Floats | Ints) -> float:
    """The median of the steps forward, in the unit of the file; 0 when there are none."""
    steps = np.diff(time)
    forward = steps[steps > 0]
    return float(np.median(forward)) if forward.size else 0.0


def _only(fitting: Sequence[str], period: float, file: str) -> str:
    if period == 0.0:
        return "s"
    if not fitting:
        raise InputError(
            f"The time column of {file} advances by {period:g} a row: in no unit is that a rate of 4 to 2000 Hz.",
            Reason.RATE,
            "Is it the right column? A rate in Hz can be given instead.",
        )
    return fitting[0]
