"""Out and back: swings of one signal, found at its turning points.

A swing leaves home, turns and comes back. It is over when the way back reverses (the next one begins), or when the
signal comes to rest near home. The machine runs once per stretch between two turning points, never per sample.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from statistics import median
from typing import Generic, NamedTuple, TypeVar

import numpy as np

from hiplevel.model.samples import Floats

Verdict = TypeVar("Verdict")


@dataclass(frozen=True)
class SwingParams:
    """In the signal's unit. out: least way out; reversal: least reversal that is a turn (noise and tremor are less)."""

    out: float
    reversal: float
    longest_s: float
    most: float = np.inf  # nobody goes out further: the rest is drift, and need not come back
    out_share: float = 0.4  # of the running median swing: less is hesitation, not a repetition
    back_share: float = 0.6  # of the way out: the swing counts only when this much came back
    rest_share: float = 0.4  # or this much, when it stops there: from the drop to level, having begun with the hike
    stop_share: float = 0.02  # of the way out within a beat: less is standing, not moving slowly
    reversal_share: float = 0.08
    told: float = 0.75  # of the least reversal, and so much of the way out: it has turned, as far as one can tell
    told_share: float = 0.05
    still_share: float = 0.08  # of the way out within a beat: less is rest
    memory: int = 5  # swings in the running median
    forget_s: float = 10.0  # after so long without a repetition any size is usual again


class Swing(NamedTuple):
    """A finished swing: when it left, turned, ended and was certain; the signal there, in its own sign."""

    start_s: float
    turn_s: float
    end_s: float
    known_s: float
    home: float
    top: float
    bottom: float

    @property
    def size(self) -> float:
        """Mean of the ways out and back, in the signal's unit."""
        return abs(self.top - 0.5 * (self.home + self.bottom))


class Turned(NamedTuple):
    """A swing has turned: when it left and turned, when that was certain; the signal there, in its own sign."""

    home_s: float
    turn_s: float
    known_s: float
    home: float
    top: float


class Phase(Enum):
    """Where in a swing."""

    HOME = "home"
    OUT = "out"
    BACK = "back"


HOME, OUT, BACK = Phase  # looked up in the class, one costs as much as a step of the machine


@dataclass(slots=True)
class SwingState:
    """What is remembered between stretches; home, top and bottom are (value, time)."""

    phase: Phase = HOME
    home: float = np.inf
    home_s: float = 0.0
    top: float = 0.0
    top_s: float = 0.0
    bottom: float = 0.0
    bottom_s: float = 0.0
    recent: list[float] = field(default_factory=list)
    usual: float = 0.0  # median of recent
    least_out: float = 0.0  # the way out that makes a swing
    ended_s: float = -np.inf
    turned: bool = False  # it was told already that this swing has turned


