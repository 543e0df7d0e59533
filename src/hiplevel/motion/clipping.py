"""Readings at the sensor's full scale, told from the samples alone: so live, replay and analysis see the same.

A reading at the limit does not change while the movement goes on: the same value, to the last bit, two or three times
running, as far out as this axis has ever read. Two are enough at a full scale that sensors are sold with.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from hiplevel.model.clipping import Clipped
from hiplevel.model.samples import Floats, Samples
from hiplevel.motion.frame import GRAVITY_M_S2
from hiplevel.motion.grid import IMPLAUSIBLE
from hiplevel.motion.missed import AtLimit, Missed, MissedTurn

SENSORS = ("accelerometer", "gyroscope")
# Nothing is sold that clips below these: 2 g and 125 degrees/s, less what calibration takes off.
FLOOR = (1.8 * GRAVITY_M_S2, np.radians(110.0))
USUAL = (
    GRAVITY_M_S2 * np.array([2.0, 4.0, 8.0, 16.0, 32.0]),
    np.radians([125.0, 250.0, 500.0, 1000.0, 2000.0, 4000.0]),
)
USUAL_SHARE = 0.015
# Readings at the limit this close together are one stretch.
TOGETHER_S = 0.25
# Three alike, and the one before them.
BACK = 3


@dataclass
class Stretch:
    """One sensor's stretch under way."""

    start_s: float = 0.0
    last_s: float = -np.inf
    samples: int = 0
    limit: float = 0.0


@dataclass
class ClipState:
    """The last samples; the furthest readings up and down of each axis; a stretch for each sensor."""

    time_s: Floats = field(default_factory=lambda: np.full(BACK, -np.inf))
    values: Floats = field(default_factory=lambda: np.full((6, BACK), np.nan))
    furthest: Floats = field(default_factory=lambda: np.zeros((2, 6)))
    stretches: tuple[Stretch, Stretch] = field(default_factory=lambda: (Stretch(), Stretch()))


class ClipWatch:
    """`process(samples)` gives the stretches that are over, in order of known_s; `missed` what these samples hid."""

    def __init__(self) -> None:
        self.state = ClipState()
        self.missed: list[Missed] = []
        self._turn = MissedTurn()

    def process(self, samples: Samples) -> list[Clipped]:
        """The next samples."""
        self.missed = []
        if len(samples) == 0:
            return []
        out = list[Clipped]()
        for sensor, block in enumerate((samples.acc_m_s2, samples.gyr_rad_s)):
            low = block.min() > -FLOOR[sensor] and block.max() < FLOOR[sensor]  # what is no number is neither
            marks = [] if low else self._marks(sensor, samples.time_s, block)
            if marks or self.state.stretches[sensor].samples:
                out += self._stretches(sensor, samples.time_s, marks)
            if marks and SENSORS[sensor] == "gyroscope":
                t = np.concatenate([self.state.time_s, samples.time_s])
                gyr = np.concatenate([self.state.values[3:].T, block])
                self.missed = self._turn.process(marks, t, gyr)
        self._remember(samples)
        return sorted(out, key=lambda event: event.known_s)

    def _remember(self, samples: Samples) -> None:
        """The last of them, in place of the oldest."""
        time_s, values, new = self.state.time_s, self.state.values, min(len(samples), BACK)
        old, last = slice(0, BACK - new), slice(BACK - new, BACK)
        time_s[old], values[:, old] = time_s[new:], values[:, new:]
        time_s[last] = samples.time_s[-new:]
        values[:3, last], values[3:, last] = samples.acc_m_s2[-new:].T, samples.gyr_rad_s[-new:].T

    def finish(self) -> list[Clipped]:
        """A stretch that goes on to the end."""
        now_s = float(self.state.time_s[-1])
        return [event for sensor in (0, 1) for event in self._close(sensor, now_s)]

    def _marks(self, sensor: int, time_s: Floats, block: Floats) -> list[AtLimit]:
        """Readings that repeat a limit, in order of when that became known; some come more than once."""
        state, out = self.state, list[AtLimit]()
        t = np.concatenate([state.time_s[-2:], time_s])
        for axis in range(3):
            row = 3 * sensor + axis
            x = np.concatenate([state.values[row, -2:], block[:, axis]])
            x = np.where(np.abs(x) < IMPLAUSIBLE, x, np.nan)
            again = x[2:] == x[1:-1]
            if not (again & (np.abs(x[2:]) > FLOOR[sensor])).any():  # as in all movement but at the limit
                furthest = self.state.furthest[:, row]
                furthest[:] = np.fmax(furthest, (np.fmax.reduce(x[2:]), -np.fmin.reduce(x[2:])))
                continue
            third = again & (x[1:-1] == x[:-2])
            for side, sign in enumerate((1.0, -1.0)):
                so_far = np.fmax.accumulate(np.concatenate([state.furthest[side, row : row + 1], sign * x[2:]]))
                at_limit = again & (sign * x[2:] >= so_far[:-1]) & (sign * x[2:] > FLOOR[sensor])
                state.furthest[side, row] = so_far[-1]
                for k in np.flatnonzero(at_limit).tolist():
                    limit = abs(float(x[k + 2]))
                    usual = float(np.abs(USUAL[sensor] / limit - 1.0).min()) < USUAL_SHARE
                    if third[k] or usual:
                        first = k if third[k] else k + 1
                        out += [AtLimit(float(t[k + 2]), float(at_s), limit, row) for at_s in t[first : k + 3]]
        return sorted(out)

    def _stretches(self, sensor: int, time_s: Floats, marks: Sequence[AtLimit]) -> list[Clipped]:
        out = list[Clipped]()
        for mark in marks:
            out += self._over(sensor, time_s, mark.known_s)
            stretch = self.state.stretches[sensor]
            if not stretch.samples:
                stretch.start_s, stretch.limit = mark.at_s, mark.limit
            if mark.at_s > stretch.last_s:
                stretch.samples, stretch.last_s = stretch.samples + 1, mark.at_s
        return out + self._over(sensor, time_s, float(time_s[-1]))

    def _over(self, sensor: int, time_s: Floats, now_s: float) -> list[Clipped]:
        """The stretch that was over by now, known with the first sample late enough after it."""
        stretch = self.state.stretches[sensor]
        if not stretch.samples or now_s <= stretch.last_s + TOGETHER_S:
            return []
        return self._close(sensor, float(time_s[np.searchsorted(time_s, stretch.last_s + TOGETHER_S, side="right")]))

    def _close(self, sensor: int, known_s: float) -> list[Clipped]:
        stretch = self.state.stretches[sensor]
        if not stretch.samples:
            return []
        told = Clipped(
            stretch.start_s, stretch.last_s, SENSORS[sensor], stretch.samples, stretch.limit, known_s=known_s
        )
        stretch.samples, stretch.last_s = 0, -np.inf
        return [told]
