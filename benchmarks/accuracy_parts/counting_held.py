"""Real squats that are held at the bottom: what the same people would have looked like pausing there. Synthetic.

Around each bottom time is slowed until it stands still, and goes on after the hold; over it lies what the sensor felt
of people who really stood quietly, taken several times as large where legs are loaded.
"""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from vqf import offlineVQF

import hiplevel
from accuracy_parts.lead import GRAVITY_M_S2, STILL_S, led_in
from accuracy_parts.sets import Floats, Recording, recordings, up_of_quaternion
from hiplevel import Samples

HOLDS_S = ((2.0, 2.0, 1.0), (3.0, 3.0, 3.0), (2.0, 5.0, 2.0), (5.0, 7.0, 1.0), (7.0, 9.0, 2.0))
# Of a recording that begins within the set.
COLD_HOLDS_S = ((1.0, 1.0, 0.5), (2.0, 2.0, 1.0), (1.0, 3.0, 2.0), (3.0, 3.0, 3.0))
STEP_S = 0.01
RAMP_S = 0.6  # to come to a stop, and to go on again
QUIET_CELLS = 150
QUIET_ACC_M_S2, QUIET_GYR_RAD_S = 0.26, 0.08  # standing people sway by less

Quiet = tuple[tuple[Floats, Floats], ...]


def held_squats(data: Path) -> dict[str, Any]:
    """Sets of the waist sensor with every repetition held: exact and within one; then without a still start."""
    sets, out = list(recordings(data, "squat_waist")), dict[str, Any]()
    for still_s, holds in ((STILL_S, HOLDS_S), (0.0, COLD_HOLDS_S)):
        for *hold_s, sway in holds:
            shortest_s, longest_s = hold_s
            error = []
            for seed, recording in enumerate(sets):
                samples = held(recording, (shortest_s, longest_s), seed, quiet(data), sway, still_s)
                reps = hiplevel.analyze(samples, exercise="squat").reps
                error.append(len(reps) - len(recording.truth["rep_bounds_s"]))
            off = np.abs(error)
            begin = "" if still_s else ", beginning in movement"
            name = f"held {shortest_s:g} to {longest_s:g} s, swaying {sway:g} times as standing{begin}"
            out[f"{name}: exact_within_one_of"] = [int((off == 0).sum()), int((off <= 1).sum()), len(off)]
    return out


def held(
    recording: Recording,
    hold_s: tuple[float, float],
    seed: int,
    quiet: Quiet,
    sway: float = 1.0,
    still_s: float = STILL_S,
) -> Samples:
    """The set with each bottom held for a random time between these two, so many still seconds before it."""
    rng, samples = np.random.default_rng(seed), recording.samples
    time_s = np.arange(samples.time_s[0], samples.time_s[-1], STEP_S)
    acc, gyr = (_at(time_s, samples.time_s, series) for series in (samples.acc_m_s2, samples.gyr_rad_s))
    turned = offlineVQF(np.ascontiguousarray(gyr), np.ascontiguousarray(acc), None, STEP_S)
    up = up_of_quaternion(turned["quat6D"])
    moving = acc - np.median(np.linalg.norm(acc, axis=1)) * up
    before, half = turned["bias"], round(0.5 * RAMP_S / STEP_S)
    lift = np.sum(moving * up, axis=1)
    at = [_bottom(lift, *np.searchsorted(time_s, bounds)) for bounds in recording.truth["rep_bounds_s"]]
    parts: list[tuple[Floats, Floats]] = []
    done = 0
    for row in at:
        if row - half < done or row + half > len(time_s):
            continue
        parts.append((moving[done : row - half] + GRAVITY_M_S2 * up[done : row - half], gyr[done : row - half]))
        cells = round(float(rng.uniform(*hold_s)) / STEP_S)
        stopped = _stopped(moving, gyr - before, up, row, half, cells)
        acc_sway, gyr_sway = quiet[int(rng.integers(len(quiet)))]
        stopping = _fade(cells, 2 * half)[:, None] * sway
        first = int(rng.integers(2 * QUIET_CELLS))
        parts.append(
            (
                stopped[0] + stopping * _there_and_back(acc_sway, first, len(stopping)),
                stopped[1] + before[row] + stopping * _there_and_back(gyr_sway, first, len(stopping)),
            )
        )
        done = row + half
    parts.append((moving[done:] + GRAVITY_M_S2 * up[done:], gyr[done:]))
    acc, gyr = (np.concatenate(series) for series in zip(*parts, strict=True))
    first_up = samples.acc_m_s2[:20].mean(axis=0)
    made = Samples(np.arange(len(acc)) * STEP_S, acc, gyr)
    return led_in(made, first_up / np.linalg.norm(first_up), still_s)[0]


