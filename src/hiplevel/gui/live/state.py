"""What a live session has come to, from its events: the count after corrections, the set, the last repetition."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hiplevel.detect.corrections import CountedSet, Tally
from hiplevel.model.events import Drop, DropStarted, Event, Rep, Rezero, SetEnded, SetStarted, Step, is_edit
from hiplevel.model.holding import Hold, HoldBroken, HoldStarted, HoldUpdated
from hiplevel.model.limit_change import LimitChanged
from hiplevel.model.metronome import MetronomeStarted, MetronomeStopped
from hiplevel.model.rules import DropRule, Side


@dataclass
class LiveState:
    """Fed with every event of the session, in order.

    Attributes
    ----------
    rule : in force now; a clinician may change it meanwhile
    ready : the neutral was taken
    set_number : the set under way, or the last one; 0 before the first
    resting : between sets
    edits : how often a person said something
    holds, held_s, holding : how many, how long the last one lasted so far, and whether it still does; a stand that
        nothing shows to be more than resting on one leg is none
    doubted : such a stand is under way
    steps : initial contacts
    beating : the metronome leads
    """

    rule: DropRule
    ready: bool = False
    set_number: int = 0
    resting: bool = False
    last_rep: Rep | None = None
    ended: SetEnded | None = None
    drops: list[Drop] = field(default_factory=list)
    alarms: dict[Side, int] = field(default_factory=lambda: {"left": 0, "right": 0})
    tally: Tally = field(default_factory=Tally)
    edits: int = 0
    holds: int = 0
    held_s: float = 0.0
    holding: bool = False
    doubted: bool = False
    steps: int = 0
    beating: bool = False
    _gave_way: bool = False

    def take(self, events: Sequence[Event]) -> None:
        """Follow these events."""
        for event in events:
            for number in self.tally.take(event):
                self.set_number = max(self.set_number, number)
            self.edits += is_edit(event)
            self._take(event)

    def counted(self, number: int) -> CountedSet | None:
        """One set as it counts now."""
        return self.tally.counted(number)

    @property
    def reps(self) -> int:
        """Repetitions of the set under way that count, one that has only turned included."""
        current = self.counted(self.set_number)
        return 0 if current is None else current.shown

    def _take(self, event: Event) -> None:
        match event:
            case SetStarted():
                self.set_number, self.resting, self.ended = event.number, False, None
            case Rep():
                self.last_rep = event
            case SetEnded():
                self.resting, self.ended = True, event
            case DropStarted():
                self.alarms[event.side] += 1
            case Drop():
                self.drops.append(event)
                self.alarms[event.side] += not event.alarmed
            case HoldStarted() | HoldUpdated() | HoldBroken() | Hold():
                self._hold(event)
            case Step():
                self.steps += 1
            case LimitChanged():
                self.rule = event.applied_to(self.rule)
            case Rezero():
                self.ready = True
            case MetronomeStarted() | MetronomeStopped():
                self.beating = isinstance(event, MetronomeStarted)
            case _:
                pass

    def _hold(self, event: HoldStarted | HoldUpdated | HoldBroken | Hold) -> None:
        self.doubted = isinstance(event, HoldUpdated) and not event.meant
        match event:
            case HoldStarted():
                self.held_s, self.holding, self._gave_way = 0.0, event.cued, False
                self.holds += event.cued  # what nobody said is known within a second
            case HoldUpdated(meant=False) | Hold(meant=False):
                self.holds, self.held_s, self.holding = event.number - 1, 0.0, False
            case HoldUpdated():
                self.holds, self.holding = event.number, not self._gave_way
                self.held_s = self.held_s if self._gave_way else event.held_s
            case HoldBroken():
                self.held_s, self.holding, self._gave_way = event.held_s, False, True
            case Hold():
                self.holds, self.held_s, self.holding = event.number, event.held_s or self.held_s, False
