"""What the buttons and keys of a session do: most of it is said to the session, which dates and records it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QInputDialog

from hiplevel.gui.live.choice import AUTHOR
from hiplevel.gui.live.training import ACTIONS
from hiplevel.gui.words import tr
from hiplevel.session.said import Saying

if TYPE_CHECKING:
    from hiplevel.gui.live.place import LivePlace


class Commands:
    """Of the session that runs in `place`; without one they do nothing."""

    def __init__(self, place: "LivePlace") -> None:
        self._place = place

    @property
    def handlers(self) -> dict[str, Callable[[], None]]:
        """By the names of ACTIONS."""
        return {name: getattr(self, name) for name in ACTIONS}

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
        """End the rest; while training, count this set from nothing again."""
        if self._place.training is None:
            return
        if self._place.training.resting:
            self._place.training.show_rest(False)
            self._place.training.setFocus()
        else:
            self._correct("restart")

    def pause(self) -> None:
        """Count nothing and keep quiet for a while, or go on; the recording goes on all the time."""
        self._place.paused = not self._place.paused
        for view in self._place.cue_views:
            view.pause(self._place.paused)
        if self._place.training is not None:
            self._place.training.buttons["pause"].setChecked(self._place.paused)
            self._place.training.show_state(self._place.state, paused=self._place.paused)
        self.add_note(tr("live.note_paused" if self._place.paused else "live.note_resumed"))

    def note(self) -> None:
        """Write a remark into the recording."""
        text, agreed = QInputDialog.getText(self._place, tr("live.note"), tr("live.note_prompt"))
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