@cache
def quiet(data: Path) -> Quiet:
    """What standing quietly adds to acceleration and rate, (QUIET_CELLS, 3) each, of everyone who does so."""
    found = []
    for file in ("squat_waist", "ipol_walk"):
        for recording in recordings(data, file):
            samples = recording.samples
            time_s = np.arange(samples.time_s[0], samples.time_s[-1], STEP_S)
            acc, gyr = (_at(time_s, samples.time_s, series) for series in (samples.acc_m_s2, samples.gyr_rad_s))
            acc, gyr = min(
                ((acc[k : k + QUIET_CELLS], gyr[k : k + QUIET_CELLS]) for k in range(0, len(acc) - QUIET_CELLS, 10)),
                key=lambda both: (_rms(both[0]) / QUIET_ACC_M_S2) ** 2 + (_rms(both[1]) / QUIET_GYR_RAD_S) ** 2,
            )
            if _rms(acc) < QUIET_ACC_M_S2 and _rms(gyr) < QUIET_GYR_RAD_S:
                found.append((acc - acc.mean(axis=0), gyr - gyr.mean(axis=0)))
    return tuple(found)


def _stopped(moving: Floats, rate: Floats, up: Floats, row: int, half: int, cells: int) -> tuple[Floats, Floats]:
    """Acceleration, gravity in it, and rate, of a movement that comes to a stop at this row, and goes on after it."""
    rows = np.arange(row - half, row + half)
    speed = np.cumsum(moving[rows], axis=0) * STEP_S
    speed -= speed[half]
    phase = np.pi * (np.arange(2 * half) + 0.5) / (2 * half)
    pace, change = 0.5 * (1.0 + np.cos(phase)), -0.5 * np.pi / RAMP_S * np.sin(phase)
    pace, change = (
        np.concatenate([x, np.zeros(cells), back]) for x, back in ((pace, pace[::-1]), (change, -change[::-1]))
    )
    then = np.cumsum(pace)
    now_up = _at(then, np.arange(2.0 * half), up[rows])
    now_up /= np.linalg.norm(now_up, axis=1, keepdims=True)
    pulled, going, turning = (_at(then, np.arange(2.0 * half), x) for x in (moving[rows], speed, rate[rows]))
    pace, change = pace[:, None], change[:, None]
    return pulled * pace**2 + going * change + GRAVITY_M_S2 * now_up, turning * pace


def _fade(cells: int, ramp: int) -> Floats:
    """0 to 1, held for so many cells, and back."""
    up = 0.5 * (1.0 - np.cos(np.pi * (np.arange(ramp) + 0.5) / ramp))
    return np.concatenate([up, np.ones(cells), up[::-1]])


def _bottom(lift: Floats, first: int, end: int) -> int:
    """The row of a repetition's rows at which the body is lowest."""
    ramp = np.arange(1.0, end - first + 1.0) / (end - first)
    way = lift[first:end]
    for _ in range(2):
        way = np.cumsum(way)
        way = way - ramp * way[-1]
    return first + int(way.argmin())


def _there_and_back(noise: Floats, first: int, cells: int) -> Floats:
    """Again and again, forward and backward: no jump between."""
    return np.take(np.concatenate([noise, noise[::-1]]), np.arange(first, first + cells), axis=0, mode="wrap")


def _at(time_s: Floats, known_s: Floats, series: Floats) -> Floats:
    return np.stack([np.interp(time_s, known_s, series[:, axis]) for axis in range(3)], axis=1)


def _rms(x: Floats) -> float:
    """Of what changes."""
    return float(np.sqrt(np.sum(np.var(x, axis=0))))
