"""The row of buttons under the timeline: steps, play, speed, loop; and what is said about the recording."""

from collections.abc import Callable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from hiplevel.gui import shortcuts
from hiplevel.gui.replay.player import SPEEDS, Player
from hiplevel.gui.widgets.parts import button, label, tall
from hiplevel.gui.widgets.plot import clock
from hiplevel.gui.words import tr, written

HINT_PX = 110
TIME_SPARE_PX = 4  # digits differ in width: nothing moves while it runs
STEPS = ("drop_back", "rep_back", "step_back", "play", "step_on", "rep_on", "drop_on")
EDITS = ("note_here", "bad_span", "add_rep", "remove_rep", "warm_up", "undo_edit", "save_plot", "save_report")


class Transport(QWidget):
    """handlers: by the actions of the table of shortcuts."""

    def __init__(self, player: Player, handlers: dict[str, Callable[[], None]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self.buttons: dict[str, QPushButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for action in STEPS:
            made = button(
                tr(f"replay.{action}"), handlers[action], "primary" if action == "play" else "tight", tip=tip(action)
            )
            made.setAccessibleName(tr(f"keys.{action}"))
            self._keep(action, made, layout)
        self.buttons["play"].setMinimumWidth(96)
        self.time = label("", "heading", name=tr("replay.time_name"))
        layout.addSpacing(2)
        layout.addWidget(self.time)
        self.speed = QComboBox()
        self.speed.setAccessibleName(tr("replay.speed"))
        for value in SPEEDS:
            self.speed.addItem(f"{written(value, 'g')}×", value)
        self.speed.currentIndexChanged.connect(lambda at: player.set_speed(SPEEDS[at]))
        layout.addWidget(tall(self.speed))
        loop = button(tr("replay.loop"), handlers["loop"], tip=tip("loop"), checkable=True)
        self._keep("loop", loop, layout)
        layout.addWidget(_Hint(), 1)
        player.changed.connect(self.show_player)
        player.moved.connect(self.show_time)  # of a widget: it ends with it
        self.show_player()

    def show_player(self) -> None:
        """Playing or not, the speed, the loop."""
        player = self._player
        longest = f"{clock(player.end_s, tenths=True)} / {clock(player.end_s)}"
        self.time.setMinimumWidth(self.time.fontMetrics().horizontalAdvance(longest) + TIME_SPARE_PX)
        self.buttons["play"].setText(tr("replay.stop" if player.playing else "replay.play"))
        self.buttons["loop"].setEnabled(player.loop is not None)
        self.buttons["loop"].setChecked(player.looping)
        self.speed.blockSignals(True)
        self.speed.setCurrentIndex(min(range(len(SPEEDS)), key=lambda at: abs(SPEEDS[at] - player.speed)))
        self.speed.blockSignals(False)
        self.show_time()

    def show_time(self, _at_s: float = 0.0) -> None:
        """The moment and the end."""
        player = self._player
        self.time.setText(f"{clock(player.at_s, tenths=True)} / {clock(player.end_s)}")

    def _keep(self, action: str, made: QPushButton, layout: QHBoxLayout) -> None:
        self.buttons[action] = made
        layout.addWidget(made)


class _Hint(QLabel):
    """What can be dragged, in what room the buttons leave; nothing where that is too little."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "small")
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """More or less room."""
        super().resizeEvent(event)
        self.setText(tr("replay.speed_hint") if self.width() >= HINT_PX else "")


def tip(action: str) -> str:
    """What it does, and its key."""
    return f"{tr(f'keys.{action}')}  ({shortcuts.hint(action, 'replay')})"
