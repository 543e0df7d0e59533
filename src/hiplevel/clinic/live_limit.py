"""A limit changed while somebody trains: an event in the recording and a line in the trail, or neither."""

from typing import Protocol

from hiplevel.clinic import audit
from hiplevel.clinic.clients import find_client
from hiplevel.clinic.clinicians import Clinician, require_clinician
from hiplevel.clinic.database import Store
from hiplevel.clinic.prescribed import current, limits_of
from hiplevel.clinic.prescribing import change_limit
from hiplevel.model.errors import Reason, UsageError
from hiplevel.model.limit_change import LimitChanged
from hiplevel.model.rules import DropRule


class Live(Protocol):
    """What a running session lets a clinician do."""

    @property
    def rule(self) -> DropRule | None:
        """The limits now; None when nothing is judged any more."""
        ...

    def change_limits(self, change: LimitChanged) -> None:
        """Judge by other limits from the next sample on, and record that."""
        ...


def change_live(
    store: Store, live: Live, code: str, exercise: str, stance: str, rule: DropRule, reason: str, *, by: Clinician
) -> LimitChanged:
    """Change the limits of a running session, and of the prescription where the exercise is prescribed.

    Raises
    ------
    ClinicError
        NOT_ALLOWED for anybody but a clinician.
    UsageError
        PRESCRIPTION without a reason, without a change, or when nothing is judged any more; NOT_FOUND for the client.
    """
    require_clinician(by)
    before = live.rule
    if before is None:
        raise UsageError("Drops are not judged any more in this session: there is no limit.", Reason.PRESCRIPTION)
    if before == rule:
        raise UsageError("That is the limit already; nothing was changed.", Reason.PRESCRIPTION)
    if not reason.strip():
        raise UsageError("A change of limits says why.", Reason.PRESCRIPTION)
    with store.transaction():
        client = find_client(store, code)
        line = audit.append(
            store,
            by,
            "limit-changed-live",
            {
                "client": client.code,
                "exercise": exercise,
                "stance": stance,
                "from": limits_of(before),
                "to": limits_of(rule),
                "why": reason,
            },
        )
        asked = current(store, code, exercise, stance)
        if asked is not None and asked.prescription.rule != rule:
            change_limit(store, code, exercise, stance, rule, reason, by=by)
        change = LimitChanged.between(before, rule, by.name, reason, fingerprint=by.fingerprint, line=line.number)
        live.change_limits(change)
    return change
