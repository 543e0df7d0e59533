"""Which rhythm is heard at each beat, found out only where somebody asks."""

from hiplevel.detect.learned_choice import RhythmParams, rhythms
from hiplevel.detect.learned_rhythm import EVERY, SPAN, Rhythm
from hiplevel.model.exercise import Counting
from hiplevel.model.samples import Floats

# Beats of which the rhythm is found out at once, when there are so many.
AT_ONCE = 120


class Hearing:
    """Listens for rhythms that this exercise may have."""

    def __init__(self, counting: Counting) -> None:
        self.params = RhythmParams()
        self._counting, self._rhythm = counting, Rhythm()
        self._rows, self._first = list[int](), 0  # the rhythms at the beats from `_first` on
        self._asked = 0  # motions up to the beat that was asked for last

    def restart(self) -> None:
        """Forget everything: a gap."""
        self._rhythm.restart()
        self._asked = 0

    def process(self, velocity_m_s: Floats, ends: list[int]) -> None:
        """Add frames (6, k) and the ends of beats among them, which are then asked for in order."""
        self._rhythm.process(velocity_m_s, ends)
        self._rows, self._first = [], 0

    def at(self, beat: int, frames: int) -> int:
        """The row of LAGS that is the rhythm of the last so many frames at one of the newest beats, -1 for none."""
        count, span = self._rhythm.counts[beat], min(frames // EVERY, SPAN)
        if count - self._asked > span:  # cheaper than to sum up what nobody asked for meanwhile
            self._rhythm.begin(max(count - span, 0))
            self._rows = []
        if beat - self._first >= len(self._rows):
            like = self._rhythm.likeness(beat, beat + AT_ONCE)
            self._rows, self._first = rhythms(like, self._counting, self.params).tolist(), beat
        self._asked = count
        return self._rows[beat - self._first]
