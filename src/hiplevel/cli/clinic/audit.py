"""`hiplevel clinic audit|backup|restore|export|erase`: nothing lost, hidden, or kept against a will."""

from pathlib import Path

import click

from hiplevel.cli.clinic.store import as_clinician, open_store, store_path
from hiplevel.cli.common import json_option, plain, print_json, say, table
from hiplevel.cli.groups import Group
from hiplevel.cli.options.out_file import OutFile
from hiplevel.clinic.wording import limits_words, moment
from hiplevel.model.errors import ClinicError, Reason, UsageError


@click.group(cls=Group, invoke_without_command=True)
@click.option("--client", metavar="CODE", help="Only what concerns this client.")
@click.option("--last", type=int, metavar="N", help="Only the last N lines.")
@json_option
@click.pass_context
def audit(ctx: click.Context, client: str | None, last: int | None, as_json: bool) -> None:
    """Show the audit trail, or verify it."""
    if ctx.invoked_subcommand is not None:
        return
    from hiplevel.clinic.audit import Line, lines

    def words(line: Line) -> str:
        if line.detail is None:
            return "(erased)"
        told = dict(line.detail)
        if isinstance(told.get("to"), dict):
            before = told.pop("from", None)
            change = f"{limits_words(before)} -> " if isinstance(before, dict) else ""
            told["limit"] = change + limits_words(told.pop("to"))
        order = ("client", "exercise", "stance", "limit", "why")
        shown = [f"{key} {told[key]}" for key in order if told.get(key)]
        shown += [f"{k} {v}" for k, v in told.items() if k in ("sensor", "signer", "key", "backup", "clinician")]
        return ", ".join(shown)

    with open_store() as store:
        found = lines(store, client=client, last=last)
    if as_json:
        print_json([{**plain(line), "signature": line.signature.hex() if line.signature else None} for line in found])
        return
    rows = [(line.number, moment(line.at_ns), f"{line.who} ({line.role})", line.action, words(line)) for line in found]
    click.echo(table(("line", "when", "who", "what", "of whom, from what to what, why"), rows))


@audit.command()
@click.option("--head", metavar="NUMBER:HASH", help="A head written down earlier, which must still be in the trail.")
@json_option
def verify(head: str | None, as_json: bool) -> None:
    """Check that no line was edited, removed, added or moved; also against the backups. Exit code 7 when not whole."""
    from hiplevel.clinic.audit_verify import verify as check
    from hiplevel.clinic.backup import heads

    with open_store() as store:
        known = heads(store)
        if head is not None:
            known["the head you wrote down"] = _head(head)
        verdict = check(store, known)
        problems = [*verdict.problems, *store.problems()]
    if as_json:
        print_json({**plain(verdict), "whole": not problems, "problems": problems})
    else:
        click.echo(
            f"{verdict.lines} lines, {verdict.signed} signed by clinicians, {verdict.erased} with their detail erased."
        )
        click.echo(f"Head: {verdict.lines}:{verdict.head}")
        for problem in problems:
            click.echo(f"  - {problem}")
        click.echo("The trail is whole." if not problems else f"NOT whole: {len(problems)} problems.")
    if problems:
        raise click.exceptions.Exit(ClinicError.exit_code)
    if not as_json:
        say("Write the head down elsewhere: with it, even a trail written anew from its beginning is found out.")


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
    from hiplevel.clinic.backup import restore as bring_back

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
        click.echo(f"{out}: {len(names)} files.")


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
    from hiplevel.session.forgetting import forget_client

    with open_store() as store:
        client = find_client(store, code)
        if not yes:
            count = len(sessions(store, client.code))
            what = f"{client.code}, {count} sessions{'' if keep_recordings else ' with their recordings'}"
            click.confirm(
                f"Erase {what} and all older backups of the store? There is no way back.", abort=True, err=True
            )
        if proof is not None and proof.exists():
            raise UsageError(f"{proof} is already there.", Reason.EXISTS, "Choose another name.")
        by = as_clinician(store)
        also = (forget_client, _window_forgets)
        erased = erase_client(store, client.code, by=by, recordings=not keep_recordings, also=also)
    if proof is not None:
        proof.write_text(json.dumps(plain(erased), indent=1), encoding="utf-8")
    if as_json:
        print_json(erased)
        return
    rows = ", ".join(f"{n} {name.replace('_', ' ')}" for name, n in erased.rows.items() if n)
    click.echo(f"Erased: {rows}; {erased.details_erased} details of the trail; {len(erased.recordings)} recordings;")
    click.echo(f"{erased.backups_removed} older copies of the store. Line {erased.line} of the trail tells of it.")
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


def _head(text: str) -> tuple[int, str]:
    number, _, digest = text.partition(":")
    if not number.isdigit() or len(digest) != 64:
        raise UsageError("A head is written as NUMBER:HASH, as `audit verify` prints it.", Reason.USAGE)
    return int(number), digest
