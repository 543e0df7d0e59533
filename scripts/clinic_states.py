"""The Clinic place for `screenshots.py`: every state of it that a trainee or a clinician comes to."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Protocol
from unittest import mock

from make_report_images import CLIENT, DAY_NS, STARTED_NS, course, told_store
from PySide6.QtWidgets import QWidget

from hiplevel.gui.clinic.forms import Form
from hiplevel.gui.clinic.place import ClinicPlace
from hiplevel.gui.window import Window

PASSPHRASE = "four plain words here"  # of the clinician of `make_report_images.course`
CLOCK = "hiplevel.gui.clinic.course.time.time_ns"


class Camera(Protocol):
    """As in `screenshots.py`."""

    def until(self, holds: Callable[[], bool]) -> None:
        """Let the window work until something holds."""

    def take(self, name: str, widget: QWidget) -> None:
        """A picture of `widget`."""


def store_of(folder: Path) -> Path:
    """A store with a simulated course of twelve sessions, made once."""
    if not told_store(folder).exists():
        course(folder)
    return told_store(folder)


def clinic(camera: Camera, make_window: Callable[[], Window], folder: Path, told: Path) -> None:
    """An empty store, then the course in `told`: first as a trainee, then as the clinician."""
    with mock.patch.dict(os.environ, {"HIPLEVEL_DB": str(folder / "empty.db")}):
        window, place = _opened(make_window)
        _take(camera, "clinic-empty", window)
        _ask(camera, "clinic-key", place.people.key_form())
        window.close_now()
    store = shutil.copy(told, folder / "clinic.db")
    now = mock.patch(CLOCK, return_value=STARTED_NS + 27 * DAY_NS)
    with mock.patch.dict(os.environ, {"HIPLEVEL_DB": str(store)}), now:
        window, place = _opened(make_window)
        _take(camera, "clinic-trainee", window)
        form = place.people.role_form(place.desk.names())
        form.try_it()
        _ask(camera, "clinic-role-refused", form)
        place.desk.take_role(PASSPHRASE)
        _pages(camera, window, place)
        _forms(camera, place)
        window.close_now()


def _pages(camera: Camera, window: Window, place: ClinicPlace) -> None:
    place.desk.choose(CLIENT)
    _take(camera, "clinic-programme", window)
    place.pages.setCurrentWidget(place.limits)
    place.limits.try_limits()
    camera.until(lambda: not place.desk.busy)
    place.limits.ask_baseline()
    camera.until(lambda: not place.desk.busy)
    _take(camera, "clinic-limits", window)
    place.notices.clear()
    place.pages.setCurrentWidget(place.course)
    _take(camera, "clinic-course", window)
    place.pages.setCurrentWidget(place.trail)
    place.trail.verify()
    _take(camera, "clinic-trail", window)


def _forms(camera: Camera, place: ClinicPlace) -> None:
    _ask(camera, "clinic-prescribe", place.programme.form())
    _ask(camera, "clinic-change-limit", place.limits.form())
    _ask(camera, "clinic-client", place.people.client_form())
    _ask(camera, "clinic-restore", place.trail.restore_form())
    _ask(camera, "clinic-erase", place.trail.erase_form())


def _opened(make_window: Callable[[], Window]) -> tuple[Window, ClinicPlace]:
    window = make_window()
    place = window.go("clinic")
    assert isinstance(place, ClinicPlace)
    return window, place


def _take(camera: Camera, name: str, widget: QWidget) -> None:
    camera.until(lambda: True)
    camera.take(name, widget)


def _ask(camera: Camera, name: str, form: Form) -> None:
    form.show()
    _take(camera, name, form)
    form.close()
