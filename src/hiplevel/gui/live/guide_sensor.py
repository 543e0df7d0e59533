"""First page: which sensor. What was used last, what is heard just now, and every kind that is described."""

import contextlib
import threading
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidgetItem, QWidget

from hiplevel.gui.live.choice import SIMULATED, Choice
from hiplevel.gui.sentences import in_language, of_error
from hiplevel.gui.widgets.choices import Choices
from hiplevel.gui.widgets.parts import button, card, column, label
from hiplevel.gui.words import count, tr
from hiplevel.model.errors import HiplevelError, SpecError
from hiplevel.sensors.ble.recognise import Heard
from hiplevel.sensors.spec import Spec, list_specs
from hiplevel.sensors.stream import SensorStream
from hiplevel.session.nearby import nearby
from hiplevel.session.remembered_sensors import recall

DATA = Qt.ItemDataRole.UserRole
STRONG_DBM, WEAK_DBM = -60, -80
Sensor = tuple[str, str, str]  # spec, name, address


class SensorPage(QWidget):
    """Signals: changed; heard (what was found, or a sentence why nothing was), from the thread that listens."""

    changed = Signal()
    heard = Signal(object)

    def __init__(
        self, choice: Choice, listen: Callable[[], list[Heard]] = nearby, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._listen = listen
        self.list = Choices(tr("live.step_sensor"))
        self._add(tr("live.simulated_item"), (SIMULATED, "", ""))
        if (last := recall(choice.client)) is not None:
            self._add(tr("live.remembered", name=last.name or last.address), (last.spec, last.name, last.address))
        for spec in usable_specs():
            self._add(spec.name, (spec.id, "", ""))
        self._choose((choice.sensor, choice.name, choice.address))
        self._about = label("", wrap=True)
        self._caution = label("", "muted", wrap=True)
        self.look = button(tr("live.look_around"), self.look_around, "large")
        self.found = label("", "muted", wrap=True, name=tr("live.look_around"))
        self.list.currentRowChanged.connect(lambda _row: self._show())
        self.heard.connect(self._heard)
        help_ = card(
            label(tr("live.sensor_heading"), "heading"),
            self._about,
            self._caution,
            label(tr("live.wear"), wrap=True),
            label(tr("live.wear_axes"), "muted", wrap=True),
            column(None),
            self.found,
            self.look,
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self.list, 1)
        layout.addWidget(help_, 1)
        self.setFocusProxy(self.list)
        self._show()

    @property
    def name(self) -> str:
        """The chosen sensor's name."""
        item = self.list.currentItem()
        return item.text() if item is not None else ""

    def apply(self, choice: Choice) -> Choice:
        """The choice with this page's answers."""
        sensor, name, address = self.list.currentItem().data(DATA)
        return replace(choice, sensor=sensor, name=name, address=address)

    def look_around(self) -> None:
        """Listen for a few seconds, in a thread of its own."""
        self.look.setEnabled(False)
        self.found.setText(tr("live.listening"))
        threading.Thread(target=self._listening, name="hiplevel-scan", daemon=True).start()

    def _listening(self) -> None:
        try:
            result: list[Heard] | str = self._listen()
        except HiplevelError as error:
            result = of_error(error)
        except Exception as error:
            result = f"{type(error).__name__}: {error}"
        with contextlib.suppress(RuntimeError):  # the page is gone: somebody has moved on
            self.heard.emit(result)

    def _heard(self, result: list[Heard] | str) -> None:
        self.look.setEnabled(True)
        if isinstance(result, str):
            self.found.setText(f"{result}\n\n{tr('live.try_simulated')}")
            return
        known = [one for one in result if one.specs]
        told = count("live.heard", len(known))
        self.found.setText(told if known else f"{told}\n\n{tr('live.nothing_heard')} {tr('live.try_simulated')}")
        for place, one in enumerate(known):
            text = f"{one.name or one.address}  ·  {one.specs[0].name}  ·  {tr(_strength(one.rssi_dbm))}"
            self._add(text, (one.specs[0].id, one.name, one.address), place + 1)
        if known:
            self.list.setCurrentRow(1)
            self.list.setFocus()

    def _add(self, text: str, sensor: Sensor, place: int | None = None) -> None:
        item = QListWidgetItem(text)
        item.setData(DATA, list(sensor))
        item.setToolTip(text)
        self.list.insertItem(self.list.count() if place is None else place, item)

    def _choose(self, sensor: Sensor) -> None:
        rows = [self.list.item(row).data(DATA) for row in range(self.list.count())]
        exact = [row for row, data in enumerate(rows) if tuple(data) == sensor]
        alike = [row for row, data in enumerate(rows) if data[0] == sensor[0]]
        self.list.setCurrentRow((exact or alike or [0])[0])

    def _show(self) -> None:
        sensor = self.list.currentItem().data(DATA)[0]
        self._about.setText(tr("live.about_simulated" if sensor == SIMULATED else "live.about_sensor"))
        spec = next((spec for spec in list_specs() if spec.id == sensor), None)
        self._caution.setText("" if spec is None else in_language(spec.caution))
        self._caution.setVisible(bool(self._caution.text()))
        self.changed.emit()


def usable_specs() -> list[Spec]:
    """Every firmware spec that a session can be made with."""
    usable = []
    for spec in list_specs():
        try:
            SensorStream(spec)
        except SpecError:
            continue
        usable.append(spec)
    return usable


def _strength(rssi_dbm: int) -> str:
    if rssi_dbm >= STRONG_DBM:
        return "live.signal_strong"
    return "live.signal_fair" if rssi_dbm >= WEAK_DBM else "live.signal_weak"
