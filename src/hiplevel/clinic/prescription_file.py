"""A prescription on its way: one file of readable TOML that carries its clinician's signature.

Everything above `[signature]` is signed byte for byte, and that table is written in one way only: no edit, however
small, passes.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from hiplevel.clinic.keyring import fingerprint_of
from hiplevel.model.errors import ClinicError, HiplevelError, Reason, UsageError
from hiplevel.model.prescription import Prescription

SCHEMA = 1
SUFFIX = ".hlp.toml"
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
