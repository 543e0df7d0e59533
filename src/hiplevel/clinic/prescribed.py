"""What is prescribed, now and before, as the store has it."""

import json
from dataclasses import asdict, dataclass

from hiplevel.clinic.clients import find_client
from hiplevel.clinic.database import Store
from hiplevel.model.errors import ClinicError, Reason
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


def _read(store: Store, content: str) -> Prescription:
    try:
        return Prescription.from_json(json.loads(content))
    except (KeyError, TypeError, ValueError) as error:
        raise ClinicError(
            f"A prescription in {store.path.name} cannot be read ({error}).",
            Reason.DAMAGED_FILE,
            "`hiplevel clinic audit verify` names it.",
        ) from error
