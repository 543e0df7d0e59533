"""`hiplevel clinic sessions`: those in the store, and recordings added to it."""

from collections.abc import Iterable
from pathlib import Path

import click

from hiplevel.cli.clinic.store import open_store
from hiplevel.cli.common import find_file, json_option, print_json, say, table
from hiplevel.cli.groups import Group
from hiplevel.cli.options.completion import recording_names
from hiplevel.cli.progress import counted
from hiplevel.clinic.wording import day, degrees


@click.group(cls=Group, invoke_without_command=True)
@click.option("--client", metavar="CODE", help="Only of this client.")
@json_option
@click.pass_context
def sessions(ctx: click.Context, client: str | None, as_json: bool) -> None:
    """List sessions in the store, or add recordings to it."""
    if ctx.invoked_subcommand is not None:
        return
    from hiplevel.clinic.sessions import sessions as in_store

    with open_store() as store:
        found = in_store(store, client)
    if as_json:
        print_json(found)
        return
    rows = [
        (
            day(s.started_ns, s.utc_offset_min),
            s.client,
            s.exercise or "-",
            s.stance,
            f"{s.reps} in {s.sets}",
            "; ".join(
                f"{x.side} {x.drops} (limit {x.limit_deg:g}°), worst repetition {degrees(x.peak_deg)}" for x in s.sides
            )
            or "not judged",
            f"{'SIMULATED ' if s.simulated else ''}{s.content_hash[:8]}",
        )
        for s in found
    ]
    click.echo(table(("day", "client", "exercise", "stands on", "reps in sets", "drops by side", "session"), rows))


@sessions.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", shell_complete=recording_names)
@click.option("--client", metavar="CODE", help="Whose they are, where they do not say.")
@json_option
def add(files: tuple[str, ...], client: str | None, as_json: bool) -> None:
    """Add recordings, or all in a folder; what is there already is looked at anew only if it changed."""
    from hiplevel.clinic.add_session import Added, add_sessions

    paths = list(_expand(files))
    taken: list[Added] = []
    with open_store() as store, counted(len(paths), "recordings") as done:
        for number, path in enumerate(paths, 1):
            taken += add_sessions(store, [path], client=client)
            done(number)
    bad = [one for one in taken if one.session is None]
    if as_json:
        print_json([{"path": a.path, "session": a.session, "new": a.new, "error": a.error} for a in taken])
    else:
        new = sum(one.new for one in taken)
        click.echo(f"{new} new, {len(taken) - new - len(bad)} there already, {len(bad)} not taken.")
    for one in bad:
        say(f"Not taken: {one.error if one.path.name in one.error else f'{one.path.name}: {one.error}'}")
    if bad and len(bad) == len(taken):
        raise click.exceptions.Exit(1)


def _expand(files: Iterable[str]) -> Iterable[Path]:
    for file in files:
        path = Path(file).expanduser()
        if path.is_dir():
            yield from sorted(path.rglob("*.mcap"))
        else:
            yield find_file(file)
