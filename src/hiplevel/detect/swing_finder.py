"""The swings of an exercise's count signal, either way where either may be meant."""

from collections.abc import Callable
from dataclasses import replace

from hiplevel.detect.seen import Seen
from hiplevel.detect.smooth import Smooth
from hiplevel.detect.stops import StopFinder
from hiplevel.detect.swing import Left, Swing, Turned
from hiplevel.detect.swing_size import SwingParams
from hiplevel.detect.swings import Swings
from hiplevel.model.exercise import Counting
from hiplevel.model.samples import Floats

DEEPEST_CM = 80.0  # no pelvis sinks further in a squat
# A turn is noise below this, degrees (cm of height).
REVERSAL = {"obliquity": 0.75, "tilt": 0.75, "height": 2.0}
Judged = tuple[Swing, Seen | None]


class SwingFinder:
    """Smooths the signal, and follows it with one machine for each way that counts."""

    def __init__(
        self,
        counting: Counting,
        passes: Callable[[Swing], Seen | None],
        held: Callable[[float, float, float], bool],
        away: Callable[[float, float, float], float | None],
    ) -> None:
        """passes, held, away: as in `Swings`."""
        params = SwingParams(counting.min_swing, REVERSAL[counting.signal], counting.rep_s[1])
        if counting.signal == "height":
            # Its integral comes back a little by itself: stopping on the way back is no end there.
            params = replace(params, rest_share=params.back_share, most=DEEPEST_CM, highest=0.0)
        signs = (counting.direction,) if counting.direction else (1, -1)
        self._machines = [Swings(params, sign, passes, held, away) for sign in signs]
        self._smooth, self._stops = Smooth(), StopFinder()

    def process(self, time_s: Floats, signal: Floats, beats: list[int]) -> list[tuple[float, Judged | Left | Turned]]:
        """What these cells (m,) made certain, each with when; beats: the rows that end one."""
        x, out = self._smooth.process(signal), list[tuple[float, Judged | Left | Turned]]()
        stops = self._stops.process(time_s, x, beats)
        for machine in self._machines:
            out += [(judged[0].known_s, judged) for judged in machine.process(time_s, x, stops)]
            out += [(one.known_s, one) for one in machine.news]
            machine.news.clear()
        return out

    def restart(self) -> None:
        """No swing may span this."""
        self._smooth.restart()
        self._stops.restart()
        for machine in self._machines:
            machine.restart()

    def finish(self, known_s: float) -> list[Judged]:
        """The swings that were all but over."""
        return [judged for machine in self._machines for judged in machine.finish(known_s)]
