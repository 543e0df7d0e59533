"""The rail on the left: the places of the window, and below them sound, colours, settings and help."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QVBoxLayout

from hiplevel.gui import shortcuts
from hiplevel.gui.places import PLACES
from hiplevel.gui.words import tr

WIDTH_PX = 104
BELOW = (("theme", "◐"), ("settings", "≡"), ("help", "?"))


class Rail(QFrame):
    """handlers: by place, and by the actions of the table of shortcuts."""

    def __init__(self, handlers: Mapping[str, Callable[[], None]]) -> None:
        super().__init__()
        self.setProperty("role", "rail")
        self._handlers = handlers
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 14, 8, 14)
        column.setSpacing(6)
        self.places: dict[str, QToolButton] = {}
        for place in PLACES:
            made = self._button(f"{place.symbol}\n{tr(f'app.{place.id}')}", tr(f"app.{place.id}"), place.id)
            made.setCheckable(True)
            made.setAutoExclusive(True)
            self.places[place.id] = made
            column.addWidget(made)
        column.addStretch(1)
        self.mute = self._button("", tr("app.mute"), "mute")
        column.addWidget(self.mute)
        for name, symbol in BELOW:
            column.addWidget(self._button(f"{symbol}\n{tr(f'app.rail_{name}')}", tr(f"app.{name}"), name))

    def show_muted(self, muted: bool) -> None:
        """Whether the sound is off."""
        self.mute.setText(f"{'✕' if muted else '♪'}\n{tr('app.rail_muted' if muted else 'app.rail_sound')}")
        self.mute.setAccessibleName(tr("app.unmute" if muted else "app.mute"))

    def set_scale(self, scale: float) -> None:
        """As wide as the words have grown."""
        self.setFixedWidth(round(WIDTH_PX * scale))

    def _button(self, text: str, name: str, action: str) -> QToolButton:
        made = QToolButton()
        made.setProperty("role", "rail")
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        made.setText(text)
        made.setAccessibleName(name)
        made.setToolTip(f"{name}  ({shortcuts.hint(action, '')})")
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda _checked=False: self._handlers[action]())
        return made
