"""Taking a signed prescription on the training side: after showing whose it is, and only from somebody trusted."""

import time
from dataclasses import dataclass

from hiplevel.clinic import audit
from hiplevel.clinic.audit import TRAINEE, Actor
from hiplevel.clinic.clients import add_client, find_client
from hiplevel.clinic.database import Store
from hiplevel.clinic.prescribed import Prescribed, current, history
from hiplevel.clinic.prescribing import keep
from hiplevel.clinic.prescription_file import SignedFile, check_time
from hiplevel.exercises import load_exercise
from hiplevel.model.errors import ClinicError, Reason, UsageError


@dataclass(frozen=True)
class Signer:
    """Whose a file is. known: a clinician of this store, or somebody trusted before."""

    name: str
    fingerprint: str
    known: bool

    def __str__(self) -> str:
        how = (
            "known here" if self.known else "NEW here: compare the fingerprint with your clinician before you trust it"
        )
        return f"{self.name}, key {self.fingerprint} ({how})"


def signer_of(store: Store, signed: SignedFile) -> Signer:
    """Whose the file is, to be shown before anything is taken. The name of a known key is the one known here."""
    row = store.row(
        "SELECT name FROM clinician WHERE public_key = ? UNION ALL SELECT name FROM signer WHERE public_key = ?",
        signed.public_key,
        signed.public_key,
    )
    return Signer(signed.signer if row is None else str(row[0]), signed.fingerprint, row is not None)


def take(
    store: Store,
    signed: SignedFile,
    *,
    client: str | None = None,
    trust: str = "",
    new_client: bool = False,
    by: Actor = TRAINEE,
    now_ns: int | None = None,
) -> list[Prescribed]:
    """Take what a file prescribes. trust: the fingerprint that the person has compared, for a signer who is new.

    new_client: add the file's client to this store when it is not there.

    Raises
    ------
    ClinicError
        EXPIRED, OTHER_CLIENT, UNKNOWN_SIGNER, or PRESCRIPTION for one older than what is prescribed here.
    UsageError
        NOT_FOUND when the client is not in this store, UNKNOWN_EXERCISE.
    """
    check_time(signed, time.time_ns() if now_ns is None else now_ns)
    if client is not None and client.lower() != signed.client.lower():
        raise ClinicError(
            f"This prescription is for {signed.client}, not for {client}; nothing of it was taken.",
            Reason.OTHER_CLIENT,
            "Ask your clinician for yours.",
        )
    for asked in signed.prescriptions:
        load_exercise(asked.exercise)
    with store.transaction():
        _trust(store, signed, trust, by)
        if new_client and store.row("SELECT 1 FROM client WHERE code = ?", signed.client) is None:
            add_client(store, signed.client, by=by)
        owner = find_client(store, signed.client)
        taken = []
        for asked in signed.prescriptions:
            known = history(store, owner.code, asked.exercise, asked.stance)
            if any(other.prescription.id == asked.id for other in known):
                continue
            last = known[-1].prescription.version if known else 0
            if asked.version <= last:
                raise ClinicError(
                    f"This is version {asked.version} of {asked.exercise}; version {last} is here already. Nothing was "
                    "taken.",
                    Reason.PRESCRIPTION,
                    "Ask your clinician for the newest one.",
                )
            before = current(store, owner.code, asked.exercise, asked.stance)
            told = {"signer": signed.signer, "key": signed.fingerprint}
            taken.append(keep(store, owner, asked, by=by, before=before, told=told))
    return taken


def _trust(store: Store, signed: SignedFile, trust: str, by: Actor) -> None:
    signer = signer_of(store, signed)
    if signer.known:
        return
    if trust != signed.fingerprint:
        wrong = f" You wrote {trust}." if trust else ""
        raise ClinicError(
            f"This prescription is signed by {signed.signer} with a key that is new here: {signed.fingerprint}.{wrong} "
            "Nothing of it was taken.",
            Reason.UNKNOWN_SIGNER,
            f"Compare the fingerprint with your clinician; if it is the same, add --trust {signed.fingerprint}.",
        )
    if not signed.signer.strip():
        raise UsageError("The file does not say who signed it.", Reason.PRESCRIPTION)
    store.run(
        "INSERT INTO signer VALUES (?, ?, ?, ?)",
        signed.fingerprint,
        signed.signer,
        signed.public_key,
        time.time_ns(),
    )
    audit.append(store, by, "signer-trusted", {"signer": signed.signer, "key": signed.fingerprint})
