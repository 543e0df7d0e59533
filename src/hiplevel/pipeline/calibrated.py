"""What is known of how the clip sits: moved since the calibration, a guess, or no drop can be graded."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from hiplevel.model.calibration import Calibration
from hiplevel.model.events import Event, Note, Rep, Rezero
from hiplevel.pipeline.mounting_doubt import mounting_doubt

# People stand some degrees differently each time; more than this is the clip.
MOVED_DEG, LYING_DEG = 10.0, 45.0
# In the frontal plane both feet keep it nearer to level than that; on one leg, or in a repetition, it may hang further.
LEVEL_DEG = 5.0


class Calibrated:
    """Each is told once; without a calibration, only that the clip does not sit as it is then taken to, `upright`."""

    def __init__(self, calibration: Calibration | None, *, upright: bool) -> None:
        self._doubted = calibration is None and upright
        self._refusal = "" if calibration is None else calibration.refusal
        self._unchecked = calibration
        self._told = False

    @property
    def refused(self) -> bool:
        """Whether it cannot tell a drop from leaning forward."""
        return bool(self._refusal)

    def moved(self, item: Rezero | Note) -> list[Event]:
        """A warning when the neutral is not where the calibration left it: the first one, and that of a still stand."""
        if not isinstance(item, Rezero):
            return []
        if self._doubted:
            self._doubted = False
            doubt = mounting_doubt(item.obliquity_offset_deg, item.tilt_offset_deg)
            return [Note(item.known_s, doubt, "mounting-doubted", "warning", known_s=item.known_s)] if doubt else []
        if self._unchecked is None:
            return []
        moved = unlevel = ""
        if self._unchecked.source == "movements":
            moved = _moved(item.obliquity_offset_deg, item.tilt_offset_deg)
            unlevel = _unlevel(item.obliquity_offset_deg)
        if moved or item.source != "assumed":
            self._unchecked = None
        if moved:
            return [Note(item.known_s, moved, "clip-moved", "warning", known_s=item.known_s)]
        if unlevel and item.source == "still":
            return [Note(item.known_s, unlevel, "level-doubted", "warning", known_s=item.known_s)]
        return []

    def graded(self, events: Iterable[Event]) -> list[Event]:
        """The events; without a word of drops where it refuses."""
        return [_undropped(event) for event in events] if self.refused else list(events)

    def why_not(self, at_s: float) -> list[Event]:
        """Why drops are not graded, once."""
        if self._told or not self.refused:
            return []
        self._told = True
        return [Note(at_s, self._refusal, "drops-not-graded", "warning", known_s=at_s)]


def _undropped(event: Event) -> Event:
    return replace(event, peak_drop_deg=0.0) if isinstance(event, Rep) else event


def _moved(obliquity_deg: float, tilt_deg: float) -> str:
    """What to say when a stand reads these angles in the calibrated frame, where both should be 0; mostly nothing.

    Beyond 45 degrees the wearer lies down rather than that the clip has moved.
    """
    by_deg = float(np.hypot(obliquity_deg, tilt_deg))
    if not MOVED_DEG < by_deg < LYING_DEG:
        return ""
    return (
        f"The clip sits {by_deg:.0f} degrees otherwise than when it was calibrated: if it was put on anew or has "
        "slipped, leaning forward may look like a drop. Calibrate again."
    )


def _unlevel(obliquity_deg: float) -> str:
    """What to say when the clip sits as calibrated, but one side hung when level was taken; mostly nothing."""
    if abs(obliquity_deg) <= LEVEL_DEG:
        return ""
    side = "right" if obliquity_deg > 0.0 else "left"
    return (
        f"Level was taken with the {side} side {abs(obliquity_deg):.0f} degrees lower than it stood when the clip "
        "was calibrated: if it hung there, drops are judged wrongly. Stand level on both feet, still, and take the "
        "level anew."
    )
