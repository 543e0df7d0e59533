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
    part, placed = path.with_name(f"{path.name}.{os.getpid()}.part"), False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield part
        if path.exists() and not overwrite:
            raise exists(path)
        part.replace(path)
        placed = True
    except (OSError, RecordingError) as error:
        # A recorder that fills the part tells of the part, which nobody asked for.
        why = error.__cause__ if isinstance(error, RecordingError) and error.reason is Reason.DISK else error
        if not isinstance(why, OSError):
            raise
        raise RecordingError(
            f"{path.name} cannot be written ({why.strerror or why}).",
            Reason.DISK,
            "Free some space or choose another folder.",
        ) from error
    finally:
        if not placed:  # by then the name may be that of another thread, which waited for this one
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
