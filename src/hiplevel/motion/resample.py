"""Means over the cells of a grid, of a signal that runs in straight lines from sample to sample.

Each is a weighted sum of the samples it lies between, so that it depends on nothing but them: no running sum is carried
along, which would lose bits with every hour.
"""

import numpy as np
from numpy.typing import NDArray

from hiplevel.model.samples import Floats

AT_ONCE = 4096

Rows = NDArray[np.intp] | slice


def intervals(t: Floats, at_s: Floats) -> Rows:
    """The rows i with t[i] < at_s <= t[i + 1], the first row when at_s is not later than any.

    A sensor at the grid's own rate has one cell a sample: then a slice, which costs nothing to take.
    """
    first = max(int(t.searchsorted(at_s[0])) - 1, 0)
    rows = slice(first, first + at_s.size)
    if rows.stop < t.size and (t[rows] < at_s).all() and (at_s <= t[_after(rows)]).all():
        return rows
    return np.maximum(t.searchsorted(at_s) - 1, 0)


def _after(rows: Rows) -> Rows:
    return slice(rows.start + 1, rows.stop + 1) if isinstance(rows, slice) else rows + 1


def last_row(rows: Rows) -> int:
    """Of the last interval."""
    return int(rows.stop) - 1 if isinstance(rows, slice) else int(rows[-1])


def value_at(t: Floats, x: Floats, at_s: float, row: int) -> Floats:
    """The signal (c,) at this moment in the interval after this row."""
    share = (at_s - t[row]) / (t[row + 1] - t[row])
    return np.asarray(x[:, row] * (1.0 - share) + x[:, row + 1] * share)


def cell_means(t: Floats, x: Floats, ends_s: Floats, at: Rows, hz: float) -> Floats:
    """Means (c, m - 1) between the ends (m,) of cells, 1 / hz apart, of samples x (c, n) at t (n,).

    at: the intervals that the ends lie in, as `intervals` gives them.
    """
    begins_s = _taken(t, at)
    into, width = ends_s - begins_s, _taken(t, _after(at)) - begins_s
    # Up to an end its interval's two samples weigh `early` and `late`, from there on what they lack to half the width.
    late = into / width
    late *= into
    late *= 0.5 * hz
    into *= hz
    early = into - late
    width *= 0.5 * hz
    first, last = (width - early)[:-1], (width - late)[:-1]
    before, behind = _taken(x, at), _taken(x, _after(at))
    if isinstance(at, slice):
        return _summed(before, behind, first, last + early[1:], late[1:])
    between = at[1:] - at[:-1] - 1  # whole intervals; -1 where both ends lie in one
    means = _summed(before, behind, first, np.where(between == 0, last, 0.0) + early[1:], late[1:])
    odd = np.flatnonzero(between)
    if odd.size:
        more = behind.take(odd, axis=1) * last[odd] + _whole(t, x, at[odd], between[odd], hz)
        means[:, odd if odd.size < between.size else slice(None)] += more
    return means


def _taken(x: Floats, rows: Rows) -> Floats:
    return x[..., rows] if isinstance(rows, slice) else x.take(rows, axis=-1)


def _summed(before: Floats, behind: Floats, first: Floats, middle: Floats, last: Floats) -> Floats:
    """So many cells at a time as stay in the processor's cache with all that is made of them."""
    means = np.empty((len(before), first.size))
    parts = np.empty((len(before), min(first.size, AT_ONCE)))
    for begin in range(0, first.size, AT_ONCE):
        end = min(begin + AT_ONCE, first.size)
        out, part = (
            np.multiply(before[:, begin:end], first[begin:end], out=means[:, begin:end]),
            parts[:, : end - begin],
        )
        out += np.multiply(before[:, begin + 1 : end + 1], middle[begin:end], out=part)
        out += np.multiply(behind[:, begin + 1 : end + 1], last[begin:end], out=part)
    return means


def _whole(t: Floats, x: Floats, at: NDArray[np.intp], count: NDArray[np.intp], hz: float) -> Floats:
    """The areas (c, k) of so many whole intervals after these; of -1, that of the interval itself taken off."""
    out = _areas(t, x, at + (count > 0), hz) * np.sign(count)
    for further in range(2, int(count.max()) + 1):
        more = np.flatnonzero(count >= further)
        out[:, more] += _areas(t, x, at[more] + further, hz)
    return np.asarray(out)


def _areas(t: Floats, x: Floats, rows: NDArray[np.intp], hz: float) -> Floats:
    after = rows + 1
    width = t.take(after) - t.take(rows)
    return np.asarray((x.take(rows, axis=1) + x.take(after, axis=1)) * (0.5 * hz * width))
