"""A prescription for its way to the client, signed: all that is prescribed, or one exercise, as one new file."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hiplevel.clinic import audit, plain_toml
from hiplevel.clinic.clients import find_client
from hiplevel.clinic.clinicians import Clinician, require_clinician
from hiplevel.clinic.database import Store
from hiplevel.clinic.prescribed import programme
from hiplevel.clinic.prescription_file import HEADING, SCHEMA, SignedFile, read_file
from hiplevel.model.errors import ClinicError, Reason, RecordingError, UsageError
from hiplevel.recording.whole_file import whole_file

VALID_DAYS = 90


def write_file(
    store: Store,
    code: str,
    out: Path,
    *,
    by: Clinician,
    exercise: str | None = None,
    valid_days: int = VALID_DAYS,
    now_ns: int | None = None,
) -> SignedFile:
    """Sign what is prescribed to a client now, all of it or one exercise, into a new file.

    Raises
    ------
    ClinicError
        NOT_ALLOWED, or DISK when it cannot be written.
    UsageError
        NOT_FOUND when nothing is prescribed, USAGE for a validity that cannot be meant, EXISTS for the file.
    """
    require_clinician(by)
    if not 1 <= valid_days <= 730:
        raise UsageError(f"A prescription is valid for 1 to 730 days, not {valid_days}.", Reason.USAGE)
    client = find_client(store, code)
    asked = [p.prescription for p in programme(store, code) if exercise in (None, p.prescription.exercise)]
    if not asked:
        raise UsageError(f"Nothing is prescribed to {code} that could be written.", Reason.NOT_FOUND)
    issued = datetime.fromtimestamp((time.time_ns() if now_ns is None else now_ns) // 10**9, UTC)
    body = HEADING + plain_toml.write(
        {
            "schema": SCHEMA,
            "client": client.code,
            "signer": by.name,
            "issued": issued.isoformat(),
            "valid_until": (issued + timedelta(days=valid_days)).isoformat(),
            "prescription": [prescription.to_json() for prescription in asked],
        }
    )
    value = by.sign(body.encode()).hex()
    text = f'{body}\n[signature]\nkey = "{by.public_key.hex()}"\nvalue = "{value}"\n'
    try:
        with whole_file(out) as part:
            part.write_bytes(text.encode())
    except RecordingError as error:
        kind = UsageError if error.reason is Reason.EXISTS else ClinicError
        raise kind(str(error), error.reason) from error
    with store.transaction():
        told = {"client": client.code, "ids": [p.id for p in asked], "valid_until": issued.isoformat()}
        audit.append(store, by, "prescription-written", told)
    return read_file(out)
