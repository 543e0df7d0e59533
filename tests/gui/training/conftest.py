"""Every screen is kept until its test is over."""

from collections.abc import Iterator
from typing import Any

import pytest

from gui.training_bench import KEPT


@pytest.fixture(autouse=True)
def kept_until_the_end(qapp: Any) -> Iterator[None]:
    yield
    for training in KEPT:
        training.hide()
        training.deleteLater()
    qapp.processEvents()
    KEPT.clear()
