"""What a pass of the lateral band walk looks like, and the rhythm of its steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from hiplevel.model.events import Step


@dataclass(frozen=True)
class PassParams:
    """Times in s.

    Attributes
    ----------
    apart_s, apart_steps : without a step for so long, or for so many of the usual ones, the pass is over
    late_s : a step is known so much later than it is made, at most
    usual_s : time between steps until it is known
    pause : so many of the usual times between two steps: the body stood still between them
    least, most : fewer steps are getting into place; more are told in parts
    width_m : least and most that the body goes to the side with each, on average
    alike, forward_acc : lateral acceleration of a step is at least so alike that of the step before, and forward is at
        most this share of it: with twice the energy, to the side is where the body is pushed
    bounce_m_s2 : more vertical acceleration, half of g, is running
    forward_m, forward_share : so far forward with each, and so much further than to the side, is walking
    settled : of the usual time between steps: within so long of a contact the body comes to stand
    stays : a last step that goes less than this share of the usual way is getting into place
    pushes : so is a first one before which the body was pushed to the side less than this share of what is usual
    led : pushed so much before the foot that follows, the leading one has made a step that was missed
    step_s : quicker or slower is walking, or standing about
    lean_deg : mean tilt of a step beyond that of the second before the first one; a preset
    """

    apart_s: float = 2.0
    apart_steps: float = 2.5
    late_s: float = 0.75
    usual_s: float = 0.9
    pause: float = 1.6
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
    pushes: float = 0.4
    led: float = 0.5
    step_s: tuple[float, float] = (0.6, 2.2)
    lean_deg: float = 5.0

    def usual(self, steps: Sequence[Step]) -> float:
        """Time between these steps, s."""
        return self.usual_s if len(steps) < self.least else median(apart_s(steps))


def apart_s(steps: Sequence[Step]) -> list[float]:
    """From each to the next."""
    return [after.time_s - before.time_s for before, after in pairwise(steps)]
