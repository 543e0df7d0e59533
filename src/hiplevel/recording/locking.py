"""One at a time: who writes a recording, or adds to it later, keeps others from it for so long."""

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from hiplevel.model.errors import Reason, RecordingError

PATIENCE_S = 3.0
_PAUSE_S = 0.02


def claim(handle: int) -> bool:
    """Take the open file for this process until it is closed; False when somebody else has it.

    Where the system knows no such claim (Windows, some network disks) it is taken as granted.
    """
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


@contextlib.contextmanager
def guarded(path: Path) -> Iterator[None]:
    """Nobody else writes `path` or replaces it within the block.

    Raises
    ------
    RecordingError
        IN_USE when it is still being recorded, NOT_FOUND or DISK when it cannot be opened.
    """
    if sys.platform == "win32":  # it refuses to replace a file that is open, so nothing must be open here
        yield
        return
    give_up_s = time.monotonic() + PATIENCE_S
    while True:
        try:
            handle = os.open(path, os.O_RDWR)
        except FileNotFoundError as error:
            raise RecordingError(
                f"There is no file {path}.", Reason.NOT_FOUND, "Check the name and the folder."
            ) from error
        except OSError as error:
            raise RecordingError(f"{path.name} cannot be changed ({error.strerror or error}).", Reason.DISK) from error
        try:
            if claim(handle) and _same(handle, path):
                yield
                return
        finally:
            os.close(handle)
        if time.monotonic() > give_up_s:
            raise RecordingError(
                f"{path.name} is in use: it is still being recorded, or somebody else is adding to it.",
                Reason.IN_USE,
                "End the session first.",
            )
        time.sleep(_PAUSE_S)


def _same(handle: int, path: Path) -> bool:
    """Whether the file of that name is still the one that was opened: another amendment may have replaced it."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False
