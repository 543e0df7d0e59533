"""What an exercise is counted by: an angle of the pelvis, or how far it sinks."""

import numpy as np

from hiplevel.detect.first_seen import FirstSeen
from hiplevel.detect.lift import lifted, lifted_level
from hiplevel.detect.seen import DEG
from hiplevel.detect.sinking import Sinking, Sunk
from hiplevel.detect.upper_end import UpperEnd
from hiplevel.model.samples import Floats
from hiplevel.motion.block import MotionBlock

ANGLE_FIELD = {"obliquity": "obliquity_rad", "tilt": "tilt_rad"}


class Angle:
    """The interface of `Sinking`; an angle needs nothing of what was before."""

    def __init__(self, signal: str) -> None:
        self._field, self._lifted = ANGLE_FIELD[signal], signal == "tilt"
        self.upper = UpperEnd()

    def neutral(self, *, known: bool) -> None:
        """Whether the neutral was seen standing still."""

    def levelled(self, turn: Floats, *, known: bool) -> None:
        """The neutral was taken about where it was before."""

    def restart(self) -> None:
        """A gap."""

    def begin(self, first: FirstSeen) -> None:
        """Begin anew, in movement."""

    def bridge(self, lost_s: float) -> None:
        """So long nothing was seen."""

    def process(self, block: MotionBlock) -> Sunk:
        """In degrees, with vertical acceleration."""
        signal = np.asarray(getattr(block, self._field)) * DEG
        return Sunk(signal, lifted(block)[0] if self._lifted else lifted_level(block), [])


def count_signal(signal: str) -> Angle | Sinking:
    """That of the catalogue's name."""
    return Sinking() if signal == "height" else Angle(signal)
