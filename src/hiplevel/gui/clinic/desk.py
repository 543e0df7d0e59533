"""What all pages of the Clinic place share: the store, who is chosen, in which role, and work that takes a while."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from hiplevel.clinic.audit_backups import back_up_when_due
from hiplevel.clinic.clinicians import Clinician, clinicians, unlock
from hiplevel.clinic.database import Store, default_path
from hiplevel.clinic.live_limit import Live
from hiplevel.gui.sentences import Refused, of_error
from hiplevel.gui.words import tr
from hiplevel.model.errors import HiplevelError, Reason

T = TypeVar("T")


@dataclass(frozen=True)
class Running:
    """A session that runs in this window, and whose it is."""

    client: str
    exercise: str
    stance: str
    live: Live


class Desk(QObject):
    """changed: the store, the client or the role is another one now; said: a sentence for the person."""

    changed = Signal()
    said = Signal(str)
    _done = Signal(object, object, bool)

    def __init__(
        self,
        path: Path | None = None,
        running: Callable[[], Running | None] = lambda: None,
        forget: Callable[[str], int] = lambda _client: 0,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.running, self.forget = running, forget
        self.path = default_path() if path is None else path
        self.client = ""
        self.clinician: Clinician | None = None
        self.busy = False
        self._done.connect(self._finish)

    def open(self) -> Store:
        """The store; close it again. Raises as `Store` does."""
        return Store(self.path)

    @contextlib.contextmanager
    def changing(self) -> Iterator[Store]:
        """The store for a form's change, backed up after it. Raises as `Store` and the change do."""
        with self.open() as store:
            yield store
            self._back_up(store)

    def ask(self, question: Callable[[Store], T], otherwise: T) -> T:
        """Look something up; what goes wrong is said, and `otherwise` is given."""
        try:
            with self.open() as store:
                return question(store)
        except HiplevelError as error:
            self.said.emit(of_error(error))
            return otherwise

    def change(self, work: Callable[[Store], Any]) -> bool:
        """Change something, back it up, and tell everybody; whether it went well."""
        try:
            with self.open() as store:
                work(store)
                self._back_up(store)
        except HiplevelError as error:
            self.said.emit(of_error(error))
            return False
        self.changed.emit()
        return True

    def later(self, work: Callable[[Store], T], done: Callable[[T], None], *, changes: bool = True) -> None:
        """Do it in a thread of its own, then `done` here; one at a time. changes: every page is shown anew."""
        if self.busy:
            self.said.emit(tr("clinic.still_busy"))
            return
        self.busy = True

        def main() -> None:
            try:
                with self.open() as store:
                    result: object = work(store)
                    self._back_up(store)
            except HiplevelError as error:
                result = error
            with contextlib.suppress(RuntimeError):  # the window is gone
                self._done.emit(result, done, changes)

        threading.Thread(target=main, name="hiplevel-clinic", daemon=True).start()

    def _back_up(self, store: Store) -> None:
        try:
            back_up_when_due(store)
        except HiplevelError as error:  # what was done is kept all the same
            self.said.emit(tr("clinic.no_backup", why=of_error(error)))

    def take_role(self, passphrase: str, name: str | None = None) -> None:
        """Become the clinician whose passphrase this is. Raises as `unlock` does."""
        with self.open() as store:
            self.clinician = unlock(store, passphrase, name)
        self.changed.emit()

    def leave_role(self) -> None:
        """Be a trainee again."""
        self.clinician = None
        self.changed.emit()

    def by(self) -> Clinician:
        """The clinician. Raises UsageError NOT_ALLOWED in the trainee's role."""
        if self.clinician is None:
            raise Refused(tr("clinic.needs_role"), Reason.NOT_ALLOWED)
        return self.clinician

    def names(self) -> list[str]:
        """Who may take the role."""
        return self.ask(lambda store: [entry.name for entry in clinicians(store)], [])

    def choose(self, client: str) -> None:
        """Look at another client."""
        if client != self.client:
            self.client = client
            self.changed.emit()

    def _finish(self, result: object, done: Callable[[Any], None], changes: bool) -> None:
        self.busy = False
        if isinstance(result, HiplevelError):
            self.said.emit(of_error(result))
        else:
            done(result)
            if changes:
                self.changed.emit()
