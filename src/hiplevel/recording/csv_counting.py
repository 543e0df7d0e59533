"""Columns that count samples: they date rows where the rate is known, and lost samples show in them."""

import re

import numpy as np

from hiplevel.model.samples import Floats
from hiplevel.recording.csv_values import Ints

STEADY = 0.9  # of the steps are by one; other counters count more than the rows of one table, or repeat
_RINGS = (1 << 8, 1 << 16, 1 << 32)  # where counters begin again
_NAME = re.compile(
    r"(?:(?:packet|sample|frame|row|logging)_?)?(?:counter|count|number|index|idx|seq|sequence|nr|no)|samples?|frames?"
    r"|logging_?sample|unnamed_0|"
)


def counts_by_name(words: str) -> bool:
    """Whether a column's name, in lower case with underscores, says that it counts rows; '' is a table's index."""
    return _NAME.fullmatch(words) is not None


def counts_by_one(values: Floats | Ints) -> bool:
    """Whether whole numbers go up by one from row to row, seldom by more."""
    steps = np.diff(_counted_on(values))
    return bool(steps.size and (values % 1 == 0).all() and np.mean(steps == 1) >= STEADY)


def sample_index(values: Floats | Ints) -> Ints | None:
    """(n,) which sample each row is, from 0; None where the column does not count them."""
    if not np.isfinite(values).all() or not counts_by_one(values):
        return None
    counted: Floats | Ints = _counted_on(values)
    return np.asarray(counted - counted[0], dtype=np.int64)


def _counted_on(values: Floats | Ints) -> Floats | Ints:
    """With a count that goes on where it began again."""
    ring = next((size for size in _RINGS if values.max() < size), 0)
    begins_again = np.diff(values, prepend=values[:1]) < -(ring // 2)
    return values + np.cumsum(begins_again) * ring if ring else values
