"""What stands above the pipeline and leads through a session: what was prescribed, and the beat."""

from collections.abc import Sequence

from hiplevel.detect.metronome import Metronome
from hiplevel.detect.targets import Targets
from hiplevel.model.events import Event
from hiplevel.model.exercise import Exercise
from hiplevel.model.prescription import Prescription
from hiplevel.pipeline import MotionOutput


class Coach:
    """Follows every event of a session, people's among them, and adds its own; the same live and in replay.

    at_turn: a repetition counts when it turns, not when it is back.
    """

    def __init__(
        self, exercise: Exercise | None = None, asked: Prescription | None = None, *, at_turn: bool = False
    ) -> None:
        self.at_turn = at_turn
        self._metronome = Metronome("clearly" if exercise is None else exercise.pelvis_moves)
        self._targets = None if asked is None else Targets(asked, at_turn=at_turn)

    def process(self, events: Sequence[Event]) -> list[Event]:
        """These events, and among them what they made come true."""
        return self._reach(self._metronome.process(events))

    def take(self, motion: MotionOutput) -> None:
        """What the pelvis did, before the events of the same block."""
        self._metronome.take(motion)

    def advance(self, now_s: float) -> list[Event]:
        """Nothing more happened until `now_s`."""
        out = self._reach(self._metronome.advance(now_s))
        return out if self._targets is None else [*out, *self._targets.advance(now_s)]

    def finish(self, now_s: float) -> list[Event]:
        """The session is over."""
        return self._reach(self._metronome.finish(now_s))

    def _reach(self, events: list[Event]) -> list[Event]:
        return events if self._targets is None else self._targets.process(events)
