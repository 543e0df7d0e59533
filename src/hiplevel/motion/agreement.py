"""Do gyroscope and accelerometer speak of the same movement? A wrong unit, sign or axis makes every angle wrong.

Over movements that turn the sensor, the turns of `motion.turning` are compared. No right sensor of the recordings at
hand is doubted, and degrees taken for radians nearly always: see `tests/test_real_recordings.py`. An axis that sticks,
another full scale, and a gyroscope that turns otherwise in slow movements are known by rules of their own.
"""

from dataclasses import dataclass
from enum import Enum
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from hiplevel.model.errors import InputError, Reason
from hiplevel.model.events import Note
from hiplevel.model.samples import Floats
from hiplevel.motion.block import Break, Item
from hiplevel.motion.full_scale import FullScale
from hiplevel.motion.grid import Cells
from hiplevel.motion.slow_agreement import SlowAgreement
from hiplevel.motion.stuck import StuckWatch
from hiplevel.motion.turning import Fading, Regression, Turns, TurnWindows

SILENT = (
    "The gyroscope hardly reads anything of the turns that the accelerometer shows: it is dead, or an axis is swapped. "
    "Angles lag and counts may be wrong. Switch the sensor off and on; if it stays so, use another."
)
OTHERWISE = (
    "The gyroscope turns another way than the accelerometer: an axis is swapped or sticks, or its sign or unit is "
    "wrong. Angles and counts may be wrong. Check how the sensor's axes are read."
)
SCALED = (
    "The gyroscope turns about {times:.2g} times as far as the accelerometer shows: it is read at another full scale "
    "than it was set to. Angles are wrong. Check the sensor's range."
)
STICKS = (
    "The gyroscope turns, and the accelerometer does not see it: an axis of the accelerometer sticks. "
    "Angles and counts may be wrong. Switch the sensor off and on; if it stays so, use another."
)
NOT_GRADED = "Drops are not judged, for the gyroscope cannot be believed."
NOT_SEEN = "Drops are not judged, for the accelerometer cannot be believed."
WINDOW_CELLS = 50


class Wrong(Enum):
    """What is wrong with the gyroscope, or the accelerometer."""

    TOO_LARGE = "too large"  # degrees, most likely
    SILENT = "silent"
    OTHERWISE = "otherwise"  # a sign, an axis, or one that sticks
    SCALED = "scaled"
    UNSEEN = "unseen"  # by an axis of the accelerometer


@dataclass(frozen=True)
class Doubt:
    """What is wrong; times: how many times too far the gyroscope turns, where that is what is wrong."""

    wrong: Wrong
    times: float = 1.0


@dataclass(frozen=True)
class AgreementParams:
    """Turns are of gravity's direction, between two windows; sizes are root mean squares."""

    turn_rad: float = 0.12  # less says little beside the body's own acceleration
    memory: float = 20.0  # windows
    least: float = 7.0  # windows that turned, before anything is said
    large: float = 6.0  # times what the accelerometer says
    large_rad: float = 1.0  # and more than anybody tumbles
    silent: float = 0.15  # of what the accelerometer says
    opposed: float = -0.6  # correlation
    crossed: float = 0.2  # correlation, of turns of crossed_rad and more by both, in more windows
    crossed_rad: float = 0.2
    crossed_least: float = 12.0
    off_share: float = 0.15  # of gravity: beyond it the mean acceleration of a window is not gravity alone
    shaken_m_s2: float = 4.0  # rms within a window


