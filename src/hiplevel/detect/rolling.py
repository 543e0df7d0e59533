"""Rolling back in side-lying: the pelvis turns about its long axis away from the position it was still in."""

import numpy as np

from hiplevel.detect.drops import DropEvent, SideDrops
from hiplevel.detect.lying_start import LyingStart
from hiplevel.model.compensating import Compensation, CompensationStarted
from hiplevel.model.events import Drop, DropStarted
from hiplevel.model.rules import DropRule, Stance
from hiplevel.motion.block import MotionBlock
from hiplevel.motion.grid import GRID_HZ

# A preset: published descriptions call rolling back the fault, and give no figure.
ROLL_BACK_DEG = 5.0
RULE = DropRule(ROLL_BACK_DEG, hysteresis_deg=1.0, min_duration_s=0.3)
BASE_CELLS = round(GRID_HZ)
# Rolled further one lies on the back: that is another posture.
MOST_DEG = 60.0


class RollBack:
    """`process(block)` gives when rolling back passed its limit, and each stretch of it."""

    def __init__(self, stance: Stance = "left") -> None:
        self._lying = LyingStart(stance)
        self._watch = SideDrops("left", RULE)
        self.restart(0.0)

    def restart(self, known_s: float) -> list[CompensationStarted | Compensation]:
        """A gap or another posture: what is open ends; the level is learned anew."""
        self._first = np.empty(0)
        self._base_deg: float | None = None
        return _as_rolls(self._watch.finish(known_s))

    def finish(self, known_s: float, *_: object) -> list[CompensationStarted | Compensation]:
        """The end of the recording."""
        return self.restart(known_s)

    def process(self, block: MotionBlock, *_: object) -> list[CompensationStarted | Compensation]:
        """Events of these cells, in order of known_s."""
        seen = self._lying.lying(block)
        if seen is None or not seen.graded:
            return []
        block = seen
        roll_deg, time_s = np.degrees(block.roll_rad), block.time_s
        if self._base_deg is None:
            # Lying has just been still: its first second is the position to keep.
            self._first = np.concatenate([self._first, roll_deg])
            if len(self._first) < BASE_CELLS:
                return []
            self._base_deg = float(np.cumsum(self._first[:BASE_CELLS])[-1]) / BASE_CELLS
            rest = len(self._first) - BASE_CELLS
            roll_deg, time_s = roll_deg[len(roll_deg) - rest :], time_s[len(time_s) - rest :]
        return _as_rolls(self._watch.process(time_s, roll_deg - self._base_deg)) if len(time_s) else []


def _as_rolls(events: list[DropEvent]) -> list[CompensationStarted | Compensation]:
    out: list[CompensationStarted | Compensation] = []
    for event in events:
        if isinstance(event, DropStarted):
            told = CompensationStarted(
                event.time_s, "roll-back", event.drop_deg, event.limit_deg, known_s=event.known_s
            )
            out.append(told)
        elif isinstance(event, Drop) and event.peak_deg < MOST_DEG:
            span = (event.start_s, event.end_s, "roll-back", event.peak_deg)
            out.append(Compensation(*span, event.mean_deg, event.limit_deg, event.complete, known_s=event.known_s))
    return out
