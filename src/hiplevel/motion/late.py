"""A neutral after the start: the first still second after a beginning in movement, or after one was asked for."""

from dataclasses import dataclass

import numpy as np

from hiplevel.model.events import Note
from hiplevel.model.samples import Floats
from hiplevel.motion.grid import Cells, joined
from hiplevel.motion.start import PLAUSIBLE
from hiplevel.motion.stillness import BEAT_CELLS, STILL_BEATS, Beats, StillParams, beat_stats, has_settled, resting_rate

SEEK_S = 60.0  # after the start; later someone may rest anyhow
ASKED_S = 10.0  # whoever asks for a new neutral stands ready
# A rest further from the assumed neutral than this is another pose, not standing.
LEAN_SHARE = float(np.cos(np.radians(25.0)))
# Asked for, it may be further off: the clip may have slipped.
ASKED_SHARE = float(np.cos(np.radians(45.0)))


ELSEWHERE = (
    "The wearer is still, {deg:.0f} degrees away from the level, which was taken in movement: it may have been taken "
    "bent forward or lying. Stand still and take the level anew."
)


@dataclass(frozen=True, eq=False)
class Stand:
    """A still second that ends with row `row` of a block: its vertical (3,), gravity, mean rate (3,) and sigma of that.

    In the sensor frame.
    """

    row: int
    up: Floats
    gravity_m_s2: float
    rate_rad_s: Floats
    rate_sigma_rad_s: float


class LateNeutral:
    """Watches cells until until_s for a still second in about the assumed pose; sensor frame throughout.

    asked: a person wants it, who is told when it cannot be had. elsewhere: the row of the last cells, and the angle
    from the assumed level, rad, where a still second was seen in another pose for the first time.
    """

    def __init__(self, after_s: float, assumed_up: Floats, *, asked: bool = False) -> None:
        self.asked = asked
        self.until_s = after_s + (ASKED_S if asked else SEEK_S)
        self._assumed_up, self._share = assumed_up, ASKED_SHARE if asked else LEAN_SHARE
        self._params = StillParams()
        self._carried: list[Cells] = []
        self.elsewhere: tuple[int, float] | None = None
        self._been_elsewhere = asked
        self._recent: list[Beats] = []  # the last quiet ones in a row, one beat each, two seconds at most

    def interrupt(self) -> None:
        """A gap: a still second cannot span it."""
        self._carried, self._recent = [], []

    def process(self, cells: Cells) -> Stand | None:
        """The still second that one of these cells completes; None when there is none."""
        self.elsewhere = None
        run = joined([*self._carried, cells])
        offset = len(run.time_s) - len(cells.time_s)
        beats = beat_stats(run.acc_m_s2, run.gyr_rad_s)
        self._carried = [run[len(beats) * BEAT_CELLS :]] if len(beats) * BEAT_CELLS < len(run.time_s) else []
        quiet = (beats.acc_sd.max(axis=1) < self._params.acc_sd_m_s2) & (
            beats.gyr_sd.max(axis=1) < self._params.gyr_sd_rad_s
        )
        for number in range(len(beats)):
            self._recent = [*self._recent[1 - 2 * STILL_BEATS :], beats[number : number + 1]] if quiet[number] else []
            stand = self._still((number + 1) * BEAT_CELLS - 1 - offset)
            if stand is not None:
                return stand
        return None

    def _still(self, row: int) -> Stand | None:
        if len(self._recent) < STILL_BEATS:
            return None
        names = ("acc_mean", "acc_sd", "gyr_mean", "gyr_sd")
        beats = Beats(*(np.concatenate([getattr(beat, name) for beat in self._recent]) for name in names))
        window = beats[-STILL_BEATS:]
        acc = np.cumsum(window.acc_mean, axis=0)[-1] / STILL_BEATS
        gravity = float(np.linalg.norm(acc))
        if gravity < PLAUSIBLE[0]:
            return None
        up = np.asarray(acc / gravity)
        if not has_settled(beats, self._params):
            return None
        along = float(up @ self._assumed_up)
        if along <= self._share:
            if not self._been_elsewhere:
                self._been_elsewhere, self.elsewhere = True, (row, float(np.arccos(np.clip(along, -1.0, 1.0))))
            return None
        return Stand(row, up, gravity, *resting_rate(window, self._params))


def elsewhere(by_rad: float, now_s: float) -> Note:
    """Still so far from an assumed level: it was taken in another pose, or this is one."""
    return Note(now_s, ELSEWHERE.format(deg=np.degrees(by_rad)), "level-doubted", "warning", known_s=now_s)
