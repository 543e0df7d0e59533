"""Tests that need BlueZ: they run inside the guest (`make guest`) and nowhere else."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from cli.conftest import hiplevel, own_folders

__all__ = ["hiplevel", "own_folders"]

if TYPE_CHECKING:
    from guest.bluez import BluezAir


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if os.environ.get("GUEST"):
        return
    for item in items:
        if item.path.parent.name == "guest":
            item.add_marker(pytest.mark.skip(reason="needs BlueZ on a virtual adapter: make guest"))


@pytest.fixture(scope="session")
def air() -> "Iterator[BluezAir]":
    from guest.bluez import BluezAir

    with BluezAir() as bluez:
        yield bluez
