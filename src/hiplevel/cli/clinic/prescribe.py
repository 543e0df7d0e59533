"""`hiplevel clinic prescribe|prescriptions|threshold`: what is asked for, within which limits, and why."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hiplevel.cli.clinic.store import as_clinician, dose_options, open_store
from hiplevel.cli.common import find_file, json_option, print_json, say, table
from hiplevel.cli.groups import Group
from hiplevel.cli.options.completion import exercise_ids
from hiplevel.cli.options.numbers import Number
from hiplevel.cli.options.out_file import OutFile
from hiplevel.cli.options.training import limits
from hiplevel.clinic.wording import day, dose_words, limits_words
from hiplevel.model.prescription import FEEDBACKS, Prescription
from hiplevel.model.rules import DropRule

if TYPE_CHECKING:
    from hiplevel.clinic.prescribing import Prescribed

LIMIT_OPTIONS = (
    click.option("--limit", "limit_deg", type=Number(), metavar="DEG", help="Alarm limit of both sides, degrees."),
    click.option("--left-limit", "left_deg", type=Number(), metavar="DEG", help="When the left side falls."),
    click.option("--right-limit", "right_deg", type=Number(), metavar="DEG", help="When the right side falls."),
    click.option("--warn", "warn_deg", type=Number(), metavar="DEG", help="Where to take care; 0: no warning."),
    click.option("--reason", default="", help="Why; a change of limits must say."),
)


def limit_options(command: Any) -> Any:
    """Add the limits, the warning and the reason."""
    for option in reversed(LIMIT_OPTIONS):
        command = option(command)
    return command


@click.command()
@click.argument("code", metavar="CLIENT")
@dose_options
@limit_options
@click.option("--sets", type=int)
@click.option("--reps", type=int, help="Repetitions a set.")
@click.option("--hold", "hold_s", type=Number(), metavar="S", help="Hold at the turn, seconds.")
@click.option("--tempo", "tempo_s", type=Number(), metavar="S", help="Seconds a repetition.")
@click.option("--rest", "rest_s", type=Number(), metavar="S", help="Rest between sets, seconds.")
@click.option("--load", "load_kg", type=Number(), metavar="KG")
@click.option("--band", help="Band or other resistance, in words.")
@click.option("--per-week", type=int, help="Sessions a week.")
@click.option(
    "--feedback",
    type=click.Choice(FEEDBACKS),
    help="What is heard of drops: every one, half of them, a summary of the set, or less from set to set.",
)
@click.option("--note", help="To the client.")
@click.option("--stop", is_flag=True, help="Ask for it no longer.")
@json_option
def prescribe(
    code: str,
    exercise: str,
    stance: str,
    limit_deg: float | None,
    left_deg: float | None,
    right_deg: float | None,
    warn_deg: float | None,
    reason: str,
    stop: bool,
    as_json: bool,
    **dose: Any,
) -> None:
    """Prescribe an exercise to CLIENT, or change it: what is not given stays as it is prescribed now.

    Such as: hiplevel clinic prescribe c-017 --exercise single-leg-squat --side left --sets 3 --reps 8 --limit 8
    """
    from hiplevel.clinic.prescribing import current
    from hiplevel.clinic.prescribing import prescribe as write

    with open_store() as store:
        by = as_clinician(store)
        now = current(store, code, exercise, stance)
        base = (
            Prescription(exercise, stance, rule=preset_rule(exercise))  # type: ignore[arg-type] # a choice of the option
            if now is None
            else now.prescription
        )
        given = {name: value for name, value in dose.items() if value is not None}
        rule = limits_told(base.rule, limit_deg, left_deg, right_deg, warn_deg)
        made = write(store, code, replace(base, rule=rule, reason=reason, **given), by=by, stop=stop)
    tell(made, as_json)


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
    from hiplevel.clinic.prescribing import history, programme

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
    from hiplevel.clinic.prescription_file import SUFFIX, write_file

    out = out or Path(f"{code}{SUFFIX}")
    with open_store() as store:
        signed = write_file(store, code, out, by=as_clinician(store), exercise=exercise, valid_days=valid_days)
    if as_json:
        print_json({"path": out, "fingerprint": signed.fingerprint, "valid_until_ns": signed.valid_until_ns})
        return
    click.echo(f"{out}: {len(signed.prescriptions)} prescriptions, valid until {day(signed.valid_until_ns)}.")
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

    signed = read_file(find_file(file))
    with open_store(new=True) as store:
        say(f"For {signed.client}, signed by {signer_of(store, signed)}, valid until {day(signed.valid_until_ns)}.")
        taken = take(store, signed, client=client, trust=trust, new_client=new_client)
    if as_json:
        print_json(taken)
    else:
        click.echo(programme_table(taken) if taken else "All of it is here already.")


def programme_table(found: Sequence["Prescribed"]) -> str:
    """Prescriptions as a table."""
    from hiplevel.clinic.prescribing import limits_of

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


def limits_told(
    base: DropRule,
    limit_deg: float | None,
    left_deg: float | None,
    right_deg: float | None,
    warn_deg: float | None,
) -> DropRule:
    """`base` with what was given; a warning of 0 takes it away."""
    rule = limits(base, limit_deg, left_deg, right_deg)
    return rule if warn_deg is None else replace(rule, warn_deg=warn_deg or None)


def preset_rule(exercise: str) -> DropRule:
    """The limits that the catalogue starts from."""
    from hiplevel.pipeline import Pipeline

    return Pipeline(exercise=exercise).rule


def tell(made: "Prescribed", as_json: bool) -> None:
    """What was prescribed, and where the trail has it."""
    if as_json:
        print_json(made)
        return
    click.echo(programme_table([made]))
    say(f"Line {made.line} of the audit trail tells of it.")
