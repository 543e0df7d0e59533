"""A text file's encoding, and what to say when it is no text."""

from pathlib import Path

from hiplevel.model.errors import Reason, RecordingError
from hiplevel.recording.scan import MAGIC


def read_text(path: Path) -> str:
    """The text of a file in UTF-8, UTF-16 or the older Western encoding.

    Raises
    ------
    RecordingError
        NOT_FOUND, DISK, or FOREIGN_FILE for what is no text.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise RecordingError(f"There is no file {path}.", Reason.NOT_FOUND, "Check the name and the folder.") from error
    except OSError as error:
        raise RecordingError(f"{path} cannot be read ({error.strerror or error}).", Reason.DISK) from error
    if data.startswith(MAGIC):
        raise RecordingError(f"{path.name} is a recording already.", Reason.FOREIGN_FILE, "Open it as it is.")
    if data.startswith(b"PK\x03\x04"):
        raise RecordingError(
            f"{path.name} is a spreadsheet or an archive, not a text table.",
            Reason.FOREIGN_FILE,
            "Open it in the program that made it and save the table as CSV.",
        )
    encoding = _encoding(data[:4096])
    if encoding is None:
        raise RecordingError(f"{path.name} is not a text file.", Reason.FOREIGN_FILE, "A table as CSV is expected.")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:  # older programs write the degree sign so
        return data.decode("cp1252" if encoding == "utf-8-sig" else encoding, errors="replace")


def _encoding(start: bytes) -> str | None:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    zeros = (start[0::2].count(0), start[1::2].count(0))
    if zeros == (0, 0):
        return "utf-8-sig"
    if max(zeros) > 0.4 * len(start[0::2]) and min(zeros) == 0:
        return "utf-16-be" if zeros[0] else "utf-16-le"
    return None
