"""Frozen dataclasses to JSON and back, with a schema version."""

import dataclasses
from typing import Any, cast

from hiplevel.model.errors import Reason, RecordingError
from hiplevel.model.events import EVENT_TYPES, Event
from hiplevel.model.known import Known

SCHEMA = 1


def event_to_json(event: Event) -> dict[str, Any]:
    """An event as a JSON object: its fields, its `type` and the `schema` version."""
    return {"schema": SCHEMA, "type": type(event).__name__, **dataclasses.asdict(event)}


def event_from_json(data: dict[str, Any]) -> Event:
    """The event that `event_to_json` wrote. Unknown extra fields of a later minor version are ignored.

    Raises
    ------
    RecordingError
        NEWER_FILE for a schema this version does not know, DAMAGED_FILE for anything that is not an event.
    """
    if not isinstance(data, dict) or "type" not in data:
        raise RecordingError("An entry in the event channel is not an event.", Reason.DAMAGED_FILE)
    schema = data.get("schema")
    if not isinstance(schema, int):
        raise RecordingError("An event carries no schema version.", Reason.DAMAGED_FILE)
    if schema > SCHEMA:
        raise RecordingError(
            f"The recording's events have schema {schema}; this hiplevel reads up to {SCHEMA}.",
            Reason.NEWER_FILE,
            "Update hiplevel.",
        )
    kind = EVENT_TYPES.get(str(data["type"]))
    if kind is None:
        raise RecordingError(f"The recording has an event of an unknown type {data['type']!r}.", Reason.NEWER_FILE)
    return cast(Event, _build(kind, data))


def _build(kind: type[Known], data: dict[str, Any]) -> Known:
    names = {f.name for f in dataclasses.fields(kind)}
    try:
        return kind(**{name: _value(value) for name, value in data.items() if name in names})
    except TypeError as error:
        raise RecordingError(f"A {kind.__name__} event lacks a field ({error}).", Reason.DAMAGED_FILE) from error


def _value(value: Any) -> Any:
    """JSON has lists only; events hold tuples."""
    return tuple(value) if isinstance(value, list) else value
