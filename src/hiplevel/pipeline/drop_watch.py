"""Where an exercise's drops are looked for, what they are measured from, and by which limits."""

import math
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from hiplevel.detect.drop_reference import RepFalls, RepStart
from hiplevel.detect.drop_trace import DropTrace
from hiplevel.detect.drops import Drops
from hiplevel.detect.gait_drops import GaitDrops
from hiplevel.detect.lying_start import LYING, ROLLED_RAD_S, LyingStart
from hiplevel.model.events import Drop, Event, Rezero, Step
from hiplevel.model.exercise import Exercise
from hiplevel.model.limit_change import LimitChanged
from hiplevel.model.rules import DropRule, Stance
from hiplevel.model.samples import Floats
from hiplevel.motion.block import MotionBlock
from hiplevel.motion.grid import AFTER_S

DEG = 180.0 / np.pi
UPRIGHT_DEG = 45.0  # from how a clip is worn upright: beyond, it is turned, or its wearer lies


class DropWatch:
    """Judges every cell by the limits of that moment; where the exercise goes step by step, every single support.

    Parameters
    ----------
    rule : drop limit; None takes the exercise's preset, which worn anywhere means that no drops are looked for
    refused : nothing is judged, for the calibration cannot tell a drop from leaning forward
    calibrated : how the clip sits is known, so a wearer who begins lying is known to lie
    trace : told what drops are judged from
    """

    def __init__(
        self,
        exercise: Exercise | None,
        stance: Stance,
        rule: DropRule | None,
        *,
        refused: bool,
        calibrated: bool,
        trace: DropTrace | None,
    ) -> None:
        preset = _preset(exercise)
        # Worn anywhere, nothing says that it is a pelvis: with no limit but the preset no drops are looked for.
        anywhere = exercise is not None and exercise.posture == "any"
        self.rule = preset if rule is None else rule
        self._watched = not anywhere or self.rule != preset
        self._stance, self._refused, self._trace = stance, refused, trace
        self._drops = Drops(stance, self.rule)
        self._lies = exercise is not None and exercise.posture == "side-lying"
        self._lying_start = None if calibrated else LyingStart(stance, ROLLED_RAD_S)
        self._gait: GaitDrops | None = None
        self._rep_start: RepStart | None = None
        self._rep_falls: RepFalls | None = None
        if exercise is None:
            return
        if exercise.steps != "none":
            self._gait = GaitDrops(stance, self.rule, sideways=exercise.steps == "sideways", trace=trace)
        if exercise.drop_reference == "rep-start" and exercise.counting.signal not in ("none", "hops"):
            self._rep_start, self._rep_falls = RepStart(), RepFalls(stance)

    def neutral(self, item: Rezero) -> None:
        """Level was taken: of a clip that sits upright nobody lay there."""
        if np.hypot(item.obliquity_offset_deg, item.tilt_offset_deg) < UPRIGHT_DEG:
            self._lying_start = None

    @property
    def stepless(self) -> bool:
        """Whether it judges step by step and saw no step."""
        return self._gait is not None and not self._gait.steps

    def process(self, block: MotionBlock, said: Iterable[object], counted: Iterable[Event]) -> list[Event]:
        """Drops of these cells. said, counted: what people said, and what was counted, in this block."""
        fall_rad = block.obliquity_rad
        if self._rep_start is not None:
            fall_rad = fall_rad - self._rep_start.process(block, counted)
        if self._rep_falls is not None:
            self._rep_falls.append(block.time_s, fall_rad)
        events, at, rows = list[Event](), 0, self._judged_rows(block)
        for change in said:
            if isinstance(change, LimitChanged):
                row = min(rows, int(np.searchsorted(block.time_s, change.time_s + AFTER_S, side="right")))
                events += [*self._judge(block, fall_rad, at, row), *self.relimit(change)]
                at = row
        return [*events, *self._judge(block, fall_rad, at, rows)]

    def graded(self, counted: list[Event]) -> list[Event]:
        """What was counted so far, each repetition's worst drop from where drops are measured."""
        return counted if self._rep_falls is None else self._rep_falls.graded(counted)

    def step(self, block: MotionBlock, steps: Iterable[Step]) -> list[Event]:
        """Drops of the single supports that the steps of these cells ended."""
        if self._gait is None or not block.graded or self._refused:
            return []
        return list(self._gait.process(block, steps))

    def relimit(self, change: LimitChanged) -> list[Event]:
        """Other limits from here on; a drop that is open ends."""
        events: list[Event] = list(self._drops.finish(change.time_s))
        self.rule, self._watched = change.applied_to(self.rule), True
        self._drops = Drops(self._stance, self.rule)
        if self._gait is not None:
            self._gait.relimit(self.rule, change.time_s)
        return events

    def restart(self, known_s: float, *, lying: bool, until_s: float = math.inf) -> list[Event]:
        """No drop spans a gap (from until_s on), or a change of posture (lying) or neutral."""
        if self._trace is not None:
            self._trace.cut(lying=lying, until_s=until_s)
        if self._gait is not None:
            self._gait.restart()
        if self._rep_start is not None:
            self._rep_start.restart()
        return [_within(event, until_s) for event in self._drops.finish(known_s)]

    def finish(self, known_s: float) -> list[Event]:
        """Close what is open."""
        if self._trace is not None:
            self._trace.cut()
        usual = [] if self._gait is None else self._gait.finish(known_s)
        return [*self._drops.finish(known_s), *usual]

    def _judged_rows(self, block: MotionBlock) -> int:
        """So many cells from the first on: what is done lying is not judged of someone who stands."""
        if not self._lies:
            return len(block.time_s)
        if self._lying_start is None:
            return len(block.time_s) if block.posture in LYING else 0
        lying = self._lying_start.lying(block)
        return 0 if lying is None else len(lying.time_s)

    def _judge(self, block: MotionBlock, fall_rad: Floats, at: int, stop: int) -> list[Event]:
        if stop == at or not (block.graded and self._watched) or self._refused or self._gait is not None:
            return []
        time_s, obliquity_deg = block.time_s[at:stop], fall_rad[at:stop] * DEG
        if self._trace is not None:
            self._trace.judged(time_s, obliquity_deg)
        return list(self._drops.process(time_s, obliquity_deg))


def _within(event: Event, until_s: float) -> Event:
    """A drop's last cell stands for the 10 ms after it, but not for what is missing."""
    return replace(event, end_s=until_s) if isinstance(event, Drop) and event.start_s < until_s < event.end_s else event


def _preset(exercise: Exercise | None) -> DropRule:
    if exercise is None:
        return DropRule()
    warn_deg = exercise.warn_deg if exercise.warn_deg < exercise.alarm_deg else None
    return DropRule(exercise.alarm_deg, warn_deg=warn_deg)
