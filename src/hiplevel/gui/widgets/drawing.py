"""An exercise's drawing, where it has one; else the pelvis and the leg that stands."""

from importlib.resources import files
from pathlib import Path
from typing import cast

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtSvgWidgets import QSvgWidget
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QWidget

from hiplevel.gui.theme import Theme
from hiplevel.gui.widgets.pelvis import PelvisView
from hiplevel.gui.words import tr
from hiplevel.model.rules import DropRule, Stance


class Drawing(QWidget):
    """Shows one exercise at a time."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._svg = QSvgWidget()
        self._pelvis = PelvisView(theme)
        self._layout = QStackedLayout(self)
        self._layout.addWidget(self._svg)
        self._layout.addWidget(self._pelvis)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(170)

    def show_exercise(self, exercise_id: str, name: str, stance: str, rule: DropRule) -> None:
        """Draw this exercise on this leg."""
        self.setAccessibleName(tr("live.drawing_name", exercise=name))
        svg = drawing_of(exercise_id)
        if svg is not None:
            self._svg.load(QByteArray(svg))
            self._svg.renderer().setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
            self._layout.setCurrentWidget(self._svg)
            return
        self._pelvis.set_rule(rule, cast(Stance, stance))
        self._pelvis.set_level(0.0)
        self._layout.setCurrentWidget(self._pelvis)


def drawing_of(exercise_id: str) -> bytes | None:
    """The SVG that ships with an exercise; None when there is none."""
    if Path(exercise_id).name != exercise_id:
        return None
    drawing = files("hiplevel.exercises").joinpath("drawings", f"{exercise_id}.svg")
    return drawing.read_bytes() if drawing.is_file() else None
