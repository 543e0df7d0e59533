"""Reading the bytes of a recording, and saying whose file it is when it is none."""

import zipfile
from collections import Counter
from pathlib import Path

from hiplevel.model.errors import Reason, RecordingError
from hiplevel.recording.info import INFO_RECORD
from hiplevel.recording.layout import PROFILE
from hiplevel.recording.scan import MAGIC, head, next_chunk

HEAD_BYTES = 1 << 20  # the head with the whole spec is a few kB


def read_bytes(path: Path) -> bytes:
    """All bytes of a recording of hiplevel, judged by its first megabyte before the rest is read.

    Raises
    ------
    RecordingError
        NOT_FOUND, EMPTY, FOREIGN_FILE or DAMAGED_FILE; DISK when the system refuses to read it.
    """
    if path.is_dir():
        raise RecordingError(
            f"{path.name or path} is a folder, not a recording.", Reason.FOREIGN_FILE, "Name one file in it."
        )
    try:
        with path.open("rb") as file:
            start = file.read(HEAD_BYTES)
            _judge(path, start)
            return start + file.read()
    except FileNotFoundError as error:
        raise RecordingError(f"There is no file {path}.", Reason.NOT_FOUND, "Check the name and the folder.") from error
    except OSError as error:
        raise RecordingError(f"{path.name} cannot be read ({error.strerror or error}).", Reason.DISK) from error


def _judge(path: Path, start: bytes) -> None:
    if not start:
        raise RecordingError(
            f"{path.name} is empty: it has no bytes.", Reason.EMPTY, "Nothing was recorded; it can be deleted."
        )
    if not start.startswith(MAGIC):
        if MAGIC.startswith(start):
            raise _cut_short(path)
        raise RecordingError(f"{path.name} is not a recording of hiplevel.", Reason.FOREIGN_FILE, _guess(path, start))
    found = head(start)
    if any(name == INFO_RECORD for name, _ in found.metadata):
        return
    if found.profile in (PROFILE, None) and next_chunk(start, len(MAGIC)) is not None:
        return  # damaged before what was recorded: the head stands again at the end
    if found.profile is None and len(start) < HEAD_BYTES:
        raise _cut_short(path)
    if found.profile not in (PROFILE, None):
        raise RecordingError(
            f"{path.name} is an MCAP file of another program, not a recording of hiplevel.",
            Reason.FOREIGN_FILE,
            "Open it with the program that wrote it, or export it as CSV and import that.",
        )
    if len(start) < HEAD_BYTES and not found.metadata:
        raise _cut_short(path)
    raise head_damaged(path)


def head_damaged(path: Path) -> RecordingError:
    """For a recording of which neither head can be read."""
    return RecordingError(
        f"The head of {path.name} is damaged.",
        Reason.DAMAGED_FILE,
        "What was recorded may still be in it: keep the file, and copy it again from where it came.",
    )


def _cut_short(path: Path) -> RecordingError:
    return RecordingError(
        f"{path.name} breaks off before anything was recorded.",
        Reason.EMPTY,
        "If it was copied, copy it again; otherwise it holds nothing and can be deleted.",
    )


def _guess(path: Path, start: bytes) -> str:
    text = start[:4096]
    if text[:2] in (b"\xff\xfe", b"\xfe\xff") or (b"\x00" not in text and _has_columns(text)):
        return "It looks like a table in a text file: `hiplevel recordings import` makes a recording of it."
    if text.startswith(b"XDF:") or zipfile.is_zipfile(path):
        return "`hiplevel recordings import` makes a recording of an XDF file and of a phone's ZIP."
    if path.suffix == ".mcap":
        return "Its name ends in .mcap, but what is in it is something else."
    return f"A recording ends in .mcap; {path.suffix or 'this kind of file'} cannot be opened."


def _has_columns(text: bytes) -> bool:
    """Whether most of its lines have the same number of fields, and more than one."""
    lines = [line for line in text.splitlines() if line.strip()]
    for delimiter in (b",", b";", b"\t"):
        width, times = Counter(line.count(delimiter) for line in lines).most_common(1)[0] if lines else (0, 0)
        if width and 2 * times > len(lines):
            return True
    return False