class Swings(Generic[Verdict]):
    """Swings that go out with the given sign. `process` takes cells cut at a StopFinder's stops."""

    def __init__(
        self,
        params: SwingParams,
        sign: int,
        judge: Callable[[Swing], Verdict | None],
        held: Callable[[float, float], bool] = lambda *_: True,
    ) -> None:
        """judge: what a swing is, None when it is no repetition; what is usual is learned from repetitions only.

        held(home_s, now_s): whether resting there may be holding the turn of a swing, or only standing where one came
        to.
        """
        self.params, self.sign, self._judge, self._held = params, sign, judge, held
        self._least_told = params.told * params.reversal
        self.state = SwingState(least_out=params.out)
        self.turns: list[Turned] = []  # since they were last fetched

    def restart(self) -> None:
        """Begin at home again after a gap; the usual range is still known."""
        old = self.state
        self.state = SwingState(recent=old.recent, usual=old.usual, least_out=old.least_out, ended_s=old.ended_s)
        self.turns.clear()

    def finish(self, known_s: float) -> list[tuple[Swing, Verdict | None]]:
        """The swing that was on its way back when the signal ended."""
        out: list[tuple[Swing, Verdict | None]] = []
        if self.state.phase is BACK:
            self._finish(known_s, out)
        return out

    def process(
        self, time_s: Floats, x: Floats, stops: list[int], spans: dict[int, float]
    ) -> list[tuple[Swing, Verdict | None]]:
        """Swings that ended within these cells, each with what it is.

        x (m,) in the signal's own sign, cut at `stops`; spans: how far it moved in the beat that ends at a row.
        """
        out: list[tuple[Swing, Verdict | None]] = []
        first, state, params = 0, self.state, self.params
        still_out, values, times_s = params.still_share * params.out, self.sign * x[stops], time_s[stops]
        moved = map(spans.get, stops)
        for stop, value, when_s, span in zip(stops, values.tolist(), times_s.tolist(), moved, strict=True):
            before = state.phase
            if before is HOME:
                self._at_home(value, when_s)
            elif before is OUT and value > state.top:
                state.top, state.top_s = value, when_s
            elif before is BACK and value < state.bottom:
                state.bottom, state.bottom_s = value, when_s
            else:
                self._away(time_s, x, first, stop, value, when_s, out)
            first = stop
            if span is None:
                continue
            phase = state.phase
            still = span <= still_out or (phase is not HOME and span <= params.still_share * (state.top - state.home))
            old = when_s - state.ended_s > params.forget_s
            if still and phase is HOME and before is HOME and not (old and state.recent):
                state.home, state.home_s = value, when_s  # what most beats come to
            elif still or old or when_s - state.home_s > params.longest_s:  # otherwise the beat says nothing
                self._beat(value, when_s, span, still, out)
        return out

    def _at_home(self, value: float, when_s: float) -> None:
        state = self.state
        if value <= state.home:
            state.home, state.home_s = value, when_s
        elif value - state.home >= state.least_out:
            state.phase, state.top, state.top_s, state.turned = OUT, value, when_s, False

    def _away(
        self,
        time_s: Floats,
        x: Floats,
        first: int,
        stop: int,
        value: float,
        when_s: float,
        out: list[tuple[Swing, Verdict | None]],
    ) -> None:
        """One monotone stretch that ends at `value`, and takes top or bottom no further."""
        state = self.state
        if state.phase is BACK:
            level = state.bottom + self._reversal()
            if value < level:
                return
            # The stretch rises: the first cell above the level is the moment it was certain.
            row = first + int((self.sign * x[first : stop + 1]).searchsorted(level))
            self._finish(float(time_s[row]), out)
            self._at_home(value, when_s)
            return
        fell = state.top - value
        if not state.turned and fell >= self._least_told and fell >= self._told_reversal():
            self._turn(time_s, x, first, stop)
        if fell >= self.params.back_share * min(state.top - state.home, self.params.most):
            state.phase, state.bottom, state.bottom_s = BACK, value, when_s

    def _turn(self, time_s: Floats, x: Floats, first: int, stop: int) -> None:
        """This falling stretch is the first that makes the turn certain: from its first cell below the level on."""
        state = self.state
        level = state.top - self._told_reversal()
        row = first + int((-self.sign * x[first : stop + 1]).searchsorted(-level))
        state.turned = True
        values = (self.sign * state.home, self.sign * state.top)
        self.turns.append(Turned(state.home_s, state.top_s, float(time_s[row]), *values))

    def _told_reversal(self) -> float:
        """A turn may be told a little earlier than a swing may end: when it goes on, nothing was counted twice."""
        params = self.params
        return max(self._least_told, params.told_share * (self.state.top - self.state.home))

    def _beat(
        self, value: float, when_s: float, span: float, still: bool, out: list[tuple[Swing, Verdict | None]]
    ) -> None:
        """At rest, home is where the signal stands, and a swing that has come back is over."""
        state = self.state
        if state.recent and when_s - state.ended_s > self.params.forget_s:
            self._learn([])
        if not still:
            if state.phase is HOME and when_s - state.home_s > self.params.longest_s:
                state.home, state.home_s = value, when_s
            return
        if state.phase is OUT and self._stopped_on_the_way_back(value, span):
            state.phase, state.bottom, state.bottom_s = BACK, value, when_s
        if state.phase is BACK:
            self._finish(when_s, out)
        elif state.phase is OUT and (
            when_s - state.home_s > self.params.longest_s or not self._held(state.home_s, when_s)
        ):
            state.phase = HOME
        if state.phase is HOME:
            state.home, state.home_s = value, when_s

    def _stopped_on_the_way_back(self, value: float, span: float) -> bool:
        way_out, params = self.state.top - self.state.home, self.params
        if span > params.stop_share * max(params.out, way_out):
            return False
        return self.state.top - value >= params.rest_share * way_out

    def _finish(self, known_s: float, out: list[tuple[Swing, Verdict | None]]) -> None:
        state = self.state
        if state.bottom_s - state.home_s <= self.params.longest_s:
            home, top, bottom = self.sign * state.home, self.sign * state.top, self.sign * state.bottom
            swing = Swing(state.home_s, state.top_s, state.bottom_s, known_s, home, top, bottom)
            verdict = None if swing.size < self.params.out_share * state.usual else self._judge(swing)
            out.append((swing, verdict))
            if verdict is not None:
                state.ended_s = known_s
                self._learn([*state.recent[1 - self.params.memory :], swing.size])
        state.phase, state.home, state.home_s = HOME, state.bottom, state.bottom_s

    def _learn(self, recent: list[float]) -> None:
        state = self.state
        # One repetition alone does not tell what is usual: it may have been getting into position.
        state.recent, state.usual = recent, median(recent) if len(recent) > 1 else 0.0
        state.least_out = max(self.params.out, self.params.out_share * state.usual)

    def _reversal(self) -> float:
        way_out = self.state.top - self.state.home
        return max(self.params.reversal, self.params.reversal_share * (self.state.usual or way_out))


@dataclass
class StopFinder:
    """Cuts a signal where the machine must look: turning points, beats, and the last cell known."""

    last: float = np.nan
    low: float = np.inf  # of the unfinished beat, the end of the one before it included
    high: float = -np.inf

    def restart(self) -> None:
        """Begin a new stretch of signal."""
        self.last, self.low, self.high = np.nan, np.inf, -np.inf

    def process(self, x: Floats, beats: list[int]) -> list[int]:
        """Rows to stop at, in order, the rows that end a beat among them."""
        before = np.concatenate([[x[0] if np.isnan(self.last) else self.last], x[:-1]])
        direction = np.sign(x - before)
        turns = np.flatnonzero(direction[1:] != direction[:-1])
        self.last = float(x[-1])
        stops: list[int] = np.unique(np.concatenate([turns, beats, [len(x) - 1]]).astype(np.int64)).tolist()
        return stops

    def spans(self, x: Floats, beats: list[int]) -> list[float]:
        """How far the signal moved within each beat that ends in x, which is told once, in order."""
        starts = [0, *(row for row in beats if row < len(x) - 1)]  # a beat begins where the one before it ended
        low, high = np.minimum.reduceat(x, starts), np.maximum.reduceat(x, starts)
        ended = slice(0, len(beats))
        low[ended], high[ended] = np.minimum(low[ended], x[beats]), np.maximum(high[ended], x[beats])
        low[0], high[0] = min(low[0], self.low), max(high[0], self.high)
        spans: list[float] = (high - low)[ended].tolist()
        if not beats or beats[-1] < len(x) - 1:
            self.low, self.high = float(low[-1]), float(high[-1])
        else:
            self.low = self.high = float(x[-1])
        return spans
