"""Does the wearer stand on the leg that was declared? On a block the pelvis swings about the hip that stands.

So its middle sinks when the free side sinks: on the left leg the pelvis is low when the right side is, on the right leg
when the left side is. That is 1.5 cm for 10 degrees: it holds for straight legs, and an accelerometer that is off by 40
mg makes as much out of a slow tilt. So it asks, and never decides.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
from scipy.signal import bilinear_zpk, zpk2sos

from hiplevel.model.events import Event, Note, Rep, SetStarted
from hiplevel.model.exercise import Exercise
from hiplevel.model.rules import Side, Stance
from hiplevel.model.samples import Floats
from hiplevel.motion.block import MotionBlock
from hiplevel.motion.filters import sections
from hiplevel.motion.grid import GRID_HZ
from hiplevel.motion.height import CORNER_HZ

# Half the distance between the hips is 8 to 9 cm; on the skin, and with the knees giving, more or less than that.
LEVER_M_RAD = (0.03, 0.2)
ALIKE = 0.7
REPS = 3
KEEP_CELLS = 4000


def checked(exercise: Exercise | None, stance: Stance) -> Side | None:
    """The declared side, where it can be checked."""
    if exercise is None or exercise.counting.signal != "obliquity" or exercise.posture != "upright":
        return None
    if exercise.pelvis_moves != "clearly" or exercise.sides != "declared":
        return None
    return "left" if stance == "left" else "right" if stance == "right" else None


@cache
def _design() -> Floats:
    """As height fades, so that both can be compared: s^3 / (s + a)^3."""
    corner = 2.0 * np.pi * CORNER_HZ
    return np.asarray(zpk2sos(*bilinear_zpk([0.0] * 3, [-corner] * 3, 1.0, GRID_HZ)))


class StanceCheck:
    """`process(block, events)` gives a warning when three repetitions in a row look like the other leg; once a set."""

    def __init__(self, stance: Side) -> None:
        self._stance: Side = stance
        self._sos = _design()
        self._against, self._told = 0, False
        self.restart()

    def restart(self) -> None:
        """A gap, or another neutral."""
        self._state = np.zeros((len(self._sos), 2))
        self._kept = np.empty((3, 0))  # time, obliquity that fades as height does, height
        self._new, self._waiting = list[MotionBlock](), 0

    def process(self, block: MotionBlock, events: Sequence[Event]) -> list[Note]:
        """events: what this block made certain, in order of known_s."""
        self._new.append(block)
        self._waiting += len(block.time_s)
        if self._waiting > KEEP_CELLS or events:
            self._keep()
        out = list[Note]()
        for event in events:
            if isinstance(event, SetStarted):
                self._against, self._told = 0, False
            elif isinstance(event, Rep):
                self._against = self._against + 1 if self._other_leg(event) else 0
                if self._against >= REPS and not self._told:
                    self._told = True
                    out.append(self._note(event.known_s))
        return out

    def _keep(self) -> None:
        """What came since is looked at together: repetitions are few."""
        old, blocks = self._kept[:, -KEEP_CELLS:], self._new
        obliquity, self._state = sections(self._sos, np.concatenate([b.obliquity_rad for b in blocks]), self._state)
        self._kept = np.empty((3, old.shape[1] + self._waiting))
        np.concatenate([old[0], *(b.time_s for b in blocks)], out=self._kept[0])
        np.concatenate([old[1], obliquity], out=self._kept[1])
        np.concatenate([old[2], *(b.height_m for b in blocks)], out=self._kept[2])
        self._new, self._waiting = [], 0

    def _other_leg(self, rep: Rep) -> bool:
        time_s = self._kept[0]
        first, last = time_s.searchsorted(rep.start_s), time_s.searchsorted(rep.end_s)
        if last - first < 20:
            return False
        part = self._kept[1:, first:last]
        tilt, height = part - np.add.reduce(part, axis=1, keepdims=True) / part.shape[1]
        both = float(tilt @ height)
        if (both < 0.0) is (self._stance == "left"):
            return False
        squares = float(tilt @ tilt), float(height @ height)
        alike, lever = both / max((squares[0] * squares[1]) ** 0.5, 1e-12), both / max(squares[0], 1e-12)
        return abs(alike) > ALIKE and LEVER_M_RAD[0] < abs(lever) < LEVER_M_RAD[1]

    def _note(self, known_s: float) -> Note:
        other = "right" if self._stance == "left" else "left"
        text = (
            f"Do you stand on the {self._stance} leg, as declared? The pelvis swings as if on the {other} one. If so, "
            "drops are judged the wrong way round: change the stance."
        )
        return Note(known_s, text, "stance-doubted", "warning", known_s=known_s)
