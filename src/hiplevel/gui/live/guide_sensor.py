"""First page: which sensor."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from hiplevel.gui.live.choice import SIMULATED, Choice
from hiplevel.gui.widgets.parts import card, column, label
from hiplevel.gui.words import tr
from hiplevel.model.errors import SpecError
from hiplevel.sensors.spec import list_specs
from hiplevel.sensors.stream import SensorStream

ID = Qt.ItemDataRole.UserRole


class SensorPage(QWidget):
    """A list of what can be worn; the sensor itself is looked for when the session starts."""

    changed = Signal()

    def __init__(self, choice: Choice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("live.step_sensor"))
        self._add(tr("live.simulated_item"), SIMULATED)
        for sensor_id, name in known_sensors():
            self._add(name, sensor_id)
        for place in range(self.list.count()):
            if self.list.item(place).data(ID) == choice.sensor:
                self.list.setCurrentRow(place)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self._about = label("", wrap=True)
        self.list.currentRowChanged.connect(lambda _row: self._show())
        help_ = card(
            label(tr("live.sensor_heading"), "heading"),
            self._about,
            label(tr("live.wear"), wrap=True),
            label(tr("live.wear_axes"), "muted", wrap=True),
            column(None),
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
        return replace(choice, sensor=self.list.currentItem().data(ID))

    def _add(self, text: str, sensor_id: str) -> None:
        item = QListWidgetItem(text)
        item.setData(ID, sensor_id)
        self.list.addItem(item)

    def _show(self) -> None:
        simulated = self.list.currentItem().data(ID) == SIMULATED
        self._about.setText(tr("live.about_simulated" if simulated else "live.about_sensor"))
        self.changed.emit()


def known_sensors() -> list[tuple[str, str]]:
    """(id, name) of every firmware spec that a session can be made with."""
    usable = []
    for spec in list_specs():
        try:
            SensorStream(spec)
        except SpecError:
            continue
        usable.append((spec.id, spec.name))
    return usable
