"""Initial contacts and their side from the pelvis alone, while they happen.

The pelvis is lowest just after a contact and then thrown up: band-limited vertical velocity rises once a step, however
the clip is turned about the vertical (after McCamley 2012, Gait Posture 36:316, and Paraschiv-Ionescu 2019, who smooth
vertical acceleration to one wave a step). The side is that from which the body is then pushed away.
"""

from collections import deque
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from hiplevel.detect.gait import GaitParams, delay_s, velocity_filter
from hiplevel.detect.steps_aside import Aside
from hiplevel.detect.steps_bout import Bout, Contact, median
from hiplevel.model.events import Step
from hiplevel.model.samples import Floats
from hiplevel.motion.block import MotionBlock
from hiplevel.motion.filters import sections
from hiplevel.motion.grid import CELL_S

# A rise is looked for in so many cells at most; more than twice as many are kept, so that what is looked at never
# depends on how the cells were cut.
_RISE, _TAIL = 150, 400
# The usual rise is the median of so many.
_RECENT = 9
_VELOCITY, _PUSH, _ROLL = range(3)
# Leaning further than this nobody walks; the series below is good to 1 % so far.
_LEANING_RAD = 1.0


@dataclass
class StepState:
    """One contiguous stretch. Rows count its cells; the traces' last column is row `rows` - 1."""

    filter: Floats
    traces: Floats = field(default_factory=lambda: np.zeros((3, 0)))  # velocity; running sums of push and roll
    time_s: Floats = field(default_factory=lambda: np.zeros(0))
    rows: int = 0
    falling: bool = True  # a low point is being looked for
    low: float = 0.0
    low_row: int = 0
    high: float = 0.0
    middle: int = -1_000_000  # row of the middle of the rise before
    rises: deque[float] = field(default_factory=lambda: deque(maxlen=_RECENT))
    least_m_s: float = 0.0  # rise of a step, by what is usual
    waiting: deque[Contact] = field(default_factory=deque)


