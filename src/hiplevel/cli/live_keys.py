"""What the keys do while someone trains: one table, for the handler and for the line that names them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hiplevel.session.board import Board
from hiplevel.session.session import Session

if TYPE_CHECKING:
    from hiplevel.cues.view import CueView

ENTER, ESCAPE, ERASE = ("\r", "\n"), "\x1b", ("\x7f", "\b")


@dataclass(frozen=True)
class Key:
    """A key, what it is called in the line below the board, and what it does."""

    key: str
    words: str
    act: Callable[["LiveKeys"], object]


class LiveKeys:
    """Given every key; a note is typed into the board's last line. Called from the thread of the keyboard."""

    def __init__(
        self, session: Session, board: Board, quit_: Callable[[], object], cues: Sequence["CueView"] = ()
    ) -> None:
        self.session, self.board, self.quit, self.cues = session, board, quit_, cues
        self._note: str | None = None
        self._holding = False
        board.keys = line()

    def __call__(self, key: str) -> None:
        """Do what the key stands for; others do nothing."""
        if self._note is not None:
            self._type(key)
            return
        for one in KEYS:
            if one.key == key.lower():
                one.act(self)

    def note(self) -> None:
        """Begin to type a note."""
        self._note = ""
        self._show()

    def hold(self) -> None:
        """Begin a hold, or end it."""
        self._holding = not self._holding
        self.session.mark("start" if self._holding else "stop")

    def pause(self) -> None:
        """What happens is recorded and not looked at, until the same key is pressed again."""
        self.board.paused = not self.board.paused
        self.session.mark("pause" if self.board.paused else "resume")
        for cue in self.cues:
            cue.pause(self.board.paused)

    def level(self) -> None:
        """The next still second becomes level."""
        self.session.mark("rezero")
        self.board.message = "Stand still for a moment: your level is being taken anew."

    def _type(self, key: str) -> None:
        text = self._note or ""
        if key in ENTER and text.strip():
            self.session.said.note(text.strip())
        if key in ENTER or key == ESCAPE:
            self._note = None
        elif key in ERASE:
            self._note = text[:-1]
        elif key.isprintable():
            self._note = text + key
        self._show()

    def _show(self) -> None:
        self.board.keys = line() if self._note is None else f"note: {self._note}_   (Enter keeps it, Escape does not)"


KEYS = (
    Key("r", "level anew", lambda to: to.level()),
    Key("n", "next set", lambda to: to.session.mark("next")),
    Key("p", "pause", lambda to: to.pause()),
    Key("u", "undo", lambda to: to.session.said.correct("undo")),
    Key("a", "add", lambda to: to.session.said.correct("add")),
    Key("s", "set anew", lambda to: to.session.said.correct("restart")),
    Key("b", "take back", lambda to: to.session.said.correct("revoke")),
    Key(" ", "hold", LiveKeys.hold),
    Key("m", "note", LiveKeys.note),
    Key("q", "quit", lambda to: to.quit()),
)


def line() -> str:
    """The keys in a line."""
    return "   ".join(f"{'space' if one.key == ' ' else one.key} {one.words}" for one in KEYS)
