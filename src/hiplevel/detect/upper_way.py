"""Ways up and down that begin or end at rest: how the pelvis leans at the lower end, and how at the upper one.

At rest the speed is zero, and what acceleration shows there is the accelerometer's own error. So from rest on the way
up is known for some seconds, as is the way down that ended in it: where the body was highest it leans as at the top.
"""

from dataclasses import dataclass
from typing import NamedTuple

from hiplevel.detect.vertical_way import VerticalWay
from hiplevel.model.samples import Floats
from hiplevel.motion.grid import CELL_S
from hiplevel.motion.stillness import BEAT_S


@dataclass(frozen=True)
class UpperWayParams:
    """Ways in m, times in s."""

    least_m: float = 0.2  # on tiptoe, or on another foot, nobody stands so much higher
    # With the speed known at both ends; and at one, later an error that rest did not show is a way as long.
    longest_s: float = 4.0
    one_end_s: float = 2.5
    rested_beats: int = 3  # fewer show no error
    dip_m: float = 0.1  # who goes down first is on another way
    top_share: float = 0.8  # of the highest: about as high, for all that is known


class Top(NamedTuple):
    """How the pelvis leant (3,) about as high as it came, and its speed up, m/s."""

    up: Floats
    speed_m_s: float


class Ends(NamedTuple):
    """How the pelvis leant (3,) at the lower end of a way, and where the upper end may be."""

    lower: Floats
    tops: list[Top]


class _Rest(NamedTuple):
    """Where it began and has come to, of so many beats, how the pelvis leans there."""

    began: VerticalWay[float]
    way: VerticalWay[float]
    beats: int
    up: Floats

    @property
    def error_m_s2(self) -> float:
        """Of the accelerometer: nothing accelerates at rest."""
        since = self.way.since(self.began)
        return since.gained / since.cells if since.cells else 0.0


class _Passed(NamedTuple):
    """A moment of movement."""

    way: VerticalWay[float]
    up: Floats


class _High(NamedTuple):
    above_m: float
    top: Top


class UpperWay:
    """`process` takes beats one after the other."""

    def __init__(self, params: UpperWayParams | None = None) -> None:
        self.params = params or UpperWayParams()
        self.restart()

    def restart(self) -> None:
        """A gap: nothing is known of the way."""
        self._rest: _Rest | None = None
        self._resting = False
        self._passed = list[_Passed]()  # since the rest, or before it while it lasts, as long as that says anything

    def turn(self, turn: Floats) -> None:
        """From here on vectors lie otherwise in the pelvis: turned by this (3, 3)."""
        if self._rest is not None:
            self._rest = self._rest._replace(up=turn @ self._rest.up)
        self._passed = [one._replace(up=turn @ one.up) for one in self._passed]

    def process(self, way: VerticalWay[float], up: Floats, *, still: bool) -> Ends | None:
        """Up to the end of a beat; the ends of the way that it made certain."""
        rest, ends = self._rest, None
        if not still:
            self._passed = [] if self._resting else self._passed[-round(self.params.one_end_s / BEAT_S) :]
            self._passed.append(_Passed(way, up))
            ends = None if rest is None else self._rising(rest, way)
        elif rest is not None and self._resting:
            self._rest = rest = _Rest(rest.began, way, rest.beats + 1, up)
            ends = self._sunk(rest) if rest.beats == self.params.rested_beats else None
        else:
            ends = None if rest is None else self._between(rest, way, up)
            self._rest = _Rest(way, way, 1, up)
        self._resting = still
        return ends

    def _between(self, rest: _Rest, way: VerticalWay[float], up: Floats) -> Ends | None:
        """From that rest to this one."""
        gone = way.since(rest.way)
        if gone.cells * CELL_S > self.params.longest_s or abs(gone.between_rests) < self.params.least_m:
            return None
        return Ends(rest.up, [Top(up, 0.0)]) if gone.between_rests > 0.0 else Ends(up, [Top(rest.up, 0.0)])

    def _rising(self, rest: _Rest, way: VerticalWay[float]) -> Ends | None:
        """From that rest up to where it was highest."""
        params = self.params
        if rest.beats < params.rested_beats or way.since(rest.way).cells * CELL_S > params.one_end_s:
            return None
        error_m_s2, highs = rest.error_m_s2, list[_High]()
        for passed in self._passed:
            gone = passed.way.since(rest.way)
            lasted_s = gone.cells * CELL_S
            speed_m_s = gone.gained * CELL_S - error_m_s2 * lasted_s
            highs.append(_High(gone.from_rest - 0.5 * error_m_s2 * lasted_s**2, Top(passed.up, speed_m_s)))
        above_m = [high.above_m for high in highs]
        # It is known to have been highest once it goes down again.
        return self._ends(rest.up, highs) if min(above_m) >= -params.dip_m and above_m[-1] < max(above_m) else None

    def _sunk(self, rest: _Rest) -> Ends | None:
        """From where it was highest down to that rest."""
        error_m_s2, highs = rest.error_m_s2, list[_High]()
        for passed in self._passed:
            gone = rest.began.since(passed.way)
            lasted_s = gone.cells * CELL_S
            if lasted_s <= self.params.one_end_s:
                speed_m_s = error_m_s2 * lasted_s - gone.gained * CELL_S
                highs.append(_High(-gone.to_rest - 0.5 * error_m_s2 * lasted_s**2, Top(passed.up, speed_m_s)))
        return self._ends(rest.up, highs)

    def _ends(self, lower: Floats, highs: list[_High]) -> Ends | None:
        highest_m = max((high.above_m for high in highs), default=0.0)
        least_m = max(self.params.least_m, self.params.top_share * highest_m)
        tops = [high.top for high in highs if high.above_m >= least_m]
        return Ends(lower, tops) if tops else None
