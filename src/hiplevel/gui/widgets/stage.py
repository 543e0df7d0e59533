"""One widget at a time; what was seen before is gone."""

from PySide6.QtWidgets import QStackedWidget, QWidget


class Stage(QStackedWidget):
    """Where each scene is made when it is shown."""

    def change(self, scene: QWidget) -> None:
        """Show this one, and let go of the one before."""
        before = self.currentWidget()
        self.addWidget(scene)
        self.setCurrentWidget(scene)
        if before is not None and before is not scene:
            self.removeWidget(before)
            before.deleteLater()
