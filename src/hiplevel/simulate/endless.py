"""An endless simulated wearer, for the demo and the virtual sensor: the same session over and over, without a seam."""

from collections.abc import Sequence
from typing import Any

from hiplevel.model.calibration import Calibration
from hiplevel.model.errors import Reason, UsageError
from hiplevel.model.samples import Samples
from hiplevel.simulate.sessions import session
from hiplevel.simulate.truth import Truth
from hiplevel.simulate.work import Rest, Segment, Still, Work


class Wearer:
    """Samples in blocks of any size, for ever: an opening once, then rounds of the same segments, each newly drawn.

    Attributes
    ----------
    calibration : the true mounting
    truths : the truth of every round given out so far, on the clock of the samples
    """

    def __init__(
        self, segments: Sequence[Segment], opening: Sequence[Segment], rate_hz: float, seed: int, **options: Any
    ) -> None:
        self.rate_hz = rate_hz
        self.truths: list[Truth] = []
        self._segments, self._opening = list(segments), list(opening)
        self._seed, self._options = seed, options
        self._waiting = Samples.empty()
        self._given = 0
        self.calibration = self._draw()

    def take(self, count: int) -> Samples:
        """The next count samples, dated on from the last."""
        if count < 0:
            raise UsageError("A block cannot have a negative number of samples.", Reason.USAGE)
        while len(self._waiting) < count:
            self._draw()
        block, self._waiting = self._waiting[:count], self._waiting[count:]
        return block

    def _draw(self) -> Calibration:
        segments = self._segments if self.truths else [*self._opening, *self._segments]
        drawn = session(
            segments,
            rate_hz=self.rate_hz,
            seed=self._seed,
            take=len(self.truths),
            start_s=self._given / self.rate_hz,
            swaying_since_s=self._given / self.rate_hz,
            **self._options,
        )
        self._given += len(drawn.samples)
        self._waiting = self._waiting.joined(drawn.samples)
        self.truths.append(drawn.truth)
        return drawn.calibration


def wearer(
    exercise_id: str = "pelvic-drop",
    *,
    rate_hz: float = 100.0,
    seed: int = 0,
    rest_s: float = 15.0,
    opening: Sequence[Segment] = (Still(4.0),),
    mounting: Any = None,
    imu: Any = None,
    **work: Any,
) -> Wearer:
    """A wearer who stands still, then does sets of an exercise with rests between, endlessly.

    By default one repetition in four falls too far, so that there is something to hear.
    """
    if "drops" not in work and exercise_id == "pelvic-drop":
        work["drops"] = dict.fromkeys(range(3, int(work.get("reps") or 10), 4), 8.0)
    segments: list[Segment] = [Work(exercise_id, **work), Rest(rest_s)]
    return Wearer(segments, opening, rate_hz, seed, mounting=mounting, imu=imu)
