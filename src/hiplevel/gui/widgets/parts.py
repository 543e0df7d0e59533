"""Labels, buttons and cards, each by one call, so that they look alike and are named."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

TALL_PX = 36


def label(text: str = "", role: str = "", *, wrap: bool = False, name: str = "") -> QLabel:
    """Words; role: title, heading, muted, small, alarm, badge or ''."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if name:
        made.setAccessibleName(name)
    return made


def button(
    text: str, pressed: Callable[[], None], role: str = "", *, hint: str = "", tip: str = "", checkable: bool = False
) -> QPushButton:
    """A button; hint is its key, shown behind the words."""
    made = QPushButton(f"{text}   {hint}" if hint else text)
    made.setProperty("role", role)
    made.setAccessibleName(text)
    made.setCheckable(checkable)
    if tip:
        made.setToolTip(tip)
        made.setAccessibleDescription(tip)
    made.clicked.connect(lambda _checked=False: pressed())
    return made


def card(*parts: QWidget | QLayout, spacing: int = 10, margin: int = 16) -> QFrame:
    """Parts under one another on a raised ground."""
    frame = QFrame()
    frame.setProperty("role", "card")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(spacing)
    fill(layout, *parts)
    return frame


def row(*parts: QWidget | QLayout | None, spacing: int = 10) -> QHBoxLayout:
    """Parts beside one another; None is room that gives way."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    fill(layout, *parts)
    return layout


def column(*parts: QWidget | QLayout | None, spacing: int = 10) -> QVBoxLayout:
    """Parts under one another; None is room that gives way."""
    layout = QVBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    fill(layout, *parts)
    return layout


def fill(layout: QVBoxLayout | QHBoxLayout, *parts: QWidget | QLayout | None) -> None:
    """Add parts; None is room that gives way."""
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)


def tall(widget: QWidget) -> QWidget:
    """High enough to be hit with a finger."""
    widget.setMinimumHeight(TALL_PX)
    return widget


def scrolled(inside: QWidget) -> QScrollArea:
    """As wide as there is room, and scrolled up and down where there is too little."""
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(inside)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is within it can be gone through, and comes into sight
    return scroll


def rule() -> QFrame:
    """A thin line."""
    line = QFrame()
    line.setProperty("role", "rule")
    line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return line


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget another role of the style sheet."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()  # at once: it is deleted when the loop comes round
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
