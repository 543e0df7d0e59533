"""Prescriptions: immutable, versioned, made and stopped by a clinician only, each with a line in the trail."""

import hashlib
import uuid
from dataclasses import replace
from typing import Any

from hiplevel.clinic import audit
from hiplevel.clinic.clients import Client, find_client
from hiplevel.clinic.clinicians import Clinician, require_clinician
from hiplevel.clinic.database import Store
from hiplevel.clinic.prescribed import Prescribed, current, limits_of
from hiplevel.exercises import load_exercise
from hiplevel.model.errors import Reason, UsageError
from hiplevel.model.prescription import Prescription
from hiplevel.model.rules import DropRule


def prescribe(store: Store, code: str, prescription: Prescription, *, by: Clinician, stop: bool = False) -> Prescribed:
    """Prescribe, or change what is prescribed for the same exercise and stance, which makes a new version.

    Raises
    ------
    UsageError
        NOT_FOUND for the client, UNKNOWN_EXERCISE, and PRESCRIPTION when a change of limits gives no reason.
    ClinicError
        NOT_ALLOWED for anybody but a clinician.
    """
    require_clinician(by)
    load_exercise(prescription.exercise)
    with store.transaction():
        client = find_client(store, code)
        before = current(store, code, prescription.exercise, prescription.stance)
        if stop and before is None:
            raise UsageError(
                f"{prescription.exercise} is not prescribed to {code}, stance {prescription.stance}.", Reason.NOT_FOUND
            )
        changed = before is not None and before.prescription.rule != prescription.rule
        if (changed or stop) and not prescription.reason.strip():
            what = "A change of limits" if changed else "Stopping"
            raise UsageError(f"{what} says why.", Reason.PRESCRIPTION, 'Add --reason "...".')
        made = replace(
            prescription,
            id=str(uuid.uuid4()),
            version=_last_version(store, client, prescription) + 1,
            author=by.name,
        )
        return keep(store, client, made, by=by, before=before, stop=stop)


def keep(
    store: Store,
    client: Client,
    made: Prescription,
    *,
    by: audit.Actor,
    before: Prescribed | None,
    stop: bool = False,
    told: dict[str, Any] | None = None,
) -> Prescribed:
    """Write a numbered prescription and its line; `prescribe` and the import of a signed file do it this way."""
    content = audit.canonical(made.to_json())
    digest = hashlib.sha256(content.encode()).hexdigest()
    line = audit.append(
        store,
        by,
        "stopped" if stop else "prescribed" if before is None else "prescription-changed",
        {
            "client": client.code,
            "exercise": made.exercise,
            "stance": made.stance,
            "id": made.id,
            "version": made.version,
            "from": None if before is None else limits_of(before.prescription.rule),
            "to": limits_of(made.rule),
            "why": made.reason,
            "prescription": digest,
            **(told or {}),
        },
    )
    store.run(
        "INSERT INTO prescription VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        made.id,
        client.id,
        made.exercise,
        made.stance,
        made.version,
        int(stop),
        line.at_ns,
        content,
        digest,
        line.number,
    )
    return Prescribed(client.code, made, line.at_ns, stop, line.number)


def change_limit(
    store: Store, code: str, exercise: str, stance: str, rule: DropRule, reason: str, *, by: Clinician
) -> Prescribed:
    """A new version of what is prescribed with other limits and nothing else changed.

    Raises
    ------
    UsageError
        NOT_FOUND when the exercise is not prescribed, PRESCRIPTION without a reason or without a change.
    """
    with store.transaction():
        before = current(store, code, exercise, stance)
        if before is None:
            raise UsageError(
                f"{exercise} is not prescribed to {code}, stance {stance}.",
                Reason.NOT_FOUND,
                "Prescribe it first: hiplevel clinic prescribe",
            )
        if before.prescription.rule == rule:
            raise UsageError("That is the limit already; nothing was changed.", Reason.PRESCRIPTION)
        return prescribe(store, code, replace(before.prescription, rule=rule, reason=reason), by=by)


def _last_version(store: Store, client: Client, asked: Prescription) -> int:
    return int(
        store.value(
            "SELECT coalesce(max(version), 0) FROM prescription WHERE client_id = ? AND exercise = ? AND stance = ?",
            client.id,
            asked.exercise,
            asked.stance,
        )
    )
