"""What a session tells, shown on the training screen."""

from collections.abc import Sequence

from hiplevel.gui.live.bridge import Batch
from hiplevel.gui.live.state import LiveState
from hiplevel.gui.live.training import Training
from hiplevel.gui.sentences import of_note
from hiplevel.gui.words import tr
from hiplevel.model.events import (
    Drop,
    DropStarted,
    DropUpdated,
    Event,
    LinkLost,
    LinkRestored,
    Note,
    Rep,
    RepRevised,
    Rezero,
    SetEnded,
    SetStarted,
    is_edit,
)
from hiplevel.model.limit_change import LimitChanged
from hiplevel.model.prescription import Prescription
from hiplevel.model.targets import TargetReached


class Follower:
    """Of one session."""

    def __init__(self, training: Training, state: LiveState, dose: Prescription) -> None:
        self._training, self._state, self._dose = training, state, dose

    def take(self, batch: Batch, *, paused: bool) -> None:
        """Show what has come since the last frame."""
        training = self._training
        if batch.events:
            self._events(batch.events, paused)
        if len(batch.time_s):
            training.trace.add(batch.time_s, batch.obliquity_deg)
            training.pelvis.set_level(None if paused else float(batch.obliquity_deg[-1]))
            if training.trace.isVisible():
                training.trace.draw()
        if batch.health is not None:
            training.show_health(batch.health)

    def _events(self, events: Sequence[Event], paused: bool) -> None:
        training = self._training
        self._state.take(events)
        for event in events:
            match event:
                case Rep():
                    training.trace.mark_rep(event.turn_s, event.number)
                case DropStarted():
                    training.trace.mark_drop(event.time_s, event.side, event.drop_deg)
                case DropUpdated() | Drop(alarmed=True):
                    training.trace.worsen_drop(event.side, event.peak_deg)
                case Drop():
                    training.trace.mark_drop(event.start_s, event.side, event.peak_deg)
                case SetStarted():
                    training.show_rest(False)
                case SetEnded():
                    self._rest(event)
                case LinkLost():
                    training.lose_sight()
                    training.notices.add(tr("live.link_silent" if event.reason == "stalled" else "live.link_lost"))
                case LinkRestored():
                    training.notices.remove(tr("live.link_silent"))
                    training.notices.remove(tr("live.link_lost"))
                case Rezero():
                    training.notices.remove(tr("live.rezero_asked"))
                case Note(code="rezero-refused"):
                    training.notices.remove(tr("live.rezero_asked"))
                    training.notices.add(of_note(event))
                case TargetReached(what="reps" | "hold" | "sets"):
                    training.reached(event)
                case LimitChanged():
                    training.set_rule(self._state.rule, by_clinician=True)
                case Note(level="warning") | Note(code="not-corrected"):
                    training.notices.add(of_note(event))
                case _:
                    pass
        if training.resting and any(is_edit(e) or isinstance(e, (RepRevised, LimitChanged)) for e in events):
            self._tell_set(self._state.set_number)
        training.show_state(self._state, paused=paused)

    def _rest(self, event: SetEnded) -> None:
        if self._dose.rest_s and self._tell_set(event.number):
            self._training.rest.begin(self._dose.rest_s)
            self._training.show_rest(True)

    def _tell_set(self, number: int) -> bool:
        """How the set went, after what was said meanwhile; whether there is one."""
        training, dose, state = self._training, self._dose, self._state
        done = state.counted(number)
        if done is not None:
            training.rest.tell(done, dose.reps, dose.sets, state.drops, state.rule, training.sides)
        return done is not None
