"""For every room: properties are not timed, so that a busy machine fails nothing; and nothing of yours is read."""

import os
from pathlib import Path

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
