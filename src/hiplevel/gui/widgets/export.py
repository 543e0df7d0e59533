"""A plot as a picture: to the clipboard, or to a file as PNG or SVG."""

from pathlib import Path

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QWidget

from hiplevel.gui.words import tr
from hiplevel.model.errors import Reason, RecordingError

FORMATS = ("png", "svg")


def copy_picture(widget: QWidget) -> None:
    """Put it on the clipboard."""
    QGuiApplication.clipboard().setPixmap(widget.grab())


def save_picture(widget: QWidget, path: Path) -> Path:
    """Write it; the ending decides. Raises RecordingError (DISK) when it cannot be written."""
    if path.suffix.lower().lstrip(".") not in FORMATS:
        path = path.with_name(path.name + ".png")
    if path.suffix.lower() == ".svg":
        size = widget.size()
        svg = QSvgGenerator()
        svg.setFileName(str(path))
        svg.setSize(QSize(size))
        svg.setViewBox(QRect(0, 0, size.width(), size.height()))
        svg.setTitle(widget.accessibleName())
        widget.render(svg)
        written = path.exists()
    else:
        written = widget.grab().save(str(path))
    if not written:
        raise RecordingError(f"{path} cannot be written.", Reason.DISK)
    return path


def ask_where(parent: QWidget, name: str) -> Path | None:
    """Ask for a file; None when it was cancelled."""
    kinds = "PNG (*.png);;SVG (*.svg)"
    chosen, kind = QFileDialog.getSaveFileName(parent, tr("replay.save_plot"), f"{name}.png", kinds)
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix else path.with_suffix(".svg" if "svg" in kind.lower() else ".png")
