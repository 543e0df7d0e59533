"""The Live place: guide, waiting, training and rest, done; and the session behind them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMessageBox, QVBoxLayout, QWidget

from hiplevel.cues.view import CueView
from hiplevel.gui import shortcuts
from hiplevel.gui.live.afterwards import Afterwards
from hiplevel.gui.live.bridge import Bridge
from hiplevel.gui.live.choice import Choice
from hiplevel.gui.live.commands import Commands
from hiplevel.gui.live.done import Done
from hiplevel.gui.live.follow import Follower
from hiplevel.gui.live.guide import Guide
from hiplevel.gui.live.run import LiveRun
from hiplevel.gui.live.sources import SEED, source_for
from hiplevel.gui.live.state import LiveState
from hiplevel.gui.live.training import Training
from hiplevel.gui.live.waiting import Waiting
from hiplevel.gui.sentences import of_error
from hiplevel.gui.settings import Settings
from hiplevel.gui.theme import Theme
from hiplevel.gui.widgets.stage import Stage
from hiplevel.gui.words import tr
from hiplevel.model.errors import HiplevelError
from hiplevel.model.events import (
    Drop,
    DropStarted,
)
from hiplevel.model.rules import DropRule
from hiplevel.model.tempo import Tempo
from hiplevel.session.ble_source import BleSource

FRAME_MS = 33
CLOSE_S = 5.0
MakeSource = Callable[[Choice], BleSource]


class LivePlace(QWidget):
    """Signals: look_back (the path of a recording); running (whether a session is under way)."""

    look_back = Signal(object)
    running = Signal(bool)

    def __init__(
        self,
        theme: Theme,
        settings: Settings,
        *,
        make_source: MakeSource = source_for,
        cues: Callable[[Choice], Sequence[CueView]] = lambda _choice: (),
        tempo: Callable[[Choice], Tempo | None] = lambda _choice: None,
        folder: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._settings, self._make_source, self._cues = theme, settings, make_source, cues
        self._folder, self._tempo = folder, tempo
        self._stage = Stage()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stage)
        self.guide: Guide
        self.training: Training | None = None
        self.done: Done | None = None
        self.run: LiveRun | None = None
        self.state = LiveState(DropRule())
        self.paused = False
        self.choice_badge = ""
        self._learned = ""
        self.cue_views: Sequence[CueView] = ()
        self._choice = Choice.from_json(settings.get("choice", None) or {})
        self._path: Path | None = None
        self._afterwards = Afterwards(self._look, self.show_guide, self.begin)
        self._bridge: Bridge | None = None
        self._frames = QTimer(self, interval=FRAME_MS)
        self._frames.setTimerType(Qt.TimerType.PreciseTimer)
        self._frames.timeout.connect(self.frame)
        self._follower: Follower | None = None
        self.commands = Commands(self, self)
        self.handlers = self.commands.handlers
        self.show_guide()

    def show_guide(self) -> None:
        """Back to the start."""
        self.guide = Guide(self._theme, self._choice)
        self.guide.start.connect(self.begin)
        self._show(self.guide)

    def prepare(self, choice: Choice) -> None:
        """The guide with these answers."""
        self._choice = choice
        self.show_guide()

    def begin(self, choice: Choice) -> None:
        """Connect and train."""
        self._choice = choice
        self._settings.set("choice", choice.to_json())
        self.state, self.paused, self._path = LiveState(choice.rule), False, None
        self._bridge = Bridge()
        self._bridge.alarm.connect(self._alarm)
        self.cue_views = tuple(self._cues(choice))
        plan = replace(choice.plan(SEED if choice.simulated else None), tempo=self._tempo(choice))
        try:
            plan.pipeline()
        except HiplevelError as error:
            self.guide.notices.add(of_error(error))
            return
        self.run = LiveRun(
            lambda: self._make_source(choice),
            plan,
            [self._bridge, *self.cue_views],
            folder=self._folder,
            hinges=choice.hinges,
        )
        self.run.connected.connect(self._connected)
        self.run.failed.connect(self._failed)
        self.run.finished.connect(self._finished)
        self._learned = ""
        self.run.not_kept.connect(self._not_kept)
        waiting = Waiting(self.end)
        self.run.hinging.connect(waiting.show_hinging)
        self.run.learned.connect(self._has_learned)
        waiting.what.setText(tr("live.connecting_simulated" if choice.simulated else "live.connecting_sensor"))
        self._show(waiting)
        self.running.emit(True)
        self.run.start()

    @property
    def tempo(self) -> Tempo | None:
        """Of the metronome, as it is prescribed or set; None where it is off."""
        return self._tempo(self._choice)

    @property
    def busy(self) -> bool:
        """Whether a session is under way."""
        return self.run is not None

    def frame(self) -> None:
        """Show what has come; 30 times a second."""
        if self._bridge is not None:
            batch = self._bridge.take()
            if self._follower is not None:
                self._follower.take(batch, paused=self.paused)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The keys of a session, while there is one."""
        if self.training is None or not shortcuts.handle(event, "live", self.handlers):
            super().keyPressEvent(event)

    def end(self) -> None:
        """End the session; the recording is closed in its own thread."""
        if self.run is not None:
            self.run.end()

    def ask_end(self) -> bool:
        """Before the window closes: end a session in order, if the person means it."""
        if self.run is None:
            return True
        if self.training is not None:
            answer = QMessageBox.question(self, tr("live.end"), tr("live.ask_end"))
            if answer != QMessageBox.StandardButton.Yes:
                return False
        self.shut()
        return True

    def shut(self) -> None:
        """End whatever runs, and wait for the recording to be closed."""
        self._frames.stop()
        if self.run is not None:
            self.run.end()
            self.run.wait(CLOSE_S)
            self.run = None

    def _connected(self, name: str) -> None:
        if self.run is None:
            return
        choice = self._choice
        self.choice_badge = tr("live.simulated_badge") if choice.simulated or "sim" in name.lower() else ""
        self.training = Training(self._theme, choice, self.handlers, self.choice_badge)
        self._follower = Follower(self.training, self.state, choice.dose)
        self.training.rest.go_on.connect(self.commands.next_set)
        self.training.rest.over.connect(self._rested)
        self._show(self.training)
        if self._learned:
            self.training.notices.add(self._learned)
        self._frames.start()

    def _has_learned(self, sentence: str) -> None:
        self._learned = sentence

    def _rested(self) -> None:
        for view in self.cue_views:
            view.go_on()

    def _alarm(self, event: DropStarted | Drop) -> None:
        if self.training is not None and not self.paused:
            self.training.alarm(event)

    def _failed(self, sentence: str) -> None:
        self.show_guide()
        self.guide.notices.add(sentence)

    def _finished(self, path: Path | None) -> None:
        self._frames.stop()
        self.frame()
        self.run, self._path = None, path
        for view in self.cue_views:
            view.end()
        had_trained = self.training is not None
        training, self.training, self._follower = self.training, None, None
        if training is not None:
            training.rest.stop()
            self.done = self._afterwards.screen(self._choice, self.state, path)
            self._show(self.done)
        elif self._stage.currentWidget() is not self.guide:
            self.show_guide()
        self.running.emit(False)
        if had_trained and path is not None:
            self._settings.opened(path)

    def _not_kept(self, sentence: str) -> None:
        """Said wherever one is by then: the session is over."""
        shown = self._stage.currentWidget()
        if isinstance(shown, (Done, Guide, Training)):
            shown.notices.add(sentence)

    def _look(self) -> None:
        if self._path is not None:
            self.look_back.emit(self._path)

    def notice(self, text: str) -> None:
        """Something to know."""
        (self.guide if self.training is None else self.training).notices.add(text)

    def _show(self, widget: QWidget) -> None:
        self._stage.change(widget)
        widget.setFocus()
