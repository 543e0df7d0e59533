"""What stands on the board while someone trains: set, repetitions, level, drops, the link; no screen in here."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hiplevel.detect.corrections import Tally
from hiplevel.detect.metronome import beats
from hiplevel.model.edits import Action, Correction
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
from hiplevel.model.targets import RestStarted, TargetReached
from hiplevel.model.tempo import Tempo
from hiplevel.pipeline import MotionOutput
from hiplevel.sensors.ble.life import Phase
from hiplevel.session.view import Health

LEVEL_DEG = 1.0
NEAR = 0.7
TELLING_PPM = 20.0  # a quartz; less is not worth a word
DOING = {
    Phase.CONNECTING: "connecting",
    Phase.STARTING: "starting the sensor",
    Phase.WAITING: "trying again soon",
    Phase.STOPPED: "given up",
}
BEAT_WORDS = {"out": "out", "hold": "hold", "back": "back", "home": "wait"}
SAID: dict[Action, str] = {
    "undo": "One repetition taken back.",
    "add": "One repetition added.",
    "restart": "The set begins anew.",
    "warm-up": "Marked as warm-up.",
    "work": "Marked as work.",
    "revoke": "The last correction is taken back.",
}


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
    _beat: MetronomeStarted | None = None
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
        self.level_deg = float(motion.obliquity_deg[-1])

    def on_health(self, health: Health) -> None:
        """Follow the link."""
        self.health = health

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
    def level_words(self) -> str:
        """The level as one would say it, never as a bare signed number."""
        if not self.health.connected and not self.stopped:
            return "no link to the sensor"
        if self.level_deg is None:
            return "not known yet"
        side = self.low_side
        return "level" if side is None else f"{side} side {abs(self.level_deg):.0f}° low"

    @property
    def beat_words(self) -> str:
        """What the metronome asks for now; '' when it is off."""
        if self._beat is None:
            return ""
        asked = self._beat
        left_s = asked.time_s - self.time_s
        if left_s > 0.0:
            return f"first repetition in {left_s:.0f} s"
        tempo = Tempo(asked.out_s, asked.hold_s, asked.back_s, asked.home_s)
        now = beats(tempo, asked.time_s, self.time_s - tempo.rep_s, self.time_s + 1e-9)[-1]
        return f"beat {now.number}: {BEAT_WORDS[now.phase]}"

    @property
    def rest_words(self) -> str:
        """How long the prescribed rest still lasts; '' when there is none."""
        return "" if self.rest_until_s is None else f"rest, {max(self.rest_until_s - self.time_s, 0.0):.0f} s"

    @property
    def limit_words(self) -> str:
        """The limits and whose they are."""
        left, right = self.rule.limit_deg("left"), self.rule.limit_deg("right")
        both = f"limit {left:g}°" if left == right else f"limits {left:g}° left, {right:g}° right"
        return f"{both}, {self.limit_source}"

    @property
    def stopped(self) -> bool:
        """Whether the sensor was stopped on purpose."""
        return self.health.phase is Phase.STOPPED and not self.health.reason

    @property
    def link_words(self) -> str:
        """The link in a line."""
        health = self.health
        facts = [f"connected, {health.rate_hz:.0f} samples a second" if health.rate_hz else "connected"]
        if health.rate_error_ppm is not None and abs(health.rate_error_ppm) >= TELLING_PPM:
            facts[0] += f" ({health.rate_error_ppm:+.0f} ppm)"
        if health.phase is Phase.STALLED:
            facts = [f"connected, but silent for {health.silence_s:.0f} s"]
        elif self.stopped:
            facts = ["stopped"]
        elif not health.connected:
            facts = [f"link lost {health.silence_s:.0f} s ago, {DOING.get(health.phase, 'looking for the sensor')}"]
        facts.append("losses unknown" if health.lost is None else f"{health.lost} samples lost")
        if health.overflowed:
            facts.append(f"{health.overflowed} packets dropped here")
        if health.clipped:
            facts.append(f"{health.clipped} samples at the sensor's limit")
        if health.latency_ms is not None:
            facts.append(f"{health.latency_ms:.0f} ms behind")
        if health.battery_percent is not None:
            facts.append(f"battery {health.battery_percent:.0f} %")
        return " · ".join(facts)

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
                self._beat = event
            case MetronomeStopped():
                self._beat = None
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
                self.message = f"Your clinician changed the limit: {self.limit_words}."
            case Rezero():
                self.message = "Ready."
            case LinkLost(reason="stalled"):
                self.message = "The sensor is connected but sends nothing. Move closer; what was recorded is safe."
            case LinkLost():
                self.message = "The link to the sensor is lost. It is being looked for; what was recorded is safe."
            case LinkRestored():
                self.message = f"The sensor is back after {event.gap_s:.1f} s."
            case Note(level="warning"):
                self.message = event.text
            case _:
                pass


def low_side(level_deg: float | None) -> Side | None:
    """The side that is low at this obliquity, + = left side up; None when level or unknown."""
    if level_deg is None or abs(level_deg) < LEVEL_DEG:
        return None
    return "right" if level_deg > 0.0 else "left"


def reached_words(event: TargetReached) -> str:
    """What is done, as one would say it."""
    match event.what:
        case "reps":
            return f"Set {event.set_number}: {event.done:g} of {event.target:g} done."
        case "sets":
            return "The last set is done." if event.target == 1 else f"All {event.target:g} sets are done."
        case "hold":
            return f"Held {event.target:g} s."
        case _:
            return "The rest is over."
