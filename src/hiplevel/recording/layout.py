"""The channels of a recording: topics, encodings and schemas, shared by writer and reader."""

import json
from typing import Any

import numpy as np

PROFILE = "hiplevel"
RAW_TOPIC = "/imu/raw/"  # + the characteristic's alias
SAMPLES_TOPIC = "/imu/samples"
ANGLES_TOPIC = "/pelvis/angles"
EVENTS_TOPIC = "/events"
AMENDED_RECORD = "hiplevel.amended"  # metadata: how whole the recording was before people added to it

RAW_ENCODING = "application/octet-stream"
ROWS_ENCODING = "float64-rows"
ROW_COLUMNS = ("time_s", "acc_x_m_s2", "acc_y_m_s2", "acc_z_m_s2", "gyr_x_rad_s", "gyr_y_rad_s", "gyr_z_rad_s")
ROW_DTYPE = np.dtype("<f8")

_NUMBER = {"type": "number"}
_SCHEMAS: dict[str, dict[str, Any]] = {
    ANGLES_TOPIC: {
        "title": "hiplevel.PelvisAngles",
        "description": "Angles as shown live, thinned. Computed: the notifications are the truth.",
        "type": "object",
        "properties": {
            "time_s": {**_NUMBER, "description": "since the first sample"},
            "obliquity_deg": {**_NUMBER, "description": "+ = left side up"},
            "tilt_deg": {**_NUMBER, "description": "+ = anterior"},
        },
    },
    EVENTS_TOPIC: {
        "title": "hiplevel.Event",
        "description": "One event: its type, when it became certain, and that type's own fields.",
        "type": "object",
        "properties": {
            "type": {"type": "string"},
            "schema": {"type": "integer"},
            "known_s": {**_NUMBER, "description": "since the first sample"},
            "side": {"type": "string"},
            "number": {"type": "integer"},
            "peak_deg": _NUMBER,
            "text": {"type": "string"},
        },
        "additionalProperties": True,
    },
}


def schema_of(topic: str) -> tuple[str, bytes]:
    """The name and JSON schema of a JSON topic."""
    schema = _SCHEMAS[topic]
    return str(schema["title"]), json.dumps(schema).encode()
