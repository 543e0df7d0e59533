"""An accelerometer whose gravity is not 9.81: followed all the same, and said."""

from hiplevel.model.events import Note
from hiplevel.motion.frame import GRAVITY_M_S2

# Offsets of real parts are up to 40 mg, 4 per cent; without a still second movement is in the reading too.
STILL_SHARE, MOVING_SHARE = 0.05, 0.12


class ScaleWatch:
    """Tells once."""

    def __init__(self) -> None:
        self._told = False

    def look(self, gravity_m_s2: float, known_s: float, *, still: bool) -> list[Note]:
        """A Note 'gravity-off' when gravity, as read at rest or in movement, is not what it should be."""
        off = abs(gravity_m_s2 / GRAVITY_M_S2 - 1.0)
        if self._told or off <= (STILL_SHARE if still else MOVING_SHARE):
            return []
        self._told = True
        text = (
            f"Gravity reads {gravity_m_s2:.1f} m/s2 where 9.8 is expected: this sensor's accelerometer is badly "
            "scaled. Repetitions are counted, but angles may be off by several degrees: have the sensor calibrated."
        )
        return [Note(known_s, text, "gravity-off", "warning", known_s=known_s)]
