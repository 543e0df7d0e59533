"""Prescriptions: immutable, versioned, made and stopped by a clinician only, each with a line in the trail."""

import hashlib
import json
import uuid
from dataclasses import asdict, dataclass, replace
from typing import Any

from hiplevel.clinic import audit
from hiplevel.clinic.clients import Client, find_client
from hiplevel.clinic.clinicians import Clinician, require_clinician
from hiplevel.clinic.database import Store
from hiplevel.exercises import load_exercise
from hiplevel.model.errors import ClinicError, Reason, UsageError
from hiplevel.model.prescription import Prescription
from hiplevel.model.rules import DropRule

LIMITS = ("threshold_deg", "left_deg", "right_deg", "warn_deg")


@dataclass(frozen=True)
class Prescribed:
    """A prescription as kept. stopped: from this version on the exercise is no longer asked for."""

    client: str
    prescription: Prescription
    made_ns: int
    stopped: bool
    line: int


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


def current(store: Store, code: str, exercise: str, stance: str) -> Prescribed | None:
    """What is prescribed now for this exercise and stance, None when nothing is or it was stopped."""
    found = history(store, code, exercise, stance)
    return found[-1] if found and not found[-1].stopped else None


def programme(store: Store, code: str) -> list[Prescribed]:
    """All that is prescribed to a client now, by exercise and stance."""
    last = {(p.prescription.exercise, p.prescription.stance): p for p in history(store, code)}
    return [last[key] for key in sorted(last) if not last[key].stopped]


def history(store: Store, code: str, exercise: str | None = None, stance: str | None = None) -> list[Prescribed]:
    """Every version ever prescribed to a client, in the order they were made.

    Raises
    ------
    ClinicError
        DAMAGED_FILE when one cannot be read.
    """
    client = find_client(store, code)
    rows = store.rows(
        "SELECT content, made_ns, stopped, audit_number FROM prescription WHERE client_id = ? "
        "AND exercise = coalesce(?, exercise) AND stance = coalesce(?, stance) ORDER BY made_ns, version",
        client.id,
        exercise,
        stance,
    )
    return [Prescribed(client.code, _read(store, row[0]), row[1], bool(row[2]), row[3]) for row in rows]


def limits_of(rule: DropRule) -> dict[str, float | None]:
    """The limits of a rule as the trail tells them."""
    told = asdict(rule)
    return {name: told[name] for name in LIMITS}


def _last_version(store: Store, client: Client, asked: Prescription) -> int:
    return int(
        store.value(
            "SELECT coalesce(max(version), 0) FROM prescription WHERE client_id = ? AND exercise = ? AND stance = ?",
            client.id,
            asked.exercise,
            asked.stance,
        )
    )


def _read(store: Store, content: str) -> Prescription:
    try:
        return Prescription.from_json(json.loads(content))
    except (KeyError, TypeError, ValueError) as error:
        raise ClinicError(
            f"A prescription in {store.path.name} cannot be read ({error}).",
            Reason.DAMAGED_FILE,
            "`hiplevel clinic audit verify` names it.",
        ) from error
