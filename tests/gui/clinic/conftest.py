"""A store with somebody in it, and the Clinic place that shows it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.clinic_bench import PASSPHRASE
from hiplevel import DropRule, Prescription
from hiplevel.clinic import keyring
from hiplevel.clinic.clients import add_client
from hiplevel.clinic.clinicians import add_clinician
from hiplevel.clinic.database import Store
from hiplevel.clinic.prescribing import prescribe
from hiplevel.gui.clinic.place import ClinicPlace
from hiplevel.gui.theme import DARK


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(keyring.SCRYPT, "n", 2**4)
    monkeypatch.setenv("HIPLEVEL_DB", str(tmp_path / "clinic.db"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with a clinician, a client, and something prescribed."""
    path = tmp_path / "clinic.db"
    with Store(path) as store:
        by = add_clinician(store, "Dr. Weber", PASSPHRASE)
        add_client(store, "c-017", name="Erika Mustermann", by=by)
        asked = Prescription("pelvic-drop", "left", 1, 6, per_week=3, rule=DropRule(8.0))
        prescribe(store, "c-017", asked, by=by)
    return path


@pytest.fixture
def place(qtbot: QtBot, path: Path) -> Iterator[ClinicPlace]:
    made = ClinicPlace(DARK, path)
    qtbot.addWidget(made)
    made.resize(1180, 780)
    made.show()
    yield made
    made.shut()
