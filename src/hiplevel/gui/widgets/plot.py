"""Plots in the window's own look: no grid (it costs 10 ms a frame), bands for the limits, axes that name the side."""

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QFontMetrics

from hiplevel.gui.theme import Theme
from hiplevel.gui.widgets.paint import color, hatch
from hiplevel.gui.words import tr, written
from hiplevel.model.rules import DropRule, Side
from hiplevel.model.samples import Floats
from hiplevel.model.sides import edge_sides, fall_sign

FAR_DEG = 90.0
BAND_Z, LINE_Z = -20, -10
TURNED_DEG = 45.0  # further is lying down or getting up, which is no movement to make room for
WARN_PART = 0.7  # of the limit, where the rule has no level of its own at which to take care
LETTERS = 0.85  # of the window's own
WIDEST, AXIS_PX = "90°", 16  # beside an axis, and what the ticks and the style leave free
SIDES: tuple[Side, Side] = ("left", "right")


class SideAxis(pg.AxisItem):  # type: ignore[misc]
    """Degrees without a sign: the words beside the axis say which side is low."""

    def tickStrings(self, values: list[float], _scale: float, _spacing: float) -> list[str]:  # noqa: N802 - pyqtgraph's
        """How far from level."""
        return [f"{abs(value):g}°" for value in values]


class ClockAxis(pg.AxisItem):  # type: ignore[misc]
    """Seconds as minutes and seconds."""

    def tickStrings(self, values: list[float], _scale: float, spacing: float) -> list[str]:  # noqa: N802 - pyqtgraph's
        """Such as 2:05, or 2:05.4 when zoomed in."""
        return [clock(value, tenths=spacing < 1.0) for value in values]


def clock(seconds: float, *, tenths: bool = False) -> str:
    """Minutes and seconds: 2:05."""
    sign = "-" if seconds < 0 else ""
    parts = round(abs(seconds) * 10)
    whole = f"{sign}{parts // 600}:{parts // 10 % 60:02d}"
    return f"{whole}{written(parts % 10 / 10.0, '.1f')[1:]}" if tenths else whole


def reach_deg(deg: Floats) -> float:
    """How far these angles (n,), degrees, go either way, without lying down and getting up."""
    with np.errstate(invalid="ignore"):
        return float(np.max(np.abs(deg), initial=0.0, where=np.abs(deg) < TURNED_DEG))


class Plot(pg.PlotWidget):  # type: ignore[misc]
    """A plot whose letters grow with those of the window: on a wall they are read from as far."""

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Larger or smaller words."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit_letters()

    @property
    def letters(self) -> QFont:
        """Of what stands beside and on the plot."""
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * LETTERS)
        return font

    def fit_letters(self) -> None:
        """Axes and the words in the corners."""
        font = self.letters
        for name in ("left", "bottom"):
            self.getPlotItem().getAxis(name).setTickFont(font)
        self.getPlotItem().getAxis("left").setWidth(QFontMetrics(font).horizontalAdvance(WIDEST) + AXIS_PX)
        for item in self.getPlotItem().vb.childItems():
            if isinstance(item, pg.LabelItem):
                item.setText(item.text, size=f"{font.pointSizeF():.1f}pt")


def make_plot(theme: Theme, name: str, *, bottom: Any = None) -> Any:
    """A plot widget without menu, buttons and grid; `name` is what a screen reader says."""
    axes = {"bottom": bottom or ClockAxis("bottom"), "left": SideAxis("left")}
    plot = Plot(background=theme.surface, axisItems=axes)
    plot.setAccessibleName(name)
    plot.setMenuEnabled(False)
    plot.hideButtons()
    for part in (plot, plot.viewport()):
        part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    plot.setFrameShape(plot.Shape.NoFrame)
    for axis in axes.values():
        axis.setPen(pg.mkPen(theme.line))
        axis.setTextPen(pg.mkPen(theme.muted))
        axis.setStyle(tickLength=-4)
    axes["left"].setStyle(hideOverlappingLabels=True)  # half a number at the edge of a low plot is none
    plot.fit_letters()
    return plot


