"""What the figures of a session depend on besides its bytes: the code that computes them."""

import hashlib
from functools import lru_cache
from importlib import metadata
from pathlib import Path

from hiplevel.version import __version__

ROOMS = ("model", "motion", "detect", "exercises", "pipeline")
LIBRARIES = ("numpy", "scipy", "vqf")


@lru_cache
def pipeline_version(*more: str) -> str:
    """Such as `0.1.0+3fa9c2d1b0e4`: the release, and a digest of all code and data that shape a result.

    The release alone would let a figure computed before a change stand beside one computed after it. more: rooms that
    shape it besides.
    """
    package = Path(__file__).parents[1]
    digest = hashlib.sha256()
    rooms = (*ROOMS, *more)
    files = [f for room in rooms for f in (package / room).rglob("*") if f.suffix in (".py", ".toml")]
    for file in sorted(files):
        digest.update(file.relative_to(package).as_posix().encode())
        digest.update(file.read_bytes())
    for name in LIBRARIES:
        digest.update(f"{name} {metadata.version(name)}\n".encode())
    return f"{__version__}+{digest.hexdigest()[:12]}"
