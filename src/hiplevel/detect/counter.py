"""Repetitions of one exercise: swings of its count signal that pass the catalogue's gates, gathered into sets."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from hiplevel.detect.describe import described
from hiplevel.detect.first_seen import FirstSeen
from hiplevel.detect.gates import Gates
from hiplevel.detect.history import History
from hiplevel.detect.holding import Holding
from hiplevel.detect.judge import BEYOND_SHARE, Judge
from hiplevel.detect.lying_start import LyingStart
from hiplevel.detect.ready import Ready
from hiplevel.detect.seat import Sat, Seat
from hiplevel.detect.seen import DEG, Seen
from hiplevel.detect.sets import Sets
from hiplevel.detect.sinking import Sinking, lifted
from hiplevel.detect.smooth import DELAY_S, Smooth
from hiplevel.detect.stops import StopFinder
from hiplevel.detect.swings import Left, Swing, SwingParams, Swings, Turned
from hiplevel.model.events import Event
from hiplevel.model.exercise import Exercise
from hiplevel.model.rules import Stance
from hiplevel.model.samples import Floats
from hiplevel.motion.block import MotionBlock
from hiplevel.motion.posture import Posture

OVERLAP_SHARE = 0.25  # of a repetition: no two share more; there and back again is one, whichever way is counted
# A swing that ends further from where it left was getting into position.
CAME_BACK_SHARE = 0.4
# Two packets of ten samples in a row, as get lost: the attitude goes on, and no repetition fits in.
BRIDGED_S = 0.4
# In poor form the pelvis rolls back quicker than in a hold; lying down takes it through 90 degrees in a second or two.
ROLLED_RAD_S = 0.7
DEEPEST_CM = 80.0  # no pelvis sinks further in a squat
# A turn is noise below this, degrees (cm of height).
REVERSAL = {"obliquity": 0.75, "tilt": 0.75, "height": 2.0}
ANGLE_FIELD = {"obliquity": "obliquity_rad", "tilt": "tilt_rad"}
Judged = tuple[Swing, Seen | None]
POSTURES = {
    "upright": (Posture.UPRIGHT,),
    "side-lying": (Posture.LEFT_SIDE, Posture.RIGHT_SIDE),
    "any": tuple(Posture),
}


class _Known(NamedTuple):
    """Something a block made certain, by when; a swing comes with its repetition, if it is one."""

    known_s: float
    what: Judged | Left | Turned | Sat | str


class RepCounter:
    """Counts one exercise; knows nothing of any other."""

    def __init__(self, exercise: Exercise, stance: Stance) -> None:
        counting = exercise.counting
        self._counting, self._stance = counting, stance
        self._postures, self._upright = POSTURES[exercise.posture], exercise.posture == "upright"
        self._history, self._smooth, self._stops, self._ready = (
            History(counting.max_acc_m_s2),
            Smooth(),
            StopFinder(),
            Ready(),
        )
        # Of the large movements of the trunk only: in the others nothing is as large as sitting down.
        sits = self._upright and counting.signal != "obliquity"
        self._seat = Seat(self._history) if sits else None
        gates = Gates(exercise)
        self._exercise, self._judge = exercise, Judge(exercise, self._history, self._seat, gates)
        holding = Holding(counting, self._history, gates)
        self._sinking = Sinking() if counting.signal == "height" else None
        self._sets = Sets()
        params = SwingParams(counting.min_swing, REVERSAL[counting.signal], counting.rep_s[1])
        if counting.signal == "height":
            # Its integral comes back a little by itself: stopping on the way back is no end there.
            params = replace(params, rest_share=params.back_share, most=DEEPEST_CM)
        signs = (counting.direction,) if counting.direction else (1, -1)
        self._machines = [Swings(params, sign, self._judge.passes, holding.may_be) for sign in signs]
        # Standing on the left leg the right side falls, which is obliquity going up. Lying on the left the right side
        # is drawn up with its leg (Cynn 2006), which is obliquity going down.
        self._favoured = -1 if (stance == "right") == self._upright else 1
        self._lying = None if self._upright or exercise.posture == "any" else LyingStart(stance, ROLLED_RAD_S)
        self._beat_s: list[float] = []
        self._counted_s, self._counted_direction, self._came_back = -np.inf, 0, True

    def neutral(self, *, known: bool) -> None:
        """Whether the neutral that holds from here on was seen standing still."""
        self._judge.neutral(known=known)
        if self._sinking is not None:
            self._sinking.neutral(known=known)

    def first_seen(self, first: FirstSeen) -> None:
        """What comes next begins so."""
        if self._sinking is not None:
            self._sinking.begin(first)

    def process(self, block: MotionBlock, next_s: Sequence[float] = ()) -> list[Event]:
        """Repetitions and sets that this block made certain, in order of known_s. next_s: when a person said 'next'."""
        self._beat_s = block.time_s[block.beats.rows].tolist()
        known = [_Known(float(block.time_s[row]), what) for row, what in self._ready.process(block.beats)]
        known += [_Known(time_s, "said") for time_s in next_s]
        seen = block if self._lying is None else self._lying.lying(block)
        if seen is None or seen.posture not in self._postures:
            return self._told([_Known(float(block.time_s[0]), "posture")])
        known += self._swings(seen)
        if len(seen.time_s) < len(block.time_s):  # no longer lying: what follows is heard as in a block of its own
            over_s = float(block.time_s[len(seen.time_s)])
            known = [*(one for one in known if one.known_s < over_s), _Known(over_s, "posture")]
        return self._told(sorted(known, key=itemgetter(0)))

    def restart(self, lost_s: float = 0.0) -> None:
        """A gap of lost_s: nothing may span it, unless it is too short to hide a turn that matters.

        The set goes on, and what nobody saw is no rest.
        """
        self._sets.lost(lost_s)
        if 0.0 < lost_s <= BRIDGED_S:
            if self._sinking is not None:
                self._sinking.bridge(lost_s)
            return
        self._history.clear()
        self._judge.restart()
        self._from_home()
        self._ready.restart()
        if self._sinking is not None:
            self._sinking.restart()
        if self._seat is not None:
            self._seat.restart()

    def broken(self, turn: Floats | None) -> None:  # noqa: ARG002  # angles may span it neither way
        """Another posture or another neutral: no repetition may span it."""
        self.restart()

    def finish(self, known_s: float) -> list[Event]:
        """Count a repetition that was all but over, and close the set."""
        out: list[Event] = []
        for machine in self._machines:
            for judged in machine.finish(known_s):
                out += self._take(judged)
        return out + self._sets.finish(known_s, "end")

    def _swings(self, block: MotionBlock) -> list[_Known]:
        anew = list[int]()
        if self._sinking is not None:
            signal, lift, anew = self._sinking.process(block)
        else:
            signal, lift = np.asarray(getattr(block, ANGLE_FIELD[self._counting.signal])) * DEG, self._lift_m_s2(block)
        self._history.append(block, signal, lift)
        sat = [] if self._seat is None else self._seat.process(self._beat_s, block.beats)
        known, first = [_Known(one.known_s, one) for one in sat], 0
        for end in anew:
            part = slice(first, end)
            known += self._swung(block.time_s[part], signal[part], block.beats.within(part).rows)
            self._from_home()
            first = end
        if first < len(signal):
            rest = slice(first, len(signal))
            known += self._swung(block.time_s[rest], signal[rest], block.beats.within(rest).rows)
        return known

    def _swung(self, time_s: Floats, signal: Floats, rows: list[int]) -> list[_Known]:
        """What the count signal (m,) made certain; rows: of its beats."""
        x, known = self._smooth.process(signal), list[_Known]()
        stops = self._stops.process(time_s, x, rows)
        for machine in self._machines:
            known += [_Known(one[0].known_s, one) for one in machine.process(time_s, x, stops)]
            known += [_Known(one.known_s, one) for one in machine.news]
            machine.news.clear()
        return known

    def _from_home(self) -> None:
        """No swing may span this."""
        self._smooth.restart()
        self._stops.restart()
        for machine in self._machines:
            machine.restart()

    def _lift_m_s2(self, block: MotionBlock) -> Floats:
        """Vertical acceleration; where the pelvis leans little, sines are the angles and cosines 1."""
        if self._counting.signal == "tilt":
            return lifted(block)[0]
        forward, left, up = block.acc_m_s2
        return np.asarray(up - block.tilt_rad * forward + block.obliquity_rad * left)

    def _told(self, known: list[_Known]) -> list[Event]:
        """Walk through what became known in time order: a set may end before the next repetition."""
        out: list[Event] = []
        for one in known:
            if self._sets.over_s < one.known_s:
                out += self._pass(one.known_s)
            out += self._hear(one)
        return out + self._pass(np.inf)

    def _hear(self, one: _Known) -> list[Event]:
        what = one.what
        if isinstance(what, Left):
            if what.sign == self._counted_direction:
                self._sets.left(what.known_s)
            return []
        if isinstance(what, Turned):
            return self._turn(what)
        if isinstance(what, Sat):
            return self._sets.sat(what.known_s, what.since_s)
        if not isinstance(what, str):
            return self._take(what)
        if what == "quiet":
            return [] if self._judge.sits(one.known_s) else self._sets.arm(one.known_s)
        return self._sets.walking(one.known_s) if what == "walking" else self._sets.disarm(one.known_s, what)

    def _pass(self, upto_s: float) -> list[Event]:
        """Let the beats of the block before then go by."""
        if not self._sets.open:
            return []
        over = bisect_left(self._beat_s, self._sets.over_s)
        if over >= bisect_left(self._beat_s, upto_s):
            return []
        over_s = self._beat_s[over]
        out = self._sets.finish(over_s)
        return out + self._sets.arm(over_s) if self._ready.quiet[over] and not self._judge.sits(over_s) else out

    def _turn(self, turned: Turned) -> list[Event]:
        if not self._one_sided(turned.home, turned.top, turned.home) or not self._judge.may_be(turned):
            return []
        return self._sets.turn(turned.turn_s - DELAY_S, turned.known_s, self._stance, turned.top)

    def _one_sided(self, home: float, top: float, bottom: float) -> bool:
        """Whether this swing is the repetition, when the opposite one, half a cycle later, could be meant as well.

        It must turn beyond neutral. When the movement crosses neutral both ways, the set's own direction counts, at
        first the favoured one.
        """
        if self._counting.direction:
            return True
        beyond = BEYOND_SHARE * abs(top - 0.5 * (home + bottom))
        direction, favoured = 1 if top > home else -1, self._counted_direction if self._sets.open else self._favoured
        known = self._sets.sure and direction == self._counted_direction
        if direction * top < beyond and not known:
            return False
        return direction == favoured or max(-direction * home, -direction * bottom) < beyond

    def _take(self, judged: Judged) -> list[Event]:
        swing, seen = judged
        if not self._one_sided(swing.home, swing.top, swing.bottom) and not self._overturns(swing):
            return []
        if seen is None:
            stepped = self._upright and self._judge.stepped(swing)
            return self._sets.disarm(swing.known_s, "stepping") if stepped else self._sets.no_rep(swing.known_s)
        rep, out = described(seen, self._exercise, self._stance, REVERSAL[self._counting.signal]), list[Event]()
        if rep.start_s <= self._counted_s - OVERLAP_SHARE * (rep.end_s - rep.start_s):
            if self._sets.sure or not self._has_the_say(swing):
                return []
            out = self._sets.instead(rep.known_s)
        self._counted_s, self._counted_direction, self._came_back = rep.end_s, _direction(swing), _came_back(swing)
        return out + self._sets.rep(rep, swing.size)

    def _has_the_say(self, swing: Swing) -> bool:
        """Raised into position before the first drop: which of the two is the repetition.

        The one that goes the way that is to be counted; where no side was said, the one that came back where it left.
        """
        if _direction(swing) == self._counted_direction:
            return False
        return self._overturns(swing) or (_direction(swing) == self._favoured and self._stance in ("left", "right"))

    def _overturns(self, swing: Swing) -> bool:
        """No side was said, and this one came back as the one before it, the only one, did not."""
        unsaid = self._stance not in ("left", "right") and self._sets.open and not self._sets.sure
        return unsaid and not self._came_back and _came_back(swing)


def _came_back(swing: Swing) -> bool:
    return abs(swing.home - swing.bottom) <= CAME_BACK_SHARE * swing.size


def _direction(swing: Swing) -> int:
    return 1 if swing.top > swing.home else -1