class StepFinder:
    """`process(block)` gives the steps that became certain, in time order."""

    def __init__(self, params: GaitParams) -> None:
        self.params = params
        self._sections = velocity_filter(params.band_hz)
        self._lag_cells = round((delay_s(self._sections, params.usual_step_s) + params.contact_s) / CELL_S)
        self._usual_cells = round(params.usual_step_s / CELL_S)
        self._bout = Bout(params)
        self._aside = Aside(self._sections) if params.aside else None
        self.restart()

    def restart(self) -> None:
        """Begin a new stretch: nothing spans a gap."""
        self.state = StepState(np.zeros((len(self._sections), 2)), least_m_s=self.params.rise_m_s)
        self._bout.restart()
        if self._aside is not None:
            self._aside.restart()

    def process(self, block: MotionBlock) -> list[Step]:
        """Steps that these cells made certain."""
        state, out, waiting = self.state, list[Step](), self.state.waiting
        known = state.rows - 2  # up to here turns were judged
        self._append(block)
        offset = state.rows - len(state.time_s)
        velocity = state.traces[_VELOCITY]
        rising = np.diff(velocity[max(known - offset, 0) :]) > 0.0
        at = np.flatnonzero(rising[1:] != rising[:-1]) + max(known - offset, 0) + 1
        ends_rise = rising[:-1][rising[1:] != rising[:-1]]
        for row, value, high in zip((at + offset).tolist(), velocity[at].tolist(), ends_rise.tolist(), strict=True):
            if waiting and waiting[0].due <= row + 1:
                self._release(row + 1, offset, out)
            if (row - state.middle) * CELL_S > self.params.step_s[1]:
                state.least_m_s = self.params.rise_m_s  # what was usual before is so no longer
            if not high:
                self._low(row, value)
            elif self._high(value):
                self._found(row, offset)
        self._release(state.rows - 1, offset, out)
        keep = slice(max(len(state.time_s) - _TAIL, 0), None)
        state.traces, state.time_s = state.traces[:, keep], state.time_s[keep]
        return out

    def _append(self, block: MotionBlock) -> None:
        state = self.state
        lean = np.clip(block.tilt_rad, -_LEANING_RAD, _LEANING_RAD)
        square = lean * lean
        sin, cos = lean * (1.0 - square / 6.0 * (1.0 - square / 20.0)), 1.0 - square / 2.0 * (1.0 - square / 12.0)
        new = np.empty((3, len(block.time_s) + 1))
        upward = cos * block.acc_m_s2[2] - sin * block.acc_m_s2[0]
        velocity, state.filter = sections(self._sections, upward, state.filter)
        if self._aside is not None:
            velocity = self._aside.process(velocity, block.rate_rad_s[0])
        new[_VELOCITY, 1:] = velocity
        new[1:, 0] = state.traces[1:, -1] if state.rows else 0.0
        new[_PUSH, 1:] = self.params.per_yaw * block.rate_rad_s[2] - self.params.per_acc * block.acc_m_s2[1]
        new[_ROLL, 1:] = self.params.per_roll * block.rate_rad_s[0]
        # cumsum adds one after the other from the carried value: the same bits however the cells were cut.
        np.cumsum(new[1:], axis=1, out=new[1:])
        state.traces = np.concatenate([state.traces, new[:, 1:]], axis=1)
        state.time_s = np.concatenate([state.time_s, block.time_s])
        state.rows += len(block.time_s)

    def _low(self, row: int, value: float) -> None:
        state = self.state
        if not state.falling and state.high - value >= state.least_m_s:
            state.falling, state.low, state.low_row = True, value, row
        elif state.falling and value < state.low:
            state.low, state.low_row = value, row

    def _high(self, value: float) -> bool:
        """Whether this high point ends a rise that a step makes."""
        state = self.state
        if not state.falling:
            state.high = max(state.high, value)
            return False
        if value - state.low < state.least_m_s:
            return False
        state.falling, state.high = False, value
        return True

    def _found(self, row: int, offset: int) -> None:
        """The contact before the rise that ends at `row`."""
        state, params = self.state, self.params
        rise = state.high - state.low
        first = max(state.low_row, row - _RISE)
        climb = state.traces[_VELOCITY, first - offset : row - offset + 1]
        middle = first + int((climb >= state.high - 0.5 * rise).argmax())
        step = middle - state.middle
        if -state.low < params.fall_share * rise and not self._bout.due(step):
            return
        if step * CELL_S < params.step_s[0]:
            return
        state.middle = middle
        new = step * CELL_S > params.step_s[1]
        if new:
            state.rises.clear()
        cells = self._usual_cells if new else step
        contact = middle - self._lag_cells
        state.rises.append(rise)
        usual_m_s = median(state.rises)
        known_m_s = params.known_share * usual_m_s if self._bout.going else np.inf
        state.least_m_s = max(min(params.rise_m_s, known_m_s), params.rise_share * usual_m_s)
        before = state.waiting[-1].due if state.waiting else 0  # contacts are decided in their order
        due = max(contact + round(params.after[1] * cells), row + 1, before)
        time_s = state.time_s.item(max(contact - offset, 0))
        state.waiting.append(Contact(contact, time_s, rise, usual_m_s, cells, due, new))

    def _release(self, row: int, offset: int, out: list[Step]) -> None:
        """Decide the contacts that waited for `row`."""
        waiting = self.state.waiting
        while waiting and waiting[0].due <= row:
            contact = waiting.popleft()
            known_s = self.state.time_s.item(contact.due - offset)
            out += self._bout.process(contact, self._evidence(contact, offset), known_s)

    def _evidence(self, contact: Contact, offset: int) -> float:
        """Log-odds of left: the roll at the contact, and how the push changed with it."""
        p, at, cells = self.params, contact.row - offset, contact.step_cells
        push, roll = self.state.traces[_PUSH], self.state.traces[_ROLL]
        rolled, after, before = _spans((p.roll, p.after, p.before), cells)
        turned = _mean(roll, at, rolled)
        if p.levels:
            turned *= cells / self._usual_cells
        return turned + _mean(push, at, after) - _mean(push, at, before)


@lru_cache(maxsize=512)  # steps last alike
def _spans(in_steps: tuple[tuple[float, float], ...], cells: int) -> list[tuple[int, int]]:
    """From steps of so many cells to cells."""
    return [(round(begin * cells), round(end * cells)) for begin, end in in_steps]


def _mean(sums: Floats, at: int, span: tuple[int, int]) -> float:
    """Of a series with these running sums, over a span in cells around column `at`."""
    begin = max(at + span[0], 0)
    end = max(at + span[1], begin + 1)
    gained: float = sums.item(end) - sums.item(begin)
    return gained / (end - begin)
