"""Repetitions of one exercise: swings of its count signal that pass the catalogue's gates, gathered into sets."""

from bisect import bisect_left
from collections.abc import Sequence
from operator import itemgetter

import numpy as np

from hiplevel.detect.count_signal import count_signal
from hiplevel.detect.describe import described
from hiplevel.detect.first_seen import FirstSeen
from hiplevel.detect.gates import Gates
from hiplevel.detect.history import History
from hiplevel.detect.holding import Holding
from hiplevel.detect.judge import Judge
from hiplevel.detect.lying_start import ROLLED_RAD_S, LyingStart
from hiplevel.detect.ready import Ready
from hiplevel.detect.seat import Sat, Seat
from hiplevel.detect.sets import Sets
from hiplevel.detect.smooth import DELAY_S
from hiplevel.detect.swing import Left, Turned
from hiplevel.detect.swing_finder import REVERSAL, Judged, SwingFinder
from hiplevel.detect.upper_end import UpperEnd
from hiplevel.detect.which_way import WhichWay
from hiplevel.model.events import Event
from hiplevel.model.exercise import Exercise
from hiplevel.model.rules import Stance
from hiplevel.model.samples import Floats
from hiplevel.motion.block import MotionBlock
from hiplevel.motion.posture import Posture

OVERLAP_SHARE = (
    0.25  # of the shorter of two repetitions: they share no more; there and back again is one, whichever way is counted
)
# Two packets of ten samples in a row, as get lost: the attitude goes on, and no repetition fits in.
BRIDGED_S = 0.4
POSTURES = {
    "upright": (Posture.UPRIGHT,),
    "side-lying": (Posture.LEFT_SIDE, Posture.RIGHT_SIDE),
    "any": tuple(Posture),
}
# When a block made something certain, and what; a swing comes with its repetition, if it is one.
_Known = tuple[float, Judged | Left | Turned | Sat | str]


