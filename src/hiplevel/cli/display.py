"""Whether a window can be shown here."""

import os
import sys


def has_display() -> bool:
    """Whether there is a screen to show a window on."""
    drawn_by = os.environ.get("QT_QPA_PLATFORM", "")
    if drawn_by in ("offscreen", "minimal"):
        return False
    return sys.platform != "linux" or bool(drawn_by or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
