"""The places of a window, each made when it is first shown."""

from typing import TypeVar

from PySide6.QtWidgets import QStackedWidget, QWidget

from hiplevel.gui.home import Home
from hiplevel.gui.places import PLACES

Kind = TypeVar("Kind", bound=QWidget)


class Rooms(QStackedWidget):
    """One of them is seen."""

    def __init__(self, window: Home) -> None:
        super().__init__()
        self._window = window
        self._made: dict[str, QWidget] = {}

    def __contains__(self, name: str) -> bool:
        """Whether it has been made."""
        return name in self._made

    @property
    def shown(self) -> str:
        """Which is seen; the first before any is."""
        return next((name for name, place in self._made.items() if place is self.currentWidget()), PLACES[0].id)

    def place(self, name: str, kind: type[Kind]) -> Kind:
        """It, made when it is not there yet."""
        if name not in self._made:
            self._made[name] = next(place for place in PLACES if place.id == name).make(self._window)
            self.addWidget(self._made[name])
        place = self._made[name]
        assert isinstance(place, kind)
        return place

    def show_place(self, name: str) -> QWidget:
        """See it, and give it the keys."""
        place = self.place(name, QWidget)
        self.setCurrentWidget(place)
        place.setFocus()
        return place

    def shut(self) -> None:
        """End what runs in any of them."""
        for place in self._made.values():
            if hasattr(place, "shut"):
                place.shut()
