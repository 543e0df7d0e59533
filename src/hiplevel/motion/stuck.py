"""An axis that reads the same, whatever the other sensor shows of the turns about it: it is dead, or it sticks.

Every axis of a sensor has noise and none is still while a body moves. A gyroscope's axis that stays where it is leaves
unsaid the turns of gravity about it; an accelerometer's leaves unseen those that would move gravity along it. Both are
looked at as they vary over some windows, so that no bias tells on them.
"""

from collections import deque
from dataclasses import dataclass
from statistics import pstdev

import numpy as np
from numpy.typing import NDArray

from hiplevel.model.samples import Floats
from hiplevel.motion.frame import cross, dot
from hiplevel.motion.turning import Turns

# Of six axes the accelerometer's come first.
GYROSCOPE_ROW = 3


@dataclass(frozen=True)
class StuckParams:
    """From one window to the next; spreads are rms about the mean of some windows.

    A fall of 5 degrees in 2.5 s turns gravity by 0.017 rad from window to window. What an axis may move meanwhile is
    far below the noise of those that are sold: one that reads only noise may be right, and another one swapped.
    """

    windows: int = 10
    acc_m_s2: float = 5e-4
    gyr_rad_s: float = 5e-5
    unsaid_rad: float = 0.012
    unseen_rad: float = 0.015
    shaken_m_s2: float = 1.0  # rms within a window: more may be the body's own acceleration
    athwart: float = 0.5  # of an axis to gravity, its sine: turns about gravity are seen by nobody


class StuckWatch:
    """`process` gives the first turn after which an axis is known to stick, and whether it is the accelerometer's."""

    def __init__(self, params: StuckParams | None = None) -> None:
        self.params = params or StuckParams()
        self._most = np.repeat([self.params.acc_m_s2, self.params.gyr_rad_s], 3)[:, None]
        self.interrupt()

    def interrupt(self) -> None:
        """A gap: what happened meanwhile is not known."""
        # Of each axis, what it left out in the latest windows in which it did not move.
        self._left_out = [deque[float](maxlen=self.params.windows) for _ in range(6)]

    def process(self, turns: Turns, calm: NDArray[np.bool_]) -> tuple[int, bool] | None:
        """calm (k,): whether the accelerometer reads hardly more than gravity in both windows of a turn."""
        stays = np.abs(turns.moved) < self._most
        if not stays[:, -1:].any() and self._too_seldom(stays):
            for left_out in self._left_out:
                left_out.clear()
            return None
        found: list[tuple[int, bool]] = []
        for axis, left_out in enumerate(self._left_out):
            first = self._worth(stays[axis], left_out)
            if first == len(calm):
                continue
            quiet = calm & (turns.shaken_m_s2 < self.params.shaken_m_s2)
            is_acc = axis < GYROSCOPE_ROW
            missing, known = (turns.said[axis], calm) if is_acc else self._unsaid(turns, axis - GYROSCOPE_ROW, quiet)
            least = self.params.unseen_rad if is_acc else self.params.unsaid_rad
            for at in range(first, len(missing)):
                if not stays[axis, at]:
                    left_out.clear()
                elif known[at]:
                    left_out.append(float(missing[at]))
                    if len(left_out) == left_out.maxlen and pstdev(left_out) > least:
                        found.append((at, is_acc))
                        break
        return min(found, default=None)

    def _too_seldom(self, stays: NDArray[np.bool_]) -> bool:
        """Whether no axis (6, k) can have stayed for long enough, as nearly always."""
        return bool(stays.sum(axis=1).max() + max(map(len, self._left_out)) < self.params.windows)

    def _worth(self, stays: NDArray[np.bool_], left_out: deque[float]) -> int:
        """The turn from which on it is worth looking: of stays that are too short only the last may go on."""
        moved = np.flatnonzero(~stays)
        if not moved.size:
            return 0
        longest = max(len(left_out) + moved.item(0), int(np.diff(moved).max(initial=0)) - 1)
        if longest >= self.params.windows:
            return 0
        left_out.clear()
        return moved.item(-1) + 1

    def _unsaid(self, turns: Turns, axis: int, quiet: NDArray[np.bool_]) -> tuple[Floats, NDArray[np.bool_]]:
        """How far gravity turned about this axis beyond what the other two say (k,), and where that is known."""
        others, along = turns.turned.copy(), np.zeros_like(turns.turned)
        others[axis], along[axis] = 0.0, 1.0
        way = cross(turns.about, along)
        size2 = dot(way, way)
        beyond = turns.seen - cross(turns.about, others)
        return dot(beyond, way) / np.maximum(size2, 1e-9), quiet & (size2 > self.params.athwart**2)
