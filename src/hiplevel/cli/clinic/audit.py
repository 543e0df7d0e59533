"""`hiplevel clinic audit`: who changed what, and whether the trail is whole."""

import click

from hiplevel.cli.clinic.store import open_store
from hiplevel.cli.common import count, json_option, plain, print_json, say, table
from hiplevel.cli.groups import Group
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
    from hiplevel.clinic.audit_backups import heads
    from hiplevel.clinic.audit_verify import verify as check

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
        click.echo("The trail is whole." if not problems else f"NOT whole: {count(len(problems), 'problem')}.")
    if problems:
        raise click.exceptions.Exit(ClinicError.exit_code)
    if not as_json:
        say("Write the head down elsewhere: with it, even a trail written anew from its beginning is found out.")


def _head(text: str) -> tuple[int, str]:
    number, _, digest = text.partition(":")
    if not number.isdigit() or len(digest) != 64:
        raise UsageError("A head is written as NUMBER:HASH, as `audit verify` prints it.", Reason.USAGE)
    return int(number), digest
