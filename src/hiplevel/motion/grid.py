"""Samples on any clock to cells of one uniform grid, so that every filter behind is designed once.

A cell holds the mean of the piecewise linear signal over its 10 ms: turning the sensor by a cell's mean rate for 10 ms
gives exactly the rotation the samples say, however they jitter, and faster sensors are averaged, not aliased. A cell is
stamped at its end, where the integrated angle is valid.
"""

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hiplevel.model.errors import InputError, Reason
from hiplevel.model.events import Gap
from hiplevel.model.samples import Floats, Samples
from hiplevel.motion.resample import cell_means, intervals, last_row, value_at

GRID_HZ = 100.0
CELL_S = 1.0 / GRID_HZ
# A stamp this close below a cell's end still closes it: decimal stamps and k/100 differ in the last bit.
STAMP_TOLERANCE_S = 1e-6
AFTER_S = 2.0 * STAMP_TOLERANCE_S  # a cell later than this after something that was said comes after it
# Some sensors begin with zeros; one that reads nothing for longer does not measure.
DEAF_S = 3.0
# Beyond this no unit makes a reading of a body: such a sample is as good as not a number.
IMPLAUSIBLE = 1e6


@dataclass(frozen=True)
class GridParams:
    """What counts as a hole: up to `bridge_s` is normal jitter, above `gap_s` nothing is known."""

    bridge_s: float = 0.05
    gap_s: float = 0.2


@dataclass(frozen=True, eq=False)
class Cells:
    """A contiguous run of grid cells: time_s (m,); rows (6, m), accelerometer and gyroscope in the sensor frame."""

    time_s: Floats
    rows: Floats

    @property
    def acc_m_s2(self) -> Floats:
        """(m, 3)."""
        return columns(self.rows[:3])

    @property
    def gyr_rad_s(self) -> Floats:
        """(m, 3)."""
        return columns(self.rows[3:])

    def __getitem__(self, cells: slice) -> "Cells":
        return Cells(self.time_s[cells], self.rows[:, cells])

    def row(self, index: int) -> "Cells":
        """One cell, counted from the end when negative."""
        at = index % len(self.time_s)
        return self[at : at + 1]


def columns(rows: Floats) -> Floats:
    """(3, m) to (m, 3), one after the other: numpy's own way to write a transpose takes three times as long."""
    out = np.empty(rows.shape[::-1])
    for k, row in enumerate(rows):
        out[:, k] = row
    return out


def joined(parts: list[Cells]) -> Cells:
    """Runs that follow each other without a gap, as one."""
    if len(parts) == 1:
        return parts[0]
    return Cells(np.concatenate([c.time_s for c in parts]), np.concatenate([c.rows for c in parts], axis=1))


def between(before: Cells, after: Cells) -> Cells:
    """The cells missing between two single ones, on a straight line: a guess, for the filter only."""
    count = round((after.time_s[0] - before.time_s[0]) * GRID_HZ) - 1
    share = np.arange(1, count + 1) / (count + 1)
    time_s = before.time_s[0] + np.arange(1, count + 1) / GRID_HZ
    return Cells(time_s, before.rows + share * (after.rows - before.rows))


@dataclass
class GridState:
    """Everything the next block needs from the past."""

    origin_s: float = 0.0
    started: bool = False
    first_s: float = np.inf  # first sample seen
    last_s: float = -np.inf  # last sample seen, usable or not
    # The last usable samples, (k,) and (6, k), from the one before the last cell's end on.
    kept_s: Floats = field(default_factory=lambda: np.empty(0))
    kept: Floats = field(default_factory=lambda: np.empty((6, 0)))
    next_cell: int = 0
    fresh: bool = True  # the next cell is the first of its run
    unusable: bool = False  # samples that are not finite came since those
    samples: int = 0
    not_finite: int = 0
    heard: bool = False  # the accelerometer has read anything
    silent: int = 0  # samples in which it read nothing
    bridged: int = 0
    missing_s: float = 0.0


def dead() -> InputError:
    """Of an accelerometer that has read nothing at all."""
    return InputError(
        "The accelerometer reads exactly zero where 9.81 m/s2 is expected: it does not measure.",
        Reason.UNITS,
        "Give the accelerometer in m/s2, with gravity in it.",
    )


