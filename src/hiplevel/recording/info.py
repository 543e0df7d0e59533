"""What a recording says about itself: who (by pseudonym), which sensor, exercise, limits and versions."""

import dataclasses
import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import metadata
from typing import Any, Self

from hiplevel.model.calibration import Calibration
from hiplevel.model.errors import HiplevelError, Reason, RecordingError
from hiplevel.model.prescription import Prescription
from hiplevel.model.rules import DropRule
from hiplevel.version import __version__

INFO_SCHEMA = 1
INFO_RECORD = "hiplevel.recording"


@lru_cache(maxsize=1)
def _versions() -> tuple[tuple[str, str], ...]:
    packages = ((name, metadata.version(name)) for name in ("numpy", "vqf", "mcap"))
    return (("hiplevel", __version__), ("python", platform.python_version()), *packages)


def current_versions() -> dict[str, str]:
    """The versions that shape results, by package name."""
    return dict(_versions())


@dataclass(frozen=True)
class RecordingInfo:
    """The head of a recording.

    Attributes
    ----------
    client : pseudonymous code, never a name
    sensor_id : address or serial number; firmware : as the sensor reports it
    spec_id, spec_toml, spec_vars : the firmware spec that decodes the notifications, verbatim, and its settings
    exercise_toml : the exercise as it was described then, verbatim; the recorder fills it in
    count_at : 'turn' or 'end' when people chose when a repetition is told; '' as the exercise says
    rule : the drop limits as set by the clinician
    calibration : None means a neutral from keeping still at the start
    started_ns : wall clock, ns since 1970, UTC
    utc_offset_min : of the place, minutes east; None where nobody knows
    seed : of the simulation, when `simulated`
    source : 'bluetooth', 'import' or 'simulation'
    """

    client: str = ""
    sensor_name: str = ""
    sensor_id: str = ""
    firmware: str = ""
    spec_id: str = ""
    spec_toml: str = ""
    spec_vars: Mapping[str, Any] = field(default_factory=dict)
    exercise: str = ""
    exercise_toml: str = ""
    count_at: str = ""
    stance: str = "both"
    rule: DropRule = field(default_factory=DropRule)
    calibration: Calibration | None = None
    prescription: Prescription | None = None
    started_ns: int = 0
    utc_offset_min: int | None = None
    simulated: bool = False
    seed: int | None = None
    note: str = ""
    versions: Mapping[str, str] = field(default_factory=current_versions)
    source: str = "bluetooth"

    def to_json(self) -> dict[str, Any]:
        """A JSON object with the `schema` version."""
        plain = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        plain["rule"] = dataclasses.asdict(self.rule)
        plain["calibration"] = None if self.calibration is None else self.calibration.to_json()
        plain["prescription"] = None if self.prescription is None else self.prescription.to_json()
        return {"schema": INFO_SCHEMA, **plain, "spec_vars": dict(self.spec_vars), "versions": dict(self.versions)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """What `to_json` gave. Unknown fields of a later minor version are ignored.

        Raises
        ------
        RecordingError
            NEWER_FILE for a schema this version does not know, DAMAGED_FILE for anything that is no such object.
        """
        schema = data.get("schema")
        if not isinstance(schema, int):
            raise RecordingError("The recording's head carries no schema version.", Reason.DAMAGED_FILE)
        if schema > INFO_SCHEMA:
            raise RecordingError(
                f"The recording was written by a newer hiplevel (schema {schema}; this one reads up to {INFO_SCHEMA}).",
                Reason.NEWER_FILE,
                "Update hiplevel to open it.",
            )
        known = {f.name for f in dataclasses.fields(cls)}
        values = {name: value for name, value in data.items() if name in known}
        try:
            values["rule"] = DropRule(**data["rule"])
            if values.get("calibration") is not None:
                values["calibration"] = Calibration.from_json(data["calibration"])
            if values.get("prescription") is not None:
                values["prescription"] = Prescription.from_json(data["prescription"])
            return cls(**values)
        except (HiplevelError, KeyError, TypeError, ValueError) as error:
            raise RecordingError(f"The recording's head is damaged ({error}).", Reason.DAMAGED_FILE) from error

    def to_metadata(self) -> dict[str, str]:
        """The same as the texts of an MCAP metadata record, one a field, so that any viewer shows it."""
        return {name: json.dumps(value, ensure_ascii=False) for name, value in self.to_json().items()}

    @classmethod
    def from_metadata(cls, texts: Mapping[str, str]) -> Self:
        """What `to_metadata` gave; raises like `from_json`."""
        try:
            values = {name: json.loads(text) for name, text in texts.items()}
        except ValueError as error:
            raise RecordingError(f"The recording's head is damaged ({error}).", Reason.DAMAGED_FILE) from error
        return cls.from_json(values)
