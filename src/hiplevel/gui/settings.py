"""What the window remembers: its size, the theme, the last choices, the recordings opened lately."""

import json
from pathlib import Path
from typing import Any

import platformdirs
from PySide6.QtCore import QByteArray, QSettings

RECENT = 10


def settings_path() -> Path:
    """The file of the settings, in the user's folder."""
    return platformdirs.user_config_path("hiplevel", appauthor=False) / "window.ini"


class Settings:
    """Values by name in an INI file; what cannot be read is as if it had never been set."""

    def __init__(self, path: Path | None = None) -> None:
        self._file = QSettings(str(path or settings_path()), QSettings.Format.IniFormat)

    def get(self, name: str, default: Any) -> Any:
        """The value, of the type of `default`."""
        text = self._file.value(name)
        if not isinstance(text, str):
            return default
        try:
            value = json.loads(text)
        except ValueError:
            return default
        if isinstance(default, float) and isinstance(value, int):
            value = float(value)
        return value if default is None or isinstance(value, type(default)) else default

    def set(self, name: str, value: Any) -> None:
        """Remember a value that JSON can carry."""
        self._file.setValue(name, json.dumps(value))

    def recent(self) -> list[Path]:
        """Recordings opened lately that are still there, the latest first."""
        return [path for path in map(Path, self.get("recent", [])) if path.exists()]

    def opened(self, path: Path) -> None:
        """A recording was opened."""
        path = path.resolve()
        others = [str(other) for other in map(Path, self.get("recent", [])) if other != path]
        self.set("recent", [str(path), *others][:RECENT])

    def forget(self, client: str) -> int:
        """What was chosen for a client, and recordings named after one; how many things that were."""
        choice = self.get("choice", {})
        chosen = isinstance(choice, dict) and str(choice.get("client", "")).lower() == client.lower()
        if chosen:
            self.set("choice", {**choice, "client": ""})
        recent = self.get("recent", [])
        kept = [path for path in recent if not Path(path).name.lower().startswith(f"{client.lower()}_")]
        self.set("recent", kept)
        self.save()
        return int(chosen) + len(recent) - len(kept)

    def geometry(self) -> QByteArray:
        """The window's place and size; empty before the first time."""
        return QByteArray.fromBase64(self.get("geometry", "").encode())

    def set_geometry(self, geometry: QByteArray) -> None:
        """Remember the window's place and size."""
        self.set("geometry", bytes(geometry.toBase64().data()).decode())

    def save(self) -> None:
        """Write now."""
        self._file.sync()
