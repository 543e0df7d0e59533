"""Calibrations kept for one wearing, by sensor and client: a small JSON file in the user's data folder."""

import json
from pathlib import Path
from typing import Any

import platformdirs

from hiplevel.language.local_time import local_time
from hiplevel.model.calibration import Calibration
from hiplevel.model.errors import HiplevelError, InputError, Reason, RecordingError, UsageError
from hiplevel.recording.whole_file import whole_file

STORE_SCHEMA = 1
AGAIN = "Stand still for 4 s, hinge forward at the hips three times, and run `hiplevel calibrate`."


def default_store() -> Path:
    """Beside the recordings, in the user's data folder."""
    return platformdirs.user_data_path("hiplevel", appauthor=False) / "calibrations.json"


class Calibrations:
    """The last calibration of each sensor on each client."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = default_store() if path is None else path

    def save(self, calibration: Calibration) -> None:
        """Keep it in the place of the one before.

        Raises
        ------
        UsageError
            when it does not say whose it is or when it was made.
        RecordingError
            DAMAGED_FILE or NEWER_FILE when the store cannot be added to, DISK when it cannot be written.
        """
        if not calibration.sensor_id or calibration.made_ns <= 0:
            raise UsageError(
                "A calibration is kept for one sensor from one moment on, and this one does not tell them.",
                Reason.USAGE,
            )
        kept = {**self._read(), _key(calibration.sensor_id, calibration.client): calibration.to_json()}
        with whole_file(self.path, overwrite=True) as part:
            part.write_text(json.dumps({"schema": STORE_SCHEMA, "calibrations": kept}, indent=1), encoding="utf-8")

    def find(self, sensor_id: str, client: str, at_ns: int) -> Calibration:
        """The calibration that holds for this sensor on this client at this time.

        Raises
        ------
        UsageError
            NOT_FOUND when there is none.
        InputError
            CALIBRATION when it has expired, or was made only later.
        RecordingError
            DAMAGED_FILE or NEWER_FILE when the store cannot be read.
        """
        whose = f"the sensor {sensor_id or 'without an id'}" + (f" on {client}" if client else "")
        kept = self._read().get(_key(sensor_id, client))
        if kept is None:
            raise UsageError(f"No calibration is kept of {whose}.", Reason.NOT_FOUND, AGAIN)
        try:
            calibration = Calibration.from_json(kept)
        except HiplevelError as error:
            raise self._damaged() from error
        if calibration.expired(at_ns):
            made = f"{local_time(calibration.made_ns):%Y-%m-%d %H:%M}"
            if at_ns < calibration.made_ns:
                sentence = f"The calibration of {whose} was made only later, {made}."
            else:
                sentence = (
                    f"The calibration of {whose} from {made} holds for {calibration.valid_s / 3600.0:g} hours: "
                    "the clip never sits twice in the same way."
                )
            raise InputError(sentence, Reason.CALIBRATION, AGAIN)
        return calibration

    def forget(self, client: str) -> int:
        """Remove every calibration of a client; how many there were. Raises as `save` does."""
        known = self._read()
        kept = {key: value for key, value in known.items() if json.loads(key)[1].lower() != client.lower()}
        if len(kept) != len(known):
            with whole_file(self.path, overwrite=True) as part:
                text = json.dumps({"schema": STORE_SCHEMA, "calibrations": kept}, indent=1)
                part.write_text(text, encoding="utf-8")
        return len(known) - len(kept)

    def _read(self) -> dict[str, Any]:
        try:
            data = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise RecordingError(
                f"{self.path.name} cannot be read ({error.strerror or error}).", Reason.DISK
            ) from error
        except ValueError as error:
            raise self._damaged() from error
        kept = data.get("calibrations") if isinstance(data, dict) else None
        if not isinstance(kept, dict) or not isinstance(data.get("schema"), int):
            raise self._damaged()
        if data["schema"] > STORE_SCHEMA:
            raise RecordingError(f"{self.path.name} is of a newer hiplevel.", Reason.NEWER_FILE, "Update hiplevel.")
        return kept

    def _damaged(self) -> RecordingError:
        return RecordingError(
            f"The kept calibrations in {self.path.name} are damaged.",
            Reason.DAMAGED_FILE,
            f"Delete {self.path} and calibrate again.",
        )


def _key(sensor_id: str, client: str) -> str:
    return json.dumps([sensor_id, client], ensure_ascii=False)
