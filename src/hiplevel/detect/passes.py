"""Passes of the lateral band walk: steps grouped by the way they go, each with its leading and its trailing foot.

Standing still before and after, the body has gone where twice integrated acceleration says. The leading foot is the one
on that side, and steps first. Walking forward goes nowhere sideways, and is no pass.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

import numpy as np

from hiplevel.detect.pass_way import Drawn, Way
from hiplevel.model.compensating import Compensation, CompensationStarted
from hiplevel.model.events import Step
from hiplevel.model.passing import Pass
from hiplevel.model.rules import Side
from hiplevel.motion.block import MotionBlock
from hiplevel.motion.grid import CELL_S, STAMP_TOLERANCE_S

# A bout is known with its third contact, and before its first the body is looked at standing.
KEEP_S = 20.0
PassEvent = Pass | Compensation | CompensationStarted


@dataclass(frozen=True)
class PassParams:
    """Times in s.

    Attributes
    ----------
    apart_s, apart_steps : without a step for so long, or for so many of the usual ones, the pass is over
    late_s : a step is known so much later than it is made, at most
    usual_s : time between steps until it is known
    pause : so many of the usual times between two steps: the body stood still between them
    missed : less than so many is a step that was missed, when the way goes on as before
    least, most : fewer steps are getting into place; more are told in parts
    width_m : least and most that the body goes to the side with each, on average
    alike, forward_acc : lateral acceleration a step later is at least so alike, and forward is at most this share of
        it: with twice the energy, to the side is where the body is pushed
    bounce_m_s2 : more vertical acceleration, half of g, is running
    forward_m, forward_share : so far forward with each, and so much further than to the side, is walking
    settled : of the usual time between steps: within so long of a contact the body comes to stand
    stays : a first or a last step that goes less than this share of the usual way is getting into place
    step_s : quicker or slower is walking, or standing about
    lean_deg : mean tilt of a step beyond that of the second before the first one; a preset
    """

    apart_s: float = 2.0
    apart_steps: float = 2.5
    late_s: float = 0.75
    usual_s: float = 0.9
    pause: float = 1.6
    missed: float = 2.4
    least: int = 3
    most: int = 60
    width_m: tuple[float, float] = (0.06, 0.5)
    alike: float = 0.3
    forward_acc: float = 0.7
    bounce_m_s2: float = 4.9
    forward_m: float = 0.3
    forward_share: float = 2.0
    settled: float = 0.4
    stays: float = 0.3
    step_s: tuple[float, float] = (0.6, 2.2)
    lean_deg: float = 5.0


@dataclass
class Going:
    """Steps since standing still, the usual time between the last few; where leaning began and the worst of it."""

    usual_s: float
    steps: list[Step] = field(default_factory=list)
    base_deg: float = 0.0
    lean_s: tuple[float, float] | None = None
    leans_deg: list[float] = field(default_factory=list)


class Passes:
    """`process(block, marks, steps)` gives the passes that are over, and leaning while it goes on."""

    def __init__(self, params: PassParams | None = None) -> None:
        self.params = params or PassParams()
        self._way, self._going, self._number = Way(), Going(usual_s=self.params.usual_s), 0

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

    def _pause(self, now_s: float, out: list[PassEvent]) -> None:
        """So late is it now: without another step the pass is over."""
        due_s = self._over_s() + self.params.late_s
        if self._going.steps and now_s > due_s + STAMP_TOLERANCE_S:
            self._close(due_s, out)

    def restart(self, known_s: float) -> list[PassEvent]:
        """A gap, or the end: the pass so far is one."""
        out: list[PassEvent] = []
        self._close(known_s, out)
        self._way.restart()
        return out

    def finish(self, known_s: float, _: object = ()) -> list[PassEvent]:
        """The end of the recording."""
        return self.restart(known_s)

    def _usual_s(self, steps: list[Step]) -> float:
        if len(steps) <= self.params.least:
            return self.params.usual_s
        return median(_apart_s(steps))

    def _over_s(self) -> float:
        last_s = self._going.steps[-1].time_s if self._going.steps else 0.0
        return last_s + max(self.params.apart_s, self.params.apart_steps * self._going.usual_s)

    def _add(self, step: Step, out: list[PassEvent]) -> None:
        going, params = self._going, self.params
        before_s = going.steps[-1].time_s if going.steps else -np.inf
        if step.time_s - before_s > params.pause * going.usual_s:
            before_s = step.time_s - params.usual_s
            going.base_deg = self._way.tilt_deg(before_s - 1.0, before_s)
        going.steps.append(step)
        going.usual_s = self._usual_s(going.steps[-6:])
        lean_deg = self._way.tilt_deg(before_s, step.time_s) - going.base_deg
        last = going.steps[-2 * params.least :]
        if lean_deg < params.lean_deg or len(last) <= params.least or not self._pushes_sideways(last):
            return
        if going.lean_s is None:
            out.append(CompensationStarted(before_s, "tilt", lean_deg, params.lean_deg, known_s=step.known_s))
        going.lean_s = (before_s if going.lean_s is None else going.lean_s[0], step.time_s)
        going.leans_deg.append(lean_deg)

    def _close(self, known_s: float, out: list[PassEvent]) -> None:
        going = self._going
        if going.lean_s is not None:
            mean_deg = float(np.cumsum(going.leans_deg)[-1]) / len(going.leans_deg)
            worst_deg, limit_deg = max(going.leans_deg), self.params.lean_deg
            out.append(Compensation(*going.lean_s, "tilt", worst_deg, mean_deg, limit_deg, known_s=known_s))
        for steps in self._parts():
            passed = self._pass(steps, known_s)
            if passed is not None:
                out.append(passed)
        self._going = Going(usual_s=self.params.usual_s)

    def _parts(self) -> list[list[Step]]:
        """Steps between two moments of standing still; together where the way went on in between."""
        steps, params = self._going.steps, self.params
        if not steps:
            return []
        apart = _apart_s(steps)
        parts = [[steps[0]]]
        for k, step in enumerate(steps[1:]):
            twice = step.side == parts[-1][-1].side and len(parts[-1]) >= params.least
            if twice or self._pauses(apart, k):
                parts.append([step])
            else:
                parts[-1].append(step)
        joined: list[list[Step]] = []
        for part in parts:
            near_s = params.missed * min(self._usual_s(part), self._usual_s(joined[-1])) if joined else 0.0
            near = joined and part[0].time_s - joined[-1][-1].time_s < near_s
            if near and self._left_m(joined[-1]) * self._left_m(part) > 0.0:
                joined[-1] = joined[-1] + part
            else:
                joined.append(part)
        return [part for part in joined if len(part) >= params.least]

    def _pauses(self, apart: list[float], k: int) -> bool:
        """Whether one stood still between these two steps, or went on at quite another pace."""
        before, after = (median(some) if some else 0.0 for some in (apart[max(k - 3, 0) : k], apart[k + 1 : k + 4]))
        pause = self.params.pause
        if before and after and not 1.0 / pause <= after / before <= pause:
            return apart[k] > pause * min(before, after)
        return bool(before or after) and apart[k] > pause * max(before, after)

    def _span(self, steps: list[Step]) -> tuple[float, float]:
        """From standing to standing."""
        usual_s = self._usual_s(steps)
        return steps[0].time_s - usual_s, steps[-1].time_s + 0.4 * usual_s

    def _drawn(self, steps: list[Step]) -> Drawn:
        """The foot that ends a pass is the one that is drawn up."""
        contacts_s = tuple(step.time_s for step in steps[:-1] if step.side == steps[-1].side)
        return Drawn(*self._span(steps), contacts_s, self.params.settled * self._usual_s(steps))

    def _left_m(self, steps: list[Step]) -> float:
        return float(self._way.gone_m(self._drawn(steps))[1][1, -1])

    def _going_sideways(self, steps: list[Step]) -> list[Step]:
        """Without those at either end in which the body hardly went the way of the others."""
        start_s, _ = self._span(steps)
        time_s, way_m = self._way.gone_m(self._drawn(steps))
        settled_s = 0.25 * self._usual_s(steps)
        after_s = np.array([start_s, *(step.time_s + settled_s for step in steps)])
        widths = np.diff(np.interp(after_s, time_s, way_m[1]))
        widths = widths * np.sign(way_m[1, -1])
        goes = np.flatnonzero(widths >= self.params.stays * max(median(widths.tolist()), 0.0))
        return steps[goes[0] : goes[-1] + 1] if len(goes) else []

    def _pushes_sideways(self, steps: list[Step]) -> bool:
        start_s, end_s, params = steps[0].time_s - self.params.usual_s, steps[-1].time_s, self.params
        alike, forward = self._way.sideways(start_s, end_s, self._usual_s(steps))
        stays = self._way.bounce_m_s2(start_s, end_s) <= params.bounce_m_s2
        return stays and alike >= params.alike and forward <= params.forward_acc

    def _pass(self, steps: list[Step], known_s: float) -> Pass | None:
        steps = self._going_sideways(steps)
        if len(steps) < self.params.least or not self._pushes_sideways(steps):
            return None
        step_s = median(_apart_s(steps))
        start_s, _ = self._span(steps)
        forward_m, left_m = self._way.gone_m(self._drawn(steps))[1][:, -1].tolist()
        least_m, most_m = (width * len(steps) for width in self.params.width_m)
        most_forward_m = max(self.params.forward_share * abs(left_m), self.params.forward_m * len(steps))
        sideways = least_m <= abs(left_m) <= most_m and abs(forward_m) <= most_forward_m
        if not sideways or not self.params.step_s[0] <= step_s <= self.params.step_s[1]:
            return None
        self._number += 1
        direction: Side = "left" if left_m > 0.0 else "right"
        times = [step.time_s for step in steps]
        starts = [start_s, *times[:-1]]
        falls = [
            (self._way.fall_deg("left" if step.side == "left" else "right", start_s, step.time_s), step.side)
            for start_s, step in zip(starts, steps, strict=True)
        ]
        lead, trail = ([fall for fall, side in falls if (side == direction) is leads] for leads in (True, False))
        worst_deg, worst_side = max(falls)
        tilt_deg = self._way.tilt_deg(starts[0], times[-1])
        return Pass(
            starts[0],
            times[-1],
            direction,
            len(steps),
            number=self._number,
            lead_drop_deg=median(lead) if lead else 0.0,
            trail_drop_deg=median(trail) if trail else 0.0,
            worst_drop_deg=max(worst_deg, 0.0),
            worst_side=worst_side,
            tilt_change_deg=tilt_deg - self._way.tilt_deg(starts[0] - 1.0, starts[0]),
            step_s=step_s,
            side_sure=1.0 if steps[0].side == direction else 0.6,
            width_m=abs(left_m),
            tilt_deg=tilt_deg,
            known_s=known_s,
        )


def _apart_s(steps: list[Step]) -> list[float]:
    """From each to the next."""
    return [after.time_s - before.time_s for before, after in pairwise(steps)]