class Grid:
    """Resampler: `process(samples)` gives the newly complete cells and the gaps between them, in order."""

    def __init__(self, params: GridParams | None = None) -> None:
        self.params = params or GridParams()
        self.state = GridState()

    def process(self, samples: Samples) -> list[Cells | Gap]:
        """Runs of cells, with a Gap between two runs.

        Raises
        ------
        InputError
            TIME_BACKWARDS or TIME_REPEATED when stamps do not increase, NOT_FINITE when a stamp is not a number, UNITS
            when the accelerometer has read nothing at all for seconds.
        """
        if len(samples) == 0:
            return []
        self._check_time(samples.time_s)
        state, n, kept = self.state, len(samples), len(self.state.kept_s)
        time_s, values = np.empty(kept + n), np.empty((6, kept + n))
        time_s[:kept], time_s[kept:] = state.kept_s, samples.time_s
        values[:, :kept], new = state.kept, values[:, kept:]
        new[:3], new[3:] = samples.acc_m_s2.T, samples.gyr_rad_s.T
        state.samples += n
        state.first_s, state.last_s = min(state.first_s, float(time_s[kept])), float(time_s[-1])
        read = np.asarray(new[:3].any(axis=0))
        if not state.unusable and new.min() > -IMPLAUSIBLE and new.max() < IMPLAUSIBLE and read.all():
            state.heard = True
            return self._runs(time_s, values, np.zeros(n, dtype=bool))
        silent = self._silent(read, samples.time_s)
        usable = np.ones(kept + n, dtype=bool)
        usable[kept:] = (np.abs(new) < IMPLAUSIBLE).all(axis=0)
        state.not_finite += int(np.count_nonzero(~usable))
        state.silent += int(np.count_nonzero(silent & usable[kept:]))
        usable[kept:] &= ~silent
        after_bad = np.concatenate([[state.unusable], ~usable[kept:-1]])  # a bad sample stands right before this one
        state.unusable = not usable[-1]
        return self._runs(time_s[usable], values[:, usable], after_bad[usable[kept:]])

    def _silent(self, read: NDArray[np.bool_], time_s: Floats) -> NDArray[np.bool_]:
        """Which (n,) are no reading: one that measures has noise, falling too, and never three exact zeros."""
        state = self.state
        if not state.heard:
            first = int(read.argmax()) if read.any() else len(read)
            state.heard = first < len(read)
            if first and time_s[first - 1] - state.first_s > DEAF_S:
                raise dead()
        return np.asarray(~read)

    def _check_time(self, time_s: Floats) -> None:
        """Of new stamps (n,)."""
        last_s = self.state.last_s
        if time_s[0] > last_s and (time_s[1:] > time_s[:-1]).all() and np.isfinite(time_s[-1]):
            return
        finite = np.isfinite(time_s)
        if not finite.all():
            at = self.state.samples + int(np.argmin(finite))
            raise InputError(f"Sample {at} has a time stamp that is not a number.", Reason.NOT_FINITE)
        before_s = np.concatenate([[last_s], time_s[:-1]])
        row = int(np.argmin(time_s > before_s))
        at = self.state.samples + row
        if time_s[row] == before_s[row]:
            raise InputError(
                f"Samples {at - 1} and {at} carry the same time, {time_s[row]:.6f} s.",
                Reason.TIME_REPEATED,
                "Leave one of them out, or rebuild the time from the sensor's rate.",
            )
        raise InputError(
            f"Time goes backwards at sample {at}: {time_s[row]:.6f} s comes after {before_s[row]:.6f} s.",
            Reason.TIME_BACKWARDS,
            "Sort the samples, or split the file where the sensor was restarted.",
        )

    def _runs(self, t: Floats, x: Floats, after_bad: NDArray[np.bool_]) -> list[Cells | Gap]:
        """Of the samples kept and n new ones, t (k + n,) and x (6, k + n), all usable; after_bad (n,): of the new."""
        state, out = self.state, list[Cells | Gap]()
        if after_bad.size == 0:
            return out
        if not state.started:
            state.started, state.origin_s = True, float(t[0])
            self._restart(state.origin_s)
            after_bad = after_bad[1:]
        first = t.size - after_bad.size  # row of the first step's end
        step = t[first:] - t[first - 1 : -1]
        wide = (step > self.params.bridge_s + STAMP_TOLERANCE_S).nonzero()[0]
        begin = 0
        for at in wide.tolist():
            if step[at] <= self.params.gap_s - STAMP_TOLERANCE_S:  # 5 Hz is all holes, whatever its stamps' last bits
                state.bridged += 1
                continue
            row = first + at
            self._append(out, t[begin:row], x[:, begin:row])
            start_s, end_s = float(t[row - 1]), float(t[row])
            out.append(Gap(start_s, end_s, "not-finite" if after_bad[at] else "missing", known_s=end_s))
            state.missing_s += end_s - start_s
            self._restart(end_s)
            begin = row
        self._append(out, t[begin:], x[:, begin:])
        return out

    def _restart(self, time_s: float) -> None:
        self.state.fresh = True
        self.state.next_cell = int(np.ceil((time_s - self.state.origin_s - STAMP_TOLERANCE_S) * GRID_HZ))

    def _append(self, out: list[Cells | Gap], t: Floats, x: Floats) -> None:
        """Add the cells that end within these samples, t (k,), x (6, k), the end of the cell before among them."""
        state, keep = self.state, len(t) - 1
        if keep:
            beyond = math.ceil((t[-1] - state.origin_s) * GRID_HZ) + 2
            ends = np.arange(state.next_cell - (not state.fresh), beyond, dtype=np.float64) / GRID_HZ
            ends += state.origin_s
            # The tolerance here as well: a cell lies in the same interval whether or not a later sample is known.
            sure = ends - STAMP_TOLERANCE_S
            count = int(sure.searchsorted(t[-1], side="right"))
            if count:
                keep = self._add(out, t, x, ends[:count], sure[:count])
        state.kept_s, state.kept = t[keep:].copy(), x[:, keep:].copy()

    def _add(self, out: list[Cells | Gap], t: Floats, x: Floats, ends: Floats, sure: Floats) -> int:
        """Cells from end to end, the first of a run being the value at its end; and the row before the last end."""
        state, at = self.state, intervals(t, sure[-1:] if self.state.fresh else sure)
        if state.fresh:
            state.fresh, means, row = False, np.empty((6, ends.size)), last_row(intervals(t, sure[:1]))
            means[:, 0] = value_at(t, x, float(ends[0]), row)
            # The second may lie in one interval with the end of the first; those after it go regularly.
            for cells in (slice(0, 2), slice(1, ends.size)) if ends.size > 1 else ():
                means[:, cells][:, 1:] = cell_means(t, x, ends[cells], intervals(t, sure[cells]), GRID_HZ)
        else:
            means, ends = cell_means(t, x, ends, at, GRID_HZ), ends[1:]
        if ends.size:
            state.next_cell += ends.size
            out.append(Cells(ends, means))
        return last_row(at)
