"""Repetitions of one exercise: swings of its count signal that pass the catalogue's gates."""

from bisect import bisect_left
from dataclasses import replace
from itertools import repeat

import numpy as np

from hiplevel.detect.history import History
from hiplevel.detect.judge import ANGLE_FIELD, DEG, Judge
from hiplevel.detect.sets import Sets
from hiplevel.detect.smooth import Smooth
from hiplevel.detect.swings import Beat, StopFinder, Swing, SwingParams, Swings
from hiplevel.model.events import Event
from hiplevel.model.exercise import Exercise
from hiplevel.model.rules import Stance
from hiplevel.model.samples import Floats
from hiplevel.motion.block import MotionBlock

BEYOND_SHARE = 0.2  # of a swing's size: so far beyond neutral is on purpose
OVERLAP_SHARE = 0.25  # of a repetition: no two share more; there and back again is one, whichever way is counted
# The way back that a high-passed signal has left after a hold, of the way out.
FADED_BACK_SHARE = 0.45
# A turn is noise below this, degrees (cm of height).
REVERSAL = {"obliquity": 0.75, "tilt": 0.75, "height": 2.0}


class RepCounter:
    """Counts one exercise; knows nothing of any other."""

    def __init__(self, exercise: Exercise, stance: Stance) -> None:
        counting = exercise.counting
        self._counting, self._judge = counting, Judge(counting, stance)
        self._history, self._smooth, self._stops = History(), Smooth(), StopFinder()
        self._sets = Sets()
        params = SwingParams(counting.min_swing, REVERSAL[counting.signal], counting.rep_s[1])
        if counting.signal == "height":
            params = replace(params, fades=True, back_share=FADED_BACK_SHARE)
        signs = (counting.direction,) if counting.direction else (1, -1)
        self._machines = [Swings(params, sign) for sign in signs]
        # Standing on the left leg the right side falls, which is obliquity going up.
        self._favoured = -1 if stance == "right" else 1
        self._beat_s: list[float] = []
        self._counted_s, self._counted_direction = -np.inf, 0

    def process(self, block: MotionBlock) -> list[Event]:
        """Repetitions and sets that this block made certain, in order of known_s."""
        self._history.append(block)
        x = self._smooth.process(self._signal(block))
        rows, rests = block.beats.rows, block.beats.rest
        lean_deg = _lean_deg(block, rows) if self._counting.signal == "height" else repeat(0.0, len(rows))
        beats = dict(zip(rows, map(Beat, rests, self._stops.spans(x, rows), lean_deg), strict=True))
        stops = self._stops.process(x, rows)
        swings = [s for machine in self._machines for s in machine.process(block.time_s, x, stops, beats)]
        swings.sort(key=lambda swing: swing.known_s)
        self._beat_s = block.time_s[rows].tolist()
        return self._told(swings)

    def restart(self, lost_s: float = 0.0) -> None:
        """A gap of lost_s: nothing may span it. The set goes on, and what nobody saw is no rest."""
        self._sets.lost(lost_s)
        self._history.clear()
        self._smooth.restart()
        self._stops.restart()
        for machine in self._machines:
            machine.restart()

    def finish(self, known_s: float) -> list[Event]:
        """Count a repetition that was all but over, and close the set."""
        out: list[Event] = []
        for machine in self._machines:
            for swing in machine.finish(known_s):
                if self._one_sided(swing):
                    self._count(swing, out)
        return out + list(self._sets.finish(known_s))

    def _signal(self, block: MotionBlock) -> Floats:
        if self._counting.signal == "height":
            return block.height_m * 100.0
        return np.asarray(getattr(block, ANGLE_FIELD[self._counting.signal])) * DEG

    def _told(self, swings: list[Swing]) -> list[Event]:
        """Walk through beats and swings in time order: a set may end before the next repetition."""
        out: list[Event] = []
        done = 0
        for swing in swings:
            upto = bisect_left(self._beat_s, swing.known_s, done)
            out += self._pass(done, upto)
            done = upto
            if self._one_sided(swing):
                self._count(swing, out)
        return out + self._pass(done, len(self._beat_s))

    def _pass(self, first: int, upto: int) -> list[Event]:
        """Let these beats of the block go by."""
        if not self._sets.open:
            return []
        over = bisect_left(self._beat_s, self._sets.over_s, first, upto)
        return list(self._sets.finish(self._beat_s[over])) if over < upto else []

    def _one_sided(self, swing: Swing) -> bool:
        """Whether this swing is the repetition, when the opposite one, half a cycle later, could be meant as well.

        It must turn beyond neutral. When the movement crosses neutral both ways, the set's own direction counts, at
        first the favoured one.
        """
        if self._counting.direction:
            return True
        beyond = BEYOND_SHARE * swing.size
        direction, favoured = _direction(swing), self._counted_direction if self._sets.open else self._favoured
        home, top, bottom = (direction * value for value in (swing.home, swing.top, swing.bottom))
        if top < beyond:
            return False
        return direction == favoured or max(-home, -bottom) < beyond

    def _count(self, swing: Swing, out: list[Event]) -> None:
        rep = self._judge.rep(swing, self._history)
        if rep is not None and rep.start_s > self._counted_s - OVERLAP_SHARE * (rep.end_s - rep.start_s):
            self._counted_s, self._counted_direction = rep.end_s, _direction(swing)
            out += self._sets.rep(rep.start_s, rep.end_s, rep.known_s)
            out.append(replace(rep, number=self._sets.reps, set_number=self._sets.number))


def _direction(swing: Swing) -> int:
    return 1 if swing.top > swing.home else -1


def _lean_deg(block: MotionBlock, rows: list[int]) -> list[float]:
    """Inclination from neutral at these cells, whichever way, degrees."""
    up = np.cos(block.obliquity_rad[rows]) * np.cos(block.tilt_rad[rows])
    lean: list[float] = (np.arccos(np.minimum(up, 1.0)) * DEG).tolist()
    return lean
