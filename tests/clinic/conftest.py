"""A store on disk with one clinician and one client; made once, copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from hiplevel.clinic import keyring
from hiplevel.clinic.clients import add_client
from hiplevel.clinic.clinicians import Clinician, add_clinician
from hiplevel.clinic.database import Store

PASSPHRASE = "four plain words here"
CODE = "c-017"
keyring.SCRYPT["n"] = 2**4  # a test need not withstand anybody


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Clinician]:
    path = tmp_path_factory.mktemp("store") / "clinic.db"
    with Store(path) as store:
        clinician = add_clinician(store, "Dr. Weber", PASSPHRASE)
        add_client(store, CODE, by=clinician)
        store.copy_to(path.with_name("copy.db"))
    return path.with_name("copy.db"), clinician


@pytest.fixture
def db(prepared: tuple[Path, Clinician], tmp_path: Path) -> Path:
    return shutil.copyfile(prepared[0], tmp_path / "clinic.db")


@pytest.fixture
def store(db: Path) -> Iterator[Store]:
    with Store(db) as store:
        yield store


@pytest.fixture
def clinician(prepared: tuple[Path, Clinician]) -> Clinician:
    return prepared[1]
