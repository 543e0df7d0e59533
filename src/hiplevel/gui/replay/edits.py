"""What a person says about a recording, saved beside its raw data in a thread: the file is whole before and after."""

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from hiplevel.detect.correct import Corrector
from hiplevel.gui.live.choice import AUTHOR
from hiplevel.gui.replay.review import Review
from hiplevel.gui.sentences import in_language, of_error
from hiplevel.gui.words import tr
from hiplevel.model.edits import BadSpan, Correction
from hiplevel.model.errors import HiplevelError, UsageError
from hiplevel.model.events import Event, Note, said_by_person
from hiplevel.recording.amend import amend


class Edits(QObject):
    """Signals (queued): saved (what people have said by now), failed (a sentence)."""

    saved = Signal(object)
    failed = Signal(str)

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self._threads: list[threading.Thread] = []
        self._one_at_a_time = threading.Lock()

    def note(self, text: str, at_s: float) -> None:
        """A note at this moment."""
        self._save([Note(at_s, text, author=AUTHOR, known_s=at_s)])

    def bad(self, span: tuple[float, float]) -> None:
        """These seconds are not to be trusted."""
        self._save([BadSpan(*span, author=AUTHOR, made_ns=time.time_ns(), known_s=span[1])])

    def add(self, review: Review, at_s: float) -> None:
        """Count a repetition here."""
        self._correct(review, lambda corrector: corrector.add(at_s))

    def remove(self, review: Review, at_s: float) -> None:
        """Take the repetition nearest to this moment out."""
        reps = review.counted.reps
        if not reps:
            self.failed.emit(tr("replay.no_rep"))
            return
        nearest = min(reps, key=lambda rep: abs(rep.time_s - at_s))
        self._correct(review, lambda corrector: corrector.undo(at_s, nearest.set_number, nearest.number))

    def warm_up(self, review: Review, at_s: float) -> None:
        """The set at this moment is warm-up; one that was is work again."""
        one = review.counted.set_at(at_s)
        if one is None:
            self.failed.emit(tr("replay.no_set"))
            return
        self._correct(review, lambda corrector: corrector.warm_up(at_s, one.number, on=not one.warm_up))

    def undo(self, review: Review, at_s: float) -> None:
        """Take back what was said last."""
        self._correct(review, lambda corrector: corrector.revoke(at_s))

    def wait(self) -> None:
        """Until everything is saved."""
        for thread in self._threads:
            thread.join()

    def _correct(self, review: Review, make: Callable[[Corrector], Event]) -> None:
        corrector = Corrector([*review.computed.events, *review.said], AUTHOR, time.time_ns())
        try:
            event = make(corrector)
        except UsageError as error:
            self.failed.emit(of_error(error))
            return
        self._save([event])

    def _save(self, events: Sequence[Event]) -> None:
        thread = threading.Thread(target=self._write, args=(tuple(events),), name="hiplevel-amend")
        self._threads = [*(t for t in self._threads if t.is_alive()), thread]
        thread.start()

    def _write(self, events: tuple[Event, ...]) -> None:
        with self._one_at_a_time:
            try:
                recording = amend(self.path, events)
            except HiplevelError as error:
                self.failed.emit(of_error(error))
                return
            self.saved.emit(tuple(event for event in recording.events if said_by_person(event)))
            if any(isinstance(event, (Correction, BadSpan)) for event in events):
                from hiplevel.clinic.training import look_anew

                if problem := look_anew(self.path):
                    self.failed.emit(in_language(problem))
