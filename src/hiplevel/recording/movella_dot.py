"""What is peculiar to the tables of Movella DOT (formerly Xsens DOT).

`SampleTimeFine` counts microseconds in 32 bits and begins again after 71.6 minutes; acceleration is in m/s2 and angular
rate in deg/s (Movella DOT BLE Service Specification XD0506P; DOT user manual XD0502P). `FreeAcc` has no gravity in it
and is in the frame of the earth.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from hiplevel.model.errors import InputError, Reason
from hiplevel.recording.csv_columns import Columns
from hiplevel.recording.csv_values import Values

TIME, COUNTER = "SampleTimeFine", "PacketCounter"
UNITS = {"time_unit": "us", "acc_unit": "m/s2", "gyr_unit": "deg/s"}
WRAP_US = 1 << 32
FASTEST_US = 500  # 2 kHz; fewer a row are no microseconds
MT_TICKS_PER_S = 10_000  # as sensors of MT Manager count in a column of the same name


def is_dot(header: Sequence[str]) -> bool:
    """Whether it is the header of a table by the DOT app or exporter."""
    return {TIME, COUNTER} <= set(header)


def check_payload(header: Sequence[str], file: str) -> None:
    """Both kinds of values are in a table of DOT.

    Raises
    ------
    InputError
        UNITS, with the payload to choose for the next recording.
    """
    if is_dot(header) and not {"Acc_X", "Gyr_X"} <= set(header):
        kinds = sorted({name.rpartition("_")[0] or name for name in header} - {"", COUNTER, TIME, "Status"})
        raise InputError(
            f"{file} by Movella DOT has no acceleration with gravity and angular rate (Acc_X, Gyr_X), only "
            f"{', '.join(kinds) or 'time'}.",
            Reason.UNITS,
            "From these no angle can be measured: record with the payload 'Rate quantities' or 'Custom mode 5'.",
        )


def check_ticks(values: Values, columns: Columns, file: str) -> None:
    """Its time can count microseconds.

    Raises
    ------
    InputError
        RATE where it is the 0.1 ms of another Xsens sensor, which would read as a rate that is ten times too low.
    """
    time = values.time
    if columns.time != TIME or columns.time_unit != "us" or not isinstance(time, np.ndarray) or time.size < 2:
        return
    step = float(np.median(np.diff(time)))
    if 0.0 < step < FASTEST_US:
        raise InputError(
            f"{TIME} of {file} does not count microseconds as Movella DOT does, but 0.1 ms as MTw and MTi do.",
            Reason.RATE,
            f"Give the rate in Hz, {MT_TICKS_PER_S / step:.0f} by that count, and gyr unit rad/s.",
        )


def unwrapped(values: Values, columns: Columns) -> Values:
    """With a time that counts on where `SampleTimeFine` began again."""
    time = values.time
    if columns.time != TIME or not isinstance(time, np.ndarray) or time.size < 2 or not np.isfinite(time).all():
        return values
    wraps = np.cumsum(np.diff(time, prepend=time[:1]) < -(WRAP_US // 2))
    return replace(values, time=time + (wraps * WRAP_US).astype(time.dtype)) if wraps[-1] else values
