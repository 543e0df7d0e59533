"""The one QApplication, in the window's own look."""

from PySide6.QtWidgets import QApplication

from hiplevel.gui.theme import FAMILIES


def application() -> QApplication:
    """Made when there is none."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication([])
    app.setStyle("Fusion")  # the same on every system, and it keeps to the palette
    font = app.font()
    font.setFamilies(list(FAMILIES))
    app.setFont(font)
    return app
