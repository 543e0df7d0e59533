"""A prescription on its way: one file of readable TOML that carries its clinician's signature.

Everything above `[signature]` is signed byte for byte, and that table is written in one way only: no edit, however
small, passes.
"""

import re
import time
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from hiplevel.clinic import audit, plain_toml
from hiplevel.clinic.clients import find_client
from hiplevel.clinic.clinicians import Clinician, require_clinician
from hiplevel.clinic.database import Store
from hiplevel.clinic.keyring import fingerprint_of
from hiplevel.clinic.prescribing import programme
from hiplevel.model.errors import ClinicError, HiplevelError, Reason, RecordingError, UsageError
from hiplevel.model.prescription import Prescription
from hiplevel.recording.whole_file import whole_file

SCHEMA = 1
SUFFIX = ".hlp.toml"
VALID_DAYS = 90
MAX_BYTES = 200_000
CLOCK_SLACK = timedelta(days=1)  # two computers' clocks need not agree to the hour
HEADING = (
    "# A prescription for hiplevel: readable, and signed. Whatever is changed in it makes it invalid;\n"
    "# ask your clinician for a new one.\n\n"
)
SIGNATURE = re.compile(rb'\n\[signature\]\nkey = "([0-9a-f]{64})"\nvalue = "([0-9a-f]{128})"\n\Z')


@dataclass(frozen=True)
class SignedFile:
    """A prescription file whose signature holds; whether its signer is known is another question."""

    client: str
    signer: str
    fingerprint: str
    public_key: bytes
    issued_ns: int
    valid_until_ns: int
    prescriptions: tuple[Prescription, ...]


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


def read_file(path: Path) -> SignedFile:
    """Read and check a prescription file.

    Raises
    ------
    UsageError
        NOT_FOUND.
    ClinicError
        FOREIGN_FILE, TAMPERED, NEWER_FILE for a schema this hiplevel does not know, PRESCRIPTION for a content that
        cannot be meant.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _foreign(path)
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror or error}).", Reason.NOT_FOUND) from error
    if b"signature" not in data and not data.startswith(HEADING[:20].encode()):
        raise _foreign(path)
    end = SIGNATURE.search(data)
    if end is None:
        raise _tampered(path)
    public, value = bytes.fromhex(end[1].decode()), bytes.fromhex(end[2].decode())
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(value, data[: end.start()])
        told = tomllib.loads(data[: end.start()].decode())
    except (InvalidSignature, ValueError) as error:
        raise _tampered(path) from error
    return _content(path, told, public)


def _content(path: Path, told: dict[str, Any], public: bytes) -> SignedFile:
    schema = told.get("schema")
    if not isinstance(schema, int) or schema > SCHEMA:
        raise ClinicError(
            f"{path.name} has schema {schema!r}, which this hiplevel does not know (it reads up to {SCHEMA}).",
            Reason.NEWER_FILE,
            "Update hiplevel, or ask for a file of an older one.",
        )
    try:
        return SignedFile(
            client=str(told["client"]),
            signer=str(told["signer"]),
            fingerprint=fingerprint_of(public),
            public_key=public,
            issued_ns=_ns(told["issued"]),
            valid_until_ns=_ns(told["valid_until"]),
            prescriptions=tuple(Prescription.from_json(item) for item in told["prescription"]),
        )
    except (HiplevelError, KeyError, TypeError, ValueError) as error:
        raise ClinicError(
            f"{path.name} is signed, but prescribes what cannot be meant ({error}).",
            Reason.PRESCRIPTION,
            "Ask your clinician for another one.",
        ) from error


def check_time(signed: SignedFile, now_ns: int) -> None:
    """Refuse a file whose time is over or has not come. Raises ClinicError EXPIRED."""
    until, issued, now = (
        datetime.fromtimestamp(ns // 10**9, UTC) for ns in (signed.valid_until_ns, signed.issued_ns, now_ns)
    )
    if now > until:
        raise ClinicError(
            f"This prescription was valid until {until:%d %B %Y}.", Reason.EXPIRED, "Ask your clinician for a new one."
        )
    if issued > now + CLOCK_SLACK:
        raise ClinicError(
            f"This prescription was written on {issued:%d %B %Y}, which this computer says is still to come.",
            Reason.EXPIRED,
            "Set the computer's clock right.",
        )


def _ns(text: Any) -> int:
    when = datetime.fromisoformat(str(text))
    if when.tzinfo is None:
        raise ValueError(f"{text} has no time zone")
    return int(when.timestamp()) * 10**9


def _foreign(path: Path) -> ClinicError:
    return ClinicError(f"{path.name} is no prescription of hiplevel.", Reason.FOREIGN_FILE)


def _tampered(path: Path) -> ClinicError:
    return ClinicError(
        f"{path.name} was changed after it was signed, or is cut short; nothing of it was taken.",
        Reason.TAMPERED,
        "Ask your clinician for it again.",
    )
