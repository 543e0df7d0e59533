"""The limit of one side, to be typed in or stepped."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from hiplevel.gui.replay.review import LEAST_DEG
from hiplevel.gui.widgets.degrees import degrees_field
from hiplevel.gui.widgets.parts import label, row, tall
from hiplevel.gui.words import tr
from hiplevel.model.rules import Side


class LimitField(QWidget):
    """changed: told the side and the limit in degrees."""

    def __init__(self, side: Side, changed: Callable[[str, float], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spin = degrees_field(LEAST_DEG, LEAST_DEG)
        self.spin.setAccessibleName(tr(f"replay.limit_{side}"))
        self.spin.valueChanged.connect(lambda value: changed(side, value))
        self.setLayout(row(label(tr(f"replay.limit_{side}"), "heading"), None, tall(self.spin)))

    def show_limit(self, limit_deg: float) -> None:
        """Without telling anybody."""
        self.spin.blockSignals(True)
        self.spin.setValue(limit_deg)
        self.spin.blockSignals(False)