def curve(theme_color: str, width: float = 2.0, **options: Any) -> Any:
    """A line. Gaps are NaN."""
    return pg.PlotCurveItem(
        pen=pg.mkPen(color(theme_color), width=width), connect="finite", skipFiniteCheck=False, **options
    )


class LimitBands:
    """Warn and alarm bands of the watched sides, drawn as `drawn_sign` says."""

    def __init__(self, plot: Any, theme: Theme) -> None:
        self._plot = plot
        level = pg.InfiniteLine(0.0, angle=0, pen=pg.mkPen(theme.muted, style=Qt.PenStyle.DashLine))
        level.setZValue(LINE_Z)
        plot.addItem(level)
        self._sides: dict[Side, tuple[Any, ...]] = {}
        for side in SIDES:
            near = self._band(color(theme.warn, 0.16))
            beyond = self._band(color(theme.alarm, 0.13))
            pattern = self._band(hatch(theme.alarm), 0.22)
            line = pg.InfiniteLine(0.0, angle=0, pen=pg.mkPen(theme.alarm, width=1))
            line.setZValue(LINE_Z)
            plot.addItem(line)
            self._sides[side] = (near, beyond, pattern, line)

    def show(self, rule: DropRule, sides: tuple[Side, ...]) -> None:
        """Mark these limits; moved, not made anew, so that a limit can be dragged."""
        for side, (near, beyond, pattern, line) in self._sides.items():
            for item in (near, beyond, pattern, line):
                item.setVisible(side in sides)
            sign, limit_deg = fall_sign(side, sides), rule.limit_deg(side)
            warn_deg = limit_deg * WARN_PART if rule.warn_deg is None else rule.warn_deg
            near.setRegion(sorted((sign * warn_deg, sign * limit_deg)))
            for band in (beyond, pattern):
                band.setRegion(sorted((sign * limit_deg, sign * FAR_DEG)))
            line.setValue(sign * limit_deg)

    def _band(self, brush: Any, opacity: float = 1.0) -> Any:
        band = pg.LinearRegionItem((0.0, 0.0), orientation="horizontal", movable=False, brush=brush)
        for line in band.lines:
            line.setPen(pg.mkPen(None))
        band.setOpacity(opacity)
        band.setZValue(BAND_Z)
        self._plot.addItem(band)
        return band


class SideWords:
    """Labels in the corners: which side is low or high up there, and down there. cover: marks pass behind them."""

    def __init__(self, plot: Any, theme: Theme, *, cover: bool = False) -> None:
        self.labels: dict[str, Any] = {}
        for edge, down in (("top", 0), ("bottom", 1)):
            label = self.labels[edge] = _OnGround("", color=theme.muted, size="10pt", justify="left")
            label.ground = color(theme.surface, 1.0 if cover else 0.0)
            label.setParentItem(plot.getPlotItem().vb)
            label.anchor(itemPos=(0, down), parentPos=(0, down), offset=(6, -2 if down else 2))

    def show(self, sides: tuple[Side, ...]) -> None:
        """Other sides are watched."""
        for edge, (side, way) in edge_sides(sides).items():
            arrow = "▲" if edge == "top" else "▼"
            self.labels[edge].setText(f"{arrow} {tr(f'sides.{side}_{way}')}")

    def set_visible(self, shown: bool) -> None:
        """Give way where they would cover the line."""
        for label in self.labels.values():
            label.setVisible(shown)


class _OnGround(pg.LabelItem):  # type: ignore[misc]
    """Words that cover what is drawn behind them."""

    ground: Any = None

    def paint(self, painter: Any, *_args: Any) -> None:
        """Qt paints the words themselves after this, as an item of its own."""
        painter.fillRect(self.itemRect(), self.ground)
