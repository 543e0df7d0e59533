"""Samples in, events and angles out, for one exercise."""

import math
from collections.abc import Iterable
from dataclasses import replace

from hiplevel.detect.belonging import Belonging
from hiplevel.detect.drop_trace import DropTrace
from hiplevel.detect.marks import Marks
from hiplevel.exercises import load_exercise
from hiplevel.model.calibration import Calibration
from hiplevel.model.errors import Reason, UsageError
from hiplevel.model.events import MARKS, Clipped, Event, Gap, Mark, MarkKind
from hiplevel.model.exercise import Exercise
from hiplevel.model.expected import expect, expect_seconds
from hiplevel.model.limit_change import LimitChanged
from hiplevel.model.outputs import Output
from hiplevel.model.rules import STANCES, DropRule, Stance
from hiplevel.model.samples import Samples
from hiplevel.motion.block import Break, Item, MotionBlock
from hiplevel.motion.chain import Motion
from hiplevel.motion.grid import GridState
from hiplevel.pipeline.calibrated import Calibrated
from hiplevel.pipeline.detection import Detection
from hiplevel.pipeline.drop_watch import DropWatch
from hiplevel.pipeline.held_back import told_at
from hiplevel.pipeline.output import left_out, output


class Pipeline:
    """Samples in, events and angles out. Results do not depend on how the samples are cut into blocks.

    Parameters
    ----------
    exercise : its id, or the exercise itself; None for angles and drops only
    stance : the leg stood on, 'left' or 'right'; 'both' or 'auto' watch both sides
    rule : drop limit; None takes the exercise's preset (5 degrees without an exercise), which in an exercise that is
        worn anywhere means that no drops are looked for
    calibration : sensor to pelvis; None takes a neutral from keeping still at the start, and the clip as worn upright
        behind; with one that is not `gradable` drops are not judged, and a Note 'drops-not-graded' says why
    hold_s : how long a hold is asked for; None is as the exercise has it
    trace : told what drops are judged from, so that they can be judged again by other limits

    Raises
    ------
    UsageError
        for an unknown exercise or stance, and for anything else that is not what it should be.
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
        if rule is not None:
            expect(rule, DropRule, "rule", "write DropRule(threshold_deg=...)")
        if calibration is not None:
            expect(calibration, Calibration, "calibration", "write Calibration.from_matrix(...) or from_movements(...)")
        if hold_s is not None:
            expect_seconds(hold_s, "hold_s")
        self.exercise = exercise if exercise is None or isinstance(exercise, Exercise) else load_exercise(exercise)
        self.stance = stance
        lying = self.exercise is not None and self.exercise.posture == "side-lying"
        self._motion = Motion(calibration, may_lie=lying)
        upright = self.exercise is None or self.exercise.posture == "upright"
        self._calibrated = Calibrated(calibration, upright=upright)
        known = {"refused": self._calibrated.refused, "calibrated": calibration is not None}
        drops = DropWatch(self.exercise, stance, rule, **known, trace=trace)
        self._detection = Detection(self.exercise, stance, hold_s, drops)
        self._belonging = Belonging()
        self._marks = Marks()
        self._clipped: list[Clipped] = []  # known, not yet told
        self._last_s = self._now_s = -math.inf
        self._paused = False  # the latest sample is in a pause
        self._finished = False

    @property
    def rule(self) -> DropRule:
        """The drop limit that stands."""
        return self._detection.drops.rule

    @property
    def taken(self) -> GridState:
        """What was made of the samples so far: how many there were, and how many were no numbers."""
        return self._motion.grid.state

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
        UsageError
            for anything but Samples, and after `finish`.
        """
        expect(samples, Samples, "samples", "write Samples(time_s, acc_m_s2, gyr_rad_s)")
        if self._finished:
            raise UsageError("This pipeline is finished; make a new one for more samples.", Reason.USAGE)
        now_s = self._now_s
        self._marks.date(float(samples.time_s[0]) if len(samples) and now_s == -math.inf else now_s)
        for asked_s in self._marks.asked():
            self._motion.ask(asked_s)
        if len(samples):
            self._now_s = float(samples.time_s[-1])
        looked_at = self._marks.pauses.without(samples)
        if len(samples):
            self._paused = not len(looked_at) or float(looked_at.time_s[-1]) < self._now_s
        if len(samples) and not len(looked_at):
            return self._take([])
        items = self._motion.process(looked_at)
        self._clipped += self._motion.clipped
        return self._take(items)

    def finish(self) -> Output:
        """Close what is open: held samples, drops, the set."""
        if self._finished:
            return self._take([])
        self._marks.date(self._now_s)
        held = self._motion.finish()
        self._clipped += self._motion.clipped
        events, blocks = self._collect(held)
        self._finished = True
        taken = self.taken
        last_s = max(self._last_s, taken.last_s) if taken.samples else 0.0
        said = self._marks.rest()
        closing: list[Event] = [*self._clipped, *said]
        closing += self._detection.finish(last_s, last_s - taken.origin_s if taken.samples else 0.0, said)
        closing += left_out(taken, last_s)
        if self._paused and taken.samples:
            closing.append(Gap(taken.last_s, self._now_s, "paused", known_s=self._now_s))
        return output([*events, *self._belonging.process(self._calibrated.graded(closing))], blocks)

    def _take(self, items: list[Item]) -> Output:
        return output(*self._collect(items))

    def _collect(self, items: list[Item]) -> tuple[list[Event], list[MotionBlock]]:
        blocks = [item for item in items if isinstance(item, MotionBlock)]
        events = self._calibrated.graded(event for item in items for event in self._events(item))
        open_s = self._motion.open_s
        if blocks:
            events = [*self._calibrated.why_not(open_s), *events]
        return self._belonging.process(told_at(open_s, events)), blocks

    def _events(self, item: Item) -> list[Event]:
        """What one item of motion made certain."""
        if isinstance(item, MotionBlock):
            self._last_s = float(item.time_s[-1])
            said = self._marks.before(self._last_s)
            events = [*self._clipped_before(self._last_s), *said, *self._detection.process(item, said)]
            return sorted(events, key=lambda event: event.known_s)
        if isinstance(item, Gap):
            clipped = self._clipped_before(item.end_s)
            told = self._detection.gap(item, self._marks.before(item.end_s))
            paused = self._marks.pauses.cover(item.start_s, item.end_s)
            return [*clipped, *told, replace(item, reason="paused") if paused else item]
        if isinstance(item, Break):
            return self._detection.broken(item)
        self._detection.neutral(item)
        return [item, *self._calibrated.moved(item)]

    def _clipped_before(self, time_s: float) -> list[Clipped]:
        """What was known by then."""
        due = [clipped for clipped in self._clipped if clipped.known_s <= time_s]
        self._clipped = self._clipped[len(due) :]
        return due
