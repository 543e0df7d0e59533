"""What is watched in an exercise beside repetitions, drops and steps: holds, rolling back, hops, passes."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from hiplevel.detect.counter import BRIDGED_S
from hiplevel.detect.hold_params import hold_params, target_s
from hiplevel.detect.holds import Holds
from hiplevel.detect.hops import Hops
from hiplevel.detect.passes import Passes
from hiplevel.detect.rolling import RollBack
from hiplevel.model.events import Event, Mark, Step
from hiplevel.model.exercise import Exercise
from hiplevel.model.rules import Stance
from hiplevel.motion.block import MotionBlock


class Form(Protocol):
    """One of them."""

    def process(self, block: MotionBlock, marks: Sequence[Mark], steps: Sequence[Step]) -> Sequence[Event]:
        """What these cells made certain, and what was said and the steps found meanwhile."""
        ...

    def restart(self, known_s: float) -> Sequence[Event]:
        """Nothing spans a gap or a change of posture."""
        ...

    def finish(self, known_s: float, marks: Sequence[Mark]) -> Sequence[Event]:
        """Close what is open; marks: what was said after the last cell."""
        ...


class Forms:
    """All that an exercise asks for."""

    def __init__(self, exercise: Exercise | None, stance: Stance, hold_s: float | None = None) -> None:
        """hold_s: how long a hold is asked for, None as is usual for the exercise."""
        self._forms: list[Form] = []
        self._heard: list[Mark] = []
        if exercise is None:
            return
        held = hold_params(exercise)
        if held is not None:
            self._forms.append(Holds(held, stance, target_s(exercise) if hold_s is None else hold_s))
        if exercise.counting.signal == "hops":
            self._forms.append(Hops(stance))
        if exercise.steps == "sideways":
            self._forms.append(Passes())
        if exercise.posture == "side-lying":
            self._forms.append(RollBack(stance))

    def process(self, block: MotionBlock, said: Iterable[object], steps: Iterable[object]) -> list[Event]:
        """Events of these cells, each form's in order of known_s."""
        if not self._forms:
            return []
        marks = [*self._heard, *_cues(said)]
        self._heard = []
        feet = [step for step in steps if isinstance(step, Step)]
        return [event for form in self._forms for event in form.process(block, marks, feet)]

    def hear(self, said: Iterable[object]) -> None:
        """What was said in a gap: it is heard after it."""
        if self._forms:
            self._heard += _cues(said)

    def gap(self, known_s: float, lost_s: float) -> list[Event]:
        """Samples are missing: a hold goes on over a gap that hides no turn, for nobody lets go and is back so soon."""
        kept = Holds if lost_s <= BRIDGED_S else ()
        return [event for form in self._forms if not isinstance(form, kept) for event in form.restart(known_s)]

    def restart(self, known_s: float) -> list[Event]:
        """A change of posture or neutral."""
        return [event for form in self._forms for event in form.restart(known_s)]

    def finish(self, known_s: float, said: Iterable[object] = ()) -> list[Event]:
        """The end."""
        marks = [*self._heard, *_cues(said)]
        return [event for form in self._forms for event in form.finish(known_s, marks)]


def _cues(said: Iterable[object]) -> list[Mark]:
    """What concerns a hold, of all that people say."""
    return [mark for mark in said if isinstance(mark, Mark) and mark.what in ("start", "stop")]
