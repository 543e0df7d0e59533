"""How far the body sinks in a squat, as one signal that fades neither in slow repetitions nor in holds.

Vertical acceleration integrated twice knows quick movements well and slow ones badly; how far the pelvis leans knows
slow ones well, and a deep squat not at all, whose pelvis tips back again at the bottom. Their sum has one swing a
repetition at any tempo. At rest the speed is zero whatever the integral says, and the height stays where it is.
It leans from how it does at the upper end of its way, which need not be where the neutral was taken.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from hiplevel.detect.fading_height import FadingHeight, Followed
from hiplevel.detect.first_seen import FirstSeen
from hiplevel.detect.lift import lifted
from hiplevel.detect.missed_speed import Missed, MissedSpeed
from hiplevel.detect.upper_end import UPRIGHT, UpperEnd
from hiplevel.model.samples import Floats
from hiplevel.motion.block import MotionBlock
from hiplevel.motion.grid import CELL_S
from hiplevel.motion.rest import Beats
from hiplevel.motion.stillness import BEAT_S

DEG = 180.0 / np.pi


@dataclass(frozen=True)
class SinkParams:
    """How the two go together."""

    # In squats, single-leg squats and step-downs the pelvis sinks 0.7 to 2 cm for each degree that it leans: less, so
    # that height, where it is known, has the say.
    lean_cm_per_deg: float = 0.8


class Sunk(NamedTuple):
    """The signal in cm, + = up, (m,); vertical acceleration in m/s2, (m,); rows before which the signal breaks off."""

    signal: Floats
    lift_m_s2: Floats
    anew: list[int]


class Sinking:
    """`process(block)` gives the signal of that block."""

    def __init__(self, params: SinkParams | None = None) -> None:
        self.params = params or SinkParams()
        self._height = FadingHeight()
        self._missed = MissedSpeed()
        self.upper = UpperEnd()
        self._last_cm_s2, self._lost = 0.0, 0  # acceleration that was seen last, and cells since then that nobody saw

    def neutral(self, *, known: bool) -> None:
        """Whether the neutral was seen standing still; otherwise gravity is a guess, and home is to be found."""
        self._height.known = known
        self.upper.neutral(known=known)
        self.restart()

    def levelled(self, turn: Floats, *, known: bool) -> None:
        """The same of a neutral about where it was before; turn (3, 3): from that to this."""
        if known and not self._height.known:
            self._height.take_out(Followed(error=self._height.state.error))  # gravity is no guess any longer
        self._height.known = known
        self.upper.levelled(turn, known=known)

    def restart(self) -> None:
        """Begin anew, at height 0: a gap."""
        self.upper.restart()
        self._height.begin(Followed())
        self._missed.restart()
        self._last_cm_s2, self._lost = 0.0, 0

    def begin(self, first: FirstSeen) -> None:
        """Begin anew, in movement."""
        self.restart()
        at = Followed(first.error_cm_s2, first.speed_cm_s, first.height_cm)
        self._height.begin(at, round(first.sure_s / BEAT_S))
        self._missed.begin(first.speed_cm_s)

    def bridge(self, lost_s: float) -> None:
        """So long nothing was seen, too short for anything but going on: acceleration is taken to change evenly."""
        self._lost = round(lost_s / CELL_S)
        self.upper.restart()

    def process(self, block: MotionBlock) -> Sunk:
        """The signal, and where a speed that was missed was taken out of it, or home became another."""
        lift, up_z = lifted(block)
        out, anew = self._height_cm(lift * 100.0, block.beats)
        home, first = self.upper.home, 0
        _, come = self.upper.process(lift, block.up, block.beats)
        for row, later in [*come, (len(out) - 1, None)]:
            if home is not None:
                cells = slice(first, row + 1)
                out[cells] -= self.params.lean_cm_per_deg * DEG * _lean_rad(block.up[:, cells], up_z[cells], home)
                anew = anew if later is None else sorted({*anew, row + 1})
            home, first = later, row + 1
        return Sunk(out, lift, anew)

    def _height_cm(self, lift_cm_s2: Floats, beats: Beats) -> tuple[Floats, list[int]]:
        if self._lost:
            unseen = np.linspace(self._last_cm_s2, float(lift_cm_s2[0]), self._lost + 1)[1:]
            self._height.unseen(unseen)
            self._missed.go(unseen)
            self._lost = 0
        before, out = self._height.state, self._height.process(lift_cm_s2, beats)
        self._last_cm_s2 = float(lift_cm_s2[-1])
        missed = self._missed.process(lift_cm_s2, out, beats) if self._height.known else None
        if missed is None:
            return out, []
        end, self._height.state = missed.row + 1, before
        out[:end] = self._height.process(lift_cm_s2[:end], beats.within(slice(0, end)))
        self._take_out(missed)
        if end == len(out):
            return out, [end]
        out[end:], later = self._height_cm(lift_cm_s2[end:], beats.within(slice(end, len(out))))
        return out, [end, *(end + row for row in later)]

    def _take_out(self, missed: Missed) -> None:
        """What that speed left behind, as a jolt that nobody felt: of the error, of speed and of height."""
        leak = self._height.leak
        faded = leak * missed.since_s
        left_cm_s = missed.speed_cm_s * math.exp(-faded)
        way_cm = left_cm_s * (1.0 - 0.5 * faded) * missed.since_s
        self._height.take_out(Followed(leak * left_cm_s, left_cm_s * (1.0 - faded), way_cm))


def _lean_rad(up: Floats, up_z: Floats, home: Floats) -> Floats:
    """How far the vertical (3, m) is from home (3,); up_z (m,): of that vertical, by the angles that it is given."""
    if home is UPRIGHT:
        return np.asarray(np.arccos(np.clip(up_z, -1.0, 1.0)))
    x, y, z = up
    along = (home[0] * x + home[1] * y + home[2] * z) / np.sqrt(x * x + y * y + z * z)
    return np.asarray(np.arccos(np.clip(along, -1.0, 1.0)))
