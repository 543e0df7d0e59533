"""The Live place: guide, waiting, training and rest, done; and the session behind them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QInputDialog, QMessageBox, QStackedWidget, QVBoxLayout, QWidget

from hiplevel.cues.view import CueView
from hiplevel.gui import shortcuts
from hiplevel.gui.live.bridge import Batch, Bridge
from hiplevel.gui.live.choice import AUTHOR, Choice
from hiplevel.gui.live.done import Done
from hiplevel.gui.live.guide import Guide
from hiplevel.gui.live.run import LiveRun
from hiplevel.gui.live.sources import SEED, source_for
from hiplevel.gui.live.state import LiveState
from hiplevel.gui.live.training import ACTIONS, Training
from hiplevel.gui.live.waiting import Waiting
from hiplevel.gui.settings import Settings
from hiplevel.gui.theme import Theme
from hiplevel.gui.words import tr
from hiplevel.model.errors import HiplevelError
from hiplevel.model.events import (
    Drop,
    DropStarted,
    Event,
    LinkLost,
    LinkRestored,
    Note,
    Rep,
    Rezero,
    SetEnded,
    SetStarted,
)
from hiplevel.model.limit_change import LimitChanged
from hiplevel.model.rules import DropRule
from hiplevel.model.targets import TargetReached
from hiplevel.model.tempo import Tempo
from hiplevel.session.ble_source import BleSource
from hiplevel.session.said import Saying

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
        self._stack = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.guide: Guide
        self.training: Training | None = None
        self.done: Done | None = None
        self.run: LiveRun | None = None
        self.state = LiveState(DropRule())
        self.paused = False
        self.choice_badge = ""
        self._learned = ""
        self._cue_views: Sequence[CueView] = ()
        self._choice = Choice.from_json(settings.get("choice", None) or {})
        self._path: Path | None = None
        self._bridge: Bridge | None = None
        self._frames = QTimer(self, interval=FRAME_MS)
        self._frames.setTimerType(Qt.TimerType.PreciseTimer)
        self._frames.timeout.connect(self.frame)
        self.handlers: dict[str, Callable[[], None]] = {name: getattr(self, name) for name in ACTIONS}
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
        self._cue_views = tuple(self._cues(choice))
        plan = replace(choice.plan(SEED if choice.simulated else None), tempo=self._tempo(choice))
        try:
            plan.pipeline()
        except HiplevelError as error:
            self.guide.notices.add(str(error))
            return
        self.run = LiveRun(
            lambda: self._make_source(choice),
            plan,
            [self._bridge, *self._cue_views],
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
    def busy(self) -> bool:
        """Whether a session is under way."""
        return self.run is not None

    def frame(self) -> None:
        """Show what has come; 30 times a second."""
        if self._bridge is not None:
            self._take(self._bridge.take())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The keys of a session, while there is one."""
        if self.training is None or not shortcuts.handle(event, "live", self.handlers):
            super().keyPressEvent(event)

    def rezero(self) -> None:
        """Take the level anew."""
        if self.run is not None and self.run.mark("rezero"):
            self.notice(tr("live.rezero_asked"))

    def hold(self) -> None:
        """Begin a hold, or end it, on the wearer's word."""
        if self.run is not None:
            self.run.mark("stop" if self.state.holding else "start")

    def undo(self) -> None:
        """Take the newest repetition out of the count."""
        self._correct("undo")

    def add(self) -> None:
        """Count one more."""
        self._correct("add")

    def next_set(self) -> None:
        """End the rest; while training, count this set from nothing again."""
        if self.training is None:
            return
        if self.training.resting:
            self.training.show_rest(False)
            self.training.setFocus()
        else:
            self._correct("restart")

    def pause(self) -> None:
        """Count nothing and keep quiet for a while, or go on; the recording goes on all the time."""
        self.paused = not self.paused
        for view in self._cue_views:
            view.pause(self.paused)
        if self.training is not None:
            self.training.buttons["pause"].setChecked(self.paused)
            self.training.show_state(self.state, paused=self.paused)
        self.add_note(tr("live.note_paused" if self.paused else "live.note_resumed"))

    def note(self) -> None:
        """Write a remark into the recording."""
        text, agreed = QInputDialog.getText(self, tr("live.note"), tr("live.note_prompt"))
        if agreed and text.strip():
            self.add_note(text.strip())

    def add_note(self, text: str) -> None:
        """Put this remark at the present moment."""
        if self.run is not None and self.run.said is not None:
            self.run.said.note(text, AUTHOR)

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

    def _take(self, batch: Batch) -> None:
        training = self.training
        if training is None:
            return
        if batch.events:
            self._events(batch.events)
        if len(batch.time_s):
            training.trace.add(batch.time_s, batch.obliquity_deg)
            training.pelvis.set_level(float(batch.obliquity_deg[-1]))
            if training.trace.isVisible():
                training.trace.draw()
        if batch.health is not None:
            training.show_health(batch.health)

    def _events(self, events: Sequence[Event]) -> None:
        training = self.training
        assert training is not None
        self.state.take(events)
        for event in events:
            match event:
                case Rep():
                    training.trace.mark_rep(event.turn_s, event.number)
                    if self.paused:
                        self.undo()
                case DropStarted():
                    training.trace.mark_drop(event.time_s, event.side, event.drop_deg)
                case SetStarted():
                    training.show_rest(False)
                case SetEnded():
                    self._rest(event)
                case LinkLost():
                    training.pelvis.set_level(None)
                    training.notices.add(tr("live.link_lost"))
                case LinkRestored():
                    training.notices.remove(tr("live.link_lost"))
                case Rezero():
                    training.notices.remove(tr("live.rezero_asked"))
                case Note(code="rezero-refused"):
                    training.notices.remove(tr("live.rezero_asked"))
                    training.notices.add(event.text)
                case TargetReached(what="reps" | "hold" | "sets"):
                    training.reached(event)
                case LimitChanged():
                    training.set_rule(self.state.rule)
                case Note(level="warning"):
                    training.notices.add(event.text)
                case _:
                    pass
        training.show_state(self.state, paused=self.paused)

    def _rest(self, event: SetEnded) -> None:
        training, choice = self.training, self._choice
        done = self.state.counted(event.number)
        dose = choice.dose
        if training is None or done is None or not dose.rest_s:
            return
        training.rest.begin(done, dose.reps, dose.sets, dose.rest_s, self.state.drops, self.state.rule, training.sides)
        training.show_rest(True)

    def _correct(self, what: Saying) -> None:
        if self.run is not None and self.run.said is not None:
            self.run.said.correct(what)

    def _connected(self, name: str) -> None:
        if self.run is None:
            return
        choice = self._choice
        self.choice_badge = tr("live.simulated_badge") if choice.simulated or "sim" in name.lower() else ""
        self.training = Training(self._theme, choice, self.handlers, self.choice_badge)
        self.training.rest.go_on.connect(self.next_set)
        self.training.rest.over.connect(self._rested)
        self._show(self.training)
        if self._learned:
            self.training.notices.add(self._learned)
        self._frames.start()

    def _has_learned(self, sentence: str) -> None:
        self._learned = sentence

    def _rested(self) -> None:
        for view in self._cue_views:
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
        for view in self._cue_views:
            view.end()
        had_trained = self.training is not None
        training, self.training = self.training, None
        if training is not None:
            training.rest.stop()
            self.done = Done(self.state, path, training.sides, self._look, self.show_guide)
            self._show(self.done)
        elif self._stack.currentWidget() is not self.guide:
            self.show_guide()
        self.running.emit(False)
        if had_trained and path is not None:
            self._settings.opened(path)

    def _not_kept(self, sentence: str) -> None:
        """Said wherever one is by then: the session is over."""
        shown = self._stack.currentWidget()
        if isinstance(shown, (Done, Guide, Training)):
            shown.notices.add(sentence)

    def _look(self) -> None:
        if self._path is not None:
            self.look_back.emit(self._path)

    def notice(self, text: str) -> None:
        """Something to know."""
        (self.guide if self.training is None else self.training).notices.add(text)

    def _show(self, widget: QWidget) -> None:
        before = self._stack.currentWidget()
        self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)
        if before is not None and before is not widget:
            self._stack.removeWidget(before)
            before.deleteLater()
        widget.setFocus()
