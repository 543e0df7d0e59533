"""What the keys do while someone trains: one table, for the handler and for the line that names them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from hiplevel.cli.live.board import Board
from hiplevel.cli.live.limit import change_limit, parse_limit
from hiplevel.model.errors import HiplevelError
from hiplevel.session.plan import Plan
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


@dataclass
class Prompt:
    """Something that is typed into the line below the board."""

    name: str
    done: Callable[[str], object]
    hidden: bool = False
    text: str = ""

    def __str__(self) -> str:
        shown = "•" * len(self.text) if self.hidden else self.text
        return f"{self.name}: {shown}_   (Enter keeps it, Escape does not)"


class LiveKeys:
    """Given every key; what is typed stands in the board's last line. Called from the thread of the keyboard.

    plan: for whom a limit is changed; None changes none.
    """

    def __init__(
        self,
        session: Session,
        board: Board,
        quit_: Callable[[], object],
        cues: Sequence["CueView"] = (),
        plan: Plan | None = None,
    ) -> None:
        self.session, self.board, self.quit, self.cues, self.plan = session, board, quit_, cues, plan
        self._prompt: Prompt | None = None
        self._holding = False
        board.keys = line()

    def __call__(self, key: str) -> None:
        """Do what the key stands for; others do nothing."""
        if self._prompt is not None:
            self._type(self._prompt, key)
            return
        for one in KEYS:
            if one.key == key.lower():
                one.act(self)

    def note(self) -> None:
        """Begin to type a note."""
        self._ask(Prompt("note", self.session.said.note))

    def limit(self) -> None:
        """A clinician types another limit, why, and the passphrase."""
        plan = self.plan
        if plan is None or not plan.client:
            self.board.message = "A limit is changed for a client: begin with --client CODE."
            return

        def reason(typed: str) -> None:
            limit_deg = parse_limit(typed)
            self._ask(Prompt("why", lambda why: passphrase(limit_deg, why)))

        def passphrase(limit_deg: float, why: str) -> None:
            change = partial(change_limit, self.session, plan, limit_deg, why)
            self._ask(Prompt("the clinician's passphrase", change, hidden=True))

        self._ask(Prompt("limit of both sides, degrees", reason))

    def hold(self) -> None:
        """Begin a hold, or end it."""
        self._holding = not self._holding
        self.session.mark("start" if self._holding else "stop")

    def pause(self) -> None:
        """What happens is recorded and not looked at, until the same key is pressed again."""
        self.board.paused = not self.board.paused
        self.session.mark("pause" if self.board.paused else "resume")
        self.board.lose_sight()
        for cue in self.cues:
            cue.pause(self.board.paused)

    def beat_off(self) -> None:
        """The metronome ends."""
        if self.board.beat is None:
            self.board.message = "No metronome leads: begin with --metronome."
            return
        self.session.said.stop_metronome()

    def level(self) -> None:
        """The next still second becomes level."""
        self.session.mark("rezero")
        self.board.message = "Stand still for a moment: your level is being taken anew."

    def _ask(self, prompt: Prompt) -> None:
        self._prompt = prompt
        self.board.keys = str(prompt)

    def _type(self, prompt: Prompt, key: str) -> None:
        if key in ENTER or key == ESCAPE:
            self._prompt = None
            if key in ENTER and prompt.text.strip():
                self._do(prompt)
        elif key in ERASE:
            prompt.text = prompt.text[:-1]
        elif key.isprintable():
            prompt.text += key
        self.board.keys = line() if self._prompt is None else str(self._prompt)

    def _do(self, prompt: Prompt) -> None:
        try:
            prompt.done(prompt.text.strip())
        except HiplevelError as error:
            self.board.message = str(error)


KEYS = (
    Key("r", "level anew", lambda to: to.level()),
    Key("n", "next set", lambda to: to.session.mark("next")),
    Key("p", "pause", lambda to: to.pause()),
    Key("u", "undo", lambda to: to.session.said.correct("undo")),
    Key("a", "add", lambda to: to.session.said.correct("add")),
    Key("s", "set anew", lambda to: to.session.said.correct("restart")),
    Key("b", "take back", lambda to: to.session.said.correct("revoke")),
    Key(" ", "hold", LiveKeys.hold),
    Key("t", "beat off", LiveKeys.beat_off),
    Key("m", "note", LiveKeys.note),
    Key("l", "limit", LiveKeys.limit),
    Key("q", "quit", lambda to: to.quit()),
)


def line() -> str:
    """The keys in a line."""
    return "   ".join(f"{'space' if one.key == ' ' else one.key} {one.words}" for one in KEYS)
