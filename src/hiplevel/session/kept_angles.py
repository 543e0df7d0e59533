"""The angles of a session, kept for its summary: 16 bytes a cell, 6 MB an hour."""

from array import array
from collections.abc import Sequence

import numpy as np

from hiplevel.model.events import Event
from hiplevel.model.samples import Floats
from hiplevel.pipeline import MotionOutput
from hiplevel.session.view import Health


class KeptAngles:
    """A view that only remembers; what it has is what `detect.session_summary` asks for."""

    def __init__(self) -> None:
        self._time_s, self._obliquity_deg = array("d"), array("d")

    @property
    def time_s(self) -> Floats:
        """(m,) on a 100 Hz grid with holes where samples were missing."""
        return np.array(self._time_s)

    @property
    def obliquity_deg(self) -> Floats:
        """(m,) + = left side up, from neutral."""
        return np.array(self._obliquity_deg)

    def on_motion(self, motion: MotionOutput) -> None:
        """Keep it."""
        self._time_s.frombytes(motion.time_s.astype(np.float64).tobytes())
        self._obliquity_deg.frombytes(motion.obliquity_deg.astype(np.float64).tobytes())

    def on_events(self, events: Sequence[Event]) -> None:
        """Nothing."""

    def on_health(self, health: Health) -> None:
        """Nothing."""
