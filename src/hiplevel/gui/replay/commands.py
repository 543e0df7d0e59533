"""What the buttons and keys of a look back do: move, try limits, correct, keep a picture."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QInputDialog, QWidget

from hiplevel.gui.replay.edits import Edits
from hiplevel.gui.replay.player import Player
from hiplevel.gui.replay.review import Review
from hiplevel.gui.replay.save_report import ReportSaver
from hiplevel.gui.replay.screen import Screen
from hiplevel.gui.sentences import of_error
from hiplevel.gui.widgets.export import ask_where, copy_picture, save_picture
from hiplevel.gui.words import tr
from hiplevel.model.errors import HiplevelError

STEP_DEG = 0.5


class LookBack(Protocol):
    """What is looked at and what shows it; `review`, `page` and `edits` are None while nothing is open."""

    player: Player
    reports: ReportSaver
    review: Review | None
    page: Screen | None
    edits: Edits | None

    def show_view(self, name: str) -> None:
        """The plot around the moment, the repetitions over one another, or two sessions."""

    def set_limit(self, side: str, limit_deg: float) -> None:
        """Try another limit."""

    def reset_limits(self) -> None:
        """Back to the limits of the recording."""

    def close_recording(self) -> None:
        """Back to the list of recordings."""

    def ask_open(self) -> None:
        """Ask for a file."""

    def ask_compare(self) -> None:
        """Ask for the second file, unless there is one."""

    def ask_other(self) -> None:
        """Ask for another file to compare with."""

    def notice(self, text: str) -> None:
        """Something to know."""


class Commands:
    """On what is open in `place`, which is `over` the dialogs; where nothing is they do nothing."""

    def __init__(self, place: LookBack, over: QWidget) -> None:
        self._place, self._over = place, over
        self._begun_s: float | None = None
        player = place.player
        self.handlers: dict[str, Callable[[], None]] = {
            "play": player.toggle,
            "step_back": lambda: player.step(-1),
            "step_on": lambda: player.step(1),
            "rep_back": lambda: self._jump("reps", -1),
            "rep_on": lambda: self._jump("reps", 1),
            "drop_back": lambda: self._jump("drops", -1),
            "drop_on": lambda: self._jump("drops", 1),
            "slower": player.slower,
            "faster": player.faster,
            "loop": player.toggle_loop,
            "limit_down": lambda: self._nudge(-STEP_DEG),
            "limit_up": lambda: self._nudge(STEP_DEG),
            "note_here": self.note_here,
            "bad_span": self.bad_span,
            "select_here": self.select_here,
            "list": self._place.close_recording,
            "add_rep": lambda: self._edit(lambda edits, review: edits.add(review, player.at_s)),
            "remove_rep": lambda: self._edit(lambda edits, review: edits.remove(review, player.at_s)),
            "warm_up": lambda: self._edit(lambda edits, review: edits.warm_up(review, player.at_s)),
            "undo_edit": lambda: self._edit(lambda edits, review: edits.undo(review, player.at_s)),
            "copy_plot": self.copy_plot,
            "save_plot": self.save_plot,
            "save_report": self.save_report,
            "whole": self.whole,
            "reset_limits": self._place.reset_limits,
            "show_detail": lambda: self._place.show_view("detail"),
            "show_overlay": lambda: self._place.show_view("overlay"),
            "show_compare": self._place.ask_compare,
            "compare_other": self._place.ask_other,
            "open": self._place.ask_open,
        }

    def note_here(self) -> None:
        """A note at this moment."""
        self._place.player.stop()
        text, agreed = QInputDialog.getText(self._over, tr("replay.note_here"), tr("live.note_prompt"))
        if agreed and text.strip():
            self.add_note(text.strip())

    def add_note(self, text: str) -> None:
        """Save a note at this moment."""
        self._edit(lambda edits, _review: edits.note(text, self._place.player.at_s))

    def bad_span(self) -> None:
        """What is selected is not to be trusted."""
        if (span := self._place.player.loop) is not None:
            self._edit(lambda edits, _review: edits.bad(span))
            self._place.player.select(None)
            if self._place.page is not None:
                self._place.page.timeline.show_selection(None)
        else:
            self._place.notice(tr("replay.select_first"))

    def select_here(self) -> None:
        """Begin a selection at this moment, or end the one that was begun."""
        player, page = self._place.player, self._place.page
        if page is None:
            return
        begun_s, self._begun_s = self._begun_s, None
        if begun_s is None or begun_s == player.at_s:
            self._begun_s = player.at_s
            self._place.notice(tr("replay.selecting"))
            return
        page.notices.remove(tr("replay.selecting"))
        span = (min(begun_s, player.at_s), max(begun_s, player.at_s))
        player.select(span)
        page.timeline.show_selection(span)

    def whole(self) -> None:
        """Select nothing, show everything."""
        self._place.player.select(None)
        if self._place.page is not None:
            self._place.page.timeline.show_selection(None)

    def copy_plot(self) -> None:
        """The plot on the clipboard."""
        if self._place.page is not None:
            copy_picture(self._place.page.plot)

    def save_plot(self) -> None:
        """The plot in a file."""
        if self._place.page is None or self._place.review is None:
            return
        path = ask_where(self._over, self._place.review.computed.path.stem)
        if path is not None:
            try:
                save_picture(self._place.page.plot, path)
            except HiplevelError as error:
                self._place.notice(of_error(error))

    def save_report(self) -> None:
        """The session as a report, to be printed or sent."""
        if self._place.review is not None:
            self._place.reports.ask(self._place.review.computed.path, self._over)

    def _jump(self, what: str, way: int) -> None:
        review = self._place.review
        if review is None:
            return
        times = review.rep_times_s
        if what == "drops":
            times = sorted(t for side in review.sides for t in review.spans(side).start_s.tolist())
        self._place.player.jump(times, way)

    def _nudge(self, by_deg: float) -> None:
        if self._place.review is not None:
            rule = self._place.review.rule_at(self._place.player.at_s)
            for side in self._place.review.sides:
                self._place.set_limit(side, rule.limit_deg(side) + by_deg)

    def _edit(self, edit: Callable[[Edits, Review], None]) -> None:
        if self._place.edits is not None and self._place.review is not None:
            edit(self._place.edits, self._place.review)
