"""Results kept in the user's cache folder, so that a second run does only what is new. Losing it costs time only."""

import contextlib
import hashlib
import json
import time
from pathlib import Path
from typing import Any

from hiplevel.model.errors import RecordingError
from hiplevel.recording.whole_file import whole_file

UNUSED_DAYS = 90


def default_folder() -> Path:
    """Where results are kept."""
    import platformdirs

    return platformdirs.user_cache_path("hiplevel", appauthor=False) / "cohort"


class Kept:
    """Results under the digest of the file's bytes and of `how`: all that besides them shapes a result."""

    def __init__(self, how: Any, folder: Path | None = None) -> None:
        self._how = json.dumps(how, sort_keys=True, ensure_ascii=False).encode()
        self._folder = folder or default_folder()

    def key(self, path: Path) -> str:
        """Of a file as it is now. Raises OSError when it cannot be read."""
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256")
        digest.update(self._how)
        return digest.hexdigest()

    def find(self, key: str) -> dict[str, Any] | None:
        """The result; None when there is none or it cannot be read."""
        path = self._folder / f"{key}.json"
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            path.touch()  # it is of use
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def keep(self, key: str, result: dict[str, Any]) -> None:
        """Keep one; where that cannot be, it is computed again."""
        with (
            contextlib.suppress(OSError, RecordingError),
            whole_file(self._folder / f"{key}.json", overwrite=True) as part,
        ):
            part.write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")


def tidy(folder: Path | None = None) -> None:
    """Remove what was of no use for a long time: of files that are gone, or of an earlier hiplevel."""
    before_s = time.time() - UNUSED_DAYS * 86400
    for path in (folder or default_folder()).glob("*.json"):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < before_s:
                path.unlink()


def forget_client(code: str) -> int:
    """Remove the results of one client; how many there were."""
    forgotten = 0
    for path in default_folder().glob("*.json"):
        with contextlib.suppress(OSError, ValueError):
            found = json.loads(path.read_text(encoding="utf-8"))
            if isinstance(found, dict) and found.get("client") == code:
                path.unlink(missing_ok=True)
                forgotten += 1
    return forgotten
