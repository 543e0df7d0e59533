"""For every room: properties are not timed, so that a busy machine fails nothing; and nothing of yours is read."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("hiplevel", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("hiplevel")

# Where Qt's own libraries are missing all but the window is tested; its plugin would stop everything.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
try:
    import PySide6.QtSvgWidgets  # noqa: F401 - only whether it can be
except ImportError:
    collect_ignore = ["gui"]
else:
    pytest_plugins = ["pytestqt.plugin"]

# Exercises that the person who runs the tests has added are none of the tests'.
os.environ["HIPLEVEL_EXERCISES"] = str(Path(__file__).parent / "no-exercises")


@pytest.fixture
def in_tokyo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This computer's clock is nine hours ahead of UTC."""
    if not hasattr(time, "tzset"):
        pytest.skip("this system cannot change its zone for one process")
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "JST-9")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture
def nothing_of_yours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in the folders of the person who runs the tests is read or written."""
    for name in (
        "HOME",
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "XDG_STATE_HOME",
        "XDG_CACHE_HOME",
        "APPDATA",
        "LOCALAPPDATA",
    ):
        monkeypatch.setenv(name, str(tmp_path / "home"))
