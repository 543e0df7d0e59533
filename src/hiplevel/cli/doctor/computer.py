"""Python, packages, folders and disk, as `hiplevel doctor` looks at them."""

import importlib.metadata
import platform
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import platformdirs
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from hiplevel.cli.doctor.check import Check, ok

HOUR_MB = 10  # of recording, at 200 Hz
LITTLE_MB, TOO_LITTLE_MB = 1000, 50


def python() -> Iterator[Check]:
    """The interpreter and the system."""
    version, system = platform.python_version(), f"{platform.system()} {platform.release()} on {platform.machine()}"
    text = f"Python {version}, {system}"
    asked = ",".join(_declared("Requires-Python"))
    if SpecifierSet(asked).contains(version, prereleases=True):
        yield ok("Python", text)
    else:
        yield Check("Python", "problem", f"{text}; hiplevel was never tried with it.", f"Install Python {asked}.")


def packages() -> Iterator[Check]:
    """Every package that hiplevel needs, and whether its version fits."""
    found, wrong = [], []
    for needed in map(Requirement, _declared("Requires-Dist")):
        if needed.marker is not None and not needed.marker.evaluate({"extra": ""}):
            continue
        try:
            version = importlib.metadata.version(needed.name)
        except importlib.metadata.PackageNotFoundError:
            wrong.append(f"{needed.name} is missing")
            continue
        found.append(f"{needed.name} {version}")
        if not needed.specifier.contains(version, prereleases=True):
            wrong.append(f"{needed.name} is {version}, and {needed.specifier} is asked for")
    if wrong:
        yield Check("Packages", "problem", f"{'; '.join(wrong)}.", "pip install --upgrade hiplevel")
    elif found:
        yield ok("Packages", ", ".join(found))
    else:
        yield Check("Packages", "notice", "hiplevel is not installed as a package; its needs are not known.")


def _declared(field: str) -> list[str]:
    """What hiplevel's own package says of itself there; nothing where it is none."""
    try:
        return importlib.metadata.metadata("hiplevel").get_all(field, [])
    except importlib.metadata.PackageNotFoundError:
        return []


def folders() -> Iterator[Check]:
    """Whether what hiplevel keeps can be written, and how much room there is."""
    from hiplevel.recording.names import default_folder

    for about, path in (
        ("Recordings", default_folder()),
        ("Settings", platformdirs.user_config_path("hiplevel", appauthor=False)),
    ):
        problem = _unwritable(path)
        if problem:
            yield Check(about, "problem", f"{path} cannot be written ({problem}).", "Allow yourself to write there.")
        else:
            yield ok(about, f"{path} can be written")
    yield _room(default_folder())


def _unwritable(path: Path) -> str:
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path) as file:
            file.write(b"hiplevel")
            file.flush()
    except OSError as error:
        return error.strerror or str(error)
    return ""


def _room(folder: Path) -> Check:
    place = next((parent for parent in (folder, *folder.parents) if parent.exists()), Path.cwd())
    free_mb = shutil.disk_usage(place).free // 1_000_000
    text = f"{free_mb / 1000:.1f} GB free: about {free_mb // HOUR_MB} hours of recording"
    if free_mb < TOO_LITTLE_MB:
        return Check("Disk", "problem", text, "Make room, or record elsewhere with --out.")
    if free_mb < LITTLE_MB:
        return Check("Disk", "notice", text, "Make room soon, or record elsewhere with --out.")
    return ok("Disk", text)
