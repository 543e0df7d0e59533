"""Samples at one fixed rate, for formats that know no time stamps."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hiplevel.model.errors import InputError, Reason
from hiplevel.model.samples import Floats, Samples
from hiplevel.motion.grid import STAMP_TOLERANCE_S, GridParams

WHOLE_HZ = 1e-3  # a rate this near to a whole one, in parts, is that one: crystals are, and readers like it better
# Times of blocks are written with few digits, and strict readers refuse what is off by 100 ns (EDFlib): a 64th of a
# second, and every multiple of it, is exact both in binary and with six decimals.
TICKS = 64
LOST = 1.5  # times the usual step: a sample is missing in between


@dataclass(frozen=True, eq=False)
class FixedRate:
    """Samples at one rate, from the first one that is a number on, at `start_s` of their clock.

    Attributes
    ----------
    per_block, block_s : so many samples last so long exactly; the rate is their ratio
    values : (m, 6) acc in m/s2, gyr in rad/s; between samples linear, 0 in holes
    holes_s : [start, end) of each stretch where nothing is known, seconds since `start_s`
    bridged : how many values lie between samples with lost ones in between, up to the hole's 0.2 s
    stray_s : how far a sample's own time was from the nearest of the fixed ones, at most
    """

    per_block: int
    block_s: float
    start_s: float
    values: Floats
    holes_s: tuple[tuple[float, float], ...]
    bridged: int
    stray_s: float

    @property
    def rate_hz(self) -> float:
        """Samples a second."""
        return self.per_block / self.block_s


def at_fixed_rate(samples: Samples) -> FixedRate:
    """Put samples on a fixed rate by their stamps: no value moves in time, however the clock ran.

    Raises
    ------
    InputError
        EMPTY for fewer than two samples that are numbers, TIME_BACKWARDS when time does not go forward, RATE for fewer
        than 5 samples a second, between which nothing is known.
    """
    values = np.column_stack([samples.acc_m_s2, samples.gyr_rad_s])
    known = np.isfinite(values).all(axis=1) & np.isfinite(samples.time_s)
    if known.sum() < 2:
        raise InputError("There are no two samples to make a fixed rate of.", Reason.EMPTY)
    start_s = float(samples.time_s[known][0])
    values, time_s = values[known], samples.time_s[known] - start_s
    step_s = np.diff(time_s)
    if step_s.min() <= 0.0:
        raise InputError("Time stands still or goes backwards; a fixed rate cannot follow it.", Reason.TIME_BACKWARDS)
    usual_s = float(np.median(step_s))
    hole = step_s > (gap_s := GridParams().gap_s - STAMP_TOLERANCE_S)
    if usual_s > gap_s:
        raise InputError(f"The samples are {usual_s:.3g} s apart: too far to know what is between.", Reason.RATE)
    per_block, block_s = _blocks(usual_rate_hz(time_s))
    rate_hz = per_block / block_s
    at_s = np.arange(int(np.floor(time_s[-1] * rate_hz + 1e-6)) + 1) / rate_hz
    out = np.column_stack([np.interp(at_s, time_s, column) for column in values.T])
    before = np.clip(np.searchsorted(time_s, at_s + 1e-6 * usual_s, side="right") - 1, 0, len(step_s) - 1)
    inside = (at_s - time_s[before] > 1e-6 * usual_s) & (time_s[before + 1] - at_s > 1e-6 * usual_s)
    empty = inside & hole[before]
    out[empty] = 0.0
    bridged = inside & ~empty & (step_s >= LOST * usual_s)[before]
    stray_s = float(np.abs(time_s - np.round(time_s * rate_hz) / rate_hz).max())
    return FixedRate(per_block, block_s, start_s, out, _spans(time_s, hole), int(bridged.sum()), stray_s)


def usual_rate_hz(time_s: Floats) -> float:
    """The rate between neighbours, lost samples left out; a whole one where it is as near to it as a crystal is.

    NaN for fewer than two samples.
    """
    step_s = np.diff(time_s)
    if step_s.size == 0:
        return math.nan
    rate_hz = 1.0 / float(step_s[step_s < LOST * np.median(step_s)].mean())
    whole = round(rate_hz)
    return float(whole) if whole and abs(rate_hz / whole - 1.0) < WHOLE_HZ else rate_hz


def _blocks(rate_hz: float) -> tuple[int, float]:
    """So many samples, and the seconds they last, of a block: nearest to the rate among those that last whole ticks."""
    if rate_hz == round(rate_hz):
        return round(rate_hz), 1.0
    ticks = np.arange(TICKS, 9 * TICKS + 1)
    counts = np.round(rate_hz * ticks / TICKS)
    best = int(np.argmin(np.abs(counts * TICKS / ticks / rate_hz - 1.0)))
    return int(counts[best]), float(ticks[best] / TICKS)


def _spans(time_s: Floats, hole: NDArray[np.bool_]) -> tuple[tuple[float, float], ...]:
    at = np.flatnonzero(hole)
    return tuple(zip(time_s[at].tolist(), time_s[at + 1].tolist(), strict=True))
