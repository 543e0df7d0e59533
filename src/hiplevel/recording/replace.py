"""A file that appears under its name only when it is whole."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from hiplevel.model.errors import Reason, RecordingError
from hiplevel.recording.sink import exists


@contextlib.contextmanager
def whole_file(path: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """A temporary path beside `path`, renamed to it when the block ends well and removed when it does not.

    Raises
    ------
    RecordingError
        EXISTS when `path` is there already and may not be replaced, DISK when the system refuses.
    """
    if path.exists() and not overwrite:
        raise exists(path)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield part
        if path.exists() and not overwrite:
            raise exists(path)
        part.replace(path)
    except OSError as error:
        raise RecordingError(
            f"{path.name} cannot be written ({error.strerror or error}).",
            Reason.DISK,
            "Free some space or choose another folder.",
        ) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
