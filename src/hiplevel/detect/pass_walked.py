"""Whether steps went to the side, which way, how far, and which of them are a pass.

Standing still before and after, the body has gone where twice integrated acceleration says. The leading foot is the one
on that side, and steps first. Walking forward goes nowhere sideways, and is no pass.
"""

from statistics import median
from typing import NamedTuple

import numpy as np

from hiplevel.detect.pass_params import PassParams
from hiplevel.detect.pass_parts import missed
from hiplevel.detect.pass_way import Drawn, Way
from hiplevel.model.events import Step
from hiplevel.model.rules import Side


class Walked(NamedTuple):
    """Steps of one pass; contacts: with those that were missed; led: 1 when the first one was, of the leading foot."""

    steps: list[Step]
    contacts: int
    led: int
    direction: Side
    width_m: float
    start_s: float


class Walking:
    """Judges steps by the way of the body."""

    def __init__(self, way: Way, params: PassParams) -> None:
        self._way, self._params = way, params

    def left_m(self, steps: list[Step]) -> float:
        """How far the body went with them."""
        return float(self._way.gone_m(self._drawn(steps))[1][1, -1])

    def pushes_sideways(self, steps: list[Step]) -> bool:
        """Whether each step pushes the body the same way to the side, and not more forward than that."""
        params = self._params
        start_s, end_s = steps[0].time_s - params.usual_s, steps[-1].time_s
        alike, forward = self._way.sideways(start_s, end_s, params.usual(steps))
        stays = self._way.bounce_m_s2(start_s, end_s) <= params.bounce_m_s2
        return stays and alike >= params.alike and forward <= params.forward_acc

    def walked(self, steps: list[Step]) -> Walked | None:
        """The pass that these steps are, or None."""
        params = self._params
        steps, led = self._begun(self._going(steps))
        if len(steps) < params.least or not self.pushes_sideways(steps):
            return None
        count = len(steps) + missed(steps, params) + led
        pace_s = (steps[-1].time_s - steps[0].time_s) / (count - led - 1)
        forward_m, left_m = self._way.gone_m(self._drawn(steps, led * params.usual(steps)))[1][:, -1].tolist()
        least_m, most_m = (width * count for width in params.width_m)
        most_forward_m = max(params.forward_share * abs(left_m), params.forward_m * count)
        sideways = least_m <= abs(left_m) <= most_m and abs(forward_m) <= most_forward_m
        if not sideways or not params.step_s[0] <= pace_s <= params.step_s[1]:
            return None
        start_s = steps[0].time_s - (1 + led) * params.usual(steps)
        return Walked(steps, count, led, "left" if left_m > 0.0 else "right", abs(left_m), start_s)

    def _drawn(self, steps: list[Step], earlier_s: float = 0.0) -> Drawn:
        """From standing to standing. The foot that ends a pass is the one that is drawn up."""
        usual_s = self._params.usual(steps)
        contacts_s = tuple(step.time_s for step in steps[:-1] if step.side == steps[-1].side)
        start_s, end_s = steps[0].time_s - usual_s - earlier_s, steps[-1].time_s + 0.4 * usual_s
        return Drawn(start_s, end_s, contacts_s, self._params.settled * usual_s)

    def _widths(self, steps: list[Step], earlier_s: float = 0.0) -> list[float]:
        """How far the body went with each, m, + the way that it went with all of them."""
        drawn = self._drawn(steps, earlier_s)
        time_s, way_m = self._way.gone_m(drawn)
        settled_s = 0.25 * self._params.usual(steps)
        after_s = np.array([drawn.start_s, *(step.time_s + settled_s for step in steps)])
        widths: list[float] = np.diff(np.interp(after_s, time_s, way_m[1])).tolist()
        return widths if way_m[1, -1] >= 0.0 else [-width for width in widths]

    def _going(self, steps: list[Step]) -> list[Step]:
        """Without those before which nothing pushed, and those at the end in which the body hardly went on."""
        params, usual_s = self._params, self._params.usual(steps)
        widths = self._widths(steps)
        least_m = params.stays * max(median(widths), 0.0)
        end = max((k + 1 for k, width in enumerate(widths) if width >= least_m), default=0)
        for k, step in enumerate(steps[:end]):
            if self._pushed(steps, step.time_s - usual_s, step.time_s) >= params.pushes:
                return steps[k:end]
        return []

    def _begun(self, steps: list[Step]) -> tuple[list[Step], int]:
        """From the leading foot on, which steps first; and whether its first step was missed, 0 or 1."""
        params = self._params
        if len(steps) <= params.least or (steps[0].side == "left") == (self.left_m(steps) > 0.0):
            return steps, 0
        usual_s, first_s = params.usual(steps), steps[0].time_s
        if self._pushed(steps, first_s - 1.75 * usual_s, first_s - 0.75 * usual_s) >= params.led:
            return steps, 1
        return steps[1:], 0

    def _pushed(self, steps: list[Step], start_s: float, end_s: float) -> float:
        """How much the body was pushed to the side, to and fro, as a share of what is usual in these steps."""
        usual = self._way.pushed_m_s2(steps[0].time_s, steps[-1].time_s)
        return self._way.pushed_m_s2(start_s, end_s) / usual if usual else 0.0