class AgreementWatch:
    """Tells once, at the row at which it became certain."""

    def __init__(self, params: AgreementParams | None = None) -> None:
        self.params = params or AgreementParams()
        self.doubt: Doubt | None = None
        self._windows = TurnWindows(WINDOW_CELLS)
        self._turned = Fading(1.0 - 1.0 / self.params.memory)
        self._stuck, self._slow, self._scale = StuckWatch(), SlowAgreement(), FullScale()

    def interrupt(self) -> None:
        """A gap: windows begin anew."""
        self._windows.interrupt()
        self._stuck.interrupt()
        self._slow.interrupt()
        self._scale.interrupt()

    def process(self, cells: Cells, gravity_m_s2: float) -> int | None:
        """The row of these cells, sensor frame, at which a doubt became certain."""
        turns = self._windows.process(cells) if self.doubt is None else None
        if turns is None:
            return None
        calm = self._calm(turns, gravity_m_s2)
        found = [self._compared(turns, calm)]
        if (stuck := self._stuck.process(turns, calm)) is not None:
            found.append((stuck[0], Doubt(Wrong.UNSEEN if stuck[1] else Wrong.SILENT)))
        if (slow := self._slow.process(turns, calm)) is not None:
            found.append((slow[0], Doubt(Wrong.TOO_LARGE if slow[1] else Wrong.OTHERWISE)))
        if (scaled := self._scale.process(turns, calm, gravity_m_s2)) is not None:
            found.append((scaled[0], Doubt(Wrong.SCALED, scaled[1])))
        told = [one for one in found if one is not None]
        if not told:
            return None
        at, self.doubt = min(told, key=itemgetter(0))
        return int(turns.rows[at])

    def _compared(self, turns: Turns, calm: NDArray[np.bool_]) -> tuple[int, Doubt] | None:
        """The first of these turns after which both cannot be right."""
        products = turns.products
        far = products[:2].max(axis=0) > self.params.turn_rad**2
        turned = (calm & far).nonzero()[0]
        if turned.size == 0:
            return None
        seen = self._turned.after(products[:, turned])
        for at in (~self._agree(seen)).nonzero()[0].tolist():
            doubt = self._judge(Regression(*(of.item(at) for of in (seen.count, seen.said, seen.seen, seen.both))))
            if doubt is not None:
                return int(turned[at]), doubt
        return None

    def _agree(self, turned: Regression[Floats]) -> NDArray[np.bool_]:
        """Where there is nothing to judge, (k,): as it is nearly always."""
        params, said, seen = self.params, turned.said, turned.seen
        size = (said >= params.silent**2 * seen) & (said <= params.large**2 * seen)
        return np.asarray(size & (turned.both >= params.crossed * np.sqrt(said * seen)))

    def _calm(self, turns: Turns, gravity_m_s2: float) -> NDArray[np.bool_]:
        """(k,), of both windows of each turn."""
        near = np.abs(turns.size_m_s2 - gravity_m_s2) < self.params.off_share * gravity_m_s2
        return np.asarray(near[1:] & near[:-1] & (turns.shaken_m_s2 < self.params.shaken_m_s2))

    def _judge(self, seen: Regression[float]) -> Doubt | None:
        params = self.params
        if seen.count < params.least:
            return None
        if seen.said_rad < params.silent * seen.seen_rad:
            return Doubt(Wrong.SILENT)
        if seen.said_rad > max(params.large_rad, params.large * seen.seen_rad):
            return Doubt(Wrong.TOO_LARGE if seen.correlation > params.crossed else Wrong.OTHERWISE)
        smaller_rad = min(seen.said_rad, seen.seen_rad)
        if smaller_rad > params.crossed_rad and seen.count > params.crossed_least:
            return Doubt(Wrong.OTHERWISE) if seen.correlation < params.crossed else None
        opposed = smaller_rad > params.turn_rad and seen.correlation < params.opposed
        return Doubt(Wrong.OTHERWISE) if opposed else None


def told_of(doubt: Doubt, now_s: float) -> list[Item]:
    """What follows from a doubt: no drop is judged any more, and why.

    Raises
    ------
    InputError
        with reason UNITS when it cannot be rad/s.
    """
    if doubt.wrong is Wrong.TOO_LARGE:
        raise InputError(
            f"Up to {now_s:.1f} s the gyroscope turns many times as far as the accelerometer: it seems to be in deg/s.",
            Reason.UNITS,
            'Use Samples.from_units(..., gyr_unit="deg/s") or --gyr-unit deg/s, or multiply by 0.0174533.',
        )
    if doubt.wrong is Wrong.UNSEEN:
        return [
            Break(now_s),
            Note(now_s, STICKS, "accelerometer-off", "warning", known_s=now_s),
            Note(now_s, NOT_SEEN, "drops-not-graded", "warning", known_s=now_s),
        ]
    texts = {Wrong.SILENT: SILENT, Wrong.SCALED: SCALED.format(times=doubt.times)}
    return [
        Break(now_s),
        Note(now_s, texts.get(doubt.wrong, OTHERWISE), "gyroscope-off", "warning", known_s=now_s),
        Note(now_s, NOT_GRADED, "drops-not-graded", "warning", known_s=now_s),
    ]
