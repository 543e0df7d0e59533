"""The metronome of a session that was planned with one: it begins when the wearer is ready."""

from collections.abc import Sequence

from hiplevel.model.events import Event, Rezero, SetArmed
from hiplevel.model.tempo import Tempo
from hiplevel.pipeline import MotionOutput
from hiplevel.session.said import Said
from hiplevel.session.view import Health

LEAD_IN_S = 5.0  # after the level was taken: to get into position


class StartsBeat:
    """A view that lets the beat begin once, when the level has been taken or a set may begin."""

    def __init__(self, said: Said, tempo: Tempo) -> None:
        self._said, self._tempo = said, tempo
        self._begun = False

    def on_events(self, events: Sequence[Event]) -> None:
        """Listen."""
        if not self._begun and any(isinstance(event, (Rezero, SetArmed)) for event in events):
            self._begun = True
            self._said.metronome(self._tempo, LEAD_IN_S)

    def on_motion(self, motion: MotionOutput) -> None:
        """Nothing."""

    def on_health(self, health: Health) -> None:
        """Nothing."""
