"""Is a swing a repetition? What is seen of it passes the catalogue's gates, is no step, and is like those before it."""

from hiplevel.detect.gates import Gates
from hiplevel.detect.history import History
from hiplevel.detect.seat import Seat
from hiplevel.detect.seen import Seen, look
from hiplevel.detect.smooth import DELAY_S
from hiplevel.detect.stepped import Stepped
from hiplevel.detect.strode import strode
from hiplevel.detect.swing import Swing, Turned
from hiplevel.detect.usual import SLACK, Usual
from hiplevel.model.exercise import Exercise

BEYOND_SHARE = 0.2  # of a swing's size: so far beyond neutral is on purpose, and so is all that may count by itself
# Of a frontal swing: so much off, it ends elsewhere than it began. On both feet the pelvis is no further from level.
ELSEWHERE_SHARE, LEVEL_DEG = 0.15, 5.0
LEAST_RISE_CM = 3.0  # a step moves even the high-passed height so far


def beyond_neutral(size: float, least: float) -> float:
    """How far a swing of this size turns beyond neutral when it is meant to; least: the smallest swing that counts."""
    return min(BEYOND_SHARE * size, least)


class Judge:
    """Tells which swings of one exercise are repetitions."""

    def __init__(self, exercise: Exercise, history: History, seat: Seat | None, gates: Gates) -> None:
        self._counting, self._history, self._seat, self._gates = exercise.counting, history, seat, gates
        self._by_height, self._upright = self._counting.signal == "height", exercise.posture == "upright"
        self._usual, self._stepped = Usual(), Stepped(exercise.counting, history)

    def passes(self, swing: Swing) -> Seen | None:
        """What is seen of a swing that is a repetition, or None when a gate says it is something else."""
        if self._seat is not None and self._seat.held(swing) is None:
            return None
        direction = swing.direction
        alike = self._usual.alike(direction, swing.start_s, swing.size)
        if not (alike or self._beyond_neutral(swing)):
            return None
        seen = look(self._history, swing, self._counting.rep_s, by_height=self._by_height)
        if seen is None or not self._gates.fit(seen, SLACK if alike else 1.0):
            return None
        if self._strode(swing) or (self._upright and seen.rise_cm > LEAST_RISE_CM and self._stepped.told(swing)):
            return None
        given_up = self._by_height and not alike and self._usual.leans_less(direction, seen)
        if given_up or self._steps_down(seen, direction):
            return None
        self._usual.add(direction, seen)
        return seen

    def neutral(self, *, known: bool) -> None:
        """Whether gravity was read standing still."""
        self._stepped.neutral(known=known)

    def restart(self) -> None:
        """A gap, or another posture or neutral."""
        self._usual.clear()

    def may_be(self, turned: Turned) -> bool:
        """Whether a swing that has just turned may become a repetition, as far as it has gone."""
        start_s, turn_s = turned.home_s - DELAY_S, turned.turn_s - DELAY_S
        if turn_s - start_s < 0.2 * self._counting.rep_s[0] or self.sits(turned.known_s):
            return False
        loud = self._history.louder(start_s, turned.known_s)
        return not loud or self._history.mean_acc2_m2_s4(start_s, turn_s) <= self._counting.max_acc_m_s2**2

    def sits(self, when_s: float) -> bool:
        """Whether at that time it was certain that the wearer sits."""
        return self._seat is not None and self._seat.seated(when_s)

    def held(self, swing: Swing) -> bool:
        """Whether the wearer was taken to sit meanwhile: so long it was held."""
        return self._seat is not None and bool(self._seat.held(swing))

    def stepped(self, swing: Swing) -> bool:
        """Whether the body stands higher or lower after this swing than before it, or walked meanwhile.

        A step, sitting down, getting up.
        """
        return self._strode(swing) or self._stepped.told(swing)

    def away_cm(self, home_s: float, rest_s: float, now_s: float) -> float | None:
        """How far out a body came that rests now, as it did before; None where its signal tells that well enough."""
        return self._stepped.away_cm(home_s, rest_s, now_s) if self._by_height else None

    def _strode(self, swing: Swing) -> bool:
        return self._upright and self._counting.signal == "obliquity" and strode(self._history, swing)

    def _steps_down(self, seen: Seen, direction: int) -> bool:
        """Off the block: the body rises and sinks by more than the movement does, and leans, or ends elsewhere."""
        frontal = self._counting.signal == "obliquity"
        if not self._upright or not frontal or not self._usual.rises_more(direction, seen):
            return False
        home, bottom = seen.swing.home, seen.swing.bottom
        from_floor = min(abs(home), abs(bottom)) < LEVEL_DEG
        elsewhere = from_floor and abs(home - bottom) > ELSEWHERE_SHARE * seen.size
        return elsewhere or self._usual.leans_more(direction, seen)

    def _beyond_neutral(self, swing: Swing) -> bool:
        """A movement that may go either way must turn beyond neutral."""
        if self._counting.direction:
            return True
        return (swing.top if swing.top > swing.home else -swing.top) >= beyond_neutral(
            swing.size, self._counting.min_swing
        )
