"""Out and back: swings of one signal, found at its turning points.

A swing leaves home, turns and comes back. It is over when the way back reverses (the next one begins), or when the
signal comes to rest near home. The machine runs once per stretch between two turning points, never per sample.
"""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

import numpy as np

from hiplevel.detect.stands import Stands
from hiplevel.detect.stops import Stops
from hiplevel.detect.swing import Left, Swing, Turned
from hiplevel.detect.swing_size import SwingParams, SwingSize
from hiplevel.model.samples import Floats

Verdict = TypeVar("Verdict")


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
    turned: bool = False  # it was told already that this swing has turned
    least_fall: float = 0.0  # from the top: less tells nothing
    rested_s: float = 0.0  # when it was last known to rest, at home or on the way, and how far from home
    rested: float = 0.0


class Swings(Generic[Verdict]):
    """Swings that go out with the given sign. `process` takes cells cut at a StopFinder's stops."""

    def __init__(
        self,
        params: SwingParams,
        sign: int,
        judge: Callable[[Swing], Verdict | None],
        held: Callable[[float, float, float], bool] = lambda *_: True,
        away: Callable[[float, float, float], float | None] = lambda *_: None,
    ) -> None:
        """judge: what a swing is, None when it is no repetition; what is usual is learned from repetitions only.

        held(home_s, top_s, now_s): whether resting there may be holding the turn of a swing, or only standing where one
        came to.
        away(home_s, rested_s, now_s): how far out it came, at rest now, since it rested before; None: unknown.
        """
        self.params, self.sign, self._judge, self._held = params, sign, judge, held
        self._away = away
        self._least_told = params.told * params.reversal
        self._least_fall = min(self._least_told, params.back_share * min(params.out, params.most))
        self._size, self._stands = SwingSize(params), Stands(params)
        self.state = SwingState()
        self.news: list[Left | Turned] = []  # since they were last fetched

    def restart(self) -> None:
        """Begin at home again after a gap; the usual range is still known."""
        self.state = SwingState()
        self._stands.restart()
        self.news.clear()

    def finish(self, known_s: float) -> list[tuple[Swing, Verdict | None]]:
        """The swing that was on its way back when the signal ended."""
        out: list[tuple[Swing, Verdict | None]] = []
        if self.state.phase is BACK:
            self._finish(known_s, out)
        return out

    def process(self, time_s: Floats, x: Floats, stops: Stops) -> list[tuple[Swing, Verdict | None]]:
        """Swings that ended within these cells, each with what it is; x (m,) in the signal's own sign."""
        out: list[tuple[Swing, Verdict | None]] = []
        first, state, params, sign, size = 0, self.state, self.params, self.sign, self._size
        still_share, still_out = params.still_share, params.still_share * params.out
        for stop, when_s, signal, span in zip(*stops, strict=True):
            value, before = sign * signal, state.phase
            if before is HOME:
                if value <= state.home:
                    state.home, state.home_s = value, when_s
                elif value - state.home >= size.least_out:
                    self._leave(time_s, x, first, stop, value, when_s)
            elif before is OUT:
                if value > state.top:
                    state.top, state.top_s, state.least_fall = value, when_s, self._least_fall
                elif state.top - value >= state.least_fall:
                    self._fall(time_s, x, first, stop, value, when_s)
            elif value < state.bottom:
                state.bottom, state.bottom_s = value, when_s
            elif value >= (level := state.bottom + size.reversal(state.top - state.home)):
                self._finish(_reached_s(time_s, x, first, stop, sign, level), out)
                if value - state.home >= size.least_out:
                    self._leave(time_s, x, first, stop, value, when_s)
            first = stop
            if span is None:
                continue
            phase = state.phase
            still = span <= still_out or (phase is not HOME and span <= still_share * (state.top - state.home))
            stale = when_s > size.old_s
            if still and phase is HOME and before is HOME and not stale:
                if value - max(state.home, params.highest) <= size.at_home:
                    state.home, state.home_s = value, when_s  # what most beats come to
            elif still or stale or when_s - state.home_s > params.longest_s:  # otherwise the beat says nothing
                if stale:
                    size.forget()
                self._beat(value, when_s, span, still, out)
        return out

    def _leave(self, time_s: Floats, x: Floats, first: int, stop: int, value: float, when_s: float) -> None:
        """One stretch that ends at `value`, so far from home that it is on its way out."""
        state = self.state
        known_s = _reached_s(time_s, x, first, stop, self.sign, state.home + self._size.least_out)
        self.news.append(Left(known_s, self.sign))
        state.phase, state.turned, state.rested_s, state.rested = OUT, False, state.home_s, 0.0
        state.top, state.top_s, state.least_fall = value, when_s, self._least_fall

    def _fall(self, time_s: Floats, x: Floats, first: int, stop: int, value: float, when_s: float) -> None:
        """One stretch that ends at `value`, so far below the top that it may tell something."""
        state, params = self.state, self.params
        fell, way_out = state.top - value, state.top - state.home
        # A turn may be told a little earlier than a swing may end: when it goes on, nothing was counted twice.
        told, back = max(self._least_told, params.told_share * way_out), params.back_share * min(way_out, params.most)
        if not state.turned and fell >= told:
            known_s = _reached_s(time_s, x, first, stop, -self.sign, told - state.top)
            state.turned = True
            self.news.append(Turned(state.home_s, state.top_s, known_s, self.sign * state.home, self.sign * state.top))
        state.least_fall = back if state.turned else min(told, back)
        if fell >= back:
            state.phase, state.bottom, state.bottom_s = BACK, value, when_s

    def _beat(
        self, value: float, when_s: float, span: float, still: bool, out: list[tuple[Swing, Verdict | None]]
    ) -> None:
        """At rest, home is where the signal stands, and a swing that has come back is over."""
        state = self.state
        if not still:
            if state.phase is HOME and when_s - state.home_s > self.params.longest_s:
                state.home, state.home_s = value, when_s
            return
        if state.phase is OUT and self._stopped_on_the_way_back(value, span):
            state.phase, state.bottom, state.bottom_s = BACK, value, when_s
        if state.phase is BACK:
            if not self._rests_on_the_way(when_s):
                self._finish(when_s, out)
            elif when_s - state.home_s <= self.params.longest_s:
                return
            else:
                state.phase = HOME  # it never came back
        elif state.phase is OUT and (
            when_s - state.home_s > self.params.longest_s
            or (self._stands.for_long(value, when_s, span) and not self._size.usual)
            or not self._held(state.home_s, state.top_s, when_s)
        ):
            state.phase = HOME
        if state.phase is HOME:
            state.home, state.home_s = value, when_s

    def _rests_on_the_way(self, when_s: float) -> bool:
        """Whether it rests further from home than a swing that is back, whatever its signal says."""
        state = self.state
        away = self._away(state.home_s, state.rested_s, when_s)
        if away is not None:
            state.rested_s, state.rested = when_s, state.rested + away
        return state.rested > self.params.stopped_share * (state.top - 0.5 * (state.home + state.bottom))

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
            verdict = self._judge(swing) if swing.size >= self.params.out_share * self._size.usual else None
            out.append((swing, verdict))
            if verdict is not None:
                way = state.top - max(0.5 * (state.home + state.bottom), self.params.highest)
                self._size.add(way, known_s)
        state.phase, state.home, state.home_s = HOME, state.bottom, state.bottom_s


def _reached_s(time_s: Floats, x: Floats, first: int, stop: int, sign: int, level: float) -> float:
    """When sign * x, which rises from row `first` to `stop`, came to the level: the moment it was certain."""
    rising = x[first : stop + 1] if sign > 0 else -x[first : stop + 1]
    return time_s.item(first + bisect_left(rising.tolist(), level))
