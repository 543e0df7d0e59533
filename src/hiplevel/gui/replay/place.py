"""The Replay place: opens recordings, plays them, tries limits, takes corrections."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from hiplevel import resources
from hiplevel.gui import shortcuts
from hiplevel.gui.replay.commands import Commands
from hiplevel.gui.replay.computed import ComputedRecording
from hiplevel.gui.replay.edits import Edits
from hiplevel.gui.replay.empty import Empty
from hiplevel.gui.replay.opening import Opening
from hiplevel.gui.replay.player import Player
from hiplevel.gui.replay.review import Review
from hiplevel.gui.replay.save_report import ReportSaver
from hiplevel.gui.replay.screen import Screen, plots_of
from hiplevel.gui.sentences import in_language
from hiplevel.gui.settings import Settings
from hiplevel.gui.theme import Theme
from hiplevel.gui.widgets.stage import Stage
from hiplevel.gui.words import tr
from hiplevel.model.events import Event
from hiplevel.recording.names import SUFFIX, default_folder


class ReplayPlace(QWidget):
    """One recording at a time, and a second one to compare with."""

    def __init__(
        self, theme: Theme, settings: Settings, *, folder: Path | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._settings = theme, settings
        self._folder = folder or default_folder()
        self.player = Player(parent=self)
        self.player.moved.connect(self._moved)
        self.review: Review | None = None
        self._recorded: Review | None = None
        self.page: Screen | None = None
        self.opening = Opening(self)
        self.opening.computed.connect(self._looked)
        self.opening.growing.connect(self._growing)
        self.opening.compared.connect(self._compared)
        self.opening.failed.connect(self._failed)
        self.edits: Edits | None = None
        self.reports = ReportSaver(self)
        self.reports.said.connect(self.notice)
        self._stage = Stage()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stage)
        self.commands = Commands(self, self)
        self.handlers = self.commands.handlers
        self.show_empty()

    def show_empty(self) -> None:
        """What there is to open."""
        self._listed = self._there_are()
        names = ("recent", "own", "shipped")
        groups = tuple((tr(f"replay.{name}"), paths) for name, paths in zip(names, self._listed, strict=True))
        self.empty = Empty(groups, self.open_file, self.ask_open)
        self._stage.change(self.empty)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """With what was recorded while another place was seen."""
        super().showEvent(event)
        if self.page is None and self._listed != self._there_are():
            said = self.empty.notices.texts
            self.show_empty()
            for text in said:
                self.empty.notices.add(text)

    def _there_are(self) -> tuple[list[Path], list[Path], list[Path]]:
        """Opened lately, recorded here, and shipped."""
        own = sorted(self._folder.glob(f"*{SUFFIX}"), key=lambda path: path.stat().st_mtime, reverse=True)
        return self._settings.recent(), own[:50], sorted(resources.folder("recordings").glob(f"*{SUFFIX}"))

    def close_recording(self) -> None:
        """Back to what there is to open."""
        self.opening.stop()
        self.player.stop()
        self.review = self._recorded = self.page = None
        self.show_empty()
        self.empty.setFocus()

    def open_files(self, paths: Sequence[Path]) -> None:
        """Open the first; compare with the second."""
        if paths:
            self.open_file(paths[0])
        if len(paths) > 1:
            self.compare_with(paths[1])

    def open_file(self, path: Path) -> None:
        """Look at a recording from its beginning."""
        self.player.stop()
        self.player.select(None)
        self.review = self._recorded = None
        (self.empty if self.page is None else self.page).notices.clear()  # of what was tried before
        self.edits = Edits(path)
        self.edits.saved.connect(self._said)
        self.edits.failed.connect(self.notice)
        self.opening.open(path)

    def compare_with(self, path: Path) -> None:
        """Lay a second recording beside the one that is open."""
        self.opening.compare(path)

    def ask_open(self) -> None:
        """Ask for a file."""
        if path := self._ask():
            self.open_file(path)

    def ask_compare(self) -> None:
        """Ask for the second file, unless there is one."""
        if self.page is None:
            return
        if self.page.compare.reviews is None:
            self.ask_other()
            return
        self.show_view("compare")

    def ask_other(self) -> None:
        """Ask for another file to compare with."""
        if self.page is None:
            return
        if path := self._ask():
            self.compare_with(path)
        else:
            self.page.show_view(self.page.view)

    def show_view(self, name: str) -> None:
        """The plot around the moment, the repetitions over one another, or two sessions."""
        if self.page is not None and self.review is not None:
            self.page.show_view(name)
            if name == "compare":
                self.page.compare.show_limits(self.review)
            self.page.show_limits(self.review, self._recorded or self.review)
            self._moved(self.player.at_s)
            self.setFocus()

    def set_limit(self, side: str, limit_deg: float) -> None:
        """Try another limit; nothing is written."""
        if self.review is None or self.page is None or side not in self.review.sides:
            return
        self._try(self.review.with_limit(side, limit_deg))

    def reset_limits(self) -> None:
        """Back to the limits of the recording."""
        if self._recorded is not None:
            self._try(self._recorded)

    def _try(self, review: Review) -> None:
        self.review = review
        if self.page is None:
            return
        self.page.show_limits(review, self._recorded or review)
        if self.page.view == "compare":
            self.page.compare.show_limits(review)

    def notice(self, text: str) -> None:
        """Something to know."""
        (self.empty if self.page is None else self.page).notices.add(text)

    def shut(self) -> None:
        """Let go of everything; what is being saved is saved."""
        self.opening.stop()
        self.player.stop()
        if self.edits is not None:
            self.edits.wait()
        self.reports.wait()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The keys of the place, while something is open."""
        if self.page is None or not shortcuts.handle(event, "replay", self.handlers):
            super().keyPressEvent(event)

    def _ask(self) -> Path | None:
        kinds = f"{tr('app.recordings')} (*{SUFFIX})"
        chosen, _ = QFileDialog.getOpenFileName(self, tr("app.open"), str(self._folder), kinds)
        return Path(chosen) if chosen else None

    def _looked(self, computed: ComputedRecording) -> None:
        first = self.review is None
        if self.page is None:
            self.page = Screen(self._theme, self.player, self.handlers)
            for plot in plots_of(self.page):
                plot.sought.connect(self.player.seek)
                plot.limit_moved.connect(self.set_limit)
                plot.selected.connect(self.player.select)
            for panel in (self.page.panel, self.page.compare):
                panel.limit_set.connect(self.set_limit)
            self._stage.change(self.page)
        before = self.review
        self.review = self._recorded = Review.of(computed)
        if before is not None:
            for side in before.tried:
                self.review = self.review.with_limit(side, before.rule.limit_deg(side))
        self.page.show_review(self.review, self._recorded)
        self.player.set_end(computed.end_s)
        if first:
            self.page.notices.clear()
            self.page.compare.reviews = None
            self.page.show_view("detail")
            self.page.timeline.show_selection(None)
            self.player.seek(0.0)
            self._settings.opened(computed.path)
            self.setFocus()
        self._moved(self.player.at_s)
        if computed.complete:
            self._finished(computed)

    def _finished(self, computed: ComputedRecording) -> None:
        assert self.page is not None
        for text in computed.recording.notices if computed.recording.closed else ():
            self.page.notices.add(in_language(text))
        growing = not computed.recording.closed
        self.page.panel.verdict.setText(tr("replay.growing") if growing else "")
        if growing:
            self.opening.watch(computed)

    def _growing(self) -> None:
        self.player.following = self.player.at_s >= self.player.end_s - 1.0

    def _compared(self, computed: ComputedRecording) -> None:
        if self.page is not None and self.review is not None:
            self.page.compare.show_reviews(self.review, Review.of(computed))
            self.show_view("compare")

    def _failed(self, sentence: str) -> None:
        if self.review is None and self.page is not None:
            self.page = None
            self.show_empty()
        self.notice(sentence)

    def _moved(self, at_s: float) -> None:
        if self.page is not None and self.review is not None:
            self.page.show_moment(self.review, at_s)

    def _said(self, said: tuple[Event, ...]) -> None:
        if self.review is None or self._recorded is None or self.page is None:
            return
        self.review, self._recorded = self.review.with_said(said), self._recorded.with_said(said)
        self.page.show_review(self.review, self._recorded)
        self._moved(self.player.at_s)
