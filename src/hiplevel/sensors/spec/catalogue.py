"""The specs that ship with hiplevel, and those in files of one's own."""

import difflib
from functools import cache
from pathlib import Path

from hiplevel import resources
from hiplevel.model.errors import Reason, SpecError, UsageError
from hiplevel.sensors.spec.parse import parse_spec
from hiplevel.sensors.spec.sensor import Spec

SUFFIX = ".toml"


def list_specs() -> list[Spec]:
    """All shipped specs, by id."""
    return [_read(path) for path in _shipped().values()]


def load_spec(id_or_path: str | Path) -> Spec:
    """The spec of a shipped sensor by id, or of any file by path.

    Raises
    ------
    UsageError
        UNKNOWN_SPEC for an id that does not exist (the nearest are named), NOT_FOUND for a file that does not.
    SpecError
        SPEC_SYNTAX or SPEC_INVALID, with file, line and what to write instead.
    """
    text = str(id_or_path)
    if isinstance(id_or_path, Path) or text.endswith(SUFFIX) or "/" in text or "\\" in text:
        return _load_file(Path(id_or_path))
    shipped = _shipped()
    if text in shipped:
        return _read(shipped[text])
    near = difflib.get_close_matches(text, shipped, 3, 0.4)
    raise UsageError(
        f"There is no firmware spec {text!r}.",
        Reason.UNKNOWN_SPEC,
        f"Did you mean {' or '.join(near)}?" if near else f"There are: {', '.join(shipped)}; or give a {SUFFIX} file.",
    )


def family_of(spec: Spec) -> list[Spec]:
    """The shipped specs that are told from this one only by a probe, and it, which comes first."""
    others = [other for other in list_specs() if spec.family and other.family == spec.family and other.id != spec.id]
    return [spec, *(other for other in others if other.probe)] if spec.probe else [spec]


def _shipped() -> dict[str, Path]:
    paths = {path.name.removesuffix(SUFFIX): path for path in resources.folder("firmware_specs").glob("*.toml")}
    return dict(sorted(paths.items()))


def _load_file(path: Path) -> Spec:
    if not path.is_file():
        raise UsageError(f"There is no spec file {path}.", Reason.NOT_FOUND)
    return _parse_file(path)


@cache
def _read(path: Path) -> Spec:
    return _parse_file(path)


def _parse_file(path: Path) -> Spec:
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise SpecError(
            f"{path.name} is not UTF-8 text (byte {error.start}).", Reason.SPEC_SYNTAX, "Save it as UTF-8."
        ) from error
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.", Reason.NOT_FOUND) from error
    return parse_spec(text, path.name)
