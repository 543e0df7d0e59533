"""The tables in a folder or an archive."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from hiplevel.model.errors import Reason, RecordingError

LARGEST_BYTES = 1 << 30  # of one table unpacked: two days at 100 Hz; a bomb is larger


@contextmanager
def tables(path: Path) -> Iterator[list[Path]]:
    """The CSV files of a folder or a ZIP archive, which is unpacked elsewhere as long as they are read.

    Raises
    ------
    RecordingError
        FOREIGN_FILE for an archive that is damaged or locked, EMPTY when no CSV file is in it.
    """
    if path.is_dir():
        yield _some([one for one in sorted(path.iterdir()) if one.suffix.lower() == ".csv" and one.is_file()], path)
        return
    with tempfile.TemporaryDirectory() as folder:
        yield _some(_unpacked(path, Path(folder)), path)


def is_archive(path: Path) -> bool:
    """Whether tables may be in it: not so for a spreadsheet, which is an archive of another kind."""
    return path.is_dir() or (path.suffix.lower() == ".zip" and zipfile.is_zipfile(path))


def _unpacked(path: Path, folder: Path) -> list[Path]:
    found = []
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                name = PurePosixPath(member.filename).name
                if name.lower().endswith(".csv") and not name.startswith("._") and member.file_size <= LARGEST_BYTES:
                    target = folder / name
                    with archive.open(member) as source, target.open("xb") as out:
                        shutil.copyfileobj(source, out)
                    found.append(target)
    except FileExistsError as error:
        raise RecordingError(
            f"{path.name} holds several sessions.", Reason.FOREIGN_FILE, "Unpack it and name the folder of one."
        ) from error
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
        raise RecordingError(
            f"{path.name} cannot be unpacked ({error}).", Reason.FOREIGN_FILE, "Unpack it and name the folder."
        ) from error
    return sorted(found)


def _some(found: list[Path], path: Path) -> list[Path]:
    if not found:
        raise RecordingError(
            f"No CSV file is in {path.name or path}.", Reason.EMPTY, "Name the folder with the files of one session."
        )
    return found
