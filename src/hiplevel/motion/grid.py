"""Samples on any clock to cells of one uniform grid, so that every filter behind is designed once.

A cell holds the mean of the piecewise linear signal over its 10 ms: turning the sensor by a cell's mean rate for 10 ms
gives exactly the rotation the samples say, however they jitter, and faster sensors are averaged, not aliased. A cell is
stamped at its end, where the integrated angle is valid.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hiplevel.model.errors import InputError, Reason
from hiplevel.model.events import Gap
from hiplevel.model.samples import Floats, Samples

IntArray = NDArray[np.intp]

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
    used_s: float = 0.0  # last usable sample
    used: Floats = field(default_factory=lambda: np.zeros(6))
    integral: Floats = field(default_factory=lambda: np.zeros(6))  # of the signal, up to used_s
    next_cell: int = 0
    cell_integral: Floats = field(default_factory=lambda: np.zeros(6))  # up to the end of cell next_cell - 1
    fresh: bool = True  # the next cell is the first of its run
    unusable: bool = False  # samples that are not finite came since used_s
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
        state, n = self.state, len(samples)
        time_s, values = np.empty(n + 1), np.empty((6, n + 1))  # column 0 for the sample before these
        time_s[0], time_s[1:] = state.last_s, samples.time_s
        values[:3, 1:], values[3:, 1:] = samples.acc_m_s2.T, samples.gyr_rad_s.T
        self._check_time(time_s)
        state.samples += n
        state.first_s, state.last_s = min(state.first_s, float(time_s[1])), float(time_s[-1])
        new = values[:, 1:]
        silent = self._silent(new[:3])
        if not state.unusable and new.min() > -IMPLAUSIBLE and new.max() < IMPLAUSIBLE and not silent.any():
            return self._runs(time_s, values, np.zeros(n + 1, dtype=bool))
        usable = np.ones(n + 1, dtype=bool)
        usable[1:] = (np.abs(new) < IMPLAUSIBLE).all(axis=0)
        state.not_finite += int(np.count_nonzero(~usable))
        state.silent += int(np.count_nonzero(silent & usable[1:]))
        usable[1:] &= ~silent
        before = np.zeros(n + 1, dtype=bool)  # a bad sample stands right before this one
        before[1:] = ~usable[:-1]
        before[1] = state.unusable
        state.unusable = not usable[-1]
        return self._runs(time_s[usable], values[:, usable], before[usable])

    def _silent(self, acc: Floats) -> NDArray[np.bool_]:
        """Which of (3, n) are no reading: one that measures has noise, falling too, and never three exact zeros."""
        read, state = acc.any(axis=0), self.state
        state.heard = state.heard or bool(read.any())
        if not state.heard and state.last_s - state.first_s > DEAF_S:
            raise dead()
        return np.asarray(~read)

    def _check_time(self, time_s: Floats) -> None:
        """Of these stamps but the first, the last one before."""
        with np.errstate(invalid="ignore"):  # a comparison with what is no number fails
            step = time_s[1:] - time_s[:-1]
        if step.min() > 0.0 and np.isfinite(time_s[-1]):
            return
        finite = np.isfinite(time_s[1:])
        if not finite.all():
            at = self.state.samples + int(np.argmin(finite))
            raise InputError(f"Sample {at} has a time stamp that is not a number.", Reason.NOT_FINITE)
        row = int(np.argmin(step > 0.0))
        at = self.state.samples + row
        if step[row] == 0.0:
            raise InputError(
                f"Samples {at - 1} and {at} carry the same time, {time_s[row + 1]:.6f} s.",
                Reason.TIME_REPEATED,
                "Leave one of them out, or rebuild the time from the sensor's rate.",
            )
        raise InputError(
            f"Time goes backwards at sample {at}: {time_s[row + 1]:.6f} s comes after {time_s[row]:.6f} s.",
            Reason.TIME_BACKWARDS,
            "Sort the samples, or split the file where the sensor was restarted.",
        )

    def _runs(self, t: Floats, x: Floats, after_bad: np.ndarray) -> list[Cells | Gap]:
        """Stamps (n + 1,) and values (6, n + 1); column 0 is free for the last usable sample before them."""
        state, out = self.state, list[Cells | Gap]()
        if t.size == 1:
            return out
        if not state.started:
            state.started, state.origin_s = True, float(t[1])
            self._restart(float(t[1]), x[:, 1].copy())
            t, x, after_bad = t[1:], x[:, 1:], after_bad[1:]
            if t.size == 1:
                return out
        t[0], x[:, 0] = state.used_s, state.used
        step = t[1:] - t[:-1]
        hole = step > self.params.gap_s - STAMP_TOLERANCE_S  # 5 Hz is all holes, whatever its stamps' last bits
        state.bridged += int(np.count_nonzero((step > self.params.bridge_s + STAMP_TOLERANCE_S) & ~hole))
        begin = 0
        for before in np.flatnonzero(hole):
            self._append(out, t[begin : before + 1], x[:, begin : before + 1], step[begin:before])
            row = int(before) + 1
            start_s, end_s = float(t[before]), float(t[row])
            reason = "not-finite" if after_bad[row] else "missing"
            out.append(Gap(start_s, end_s, reason, known_s=end_s))
            state.missing_s += end_s - start_s
            self._restart(end_s, x[:, row].copy())
            begin = row
        self._append(out, t[begin:], x[:, begin:], step[begin:])
        return out

    def _restart(self, time_s: float, value: Floats) -> None:
        state = self.state
        state.used_s, state.used, state.fresh = time_s, value, True
        state.next_cell = int(np.ceil((time_s - state.origin_s - STAMP_TOLERANCE_S) * GRID_HZ))

    def _append(self, out: list[Cells | Gap], t: Floats, x: Floats, width: Floats) -> None:
        """Add the cells that end within these samples, t (n + 1,), x (6, n + 1), from the last one known on."""
        if width.size == 0:
            return
        state = self.state
        # cumsum adds one after the other from the carried value: the same bits however the samples were cut.
        integral = np.empty_like(x)
        integral[:, 0] = state.integral
        np.add(x[:, 1:], x[:, :-1], out=integral[:, 1:])
        integral[:, 1:] *= 0.5 * width
        np.cumsum(integral, axis=1, out=integral)
        beyond = int(np.ceil((t[-1] - state.origin_s) * GRID_HZ)) + 2
        ends = state.origin_s + np.arange(state.next_cell, beyond) / GRID_HZ
        ends = ends[ends - STAMP_TOLERANCE_S <= t[-1]]
        if ends.size:
            # The tolerance here as well: a cell lies in the same interval whether or not a later sample is known.
            at, after = _interval(t, ends - STAMP_TOLERANCE_S)
            h = ends - t[at]
            share = h / width[at]
            late = 0.5 * share * h
            at_end = np.empty((6, ends.size + 1))
            at_end[:, 0] = state.cell_integral
            np.multiply(x[:, at], h - late, out=at_end[:, 1:])
            at_end[:, 1:] += x[:, after] * late
            at_end[:, 1:] += integral[:, at]
            mean = at_end[:, 1:] - at_end[:, :-1]
            mean *= GRID_HZ
            if state.fresh:
                mean[:, 0] = (x[:, at] * (1.0 - share) + x[:, after] * share)[:, 0]
                state.fresh = False
            state.next_cell, state.cell_integral = state.next_cell + ends.size, at_end[:, -1]
            out.append(Cells(ends, mean))
        state.used_s, state.used, state.integral = float(t[-1]), x[:, -1].copy(), integral[:, -1].copy()


def _interval(t: Floats, at_s: Floats) -> tuple[IntArray | slice, IntArray | slice]:
    """The rows i with t[i] < at_s <= t[i + 1], the first row when at_s is not later than any; and the rows i + 1.

    A sensor at the grid's own rate has one cell a sample: then slices, which cost nothing to take.
    """
    first = max(int(np.searchsorted(t, at_s[0])) - 1, 0)
    rows, after = slice(first, first + at_s.size), slice(first + 1, first + at_s.size + 1)
    if after.stop <= t.size and (t[rows] < at_s).all() and (at_s <= t[after]).all():
        return rows, after
    before = np.maximum(np.searchsorted(t, at_s) - 1, 0)
    return before, before + 1
