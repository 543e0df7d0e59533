"""`hiplevel clinic keys`: who may set limits."""

import click

from hiplevel.cli.clinic.store import as_clinician, open_store, passphrase
from hiplevel.cli.common import json_option, print_json, say, table
from hiplevel.cli.groups import Group
from hiplevel.clinic.wording import day


@click.group(cls=Group)
def keys() -> None:
    """Clinicians and their keys, and whose prescription files are taken here."""


@keys.command("new")
@click.argument("name")
@json_option
def new_key(name: str, as_json: bool) -> None:
    """Make a key for the clinician NAME, sealed by a passphrase that only NAME knows.

    The first one needs nobody; a further one is introduced by one who is there, whose passphrase is asked first.
    """
    from hiplevel.clinic.clinicians import add_clinician, clinicians

    with open_store(new=True) as store:
        by = as_clinician(store) if clinicians(store) else None
        made = add_clinician(store, name, passphrase(f"New passphrase for {name}", confirm=True), by=by)
    if as_json:
        print_json({"name": made.name, "fingerprint": made.fingerprint})
        return
    click.echo(f"{made.name}: key {made.fingerprint}")
    say(
        "Keep the passphrase: nobody can restore it. Your clients compare this fingerprint with the one they are shown."
    )


@keys.command("list")
@json_option
def list_keys(as_json: bool) -> None:
    """List clinicians of this store, and signers trusted here."""
    from hiplevel.clinic.clinicians import clinicians

    with open_store() as store:
        found = [(entry.name, entry.fingerprint, "clinician here", entry.made_ns) for entry in clinicians(store)]
        found += [
            (*row[:2], "trusted signer", row[2])
            for row in store.rows("SELECT name, fingerprint, trusted_ns FROM signer ORDER BY trusted_ns")
        ]
    if as_json:
        print_json([{"name": n, "fingerprint": f, "kind": k, "since_ns": s} for n, f, k, s in found])
    else:
        click.echo(table(("name", "key", "is", "since"), [(n, f, k, day(s)) for n, f, k, s in found]))
