"""An append-only file that keeps in memory what the disk refused, and tries again."""

import contextlib
import os
from pathlib import Path

from hiplevel.model.errors import Reason, RecordingError
from hiplevel.recording.locking import claim


class Sink:
    """What the MCAP writer writes into: `write` never touches the disk, `push` does, `sync` outlives a power cut.

    Raises
    ------
    RecordingError
        EXISTS when the file is already there, DISK when it cannot be created, written or synced.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._pending = bytearray()
        self._written = 0
        what = f"The recording {path.name} cannot be created in {path.parent}"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _refused(what, error) from error
        try:
            self._file = path.open("xb", buffering=0)
        except FileExistsError as error:
            raise exists(path) from error
        except OSError as error:
            raise _refused(what, error) from error
        claim(self._file.fileno())

    def write(self, data: bytes) -> int:
        """Take `data`; it reaches the file with the next `push`."""
        self._pending += data
        return len(data)

    def tell(self) -> int:
        """The offset of the next byte taken."""
        return self._written + len(self._pending)

    def flush(self) -> None:
        """Nothing: the owner decides when to push."""

    def push(self) -> None:
        """Hand everything taken to the operating system: from here on a kill loses none of it."""
        while self._pending:
            try:
                count = self._file.write(bytes(self._pending)) or 0
            except OSError as error:
                raise _refused(f"The recording {self.path.name} cannot be written", error) from error
            self._written += count
            del self._pending[:count]

    def sync(self) -> None:
        """Wait until the disk has what was pushed."""
        try:
            os.fsync(self._file.fileno())
        except OSError as error:
            raise _refused(f"The recording {self.path.name} cannot be written", error) from error

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def discard(self) -> None:
        """Close and remove a file that holds nothing yet."""
        self._file.close()
        self.path.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut, where the system can."""
    with contextlib.suppress(OSError):  # Windows cannot open a folder; the file itself is synced anyway
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def exists(path: Path) -> RecordingError:
    """The refusal to write over a file."""
    return RecordingError(
        f"{path.name} is already there and is not written over.", Reason.EXISTS, "Choose another name."
    )


def _refused(what: str, error: OSError) -> RecordingError:
    hint = "Free some space or choose another folder; what was written so far stays readable."
    return RecordingError(f"{what} ({error.strerror or error}).", Reason.DISK, hint)
