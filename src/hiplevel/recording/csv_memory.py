"""Column mappings told once, remembered by the header they were told for."""

import contextlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import platformdirs

from hiplevel.model.errors import HiplevelError, RecordingError
from hiplevel.recording.csv_columns import Columns
from hiplevel.recording.whole_file import whole_file

MEMORY_SCHEMA = 1


def default_memory() -> Path:
    """Where mappings are kept, in the user's config folder."""
    return platformdirs.user_config_path("hiplevel", appauthor=False) / "csv-columns.json"


class ColumnMemory:
    """A small JSON file; a damaged or newer one counts as empty and is left as it is."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = default_memory() if path is None else path

    def recall(self, header: Sequence[str]) -> Columns | None:
        """The columns told for this very header, None when there were none."""
        known = self._read().get(_key(header))
        try:
            return None if known is None else Columns.from_json(known)
        except (HiplevelError, KeyError, TypeError):
            return None

    def keep(self, header: Sequence[str], columns: Columns) -> bool:
        """Remember; False when the file cannot be written, which must not stop an import."""
        headers = {**self._read(), _key(header): columns.to_json()}
        with contextlib.suppress(RecordingError), whole_file(self.path, overwrite=True) as part:
            part.write_text(json.dumps({"schema": MEMORY_SCHEMA, "headers": headers}, indent=1), encoding="utf-8")
            return True
        return False

    def _read(self) -> dict[str, Any]:
        try:
            data = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        headers = data.get("headers") if isinstance(data, dict) and data.get("schema") == MEMORY_SCHEMA else None
        return headers if isinstance(headers, dict) else {}


def _key(header: Sequence[str]) -> str:
    return json.dumps(list(header), ensure_ascii=False)
