"""Everything that looks at pelvis motion, as one exercise asks for it."""

import math
from collections.abc import Sequence

from hiplevel.detect.counter import RepCounter
from hiplevel.detect.forms import Forms
from hiplevel.detect.gait import GAITS
from hiplevel.detect.learned_counter import LearnedCounter
from hiplevel.detect.marks import Said
from hiplevel.detect.stance_check import StanceCheck, checked
from hiplevel.detect.steps import StepFinder
from hiplevel.detect.withheld import WithheldCounter
from hiplevel.model.events import Drop, Event, Gap, Mark, Note, Rezero
from hiplevel.model.exercise import Exercise
from hiplevel.model.limit_change import LimitChanged
from hiplevel.model.rules import MAX_LIMIT_DEG, Stance
from hiplevel.motion.block import Break, MotionBlock
from hiplevel.pipeline.drop_watch import DropWatch

LONG_S = 10.0
NO_STEPS = "No steps were found. In this exercise the pelvis is judged step by step, so no drop could be either."


class Detection:
    """Repetitions, drops, steps and forms from motion; hold_s: how long a hold is asked for, None as is usual."""

    def __init__(self, exercise: Exercise | None, stance: Stance, hold_s: float | None, drops: DropWatch) -> None:
        self.drops = drops
        self._counter = None if exercise is None else _counter(exercise, stance)
        self._forms = Forms(exercise, stance, hold_s)
        declared = checked(exercise, stance)
        self._stance_check = None if declared is None else StanceCheck(declared)
        stepping = exercise is not None and exercise.steps != "none"
        self._steps = StepFinder(GAITS[exercise.steps]) if exercise is not None and stepping else None

    def process(self, block: MotionBlock, said: Sequence[Said]) -> list[Event]:
        """What these cells made certain, by detector. said: what people said before the last of them."""
        next_s = [mark.time_s for mark in said if isinstance(mark, Mark) and mark.what == "next"]
        counted = self._counter.process(block, next_s) if self._counter is not None else []
        dropped = self.drops.process(block, said, counted)
        counted = self.drops.graded(counted)
        events: list[Event] = [*dropped, *counted]
        if self._stance_check is not None:
            events += self._stance_check.process(block, counted)
        steps = self._steps.process(block) if self._steps is not None else []
        return [*events, *steps, *self.drops.step(block, steps), *self._forms.process(block, said, steps)]

    def gap(self, gap: Gap, said: Sequence[Said]) -> list[Event]:
        """Samples are missing; said: what people said meanwhile. It is told with what it did to the limits."""
        self._forms.hear(said)
        told = list[Event]()
        for mark in said:
            told += [mark, *(self.drops.relimit(mark) if isinstance(mark, LimitChanged) else ())]
        lost_s = gap.end_s - gap.start_s
        if self._counter is not None:
            self._counter.restart(lost_s)
        ended = self._restart(gap.end_s, lying=False, until_s=gap.start_s)
        return [*told, *ended, *self._forms.gap(gap.end_s, lost_s)]

    def broken(self, item: Break) -> list[Event]:
        """Another posture or neutral. A pelvis that tips over entirely has not dropped: its owner lay down."""
        if self._counter is not None:
            self._counter.broken(item.turn)
        broken = [*self._restart(item.time_s, lying=True), *self._forms.restart(item.time_s)]
        return [_not_lying_down(event) for event in broken]

    def neutral(self, item: Rezero | Note) -> None:
        """Counting by height needs to know whether gravity and the neutral were seen standing still."""
        if isinstance(item, Rezero):
            self.drops.neutral(item)
        if self._counter is None:
            return
        if isinstance(item, Rezero):
            self._counter.neutral(known=item.source != "assumed")
        elif item.code == "no-still-start":
            self._counter.neutral(known=False)

    def finish(self, last_s: float, lasted_s: float, said: Sequence[Said]) -> list[Event]:
        """Close what is open at last_s, after lasted_s of samples. said: what people said after the last cell."""
        events = self.drops.finish(last_s)
        if self.drops.stepless and lasted_s > LONG_S:
            events.append(Note(last_s, NO_STEPS, "no-steps", "warning", known_s=last_s))
        if self._counter is not None:
            events += self.drops.graded(self._counter.finish(last_s))
        return [*events, *self._forms.finish(last_s, said)]

    def _restart(self, known_s: float, *, lying: bool, until_s: float = math.inf) -> list[Event]:
        """No angle may span a gap, or a change of posture or neutral."""
        if self._steps is not None:
            self._steps.restart()
        if self._stance_check is not None:
            self._stance_check.restart()
        return self.drops.restart(known_s, lying=lying, until_s=until_s)


def _counter(exercise: Exercise, stance: Stance) -> RepCounter | WithheldCounter | LearnedCounter | None:
    match exercise.counting.signal:
        case "none" | "hops":
            return None
        case "learned":
            return LearnedCounter(exercise, stance)
        case "height":
            return WithheldCounter(RepCounter(exercise, stance))
        case _:
            return RepCounter(exercise, stance)


def _not_lying_down(event: Event) -> Event:
    if not isinstance(event, Drop) or event.peak_deg <= MAX_LIMIT_DEG:
        return event
    text = "What looked like a drop was lying down."
    return Note(event.start_s, text, "not-a-drop", known_s=event.known_s)
