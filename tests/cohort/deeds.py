"""What processes of the tests are told to do; they import it by this name."""

import os
import threading
from pathlib import Path


def double(task: object) -> int:
    """Of a number. 'fail' fails, 'die' takes its process along."""
    if task == "fail":
        raise ValueError("no number")
    if task == "die":
        os._exit(1)
    assert isinstance(task, int)
    return 2 * task


def die_once(flag: str) -> str:
    """The first process to see this flag dies."""
    path = Path(flag)
    if not path.exists():
        path.touch()
        os._exit(1)
    return "done"


def forever(task: object) -> None:
    """Never comes back."""
    threading.Event().wait()
