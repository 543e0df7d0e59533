"""The clock of slow decisions: beats of 0.25 s, and whether the body was at rest in each."""

from dataclasses import dataclass, field

import numpy as np

from hiplevel.model.samples import Floats
from hiplevel.motion.frame import dot
from hiplevel.motion.stillness import BEAT_CELLS
from hiplevel.motion.windows import Windows, squares, sums


@dataclass(frozen=True)
class RestParams:
    """Standing quietly sways below both; a slow repetition exceeds one of them."""

    rate_rms_rad_s: float = 0.08
    acc_rms_m_s2: float = 0.35
    still_share: float = 0.65  # of both: even a slow squat moves more than this, but at its turns
    shaken_m_s2: float = 0.9  # rms within a beat, its mean taken out: of walkers the median is 1.3 to 2.4


@dataclass(frozen=True, eq=False)
class Beats:
    """Beats that end within a block: their last rows, in order, and whether the body was at rest.

    calm: the same by turning and by what changed of the acceleration. Lying, the sensor's offset points elsewhere than
    where the neutral took it out, and looks like an acceleration that never ends.
    still: by a narrower measure; shaken: as by steps, which no slow movement does, however large. pull_m_s2 (3, k): the
    mean acceleration; `within` leaves it out.
    """

    rows: list[int]
    rest: list[bool]
    calm: list[bool] = field(default_factory=list)
    still: list[bool] = field(default_factory=list)
    shaken: list[bool] = field(default_factory=list)
    pull_m_s2: Floats = field(default_factory=lambda: np.empty((3, 0)))

    @property
    def ends(self) -> slice:
        """The rows as a slice, of at least one beat."""
        return slice(self.rows[0], self.rows[-1] + 1, BEAT_CELLS)

    def within(self, part: slice) -> "Beats":
        """The beats that end in this part of the block, counted from its first row."""
        if part.start == 0 and (not self.rows or self.rows[-1] < part.stop):
            return self
        inside = [k for k, row in enumerate(self.rows) if part.start <= row < part.stop]
        rest, calm, still, shaken = (
            [series[k] for k in inside] for series in (self.rest, self.calm, self.still, self.shaken)
        )
        return Beats([self.rows[k] - part.start for k in inside], rest, calm, still, shaken)


NO_BEATS = Beats([], [])


class Rest:
    """Judges beats; cells of an unfinished beat are carried over."""

    def __init__(self, params: RestParams | None = None) -> None:
        self.params = params or RestParams()
        self._rates, self._accs = Windows(3, BEAT_CELLS), Windows(3, BEAT_CELLS)

    def restart(self) -> None:
        """Begin a new stretch."""
        self._rates.restart()
        self._accs.restart()

    def process(self, rate_rad_s: Floats, acc_m_s2: Floats) -> Beats:
        """Beats ending in these cells; both (3, m), acceleration without gravity."""
        begun = self._rates.begun
        parts = list(zip(self._rates.cut(rate_rad_s), self._accs.cut(acc_m_s2), strict=True))
        if not parts:
            return NO_BEATS
        totals = [
            np.concatenate([squares(rate).sum(axis=0)[None], squares(acc).sum(axis=0)[None], sums(acc)])
            for rate, acc in parts
        ]
        means = np.concatenate(totals, axis=1)
        means /= BEAT_CELLS
        rate2, acc2, acc = means[0], means[1], means[2:]
        params, changing = self.params, acc2 - dot(acc, acc)
        turned, pulled = rate2 / params.rate_rms_rad_s**2, acc2 / params.acc_rms_m_s2**2
        most = np.maximum(turned, pulled)
        calm = (turned < 1.0) & (changing < params.acc_rms_m_s2**2)
        still, shaken = most < params.still_share**2, changing > params.shaken_m_s2**2
        rows = list(range(BEAT_CELLS - 1 - begun, acc2.size * BEAT_CELLS - begun, BEAT_CELLS))
        return Beats(rows, (most < 1.0).tolist(), calm.tolist(), still.tolist(), shaken.tolist(), acc)
