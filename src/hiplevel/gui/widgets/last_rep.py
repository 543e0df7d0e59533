"""The last repetition in three short lines: how far, how fast, how level."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from hiplevel.gui.widgets.parts import label, set_role
from hiplevel.gui.words import tr, written
from hiplevel.model.events import Rep


class LastRep(QFrame):
    """Empty words before the first repetition, so that nothing moves when it comes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(tr("live.last_rep"))
        self._range, self._tempo, self._worst = label("–", "heading"), label("", "muted"), label("", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 10)
        layout.setSpacing(2)
        layout.addWidget(label(tr("live.last_rep"), "small"))
        for line in (self._range, self._tempo, self._worst):
            line.setAlignment(Qt.AlignmentFlag.AlignLeft)
            layout.addWidget(line)

    def show_rep(self, rep: Rep | None, limit_deg: float) -> None:
        """Tell this repetition; limit_deg: what its worst drop is held against."""
        if rep is None:
            self._range.setText("–")
            self._tempo.setText("")
            self._worst.setText("")
            return
        self._range.setText(tr("live.rep_range", deg=f"{rep.rom_deg:.0f}"))
        self._tempo.setText(tr("live.rep_tempo", out=written(rep.out_s, ".1f"), back=written(rep.back_s, ".1f")))
        fault = rep.faults[0] if rep.faults else ""
        if rep.peak_drop_deg > 0.0:
            self._worst.setText(tr("live.rep_worst", deg=f"{rep.peak_drop_deg:.0f}"))
            set_role(self._worst, "alarm" if rep.peak_drop_deg > limit_deg else "muted")
        else:
            self._worst.setText(tr(f"faults.{fault.replace('-', '_')}") if fault else tr("live.rep_level"))
            set_role(self._worst, "muted")
        self.setAccessibleDescription(f"{self._range.text()}, {self._tempo.text()}, {self._worst.text()}")
