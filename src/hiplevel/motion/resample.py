"""Means over the cells of a grid, of a signal that runs in straight lines from sample to sample.

Each is a weighted sum of the samples it lies between, so that it depends on nothing but them: no running sum is carried
along, which would lose bits with every hour.
"""

import numpy as np
from numpy.typing import NDArray

from hiplevel.model.samples import Floats

Rows = NDArray[np.intp] | slice


def intervals(t: Floats, at_s: Floats) -> Rows:
    """The rows i with t[i] < at_s <= t[i + 1], the first row when at_s is not later than any.

    A sensor at the grid's own rate has one cell a sample: then a slice, which costs nothing to take.
    """
    first = max(int(np.searchsorted(t, at_s[0])) - 1, 0)
    rows = slice(first, first + at_s.size)
    if rows.stop < t.size and (t[rows] < at_s).all() and (at_s <= t[_after(rows)]).all():
        return rows
    return np.maximum(np.searchsorted(t, at_s) - 1, 0)


def _after(rows: Rows) -> Rows:
    return slice(rows.start + 1, rows.stop + 1) if isinstance(rows, slice) else rows + 1


def value_at(t: Floats, x: Floats, at_s: float, rows: Rows) -> Floats:
    """The signal (c,) at this moment, which lies in the first of these intervals."""
    row = rows.start if isinstance(rows, slice) else int(rows[0])
    share = (at_s - t[row]) / (t[row + 1] - t[row])
    return np.asarray(x[:, row] * (1.0 - share) + x[:, row + 1] * share)


def cell_means(t: Floats, x: Floats, ends_s: Floats, at: Rows, hz: float) -> Floats:
    """Means (c, m - 1) between the ends (m,) of cells, 1 / hz apart, of samples x (c, n) at t (n,).

    at: the intervals that the ends lie in, as `intervals` gives them.
    """
    after = _after(at)
    before, behind = x[:, at], x[:, after]
    into, width = ends_s - t[at], t[after] - t[at]
    # Up to an end its interval's two samples weigh `early` and `late`, from there on what they lack to half the width.
    late = into / width
    late *= into
    late *= 0.5 * hz
    into *= hz
    early = into - late
    width *= 0.5 * hz
    first, last = (width - early)[:-1], (width - late)[:-1]
    if isinstance(at, slice):
        return _summed(before, behind, first, last + early[1:], late[1:])
    step = at[1:] - at[:-1]
    means = _summed(before, behind, first, np.where(step == 1, last, 0.0) + early[1:], late[1:])
    odd = np.flatnonzero(step != 1)
    if odd.size:
        means[:, odd] += last[odd] * behind[:, odd] + _between(t, x, at, odd, hz)
    return means


def _summed(before: Floats, behind: Floats, first: Floats, middle: Floats, last: Floats) -> Floats:
    means = before[:, :-1] * first
    part = before[:, 1:] * middle
    means += part
    means += np.multiply(behind[:, 1:], last, out=part)
    return np.asarray(means)


def _between(t: Floats, x: Floats, at: NDArray[np.intp], odd: NDArray[np.intp], hz: float) -> Floats:
    """What the whole intervals between an end and the next add; where both lie in one, it is taken off once."""
    areas = x[:, 1:] + x[:, :-1]
    areas *= 0.5 * hz * (t[1:] - t[:-1])
    first, stop = at[odd] + 1, at[odd + 1]
    same = first > stop
    out = -areas[:, stop]
    if not same.all():
        pairs = np.stack([first[~same], stop[~same]], axis=1).ravel()
        out[:, ~same] = np.add.reduceat(areas, pairs, axis=1)[:, ::2]
    return out
