"""`hiplevel clinic prescriptions`: what is prescribed, as a table and as signed files."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hiplevel.cli.clinic.store import as_clinician, open_store
from hiplevel.cli.common import count, find_file, json_option, print_json, say, table
from hiplevel.cli.groups import Group
from hiplevel.cli.options.completion import exercise_ids
from hiplevel.cli.options.out_file import OutFile
from hiplevel.clinic.wording import day, dose_words, limits_words

if TYPE_CHECKING:
    from hiplevel.clinic.prescribed import Prescribed


@click.group(cls=Group, invoke_without_command=True)
@click.pass_context
def prescriptions(ctx: click.Context) -> None:
    """List what is prescribed, or send and take it as a signed file."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@prescriptions.command("list")
@click.argument("code", metavar="CLIENT")
@click.option("--all", "everything", is_flag=True, help="Every version, not only what is prescribed now.")
@json_option
def list_(code: str, everything: bool, as_json: bool) -> None:
    """List what is prescribed to CLIENT."""
    from hiplevel.clinic.prescribed import history, programme

    with open_store() as store:
        found = history(store, code) if everything else programme(store, code)
    if as_json:
        print_json(found)
    else:
        click.echo(programme_table(found) if found else f"Nothing is prescribed to {code}.")


@prescriptions.command("export")
@click.argument("code", metavar="CLIENT")
@click.option("-o", "--out", type=OutFile(), help="Default: CLIENT.hlp.toml, here.")
@click.option("--exercise", metavar="ID", shell_complete=exercise_ids, help="Only this one.")
@click.option("--valid-days", type=int, default=90, show_default=True)
@json_option
def export_file(code: str, out: Path | None, exercise: str | None, valid_days: int, as_json: bool) -> None:
    """Sign what is prescribed to CLIENT into one file that the training side takes."""
    from hiplevel.clinic.prescription_export import write_file
    from hiplevel.clinic.prescription_file import SUFFIX

    out = out or Path(f"{code}{SUFFIX}")
    with open_store() as store:
        signed = write_file(store, code, out, by=as_clinician(store), exercise=exercise, valid_days=valid_days)
    if as_json:
        print_json({"path": out, "fingerprint": signed.fingerprint, "valid_until_ns": signed.valid_until_ns})
        return
    click.echo(f"{out}: {count(len(signed.prescriptions), 'prescription')}, valid until {day(signed.valid_until_ns)}.")
    say(f"Signed by {signed.signer}, key {signed.fingerprint}. Tell your client this fingerprint by another way.")


@prescriptions.command("import")
@click.argument("file", type=click.Path())
@click.option("--client", metavar="CODE", help="Whose it must be.")
@click.option("--trust", default="", metavar="FINGERPRINT", help="For a signer new here, after comparing it.")
@click.option("--new-client", is_flag=True, help="Add the file's client where it is not here yet.")
@json_option
def import_file(file: str, client: str | None, trust: str, new_client: bool, as_json: bool) -> None:
    """Take a signed prescription FILE, after showing whose it is."""
    from hiplevel.clinic.prescription_file import read_file
    from hiplevel.clinic.prescription_import import signer_of, take

    signed = read_file(find_file(file, recording=False))
    with open_store(new=True) as store:
        say(f"For {signed.client}, signed by {signer_of(store, signed)}, valid until {day(signed.valid_until_ns)}.")
        taken = take(store, signed, client=client, trust=trust, new_client=new_client)
    if as_json:
        print_json(taken)
    else:
        click.echo(programme_table(taken) if taken else "All of it is here already.")


def programme_table(found: Sequence["Prescribed"]) -> str:
    """Prescriptions as a table."""
    from hiplevel.clinic.prescribed import limits_of

    rows = [
        (
            asked.exercise,
            asked.stance,
            "stopped" if p.stopped else dose_words(asked),
            limits_words(limits_of(asked.rule)),
            f"v{asked.version} {day(p.made_ns)}",
            asked.author,
            asked.reason or "-",
        )
        for p in found
        for asked in (p.prescription,)
    ]
    return table(("exercise", "stands on", "dose", "drop limit", "version", "by", "why"), rows)


def tell(made: "Prescribed", as_json: bool) -> None:
    """What was prescribed, and where the trail has it."""
    if as_json:
        print_json(made)
        return
    click.echo(programme_table([made]))
    say(f"Line {made.line} of the audit trail tells of it.")
