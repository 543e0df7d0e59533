"""Rows with empty, NaN, infinite or absurd values: refused, or left out as a gap."""

import numpy as np

from hiplevel.model.errors import InputError, Reason
from hiplevel.recording.csv_values import Values

ABSURD = 1e9  # in any unit; a torn number may read so


def without_bad(values: Values, file: str, *, gap: bool, by_rate: bool) -> tuple[Values, tuple[str, ...]]:
    """Rows with numbers throughout, and a remark on those left out. by_rate: nobody looks at the time column.

    Raises
    ------
    InputError
        NOT_FINITE with count and first line, unless a `gap` is asked for; EMPTY when no row is left.
    """
    sizes = np.abs(np.column_stack([values.acc, values.gyr]))
    good = np.asarray((sizes < ABSURD).all(axis=1), dtype=np.bool_)  # NaN compares as False
    if isinstance(values.time, list):
        good &= np.array([bool(text.strip()) for text in values.time])
    elif values.time is not None and not by_rate:
        good &= np.isfinite(values.time)
    bad = int(np.sum(~good))
    if bad == 0:
        return values, ()
    first = int(values.line[np.argmin(good)])
    what = f"an empty, NaN, infinite or absurd value (lines like this: {bad}, of {len(values)})"
    if bad == len(values):
        raise InputError(f"{file} has no usable row: each has {what}.", Reason.EMPTY)
    if not gap:
        raise InputError(
            f"Line {first} of {file} has {what}.",
            Reason.NOT_FINITE,
            "Correct the file, or leave such lines out as gaps.",
        )
    note = f"{bad} lines with an empty, NaN, infinite or absurd value were left out as gaps, from line {first} on."
    return values.rows(good), (note,)
