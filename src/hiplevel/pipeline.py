"""Motion and detection wired up for one exercise: the same code live, in replay and over many recordings."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace

import numpy as np

from hiplevel.detect.belonging import Belonging
from hiplevel.detect.counter import RepCounter
from hiplevel.detect.drop_reference import RepStart
from hiplevel.detect.drop_trace import DropTrace
from hiplevel.detect.drops import Drops
from hiplevel.detect.forms import Forms
from hiplevel.detect.gait import GAITS
from hiplevel.detect.gait_drops import GaitDrops
from hiplevel.detect.learned_counter import LearnedCounter
from hiplevel.detect.marks import Marks, Said
from hiplevel.detect.stance_check import StanceCheck, checked
from hiplevel.detect.steps import StepFinder
from hiplevel.exercises import load_exercise
from hiplevel.model.calibration import Calibration
from hiplevel.model.errors import InputError, Reason, UsageError
from hiplevel.model.events import (
    MARKS,
    Clipped,
    Drop,
    Event,
    Gap,
    Mark,
    MarkKind,
    Note,
    Rep,
    Rezero,
)
from hiplevel.model.exercise import Exercise
from hiplevel.model.limit_change import LimitChanged
from hiplevel.model.outputs import Analysis as Analysis
from hiplevel.model.outputs import MotionOutput as MotionOutput
from hiplevel.model.outputs import Output as Output
from hiplevel.model.rules import MAX_LIMIT_DEG, STANCES, DropRule, Stance
from hiplevel.model.samples import Floats, Samples
from hiplevel.motion.block import Break, Item, MotionBlock
from hiplevel.motion.chain import Motion
from hiplevel.motion.clipping import ClipWatch
from hiplevel.motion.grid import AFTER_S

DEG = 180.0 / np.pi
BLOCK = 6000
LONG_S = 10.0
NO_STEPS = "No steps were found. In this exercise the pelvis is judged step by step, so no drop could be either."


@dataclass
class _Collected:
    """What one call gathers."""

    events: list[Event] = field(default_factory=list)
    blocks: list[MotionBlock] = field(default_factory=list)


class Pipeline:
    """Samples in, events and angles out. Results do not depend on how the samples are cut into blocks.

    Parameters
    ----------
    exercise : its id, or the exercise itself; None for angles and drops only
    stance : the leg stood on, 'left' or 'right'; 'both' or 'auto' watch both sides
    rule : drop limit; None takes the exercise's preset (5 degrees without an exercise), which in an exercise that is
        worn anywhere means that no drops are looked for
    calibration : sensor to pelvis; None takes a neutral from the first still second and the clip worn upright behind;
        with one that is not `gradable` drops are not judged, and a Note 'drops-not-graded' says why
    hold_s : how long a hold is asked for; None is as the exercise has it
    trace : told what drops are judged from, so that they can be judged again by other limits

    Raises
    ------
    UsageError
        for an unknown exercise or stance.
    """

    def __init__(
        self,
        *,
        exercise: str | Exercise | None = None,
        stance: Stance = "both",
        rule: DropRule | None = None,
        calibration: Calibration | None = None,
        trace: DropTrace | None = None,
        hold_s: float | None = None,
    ) -> None:
        if stance not in STANCES:
            raise UsageError(f"There is no stance {stance!r}: choose {', '.join(STANCES)}.", Reason.USAGE)
        self.exercise = exercise if exercise is None or isinstance(exercise, Exercise) else load_exercise(exercise)
        preset = DropRule() if self.exercise is None else _preset(self.exercise)
        # Worn anywhere, nothing says that it is a pelvis: with no limit but the preset no drops are looked for.
        anywhere = self.exercise is not None and self.exercise.posture == "any"
        rule = preset if rule is None else rule
        self._watched = not anywhere or rule != preset
        self.rule, self.stance = rule, stance
        self._motion = Motion(calibration)
        self._drops = Drops(stance, rule)
        counted = self.exercise is not None and self.exercise.counting.signal not in ("none", "hops")
        self._counter = _counter(self.exercise, stance) if self.exercise is not None and counted else None
        self._forms = Forms(self.exercise, stance, hold_s)
        of_rep = self.exercise is not None and self.exercise.drop_reference == "rep-start"
        self._rep_start = RepStart() if of_rep and counted else None
        declared = checked(self.exercise, stance)
        self._stance_check = None if declared is None else StanceCheck(declared)
        self._belonging = Belonging()
        self._trace = trace
        self._marks = Marks()
        self._clip_watch, self._clipped = ClipWatch(), list[Clipped]()  # known, not yet told
        stepping = self.exercise is not None and self.exercise.steps != "none"
        self._steps = StepFinder(GAITS[self.exercise.steps]) if self.exercise is not None and stepping else None
        self._gait: GaitDrops | None = None
        if self.exercise is not None and stepping:
            self._gait = GaitDrops(stance, rule, sideways=self.exercise.steps == "sideways", trace=trace)
        self._last_s = self._now_s = -np.inf
        self._finished = False
        self._calibration = calibration
        self._refusal = "" if calibration is None else calibration.refusal
        self._refused = False

    @property
    def waiting(self) -> bool:
        """Whether the still start is still being waited for."""
        return self._motion.waiting

    def mark(self, what: MarkKind) -> None:
        """A person says so now, after the latest sample; from any thread. It comes back as a Mark event.

        Raises
        ------
        UsageError
            for anything that is not in MARKS.
        """
        if what not in MARKS:
            raise UsageError(f"There is no mark {what!r}: choose {', '.join(MARKS)}.", Reason.USAGE)
        self._marks.say(what)

    def rezero(self) -> None:
        """Take the neutral anew: the next still second, standing, within 10 s; from any thread.

        Told as a Mark, then as Rezero with source 'asked', or as a Note 'rezero-refused' when nobody stood still.
        Lying, the neutral of that posture is taken anew.
        """
        self.mark("rezero")

    def change_limits(self, change: LimitChanged) -> None:
        """A clinician sets other limits now, after the latest sample; from any thread. It comes back dated.

        A drop that is open ends there: none spans a change of limits.
        """
        self._marks.say(change)

    def hear(self, marks: Iterable[Event]) -> None:
        """The marks among the events of a recording, before its samples: replay then hears what was said live."""
        for mark in marks:
            if isinstance(mark, (Mark, LimitChanged)):
                self._marks.add(mark)

    def process(self, samples: Samples) -> Output:
        """Add a block of at least one sample, later than all before.

        Raises
        ------
        InputError
            when time does not increase, or gravity shows that the units are wrong.
        """
        if self._finished:
            raise UsageError("This pipeline is finished; make a new one for more samples.", Reason.USAGE)
        now_s = self._now_s
        self._marks.date(float(samples.time_s[0]) if len(samples) and np.isneginf(now_s) else now_s)
        for asked_s in self._marks.asked():
            self._motion.ask(asked_s)
        if len(samples):
            self._now_s = float(samples.time_s[-1])
        looked_at = self._marks.pauses.without(samples)
        if len(samples) and not len(looked_at):
            return self._take([])
        items = self._motion.process(looked_at)
        self._clipped += self._clip_watch.process(looked_at)
        return self._take(items)

    def finish(self) -> Output:
        """Close what is open: held samples, drops, the set."""
        if self._finished:
            return self._take([])
        self._marks.date(self._now_s)
        self._clipped += self._clip_watch.finish()
        collected = self._collect(self._motion.finish())
        self._finished = True
        grid = self._motion.grid.state
        last_s = max(self._last_s, grid.last_s) if grid.samples else 0.0
        closing = list[Event]([*self._clipped, *self._marks.rest()])
        closing += self._drops.finish(last_s)
        if self._trace is not None:
            self._trace.cut()
        if self._gait is not None:
            closing += self._gait.finish(last_s)
            if not self._gait.steps and grid.samples and last_s - grid.origin_s > LONG_S:
                closing.append(Note(last_s, NO_STEPS, "no-steps", "warning", known_s=last_s))
        if self._counter is not None:
            closing += self._counter.finish(last_s)
        closing += self._forms.finish(last_s, closing)
        if grid.not_finite:
            closing.append(
                Note(
                    last_s,
                    f"{grid.not_finite} of {grid.samples} samples were not numbers and were left out.",
                    "not-finite",
                    "warning",
                    known_s=last_s,
                )
            )
        collected.events += self._belonging.process([_undropped(e) for e in closing] if self._refusal else closing)
        return _output(collected)

    def _take(self, items: list[Item]) -> Output:
        return _output(self._collect(items))

    def _collect(self, items: list[Item]) -> _Collected:
        out = _Collected()
        for item in items:
            if isinstance(item, MotionBlock):
                out.blocks.append(item)
                out.events += self._detect(item)
            elif isinstance(item, Gap):
                said = self._said_before(item.end_s)
                self._forms.hear(said)
                out.events += [*self._clipped_before(item.end_s), *said]
                if self._marks.pauses.cover(item.start_s, item.end_s):
                    item = replace(item, reason="paused")
                if self._counter is not None:
                    self._counter.restart(item.end_s - item.start_s)
                out.events += [*self._interrupt(item.end_s), item]
            elif isinstance(item, Break):
                if self._counter is not None:
                    self._counter.broken(axes_changed=item.axes_changed)
                out.events += [_not_lying_down(event) for event in self._interrupt(item.time_s, lying=True)]
            else:
                self._hear_neutral(item)
                out.events += [item, *self._moved(item)]
        if self._refusal:
            out.events = self._ungraded(out)
        # What happened while the start was held back was known only when it was judged.
        open_s = self._motion.open_s
        events = [e if e.known_s >= open_s else replace(e, known_s=open_s) for e in out.events]
        out.events = self._belonging.process(events)
        return out

    def _detect(self, block: MotionBlock) -> list[Event]:
        self._last_s = float(block.time_s[-1])
        said = self._marks.before(self._last_s)
        next_s = [mark.time_s for mark in said if isinstance(mark, Mark) and mark.what == "next"]
        counted = self._counter.process(block, next_s) if self._counter is not None else []
        events: list[Event] = [*self._clipped_before(self._last_s), *said]
        fall_rad = block.obliquity_rad
        if self._rep_start is not None:
            fall_rad = fall_rad - self._rep_start.process(block, counted)
        at = 0
        for change in said:
            if isinstance(change, LimitChanged):
                row = int(np.searchsorted(block.time_s, change.time_s + AFTER_S, side="right"))
                events += [*self._judge(block, fall_rad, at, row), *self._relimit(change)]
                at = row
        events += [*self._judge(block, fall_rad, at, len(block.time_s)), *counted]
        if self._stance_check is not None:
            events += self._stance_check.process(block, counted)
        steps = self._steps.process(block) if self._steps is not None else []
        events += steps
        if self._gait is not None and block.graded and not self._refusal:
            events += self._gait.process(block, steps)
        events += self._forms.process(block, said, steps)
        events.sort(key=lambda event: event.known_s)
        return events

    def _judge(self, block: MotionBlock, fall_rad: Floats, at: int, stop: int) -> list[Event]:
        if stop == at or not (block.graded and self._watched) or self._refusal or self._gait is not None:
            return []
        time_s, obliquity_deg = block.time_s[at:stop], fall_rad[at:stop] * DEG
        if self._trace is not None:
            self._trace.judged(time_s, obliquity_deg)
        return list(self._drops.process(time_s, obliquity_deg))

    def _relimit(self, change: LimitChanged) -> list[Event]:
        events: list[Event] = list(self._drops.finish(change.time_s))
        self.rule, self._watched = change.applied_to(self.rule), True
        self._drops = Drops(self.stance, self.rule)
        if self._gait is not None:
            self._gait.relimit(self.rule, change.time_s)
        return events

    def _clipped_before(self, time_s: float) -> list[Clipped]:
        """What was known by then."""
        due = [clipped for clipped in self._clipped if clipped.known_s <= time_s]
        self._clipped = self._clipped[len(due) :]
        return due

    def _said_before(self, time_s: float) -> list[Event]:
        """What was said in a gap."""
        said: list[Said] = self._marks.before(time_s)
        return [
            event for mark in said for event in (mark, *(self._relimit(mark) if isinstance(mark, LimitChanged) else ()))
        ]

    def _hear_neutral(self, item: Rezero | Note) -> None:
        """Counting by height needs to know whether gravity and the neutral were seen standing still."""
        if self._counter is None:
            return
        if isinstance(item, Rezero):
            self._counter.neutral(known=item.source != "assumed")
        elif item.code == "no-still-start":
            self._counter.neutral(known=False)

    def _moved(self, item: Rezero | Note) -> list[Event]:
        """A warning when the first neutral is not where the calibration left it."""
        if not isinstance(item, Rezero) or self._calibration is None:
            return []
        text = self._calibration.moved(item.obliquity_offset_deg, item.tilt_offset_deg)
        self._calibration = None
        return [Note(item.known_s, text, "clip-moved", "warning", known_s=item.known_s)] if text else []

    def _ungraded(self, out: _Collected) -> list[Event]:
        """Without a word of drops, and once why; the calibration cannot tell them from leaning forward."""
        events = [_undropped(event) for event in out.events]
        if self._refused or not out.blocks:
            return events
        self._refused = True
        at_s = self._motion.open_s
        return [Note(at_s, self._refusal, "drops-not-graded", "warning", known_s=at_s), *events]

    def _interrupt(self, known_s: float, *, lying: bool = False) -> list[Event]:
        """No angle may span a gap, or a change of posture or neutral."""
        if self._trace is not None:
            self._trace.cut(lying=lying)
        events: list[Event] = [*self._drops.finish(known_s), *self._forms.restart(known_s)]
        if self._steps is not None:
            self._steps.restart()
        if self._gait is not None:
            self._gait.restart()
        if self._rep_start is not None:
            self._rep_start.restart()
        if self._stance_check is not None:
            self._stance_check.restart()
        return events


def analyze(
    samples: Samples,
    *,
    exercise: str | Exercise | None = None,
    stance: Stance = "both",
    rule: DropRule | None = None,
    calibration: Calibration | None = None,
    marks: Iterable[Event] = (),
    trace: DropTrace | None = None,
    hold_s: float | None = None,
) -> Analysis:
    """The pipeline fed whole; parameters as there. marks: what was said meanwhile, among the events of a recording.

    Raises
    ------
    InputError
        EMPTY for no samples, NOT_FINITE when none is a number, and what `Pipeline.process` raises.
    UsageError
        for an unknown exercise or stance.
    """
    pipeline = Pipeline(
        exercise=exercise, stance=stance, rule=rule, calibration=calibration, trace=trace, hold_s=hold_s
    )
    if len(samples) == 0:
        raise InputError("There are no samples to analyse.", Reason.EMPTY)
    pipeline.hear(marks)
    # In blocks that fit the processor's cache; results do not depend on it.
    outs = [pipeline.process(samples[at : at + BLOCK]) for at in range(0, len(samples), BLOCK)]
    outs.append(pipeline.finish())
    motion = [out.motion for out in outs]
    if sum(len(m.time_s) for m in motion) == 0:
        grid = pipeline._motion.grid.state
        if grid.not_finite == grid.samples:
            raise InputError("None of the samples is made of numbers that a sensor can read.", Reason.NOT_FINITE)
        if grid.samples == 1:
            raise InputError("There is only one sample: nothing can be followed.", Reason.EMPTY)
        raise InputError(
            "The samples are too far apart to follow the pelvis: hiplevel needs at least 20 a second, better 100.",
            Reason.RATE,
        )
    return Analysis(
        tuple(event for out in outs for event in out.events),
        *(np.concatenate([getattr(m, f.name) for m in motion]) for f in fields(MotionOutput)),
    )


def _counter(exercise: Exercise, stance: Stance) -> RepCounter | LearnedCounter:
    return LearnedCounter(exercise, stance) if exercise.counting.signal == "learned" else RepCounter(exercise, stance)


def _preset(exercise: Exercise) -> DropRule:
    warn_deg = exercise.warn_deg if exercise.warn_deg < exercise.alarm_deg else None
    return DropRule(exercise.alarm_deg, warn_deg=warn_deg)


def _undropped(event: Event) -> Event:
    return replace(event, peak_drop_deg=0.0) if isinstance(event, Rep) else event


def _not_lying_down(event: Event) -> Event:
    """A pelvis that tips over entirely has not dropped: its owner lay down."""
    if not isinstance(event, Drop) or event.peak_deg <= MAX_LIMIT_DEG:
        return event
    text = "What looked like a drop was lying down."
    return Note(event.start_s, text, "not-a-drop", known_s=event.known_s)


def _output(collected: _Collected) -> Output:
    blocks = collected.blocks
    if not blocks:
        return Output(tuple(collected.events), MotionOutput(*(np.empty(0) for _ in fields(MotionOutput))))
    angles = ("obliquity_rad", "tilt_rad", "obliquity_sigma_rad", "tilt_sigma_rad")
    return Output(
        tuple(collected.events),
        MotionOutput(
            np.concatenate([b.time_s for b in blocks]),
            *(np.concatenate([getattr(b, name) for b in blocks]) * DEG for name in angles),
        ),
    )
