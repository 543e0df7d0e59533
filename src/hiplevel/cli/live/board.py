"""What stands on the board while someone trains: set, repetitions, level, drops, the link; no screen in here."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hiplevel.cli.live.event_words import SAID, limit_words, reached_words
from hiplevel.detect.corrections import Tally
from hiplevel.model.edits import Correction
from hiplevel.model.events import (
    Drop,
    DropStarted,
    Event,
    LinkLost,
    LinkRestored,
    Note,
    Rep,
    RepTurned,
    Rezero,
    SetEnded,
    SetStarted,
)
from hiplevel.model.holding import HoldStarted
from hiplevel.model.limit_change import LimitChanged
from hiplevel.model.metronome import MetronomeStarted, MetronomeStopped
from hiplevel.model.rules import DropRule, Side
from hiplevel.model.sides import low_side
from hiplevel.model.targets import RestStarted, TargetReached
from hiplevel.pipeline import MotionOutput
from hiplevel.sensors.ble.phases import Phase
from hiplevel.session.view import Health

NEAR = 0.7


@dataclass
class Board:
    """A view that only remembers.

    Attributes
    ----------
    title : sensor and exercise; it says simulated where it is
    limit_source : 'set by your clinician' or 'preset'
    level_deg : obliquity, + = left side up; None until it is known
    drops : alarms by the side that fell
    paused : what happens is recorded and not looked at
    keys : what keys do, or what is being typed; '' without a keyboard
    rest_until_s : when the prescribed rest is over; None when there is none
    reps, reps_in_set : after all corrections; warm-up counts in its set only
    beat : of the metronome, while it leads
    at_turn : a repetition counts when it turns, not when it is back
    """

    title: str
    rule: DropRule
    limit_source: str = "preset"
    time_s: float = 0.0
    level_deg: float | None = None
    reps: int = 0
    reps_in_set: int = 0
    set_number: int = 0
    resting: bool = False
    rest_until_s: float | None = None
    drops: dict[Side, int] = field(default_factory=lambda: {"left": 0, "right": 0})
    keys: str = ""
    paused: bool = False
    message: str = "Stand still for a moment: your level is being taken."
    health: Health = field(default_factory=Health)
    beat: MetronomeStarted | None = None
    at_turn: bool = False
    _tally: Tally = field(init=False)
    _done: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._tally = Tally(at_turn=self.at_turn)

    def on_events(self, events: Sequence[Event]) -> None:
        """Count."""
        for event in events:
            self._take(event)

    def on_motion(self, motion: MotionOutput) -> None:
        """Follow the level."""
        self.time_s = float(motion.time_s[-1])
        # What was under way as the key was pressed still comes.
        self.level_deg = None if self.paused else float(motion.obliquity_deg[-1])

    def on_health(self, health: Health) -> None:
        """Follow the link."""
        self.health = health

    def lose_sight(self) -> None:
        """Nothing is known of the level for now."""
        self.level_deg = None

    @property
    def low_side(self) -> Side | None:
        """The side that is low, None when level or unknown."""
        return low_side(self.level_deg)

    @property
    def beyond(self) -> float:
        """How much of its limit the low side has used up: 1 is the limit."""
        side = self.low_side
        return 0.0 if side is None or self.level_deg is None else abs(self.level_deg) / self.rule.limit_deg(side)

    @property
    def stopped(self) -> bool:
        """Whether the sensor was stopped on purpose."""
        return self.health.phase is Phase.STOPPED and not self.health.reason

    def _count(self, event: Event) -> None:
        """Counts are those after all corrections; on the board is the newest set."""
        for number in self._tally.take(event):
            one = self._tally.counted(number)
            self.reps += (0 if one is None else one.done) - self._done.get(number, 0)
            self._done[number] = 0 if one is None else one.done
            if number >= self.set_number:
                self.set_number, self.reps_in_set = number, 0 if one is None else one.shown

    def _take(self, event: Event) -> None:
        self._count(event)
        match event:
            case Rep() | RepTurned() | HoldStarted():
                self.rest_until_s = None
            case SetStarted():
                self.rest_until_s = None
                self.set_number, self.resting, self.message = event.number, False, ""
            case SetEnded():
                self.resting = True
                if done := self.reps_in_set:
                    self.message = f"Set {event.number} done: {done} {'repetition' if done == 1 else 'repetitions'}."
            case Correction():
                self.message = SAID[event.action]
            case MetronomeStarted():
                self.beat = event
            case MetronomeStopped():
                self.beat = None
            case RestStarted():
                self.rest_until_s = event.until_s
            case TargetReached():
                self.message = reached_words(event)
                if event.what in ("rest", "sets"):
                    self.rest_until_s = None
            case DropStarted() | Drop(alarmed=False):
                self.drops[event.side] += 1
            case LimitChanged():
                self.rule, self.limit_source = event.applied_to(self.rule), "set by your clinician"
                self.message = f"Your clinician changed the limit: {limit_words(self.rule, self.limit_source)}."
            case Rezero():
                self.message = "Ready."
            case LinkLost(reason="stalled"):
                self.lose_sight()
                self.message = "Nothing comes from the sensor. Move closer to it; what was recorded is safe."
            case LinkLost():
                self.lose_sight()
                self.message = "The link to the sensor is lost. It is being looked for; what was recorded is safe."
            case LinkRestored():
                self.message = f"The sensor is back after {event.gap_s:.1f} s."
            case Note(level="warning") | Note(code="not-corrected"):
                self.message = event.text
            case _:
                pass
