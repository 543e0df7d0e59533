"""What the calibration says about a session: that the clip has moved since, or that drops cannot be graded."""

from collections.abc import Iterable
from dataclasses import replace

from hiplevel.model.calibration import Calibration
from hiplevel.model.events import Event, Note, Rep, Rezero


class Calibrated:
    """Each is told once; None says nothing."""

    def __init__(self, calibration: Calibration | None) -> None:
        self._refusal = "" if calibration is None else calibration.refusal
        self._unchecked = calibration
        self._told = False

    @property
    def refused(self) -> bool:
        """Whether it cannot tell a drop from leaning forward."""
        return bool(self._refusal)

    def moved(self, item: Rezero | Note) -> list[Event]:
        """A warning when the neutral is not where the calibration left it: the first one, and that of a still stand."""
        if not isinstance(item, Rezero) or self._unchecked is None:
            return []
        calibration, angles = self._unchecked, (item.obliquity_offset_deg, item.tilt_offset_deg)
        moved, unlevel = calibration.moved(*angles), calibration.unlevel(*angles)
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
