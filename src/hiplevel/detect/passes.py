"""Passes of the lateral band walk: steps grouped by the way they go, each with its leading and its trailing foot."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

import numpy as np

from hiplevel.detect.pass_lean import Lean
from hiplevel.detect.pass_params import PassParams, apart_s
from hiplevel.detect.pass_parts import parts
from hiplevel.detect.pass_walked import Walked, Walking
from hiplevel.detect.pass_way import Way
from hiplevel.model.compensating import Compensation, CompensationStarted
from hiplevel.model.events import Step
from hiplevel.model.passing import Pass
from hiplevel.motion.block import MotionBlock
from hiplevel.motion.grid import CELL_S, STAMP_TOLERANCE_S

# A bout is known with its third contact, and before its first the body is looked at standing.
KEEP_S = 20.0
PassEvent = Pass | Compensation | CompensationStarted


@dataclass
class Going:
    """Steps since standing still, and the usual time between the last few."""

    usual_s: float
    lean: Lean
    steps: list[Step] = field(default_factory=list)


class Passes:
    """`process(block, marks, steps)` gives the passes that are over, and leaning while it goes on."""

    def __init__(self, params: PassParams | None = None) -> None:
        self.params = params or PassParams()
        self._way, self._number = Way(), 0
        self._walking = Walking(self._way, self.params)
        self._going = self._none()

    def process(self, block: MotionBlock, _: object, steps: Sequence[Step]) -> list[PassEvent]:
        """What these cells and steps made certain."""
        out: list[PassEvent] = []
        self._way.append(block)
        before_s = -np.inf
        for step in steps:
            if step.known_s > before_s:  # what becomes known together is added together
                self._pause(step.known_s - CELL_S, out)
            before_s = step.known_s
            if self._going.steps and (step.time_s > self._over_s() or len(self._going.steps) >= self.params.most):
                self._close(step.known_s, out)
            self._add(step, out)
        now_s = float(block.time_s[-1])
        self._pause(now_s, out)
        if not self._going.steps:
            self._way.forget(now_s - KEEP_S)
        return out

    def restart(self, known_s: float) -> list[PassEvent]:
        """A gap, or the end: the pass so far is one."""
        out: list[PassEvent] = []
        self._close(known_s, out)
        self._way.restart()
        return out

    def finish(self, known_s: float, _: object = ()) -> list[PassEvent]:
        """The end of the recording."""
        return self.restart(known_s)

    def _none(self) -> Going:
        return Going(self.params.usual_s, Lean(self._way, self.params))

    def _over_s(self) -> float:
        last_s = self._going.steps[-1].time_s if self._going.steps else 0.0
        return last_s + max(self.params.apart_s, self.params.apart_steps * self._going.usual_s)

    def _pause(self, now_s: float, out: list[PassEvent]) -> None:
        """So late is it now: without another step the pass is over."""
        due_s = self._over_s() + self.params.late_s
        if self._going.steps and now_s > due_s + STAMP_TOLERANCE_S:
            self._close(due_s, out)

    def _add(self, step: Step, out: list[PassEvent]) -> None:
        going, params = self._going, self.params
        before_s = going.steps[-1].time_s if going.steps else -np.inf
        if step.time_s - before_s > params.pause * going.usual_s:
            before_s = step.time_s - params.usual_s
            going.lean.stood(before_s)
        going.steps.append(step)
        going.usual_s = params.usual(going.steps[-6:])
        last = going.steps[-2 * params.least :]
        lean_deg = going.lean.leans(before_s, step.time_s)
        if lean_deg and len(last) > params.least and self._walking.pushes_sideways(last):
            out += going.lean.add(before_s, step, lean_deg)

    def _close(self, known_s: float, out: list[PassEvent]) -> None:
        going, self._going = self._going, self._none()
        out += going.lean.close(known_s)
        for part in parts(going.steps, self._walking.left_m, self.params):
            walked = self._walking.walked(part)
            if walked is not None:
                out.append(self._pass(walked, known_s))

    def _pass(self, walked: Walked, known_s: float) -> Pass:
        self._number += 1
        way, steps, direction = self._way, walked.steps, walked.direction
        times_s = [step.time_s for step in steps]
        starts_s = [steps[0].time_s - self.params.usual(steps), *times_s[:-1]]
        falls = [
            (way.fall_deg("left" if step.side == "left" else "right", start_s, step.time_s), step.side)
            for start_s, step in zip(starts_s, steps, strict=True)
        ]
        lead, trail = ([fall for fall, side in falls if (side == direction) is leads] for leads in (True, False))
        worst_deg, worst_side = max(falls)
        tilt_deg = way.tilt_deg(walked.start_s, times_s[-1])
        first = direction if walked.led else steps[0].side
        return Pass(
            walked.start_s,
            times_s[-1],
            direction,
            walked.contacts,
            number=self._number,
            lead_drop_deg=median(lead) if lead else 0.0,
            trail_drop_deg=median(trail) if trail else 0.0,
            worst_drop_deg=max(worst_deg, 0.0),
            worst_side=worst_side,
            tilt_change_deg=tilt_deg - way.tilt_deg(walked.start_s - 1.0, walked.start_s),
            step_s=median(apart_s(steps)),
            side_sure=1.0 if first == direction else 0.6,
            width_m=walked.width_m,
            tilt_deg=tilt_deg,
            known_s=known_s,
        )
