"""Which sensor a client used last: the very one, so that another of the same name is not taken for it."""

import contextlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import platformdirs

from hiplevel.model.errors import RecordingError
from hiplevel.recording.whole_file import whole_file
from hiplevel.sensors.ble.identity import SensorIdentity
from hiplevel.sensors.ble.wanted import Wanted

SCHEMA = 1


@dataclass(frozen=True)
class Remembered:
    """A sensor, and the spec that describes it: an id, or the path of a file of one's own."""

    spec: str
    name: str
    address: str
    serial: str = ""

    @property
    def wanted(self) -> Wanted:
        """This very one."""
        return Wanted(self.name, self.address, self.serial)


def default_file() -> Path:
    """Where they are kept."""
    return platformdirs.user_data_path("hiplevel", appauthor=False) / "sensors.json"


def recall(client: str, file: Path | None = None) -> Remembered | None:
    """The sensor of a client, '' for whoever trains without a code; None when none is known."""
    try:
        return Remembered(**_read(file or default_file())[client])
    except (KeyError, TypeError):
        return None


def remember(client: str, spec: str, identity: SensorIdentity, file: Path | None = None) -> None:
    """Keep it for the next time. A disk that refuses costs the comfort, not the session."""
    path = file or default_file()
    known = _read(path)
    known[client] = asdict(Remembered(spec, identity.name, identity.address, identity.serial))
    _write(path, known)


def forget(client: str, file: Path | None = None) -> bool:
    """Whether there was one to forget."""
    path = file or default_file()
    known = _read(path)
    if known.pop(client, None) is None:
        return False
    _write(path, known)
    return True


def _read(path: Path) -> dict[str, Any]:
    """A file that is damaged, or of a later version, is as good as none."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        told = json.loads(path.read_text(encoding="utf-8"))
        if told.get("schema") == SCHEMA and isinstance(told.get("clients"), dict):
            return dict(told["clients"])
    return {}


def _write(path: Path, known: dict[str, Any]) -> None:
    text = json.dumps({"schema": SCHEMA, "clients": known}, indent=2, ensure_ascii=False)
    with contextlib.suppress(RecordingError), whole_file(path, overwrite=True) as part:
        part.write_text(text, encoding="utf-8")
