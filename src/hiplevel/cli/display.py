"""Whether a window can be shown here."""

import os
import sys


def can_draw() -> bool:
    """Whether Qt can draw a window, seen by somebody or not."""
    names = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    return sys.platform != "linux" or any(os.environ.get(name) for name in names)


def has_display() -> bool:
    """Whether there is a screen to show a window on."""
    return can_draw() and os.environ.get("QT_QPA_PLATFORM", "") not in ("offscreen", "minimal")
