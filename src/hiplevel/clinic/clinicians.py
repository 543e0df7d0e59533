"""The clinician's role: a key in the store that its passphrase opens. Whoever holds a `Clinician` may change limits."""

import os
import time
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hiplevel.clinic import audit, keyring
from hiplevel.clinic.database import Store
from hiplevel.model.errors import ClinicError, Reason, UsageError

MIN_PASSPHRASE = 8
MAX_NAME = 60


@dataclass(frozen=True)
class Clinician:
    """Somebody who has given the passphrase; made by `unlock` and `add_clinician`."""

    name: str
    fingerprint: str
    public_key: bytes
    _key: Ed25519PrivateKey = field(repr=False)
    _names_key: bytes = field(repr=False)

    def sign(self, data: bytes) -> bytes:
        """Ed25519 signature over `data`."""
        return self._key.sign(data)

    def seal_name(self, name: str) -> bytes:
        """A client's name as it is kept."""
        return keyring.seal(self._names_key, name.encode(), "name")

    def read_name(self, sealed: bytes) -> str | None:
        """A client's name; None when it was sealed for others or changed."""
        name = keyring.unseal(self._names_key, sealed, "name")
        return None if name is None else name.decode()


@dataclass(frozen=True)
class KeyEntry:
    """A clinician as the store lists them."""

    name: str
    fingerprint: str
    made_ns: int


def add_clinician(store: Store, name: str, passphrase: str, *, by: Clinician | None = None) -> Clinician:
    """Make a key for `name`. The first makes itself; each further one is introduced by one who is there.

    Raises
    ------
    UsageError
        USAGE or EXISTS for the name, PASSPHRASE for one that is too short.
    ClinicError
        NOT_ALLOWED for a further clinician whom nobody introduces.
    """
    name = name.strip()
    if not 0 < len(name) <= MAX_NAME or not name.isprintable():
        raise UsageError(f"A clinician's name has 1 to {MAX_NAME} characters in one line.", Reason.USAGE)
    if len(passphrase) < MIN_PASSPHRASE:
        raise UsageError(
            f"A passphrase has at least {MIN_PASSPHRASE} characters; several words are best.", Reason.PASSPHRASE
        )
    private, salt = Ed25519PrivateKey.generate(), keyring.new_salt()
    public = keyring.public_bytes(private)
    fingerprint, opened = keyring.fingerprint_of(public), keyring.key_from(passphrase, salt)
    with store.transaction():
        if store.row("SELECT 1 FROM clinician WHERE name = ?", name):
            raise UsageError(f"There is a clinician {name} already.", Reason.EXISTS)
        if by is None and clinicians(store):
            raise ClinicError(
                "This store has a clinician; a further one is introduced by one of them.", Reason.NOT_ALLOWED
            )
        names_key = os.urandom(keyring.KEY_BYTES) if by is None else by._names_key
        made = Clinician(name, fingerprint, public, private, names_key)
        store.run(
            "INSERT INTO clinician VALUES (?, ?, ?, ?, ?, ?, ?)",
            fingerprint,
            name,
            public,
            keyring.seal(opened, private.private_bytes_raw(), fingerprint),
            keyring.seal(opened, names_key, f"names {fingerprint}"),
            salt,
            time.time_ns(),
        )
        audit.append(store, by or made, "clinician-added", {"clinician": name, "key": fingerprint})
    return made


def unlock(store: Store, passphrase: str, name: str | None = None) -> Clinician:
    """The clinician whom the passphrase opens; the name may be left out where there is only one.

    Raises
    ------
    UsageError
        NOT_FOUND when there is no such clinician, USAGE when the name is needed.
    ClinicError
        PASSPHRASE for a wrong one, DAMAGED_FILE when key and fingerprint do not belong together.
    """
    known = clinicians(store)
    if not known:
        raise UsageError(
            "This store has no clinician yet.", Reason.NOT_FOUND, "Make a key: hiplevel clinic keys new NAME"
        )
    if name is None and len(known) > 1:
        names = ", ".join(entry.name for entry in known)
        raise UsageError(f"This store has several clinicians: {names}.", Reason.USAGE, "Say which with --as NAME.")
    wanted = known[0].name if name is None else name
    row = store.row(
        "SELECT name, fingerprint, public_key, sealed_key, sealed_names_key, salt FROM clinician WHERE name = ?", wanted
    )
    if row is None:
        raise UsageError(
            f"There is no clinician {wanted} in this store.",
            Reason.NOT_FOUND,
            f"There is: {', '.join(entry.name for entry in known)}.",
        )
    own_name, fingerprint, public, sealed_key, sealed_names, salt = row
    opened = keyring.key_from(passphrase, salt)
    secret = keyring.unseal(opened, sealed_key, fingerprint)
    names_key = keyring.unseal(opened, sealed_names, f"names {fingerprint}")
    if secret is None or names_key is None:
        raise ClinicError(f"That is not the passphrase of {own_name}; nothing was changed.", Reason.PASSPHRASE)
    private = Ed25519PrivateKey.from_private_bytes(secret)
    if keyring.public_bytes(private) != public or keyring.fingerprint_of(public) != fingerprint:
        raise ClinicError(
            f"The key of {own_name} in this store is not the one of its fingerprint.", Reason.DAMAGED_FILE
        )
    return Clinician(own_name, fingerprint, public, private, names_key)


def clinicians(store: Store) -> list[KeyEntry]:
    """Who may act as a clinician here, oldest first."""
    return [KeyEntry(*row) for row in store.rows("SELECT name, fingerprint, made_ns FROM clinician ORDER BY made_ns")]


def require_clinician(by: object) -> None:
    """Refuse whoever has not given a clinician's passphrase. Raises ClinicError NOT_ALLOWED."""
    if not isinstance(by, Clinician):
        raise ClinicError(
            "Limits are set in the clinician's role only; nothing was changed.",
            Reason.NOT_ALLOWED,
            "A clinician opens it with a passphrase.",
        )
