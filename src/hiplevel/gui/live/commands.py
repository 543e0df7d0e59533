"""What the buttons and keys of a session do: most of it is said to the session, which dates and records it."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtWidgets import QInputDialog, QWidget

from hiplevel.cues.view import CueView
from hiplevel.gui import shortcuts
from hiplevel.gui.live.choice import AUTHOR
from hiplevel.gui.live.run import LiveRun
from hiplevel.gui.live.state import LiveState
from hiplevel.gui.live.training import ACTIONS, Training
from hiplevel.gui.words import tr
from hiplevel.model.tempo import Tempo
from hiplevel.session.said import Saying


class Sitting(Protocol):
    """The session that is under way and what shows it; `run` and `training` are None while there is none."""

    run: LiveRun | None
    training: Training | None
    state: LiveState
    paused: bool
    cue_views: Sequence[CueView]

    @property
    def tempo(self) -> Tempo | None:
        """Of the metronome; None where none is set."""
        ...

    def notice(self, text: str) -> None:
        """Something to know."""

    def end(self) -> None:
        """End the session."""


class Commands:
    """Of the session that runs in `place`, which is `over` the dialogs; without one they do nothing."""

    def __init__(self, place: Sitting, over: QWidget) -> None:
        self._place, self._over = place, over

    @property
    def handlers(self) -> dict[str, Callable[[], None]]:
        """By the names of ACTIONS."""
        return {name: getattr(self, name) for name in (*ACTIONS, "take_back", "beat")}

    def rezero(self) -> None:
        """Take the level anew."""
        if self._place.run is not None and self._place.run.mark("rezero"):
            self._place.notice(tr("live.rezero_asked"))

    def hold(self) -> None:
        """Begin a hold, or end it, on the wearer's word."""
        if self._place.run is not None:
            self._place.run.mark("stop" if self._place.state.holding else "start")

    def undo(self) -> None:
        """Take the newest repetition out of the count."""
        self._correct("undo")

    def add(self) -> None:
        """Count one more."""
        self._correct("add")

    def next_set(self) -> None:
        """End the rest; while training, count this set from nothing again. A set that is over stays as it is."""
        training, state = self._place.training, self._place.state
        if training is None:
            return
        if training.resting:
            training.show_rest(False)
            training.setFocus()
        elif state.resting or not state.set_number:
            self._place.notice(tr("live.next_set_words", n=state.set_number + 1))
        else:
            self._correct("restart")

    def take_back(self) -> None:
        """Take back what was said last: a correction, or a note."""
        self._correct("revoke")

    def pause(self) -> None:
        """Look at nothing and keep quiet for a while, or go on; the recording goes on all the time."""
        run = self._place.run
        if run is None or not run.mark("resume" if self._place.paused else "pause"):
            return
        self._place.paused = not self._place.paused
        for view in self._place.cue_views:
            view.pause(self._place.paused)
        if self._place.training is not None:
            self._place.training.buttons["pause"].setChecked(self._place.paused)
            self._place.training.lose_sight()
            self._place.training.show_state(self._place.state, paused=self._place.paused)

    def beat(self) -> None:
        """Silence the metronome, or let it lead in three seconds."""
        run, tempo = self._place.run, self._place.tempo
        if run is None or run.said is None:
            return
        if self._place.state.beating:
            run.said.stop_metronome()
        elif tempo is not None:
            run.said.metronome(tempo)
        else:
            self._place.notice(tr("live.no_beat", press=shortcuts.hint("beat", "live")))

    def note(self) -> None:
        """Write a remark into the recording."""
        text, agreed = QInputDialog.getText(self._over, tr("live.note"), tr("live.note_prompt"))
        if agreed and text.strip():
            self.add_note(text.strip())

    def add_note(self, text: str) -> None:
        """Put this remark at the present moment."""
        if self._place.run is not None and self._place.run.said is not None:
            self._place.run.said.note(text, AUTHOR)

    def end(self) -> None:
        """End the session."""
        self._place.end()

    def _correct(self, what: Saying) -> None:
        if self._place.run is not None and self._place.run.said is not None:
            self._place.run.said.correct(what)
