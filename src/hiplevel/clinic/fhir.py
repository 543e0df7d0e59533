"""Sessions for a record system: FHIR R4 Observations, one a session and side, with components.

Codes are hiplevel's own (no LOINC or SNOMED CT code says "pelvic drop in exercise"); units are UCUM. The subject is a
logical reference by the client's code: hiplevel knows no patient number.
"""

import uuid
from datetime import UTC, datetime
from typing import Any

from hiplevel.clinic.clients import find_client
from hiplevel.clinic.database import Store
from hiplevel.clinic.sessions import Session, sessions
from hiplevel.clinic.side_figures import SideFigures

SYSTEM = "urn:hiplevel:measure"
UCUM = "http://unitsofmeasure.org"
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
NAMESPACE = uuid.UUID("6f2f6a7e-7d0e-5c6f-9d2c-0e5a3c5b7a11")
NOTE = (
    "Training feedback of one sensor on the pelvis, against a limit set by the clinician; not a finding. Angles are "
    "relative to the client's quiet standing; less than 4 degrees between sessions is not called a change."
)
COMPONENTS: tuple[tuple[str, str, str, str], ...] = (
    ("limit_deg", "limit", "Drop limit set by the clinician", "deg"),
    ("drops", "drops", "Drops beyond the limit", "{count}"),
    ("over_s", "time-over-limit", "Time beyond the limit", "s"),
    ("judged_s", "time-judged", "Time in which drops were looked for", "s"),
    ("median_deg", "median-peak-fall", "Median over repetitions of the peak fall", "deg"),
    ("p90_deg", "p90-peak-fall", "90th percentile over repetitions of the peak fall", "deg"),
    ("sigma_deg", "standard-uncertainty", "Standard uncertainty of the angle", "deg"),
)


def bundle(store: Store, code: str, exercise: str | None = None) -> dict[str, Any]:
    """A Bundle (collection) of a client's sessions; simulated ones are left out, for they are nobody's.

    Raises
    ------
    UsageError
        NOT_FOUND.
    """
    client = find_client(store, code)
    found = [session for session in sessions(store, code, exercise) if not session.simulated]
    resources = [observation(s, side, client.code) for s in found for side in (*s.sides, *([] if s.sides else [None]))]
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource} for resource in resources],
    }


def observation(session: Session, side: SideFigures | None, code: str) -> dict[str, Any]:
    """One side of one session; without a side the repetitions alone, where drops were not judged."""
    start = datetime.fromtimestamp(session.started_ns / 1e9, UTC)
    end = datetime.fromtimestamp(session.started_ns / 1e9 + session.duration_s, UTC)
    name = "repetitions" if side is None else f"pelvic-drop-{side.side}"
    text = "Repetitions" if side is None else f"Peak fall of the {side.side} side of the pelvis in exercise"
    resource: dict[str, Any] = {
        "resourceType": "Observation",
        "id": str(uuid.uuid5(NAMESPACE, f"{session.content_hash} {name}")),
        "identifier": [{"system": "urn:hiplevel:session", "value": session.content_hash[:32]}],
        "status": "final",
        "category": [{"coding": [{"system": CATEGORY, "code": "activity", "display": "Activity"}]}],
        "code": {"coding": [{"system": SYSTEM, "code": name}], "text": text},
        "subject": {"identifier": {"system": "urn:hiplevel:client", "value": code}},
        "effectivePeriod": {"start": _instant(start), "end": _instant(end)},
        "method": {"text": f"hiplevel {session.pipeline}, exercise {session.exercise}, stance {session.stance}"},
        "note": [{"text": NOTE}],
        "component": [_component("repetitions", "Repetitions", float(session.reps), "{count}")],
    }
    if session.sensor_id:
        resource["device"] = {"identifier": {"system": "urn:hiplevel:sensor", "value": session.sensor_id}}
    if side is None:
        resource["valueQuantity"] = resource["component"].pop()["valueQuantity"]
        del resource["component"]
        return resource
    if side.peak_deg is None:
        resource["dataAbsentReason"] = {"text": "No repetition was counted."}
    else:
        resource["valueQuantity"] = _quantity(side.peak_deg, "deg")
    for field, key, display, unit in COMPONENTS:
        value = getattr(side, field)
        if value is not None:
            resource["component"].append(_component(key, display, float(value), unit))
    return resource


def _component(key: str, display: str, value: float, unit: str) -> dict[str, Any]:
    return {
        "code": {"coding": [{"system": SYSTEM, "code": key}], "text": display},
        "valueQuantity": _quantity(value, unit),
    }


def _quantity(value: float, unit: str) -> dict[str, Any]:
    return {"value": round(value, 2), "unit": unit.strip("{}"), "system": UCUM, "code": unit}


def _instant(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")