class RepCounter:
    """Counts one exercise; knows nothing of any other."""

    def __init__(self, exercise: Exercise, stance: Stance) -> None:
        counting, self._exercise, self._stance = exercise.counting, exercise, stance
        self._postures, self._upright = POSTURES[exercise.posture], exercise.posture == "upright"
        self._history, self._ready, self._sets = History(counting.max_acc_m_s2), Ready(), Sets()
        # Of the large movements of the trunk only: in the others nothing is as large as sitting down.
        sits = self._upright and counting.signal != "obliquity"
        self._seat = Seat(self._history) if sits else None
        gates = Gates(exercise)
        self._judge = Judge(exercise, self._history, self._seat, gates)
        holding = Holding(counting, self._history, gates)
        self._signal = count_signal(counting.signal)
        self._swings = SwingFinder(counting, self._judge.passes, holding.may_be, self._judge.away_cm)
        self._way = WhichWay(exercise, stance, self._sets)
        self._lying = None if self._upright or exercise.posture == "any" else LyingStart(stance, ROLLED_RAD_S)
        self._beat_s, self._rests = list[float](), list[bool]()
        self._counted_s, self._lasted_s = -np.inf, 0.0

    def neutral(self, *, known: bool) -> None:
        """Whether the neutral that holds from here on was seen standing still."""
        self._judge.neutral(known=known)
        self._signal.neutral(known=known)

    def levelled(self, turn: Floats, *, known: bool) -> None:
        """The same of a neutral about where it was before: repetitions may span it. turn (3, 3): from that to this."""
        self._judge.neutral(known=known)
        self._signal.levelled(turn, known=known)

    @property
    def upper(self) -> UpperEnd:
        """What is known of home, where height counts."""
        return self._signal.upper

    def first_seen(self, first: FirstSeen) -> None:
        """What comes next begins so."""
        self._signal.begin(first)

    def process(self, block: MotionBlock, next_s: Sequence[float] = ()) -> list[Event]:
        """Repetitions and sets that this block made certain, in order of known_s. next_s: when a person said 'next'."""
        self._beat_s, self._rests = block.time_s[block.beats.rows].tolist(), block.beats.rest
        known: list[_Known] = [(float(block.time_s[row]), what) for row, what in self._ready.process(block.beats)]
        known += [(time_s, "said") for time_s in next_s]
        seen = block if self._lying is None else self._lying.lying(block)
        if seen is None or seen.posture not in self._postures:
            return self._told([(float(block.time_s[0]), "posture")])
        known += self._swung(seen)
        if len(seen.time_s) < len(block.time_s):  # no longer lying: what follows is heard as in a block of its own
            over_s = float(block.time_s[len(seen.time_s)])
            known = [*(one for one in known if one[0] < over_s), (over_s, "posture")]
        return self._told(sorted(known, key=itemgetter(0)))

    def restart(self, lost_s: float = 0.0) -> None:
        """A gap of lost_s: nothing may span it, unless it is too short to hide a turn that matters.

        The set goes on, and what nobody saw is no rest.
        """
        self._sets.lost(lost_s)
        if 0.0 < lost_s <= BRIDGED_S:
            self._signal.bridge(lost_s)
            return
        self._history.clear()
        self._judge.restart()
        self._swings.restart()
        self._ready.restart()
        self._signal.restart()
        if self._seat is not None:
            self._seat.restart()

    def broken(self, turn: Floats | None) -> None:  # noqa: ARG002  # angles may span it neither way
        """Another posture or another neutral: no repetition may span it."""
        self.restart()

    def finish(self, known_s: float) -> list[Event]:
        """Count a repetition that was all but over, and close the set."""
        out = [event for judged in self._swings.finish(known_s) for event in self._take(judged)]
        return out + self._sets.finish(known_s, "end")

    def _swung(self, block: MotionBlock) -> list[_Known]:
        signal, lift, anew = self._signal.process(block)
        self._history.append(block, signal, lift)
        sat = [] if self._seat is None else self._seat.process(self._beat_s, block.beats)
        known, first = list[_Known]((one.known_s, one) for one in sat), 0
        for end in [*anew, len(signal)]:
            if first < end:
                part = slice(first, end)
                rows = block.beats.within(part).rows
                known += self._swings.process(block.time_s[part], signal[part], rows)
            if end in anew:
                self._swings.restart()
            first = end
        return known

    def _told(self, known: list[_Known]) -> list[Event]:
        """Walk through what became known in time order: a set may end before the next repetition."""
        out: list[Event] = []
        for known_s, what in known:
            if self._sets.over_s < known_s:
                out += self._pass(known_s)
            out += self._hear(known_s, what)
        return out + self._pass(np.inf)

    def _hear(self, known_s: float, what: Judged | Left | Turned | Sat | str) -> list[Event]:
        if isinstance(what, Left):
            if what.sign == self._way.direction:
                self._sets.left(what.known_s)
            return []
        if isinstance(what, Turned):
            return self._turn(what)
        if isinstance(what, Sat):
            return self._sets.sat(what.known_s, what.since_s)
        if not isinstance(what, str):
            return self._take(what)
        if what == "quiet":
            return [] if self._judge.sits(known_s) else self._sets.arm(known_s)
        return self._sets.walking(known_s) if what == "walking" else self._sets.disarm(known_s, what)

    def _pass(self, upto_s: float) -> list[Event]:
        """Let the beats of the block before then go by.

        Who moves as a rest would be over may be leaving for one more.
        """
        if not self._sets.open:
            return []
        over, end = bisect_left(self._beat_s, self._sets.over_s), bisect_left(self._beat_s, upto_s)
        late_s = self._sets.over_s + self._sets.params.stirs_s
        while over < end and not self._rests[over] and self._beat_s[over] < late_s:
            over += 1
        if over >= end:
            return []
        over_s = self._beat_s[over]
        out = self._sets.finish(over_s)
        return out + self._sets.arm(over_s) if self._ready.quiet[over] and not self._judge.sits(over_s) else out

    def _turn(self, turned: Turned) -> list[Event]:
        if not self._way.meant(turned.home, turned.top, turned.home) or not self._judge.may_be(turned):
            return []
        return self._sets.turn(turned.turn_s - DELAY_S, turned.known_s, self._stance, turned.top)

    def _take(self, judged: Judged) -> list[Event]:
        swing, seen = judged
        if not self._way.meant(swing.home, swing.top, swing.bottom):
            return []
        if seen is None:
            stepped = self._upright and self._judge.stepped(swing)
            return self._sets.disarm(swing.known_s, "stepping") if stepped else self._sets.no_rep(swing.known_s)
        rep, out = (
            described(seen, self._exercise, self._stance, REVERSAL[self._exercise.counting.signal]),
            list[Event](),
        )
        lasted_s = rep.end_s - rep.start_s
        if rep.start_s <= self._counted_s - OVERLAP_SHARE * min(lasted_s, self._lasted_s):
            if self._sets.sure or not self._way.has_the_say(swing):
                return []
            out = self._sets.instead(rep.known_s)
        self._counted_s, self._lasted_s = rep.end_s, lasted_s
        self._way.counted(swing)
        return out + self._sets.rep(rep, seen.size, sat=self._judge.held(swing))
