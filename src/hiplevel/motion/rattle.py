"""Does the clip rattle? One that is fixed follows the pelvis, which does not swing faster than about 15 Hz.

A loose one rings at 15 to 45 Hz after each jolt. The second difference of the acceleration stands for what swings so
fast: it takes 4 times what is there at 50 Hz, and a twentieth at 4 Hz. Where it exceeds the acceleration itself, most
of what is measured is ringing. In 117 minutes of recorded walks, stairs, jogging and squats that holds for a quarter
of a second now and then, and for longer of one or two joggers with a belt.
"""

from collections import deque
from dataclasses import dataclass
from itertools import compress

import numpy as np

from hiplevel.model.events import Note
from hiplevel.model.samples import Floats
from hiplevel.motion.frame import dot
from hiplevel.motion.rest import Beats
from hiplevel.motion.stillness import BEAT_CELLS, BEAT_S
from hiplevel.motion.windows import squares, sums

# A beat and the two cells before it.
REACH = BEAT_CELLS + 1


@dataclass(frozen=True)
class RattleParams:
    """A beat rattles when its ringing is above ring_m_s2 (rms), no noise, and above share of the acceleration."""

    ring_m_s2: float = 0.8
    share: float = 1.0
    # So many beats that rattle, within so long; and when it may be told again.
    beats: int = 6
    within_s: float = 10.0
    again_s: float = 60.0


class RattleWatch:
    """`process` gives the rows at which it became certain that the clip rattles."""

    def __init__(self, params: RattleParams | None = None) -> None:
        self.params = params or RattleParams()
        self._carried = np.empty((3, 0))
        self._rattled_s: deque[float] = deque(maxlen=self.params.beats)
        self._told_s = -np.inf

    def interrupt(self) -> None:
        """A gap: beats begin anew."""
        self._carried = np.empty((3, 0))

    def process(self, time_s: Floats, acc_m_s2: Floats, beats: Beats) -> list[int]:
        """From the acceleration without gravity (3, m)."""
        before = self._carried.shape[1]
        rows = [row for row in compress(beats.rows, beats.shaken) if row + before >= REACH]
        found = self._rattling(rows, before, acc_m_s2) if rows else []
        keep = acc_m_s2 if acc_m_s2.shape[1] > REACH else np.concatenate([self._carried, acc_m_s2], axis=1)
        self._carried = keep[:, -REACH:].copy()
        return [row for row in found if self._rattled(float(time_s[row]))]

    def _rattling(self, rows: list[int], before: int, acc_m_s2: Floats) -> list[int]:
        """Which of the beats that end in these rows rattle."""
        acc = np.concatenate([self._carried, acc_m_s2[:, : rows[-1] + 1]], axis=1)
        cells = np.array(rows)[:, None] + (before + np.arange(-REACH, 1))
        here = acc.take(cells, axis=1)  # (3, beats, cells)
        ring = here[..., 2:] - 2.0 * here[..., 1:-1] + here[..., :-2]
        here = here[..., 2:]
        ring2, here2 = (squares(part).sum(axis=0) / BEAT_CELLS for part in (ring, here))
        mean = sums(here) / BEAT_CELLS
        params, moved = self.params, here2 - dot(mean, mean)
        rattles = (ring2 > params.ring_m_s2**2) & (ring2 > params.share**2 * moved)
        return [row for row, yes in zip(rows, rattles.tolist(), strict=True) if yes]

    def _rattled(self, now_s: float) -> bool:
        params = self.params
        self._rattled_s.append(now_s)
        often = len(self._rattled_s) == params.beats and now_s - self._rattled_s[0] < params.within_s - 0.5 * BEAT_S
        if not often or now_s - self._told_s < params.again_s:
            return False
        self._told_s = now_s
        return True


def rattles(time_s: float) -> Note:
    """What the user is told."""
    text = "The clip rattles: what it measures is partly its own ringing. Fasten it firmly to a belt or tight clothing."
    return Note(time_s, text, "clip-loose", "warning", known_s=time_s)
