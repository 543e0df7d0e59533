"""`hiplevel clinic backup|restore`: copies of the store."""

from pathlib import Path

import click

from hiplevel.cli.clinic.store import store_path
from hiplevel.cli.common import json_option, print_json, say, table
from hiplevel.cli.options.out_file import OutFile
from hiplevel.clinic.wording import moment
from hiplevel.model.errors import Reason, UsageError


@click.command()
@click.option("-o", "--out", type=OutFile(), help="A new file; default: among the automatic backups.")
@click.option("--list", "listing", is_flag=True, help="List the automatic backups.")
@json_option
def backup(out: Path | None, listing: bool, as_json: bool) -> None:
    """Copy the store, checked; automatic backups are made after each change."""
    from hiplevel.clinic.backup import back_up, backups
    from hiplevel.clinic.database import Store

    if listing:
        found = backups(store_path())
        if as_json:
            print_json(found)
        else:
            click.echo(table(("made", "file"), [(moment(one.made_ns), one.path) for one in found]))
        return
    with Store(store_path()) as store:
        path = back_up(store, to=out)
    if as_json:
        print_json({"path": path})
    else:
        click.echo(str(path))


@click.command()
@click.argument("source", type=click.Path(path_type=Path), required=False, metavar="[BACKUP]")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def restore(source: Path | None, yes: bool, as_json: bool) -> None:
    """Put a backup (the newest whole one) in the store's place; the store that was there is kept beside it."""
    from hiplevel.clinic.restore import restore as bring_back

    path = store_path()
    if source is not None and not source.is_file():
        raise UsageError(f"There is no file {source}.", Reason.NOT_FOUND)
    if not yes:
        click.confirm(f"Put {source or 'the newest whole backup'} in the place of {path}?", abort=True, err=True)
    chosen, aside = bring_back(path, source)
    if as_json:
        print_json({"restored": chosen, "set_aside": aside})
        return
    click.echo(f"Restored from {chosen}.")
    if aside is not None:
        say(f"What was there is kept as {aside}.")
