"""Python, packages, folders and disk, as `hiplevel doctor` looks at them."""

import importlib.metadata
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import platformdirs

from hiplevel.cli.doctor_check import Check, ok

OLDEST, TOO_NEW = (3, 11), (3, 14)
HOUR_MB = 10  # of recording, at 200 Hz
LITTLE_MB, TOO_LITTLE_MB = 1000, 50
_REQUIRED = re.compile(r"^([A-Za-z0-9_.-]+)\s*([^;]*)(;.*)?$")


def python() -> Iterator[Check]:
    """The interpreter and the system."""
    version, system = platform.python_version(), f"{platform.system()} {platform.release()} on {platform.machine()}"
    text = f"Python {version}, {system}"
    if OLDEST <= sys.version_info[:2] < TOO_NEW:
        yield ok("Python", text)
    else:
        hint = f"Install Python {OLDEST[0]}.{OLDEST[1]} to {TOO_NEW[0]}.{TOO_NEW[1] - 1}."
        yield Check("Python", "problem", f"{text}; hiplevel was never tried with it.", hint)


def packages() -> Iterator[Check]:
    """Every package that hiplevel needs, and whether its version fits."""
    try:
        required = importlib.metadata.requires("hiplevel") or []
    except importlib.metadata.PackageNotFoundError:
        yield Check("Packages", "notice", "hiplevel is not installed as a package; its needs are not known.")
        return
    found, wrong = [], []
    for line in required:
        match = _REQUIRED.match(line)
        if match is None or "extra ==" in (match[3] or ""):
            continue
        name, asked = match[1], match[2].strip()
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            wrong.append(f"{name} is missing")
            continue
        found.append(f"{name} {version}")
        if not fits(version, asked):
            wrong.append(f"{name} is {version}, and {asked} is asked for")
    if wrong:
        yield Check("Packages", "problem", f"{'; '.join(wrong)}.", "pip install --upgrade hiplevel")
    else:
        yield ok("Packages", ", ".join(found))


def fits(version: str, asked: str) -> bool:
    """Whether a version lies within '>=1.2,<3'; anything else than >= and < is not judged."""
    for part in asked.split(","):
        if match := re.fullmatch(r"\s*(>=|<)\s*([0-9.]+)\s*", part):
            at_least = _numbers(version) >= _numbers(match[2])
            if at_least is not (match[1] == ">="):
                return False
    return True


def _numbers(version: str) -> list[int]:
    numbers = [int(n) for n in re.findall(r"\d+", version.partition("+")[0])]
    return (numbers + [0] * 4)[:4]


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
