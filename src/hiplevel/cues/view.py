"""The view that is heard: called in the session's own thread, so that a slow screen never delays a beep."""

from collections.abc import Sequence

from hiplevel.cues.policy import Heard, Policy
from hiplevel.cues.speaker import Output
from hiplevel.cues.speech import SpokenNumbers
from hiplevel.cues.tones import Sound, done_tone, drop_tone, missed_tone, ready_tone, tick_tone
from hiplevel.model.events import Event, Rezero, SetEnded, SetStarted
from hiplevel.model.metronome import MetronomeStarted, MetronomeStopped
from hiplevel.model.rules import Side
from hiplevel.model.tempo import Tempo
from hiplevel.pipeline import MotionOutput
from hiplevel.session.view import Health

SIDES: tuple[Side, Side] = ("left", "right")


class CueView:
    """Events in, sounds out. The metronome is heard while there is something to do, and stays in step meanwhile."""

    def __init__(self, output: Output, policy: Policy, numbers: SpokenNumbers | None = None) -> None:
        self._output, self._policy, self._numbers = output, policy, numbers
        self._paused, self._working = False, False
        self._drops = {side: drop_tone(side) for side in SIDES}
        self._other = {"done": done_tone(), "missed": missed_tone(), "ready": ready_tone(), "tick": tick_tone()}

    def on_events(self, events: Sequence[Event]) -> None:
        """Play what is to be heard of them."""
        for event in events:
            if isinstance(event, (Rezero, SetStarted)):
                self._work(True)
            elif isinstance(event, SetEnded):
                self._work(False)
            elif isinstance(event, MetronomeStarted):
                tempo = Tempo(event.out_s, event.hold_s, event.back_s, event.home_s)
                phases_s = [at_s for _, at_s in tempo.phases()]
                self._output.mixer.metronome(tempo.rep_s, phases_s, max(0.0, event.time_s - event.known_s))
                self._work(True)
            elif isinstance(event, MetronomeStopped):
                self._output.mixer.metronome(0.0)
            for heard in self._policy.hear(event):
                if not self._paused:
                    self._output.play(self._sound(heard))

    def on_motion(self, motion: MotionOutput) -> None:
        """The level is silent."""

    def on_health(self, health: Health) -> None:
        """The link is silent."""

    def pause(self, paused: bool) -> None:
        """Hear nothing for a while, or again."""
        self._paused = paused
        self._beat()

    def go_on(self) -> None:
        """The rest is over."""
        self._output.play(self._other["ready"])
        self._work(True)

    def end(self) -> None:
        """No beat any more."""
        self._output.mixer.metronome(0.0)

    def _work(self, working: bool) -> None:
        self._working = working
        self._beat()

    def _beat(self) -> None:
        self._output.mixer.beating = self._working and not self._paused

    def _sound(self, heard: Heard) -> Sound:
        if heard.what == "drop" and heard.side is not None:
            return self._drops[heard.side]
        if heard.what == "count":
            spoken = None if self._numbers is None else self._numbers.get(heard.number)
            return self._other["tick"] if spoken is None else spoken
        return self._other[heard.what]
