"""`hiplevel clinic export|erase`: all that is kept of a client, given out or gone."""

from pathlib import Path

import click

from hiplevel.cli.clinic.store import as_clinician, open_store
from hiplevel.cli.common import count, json_option, plain, print_json, say
from hiplevel.cli.options.out_file import OutFile
from hiplevel.model.errors import Reason, UsageError


@click.command()
@click.argument("code", metavar="CLIENT")
@click.option("-o", "--out", type=OutFile(), help="The ZIP file; default: CLIENT.zip, here.")
@click.option("--recordings/--no-recordings", default=True, show_default=True)
@click.option("--with-name", is_flag=True, help="With the name, which a clinician's passphrase unseals.")
@json_option
def export(code: str, out: Path | None, recordings: bool, with_name: bool, as_json: bool) -> None:
    """Write all that is kept of CLIENT into one ZIP file."""
    from hiplevel.clinic.audit import TRAINEE
    from hiplevel.clinic.export import export_client

    out = out or Path(f"{code}.zip")
    with open_store() as store:
        by = as_clinician(store) if with_name else TRAINEE
        names = export_client(store, code, out, recordings=recordings, by=by)
    if as_json:
        print_json({"path": out, "files": names})
    else:
        click.echo(f"{out}: {count(len(names), 'file')}.")


@click.command()
@click.argument("code", metavar="CLIENT")
@click.option("--keep-recordings", is_flag=True, help="Leave the recordings where they are.")
@click.option("--proof", type=OutFile(), help="Also write the signed proof to this new file.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def erase(code: str, keep_recordings: bool, proof: Path | None, yes: bool, as_json: bool) -> None:
    """Erase CLIENT completely: rows, name, recordings, angles, older backups, and what the trail says. No way back."""
    import json

    from hiplevel.clinic.clients import find_client
    from hiplevel.clinic.erase import erase_client
    from hiplevel.clinic.sessions import sessions
    from hiplevel.cohort.kept import forget_client as cohort_forgets
    from hiplevel.session.forget_client import forget_client

    with open_store() as store:
        client = find_client(store, code)
        if not yes:
            number = count(len(sessions(store, client.code)), "session")
            what = f"{client.code}, {number}{'' if keep_recordings else ' with their recordings'}"
            click.confirm(
                f"Erase {what} and all older backups of the store? There is no way back.", abort=True, err=True
            )
        if proof is not None and proof.exists():
            raise UsageError(f"{proof} is already there.", Reason.EXISTS, "Choose another name.")
        by = as_clinician(store)
        also = (forget_client, cohort_forgets, _window_forgets)
        erased = erase_client(store, client.code, by=by, recordings=not keep_recordings, also=also)
    if proof is not None:
        proof.write_text(json.dumps(plain(erased), indent=1), encoding="utf-8")
    if as_json:
        print_json(erased)
        return
    kinds = [count(n, name.replace("_", " ")) for name, n in erased.rows.items() if n]
    kinds += [count(len(erased.recordings), "recording"), count(erased.backups_removed, "older backup")]
    click.echo(f"Erased: {', '.join(kinds)}; and what {count(erased.details_erased, 'line')} of the trail said.")
    click.echo(f"Line {erased.line} of the trail tells of it.")
    click.echo("No trace of the code was found afterwards." if not erased.traces else f"TRACES: {erased.traces}")
    for path in erased.kept:
        say(f"Still there: {path}")


def _window_forgets(code: str) -> int:
    """What the window remembers of a client; nothing where its libraries are missing, for then it never ran here."""
    try:
        from hiplevel.gui.settings import Settings
    except ImportError:
        return 0
    return Settings().forget(code)
