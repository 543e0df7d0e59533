"""What the training side needs of the store: what is prescribed to whoever is about to train."""

import contextlib
from pathlib import Path

from hiplevel.clinic.database import Store, default_path
from hiplevel.clinic.prescribing import programme
from hiplevel.model.errors import UsageError
from hiplevel.model.prescription import Prescription


def prescribed_to(
    client: str, exercise: str | None = None, stance: str | None = None, *, path: Path | None = None
) -> list[Prescription]:
    """What is prescribed now; nothing where there is no store on this computer or the client is not in it.

    Raises
    ------
    ClinicError
        when there is a store that cannot be read: training by a preset instead would hide that.
    """
    where = default_path() if path is None else path
    if not client or not where.exists():
        return []
    with Store(where) as store, contextlib.suppress(UsageError):
        found = [one.prescription for one in programme(store, client)]
        return [p for p in found if exercise in (None, p.exercise) and stance in (None, p.stance)]
    return []
