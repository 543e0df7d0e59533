"""Clients by pseudonym; a name is optional, kept apart and sealed. Sensors, and whose they are."""

import time
from dataclasses import dataclass

from hiplevel.clinic import audit
from hiplevel.clinic.audit import TRAINEE, Actor
from hiplevel.clinic.clinicians import Clinician
from hiplevel.clinic.database import Store
from hiplevel.model.errors import Reason, UsageError
from hiplevel.recording.names import check_client

MAX_NAME = 100


@dataclass(frozen=True)
class Client:
    """A client as listed. name: None where there is none or nobody may read it; named: whether there is one."""

    id: int
    code: str
    added_ns: int
    sensors: tuple[str, ...] = ()
    sessions: int = 0
    prescriptions: int = 0
    last_session_ns: int | None = None
    named: bool = False
    name: str | None = None


def add_client(store: Store, code: str, *, name: str = "", by: Actor = TRAINEE) -> Client:
    """A new client. A name needs a clinician, whose key seals it.

    Raises
    ------
    UsageError
        USAGE for a code that looks like a name, EXISTS when it is taken, NOT_ALLOWED for a name in the trainee's role.
    """
    check_client(code)
    with store.transaction():
        if store.row("SELECT 1 FROM client WHERE code = ?", code):
            raise UsageError(f"There is a client {code} already.", Reason.EXISTS)
        store.run("INSERT INTO client (code, added_ns) VALUES (?, ?)", code, time.time_ns())
        audit.append(store, by, "client-added", {"client": code})
        if name:
            _name(store, code, name, by)
    return find_client(store, code)


def name_client(store: Store, code: str, name: str, *, by: Clinician) -> None:
    """Give a client a name, or with an empty one take it away."""
    client = find_client(store, code)
    with store.transaction():
        if name:
            _name(store, client.code, name, by)
        else:
            store.run("DELETE FROM client_name WHERE client_id = ?", client.id)
            audit.append(store, by, "name-removed", {"client": client.code})


def find_client(store: Store, code: str) -> Client:
    """The client of that code.

    Raises
    ------
    UsageError
        NOT_FOUND, with the nearest code.
    """
    row = store.row("SELECT id, code, added_ns FROM client WHERE code = ?", code)
    if row is None:
        import difflib

        codes = [str(other[0]) for other in store.rows("SELECT code FROM client")]
        near = difflib.get_close_matches(code, codes, n=1, cutoff=0.5)
        hint = f"Did you mean {near[0]}?" if near else f"Add it: hiplevel clinic clients add {code}"
        raise UsageError(f"There is no client {code} in this store.", Reason.NOT_FOUND, hint)
    return Client(*row)


def clients(store: Store, *, by: Clinician | None = None) -> list[Client]:
    """All clients by code; names are read when a clinician asks."""
    sensors: dict[int, list[str]] = {}
    for sensor_id, client_id in store.rows("SELECT sensor_id, client_id FROM sensor ORDER BY assigned_ns"):
        sensors.setdefault(client_id, []).append(sensor_id)
    names = dict(store.rows("SELECT client_id, sealed FROM client_name"))
    rows = store.rows(
        "SELECT c.id, c.code, c.added_ns, (SELECT count(*) FROM session s WHERE s.client_id = c.id), "
        "(SELECT count(DISTINCT exercise || '/' || stance) FROM prescription p WHERE p.client_id = c.id), "
        "(SELECT max(started_ns) FROM session s WHERE s.client_id = c.id) FROM client c ORDER BY c.code"
    )
    return [
        Client(
            id=id_,
            code=code,
            added_ns=added_ns,
            sensors=tuple(sensors.get(id_, ())),
            sessions=sessions,
            prescriptions=prescriptions,
            last_session_ns=last_ns,
            named=id_ in names,
            name=by.read_name(names[id_]) if by is not None and id_ in names else None,
        )
        for id_, code, added_ns, sessions, prescriptions, last_ns in rows
    ]


def assign_sensor(store: Store, sensor_id: str, code: str | None) -> None:
    """This sensor is worn by this client from now on; None takes it back."""
    client = None if code is None else find_client(store, code)
    if not sensor_id.strip():
        raise UsageError("A sensor is named by its address or serial number.", Reason.USAGE)
    with store.transaction():
        before = store.value(
            "SELECT c.code FROM sensor s JOIN client c ON c.id = s.client_id WHERE s.sensor_id = ?", sensor_id
        )
        store.run(
            "INSERT INTO sensor (sensor_id, client_id, assigned_ns) VALUES (?, ?, ?) ON CONFLICT (sensor_id) DO UPDATE "
            "SET client_id = excluded.client_id, assigned_ns = excluded.assigned_ns",
            sensor_id,
            None if client is None else client.id,
            time.time_ns(),
        )
        if before is not None and (client is None or before != client.code):
            audit.append(store, TRAINEE, "sensor-taken-back", {"client": before, "sensor": sensor_id})
        if client is not None and before != client.code:
            audit.append(store, TRAINEE, "sensor-assigned", {"client": client.code, "sensor": sensor_id})


def _name(store: Store, code: str, name: str, by: Actor) -> None:
    if not isinstance(by, Clinician):
        raise UsageError("A name is added in the clinician's role, whose key seals it.", Reason.NOT_ALLOWED)
    name = name.strip()
    if not 0 < len(name) <= MAX_NAME or not name.isprintable():
        raise UsageError(f"A name has 1 to {MAX_NAME} characters in one line.", Reason.USAGE)
    store.run("INSERT OR REPLACE INTO client_name SELECT id, ? FROM client WHERE code = ?", by.seal_name(name), code)
    audit.append(store, by, "named", {"client": code})  # never the name: the trail outlives it
